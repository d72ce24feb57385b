"""The shared code lists read a code and its label alike."""

import pytest

from data_contracts.codes import HOUSE_GRADES, KINSHIP, MARITAL, SEX, YES_NO, spelled
from data_contracts.records import RECORDS
from data_contracts.sources import SOURCES
from data_contracts.terms import AMBIGUOUS, NOT_STATED


def test_every_spelling_gets_the_meaning_it_is_listed_under():
    assert spelled(yes="1 是", no="0") == {"1": "yes", "是": "yes", "0": "no"}


@pytest.mark.parametrize(
    ("codes", "code", "label", "meaning"),
    [
        (SEX, "1", "男性", "male"),
        (SEX, "2", "女性", "female"),
        (SEX, "9", "未说明的性别", NOT_STATED),
        (YES_NO, "1", "是", "yes"),
        (YES_NO, "0", "否", "no"),
        (MARITAL, "10", "未婚", "single"),
        (MARITAL, "23", "复婚", "married"),
        (MARITAL, "30", "丧偶", "widowed"),
        (MARITAL, "40", "离婚", "divorced"),
        (KINSHIP, "02", "户主", "head"),
        (KINSHIP, "12", "妻", "spouse"),
        (KINSHIP, "22", "长子", "son"),
        (KINSHIP, "37", "养女或继女", "daughter"),
        (KINSHIP, "44", "外孙女", "grandchild"),
        (KINSHIP, "52", "母亲", "parent"),
        (KINSHIP, "63", "外祖父", "grandparent"),
        (KINSHIP, "73", "弟", "sibling"),
        (KINSHIP, "28", "女婿", "other"),
        (KINSHIP, "38", "儿媳", "other"),
        (KINSHIP, "55", "岳父", "other"),
        (KINSHIP, "99", "非亲属", "none"),
        (HOUSE_GRADES, "C", "局部危房", "C"),
        (HOUSE_GRADES, "D", "整幢危房", "D"),
    ],
)
def test_code_and_label_mean_the_same(codes, code, label, meaning):
    assert codes[code] == codes[label] == meaning


def test_kinship_knows_every_two_digit_code_of_the_standard():
    unassigned = {f"{code:02d}" for code in (*range(3, 10), *range(13, 20), 98)}
    assigned = {f"{code:02d}" for code in range(1, 100)} - unassigned
    assert {code for code in KINSHIP if code.isdigit() and len(code) == 2} == assigned


def test_kinship_knows_the_one_digit_form_where_no_lost_zero_can_hide():
    relations = [KINSHIP[digit] for digit in "0345678"]
    assert relations[:2] == ["head", "daughter"]
    assert relations[2:] == ["grandchild", "parent", "grandparent", "sibling", "other"]


def test_a_bare_one_or_two_is_refused_because_a_spreadsheet_may_have_eaten_its_zero():
    assert KINSHIP["1"] == KINSHIP["2"] == AMBIGUOUS
    assert (KINSHIP["01"], KINSHIP["02"]) == ("head", "head")


def test_kinship_and_marital_speak_the_meanings_of_the_resident_record():
    facts = RECORDS["resident"].columns
    assert set(KINSHIP.values()) - {AMBIGUOUS} == set(facts["relation"].one_of)
    assert set(MARITAL.values()) == set(facts["marital"].one_of)


@pytest.mark.parametrize(
    ("source", "column", "code", "meaning"),
    [
        ("hospital_discharge", "discharge_mode", "5", "died"),
        ("hospital_discharge", "discharge_mode", "4", "against_advice"),
        ("hospital_discharge", "pay_mode", "4", "assistance"),
        ("hospital_discharge", "pay_mode", "7", "self"),
        ("hospital_discharge", "id_type", "03", "passport"),
        ("medical_settlement", "id_type", "03", "other"),
        ("medical_settlement", "visit_kind", "21", "inpatient"),
        ("medical_settlement", "visit_kind", "11", "outpatient"),
        ("medical_settlement", "visit_kind", "14", "chronic_outpatient"),
        ("medical_settlement", "insurance", "310", "employee_medical"),
        ("medical_settlement", "insurance", "390", "resident_medical"),
        ("medical_settlement", "is_refund", "1", "yes"),
        ("insurance_enrolment", "payment_status", "2", "paused"),
        ("insurance_enrolment", "insurance", "110", "employee_pension"),
        ("insurance_enrolment", "insurance", "170", "resident_pension"),
        ("insurance_enrolment", "insurance", "410", "injury"),
        ("insurance_benefit", "benefit", "210", "unemployment"),
        ("assistance_register", "category", "02", "dibao"),
        ("assistance_register", "category", "04", "tekun"),
        ("assistance_register", "area", "城镇", "urban"),
        ("assistance_register", "area", "农业", "rural"),
        ("assistance_register", "area", "1", NOT_STATED),
        ("assistance_register", "area", "居民户口", NOT_STATED),
        ("vehicle", "vehicle_use", "0", "commercial"),
        ("vehicle", "vehicle_use", "1", "private"),
        ("resident_register", "person_type", "02", "floating"),
        ("disability_register", "disability", "6", "mental"),
        ("disability_register", "disability", "多重残疾", "multiple"),
        ("disability_register", "disability_grade", "一级", "1"),
        ("disability_register", "disability_grade", "4", "4"),
        ("disability_register", "card_status", "冻结", "expired"),
        ("school_costs", "stage", "初中", "compulsory"),
        ("school_costs", "enrolment_status", "疑似辍学", "dropout_suspected"),
        ("field_lead", "channel", "铁脚板", "village"),
        ("field_lead", "urgent", "紧急", "yes"),
    ],
)
def test_a_supplier_s_code_has_the_supplier_s_meaning(source, column, code, meaning):
    assert SOURCES[source].columns[column].codes[code] == meaning


def test_codes_whose_meaning_differs_between_systems_are_left_to_the_county():
    assert not {"1", "2"} & set(SOURCES["resident_register"].columns["household_kind"].codes)
    assert not {"0", "4"} & set(SOURCES["insurance_enrolment"].columns["payment_status"].codes)
    assert not {"1", "2"} & set(SOURCES["insurance_benefit"].columns["benefit_status"].codes)
