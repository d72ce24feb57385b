"""A child one of whose parents has been out of reach for months (the rest of D2)."""

from data_contracts.terms import Reference
from transforms.signal import Dormant

missing_person_parent = Dormant(
    name="missing_person_parent",
    code="D2b",
    title="儿童父母失联",
    means="Is a minor one of whose parents has long been missing while the other cannot care.",
    reference=Reference(title="关于进一步加强事实无人抚养儿童保障工作的意见(民发〔2019〕62号)"),
    lacking="失联登记的起始日期(公安)",
)
