"""A stay in hospital, known when the patient leaves."""

from data_contracts.terms import Fact, FactType, Record

admission = Record(
    name="admission",
    title="住院记录",
    grain="one row per discharge",
    columns={
        "admitted_on": Fact(type=FactType.DATE, means="入院日期"),
        "discharged_on": Fact(type=FactType.DATE, means="出院日期"),
        "diagnosis_main": Fact(type=FactType.STRING, means="主要诊断 ICD-10 编码"),
        "diagnosis_2": Fact(type=FactType.STRING, means="其他诊断编码 1"),
        "diagnosis_3": Fact(type=FactType.STRING, means="其他诊断编码 2"),
        "diagnosis_4": Fact(type=FactType.STRING, means="其他诊断编码 3"),
        "discharge_mode": Fact(
            type=FactType.STRING,
            means="离院方式",
            one_of=("ordered", "transferred", "community", "against_advice", "died", "other"),
        ),
        "pay_mode": Fact(
            type=FactType.STRING,
            means="医疗付款方式",
            one_of=(
                "employee_insurance",
                "resident_insurance",
                "assistance",
                "commercial",
                "public",
                "self",
                "other",
            ),
        ),
        "total_cost": Fact(type=FactType.MONEY, means="总费用(元)"),
        "self_paid": Fact(type=FactType.MONEY, means="自付金额(元)"),
    },
)
