"""A few drawn families in which every signal finds somebody."""

from data_contracts.records import RECORDS
from tests.signals.asking import days_ago, facts, people


def world(rows: dict[str, str]):
    tables = {name: facts(name, rows.get(name, "")) for name in RECORDS}
    who = people(
        f"""
        person_id | household_id | relation | age | life_status | died_on         | birth_date
        ana       | h1           | head     | 45  | alive       |                 | 1981-01-01
        ben       | h1           | son      | 10  | alive       |                 | 2016-01-01
        cho       | h2           | head     | 71  | alive       |                 | 1955-01-01
        dia       | h3           | head     | 59  | dead        | {days_ago(170)} | 1967-01-01
        eli       | h3           | spouse   | 58  | dead        | {days_ago(170)} | 1968-01-01
        fay       | h3           | daughter | 17  | alive       |                 | 2009-01-01
        gus       | h4           | head     | 60  | alive       |                 | 1966-01-01
        """
    )
    return {**tables, "people": who}


WORLD = {
    "settlement": f"""
        record_key | person_id | settled_on      | visit_kind | personal_amount
        s1         | ana       | {days_ago(85)}  | inpatient  | 15500
        s2         | ana       | {days_ago(360)} | outpatient | 12000
        s3         | cho       | {days_ago(95)}  | inpatient  | 14500
        s4         | gus       | {days_ago(5)}   | inpatient  | 10500
        """,
    "assistance": f"""
        record_key | person_id | category          | approved_on
        a1         | gus       | low_income_margin | {days_ago(900)}
        """,
    "admission": f"""
        record_key | person_id | discharged_on   | diagnosis_main
        m1         | ana       | {days_ago(85)}  | C34
        m2         | ana       | {days_ago(900)} | C34
        m3         | gus       | {days_ago(185)} | N18
        """,
    "death": "record_key | person_id\nd1 | dia\nd2 | eli",
    "resident": "record_key | person_id | person_type | life_status\nr | cho | registered | normal",
    "tenancy": f"""
        record_key | person_id | arrears_months | reported_on
        t1         | ana       | 3              | {days_ago(115)}
        t2         | cho       | 2              | {days_ago(125)}
        """,
    "dangerous_house": f"""
        record_key | person_id | grade | surveyed_on
        h          | ana       | D     | {days_ago(1090)}
        """,
    "incident": f"""
        record_key | person_id | category | place_kind | role   | occurred_on
        i          | ana       | fire     | home       | victim | {days_ago(88)}
        """,
    "enrolment": f"""
        record_key | person_id | insurance        | payment_status | status_since
        e1         | ana       | employee_pension | ended          | {days_ago(92)}
        e2         | gus       | employee_pension | ended          | {days_ago(275)}
        """,
    "benefit": f"""
        record_key | person_id | benefit      | benefit_status | ends_on
        b1         | gus       | unemployment | stopped        | {days_ago(58)}
        b2         | ana       | unemployment | stopped        | {days_ago(62)}
        """,
}
