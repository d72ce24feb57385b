"""The only carer or earner of a family has been taken into custody or drug treatment (P6)."""

from data_contracts.terms import Reference
from transforms.signal import Dormant

custody_of_only_carer = Dormant(
    name="custody_of_only_carer",
    code="P6",
    title="家中唯一照料人被羁押或强制隔离戒毒",
    means="The only parent or only earner of a family is in custody or in compulsory treatment.",
    reference=Reference(title="关于进一步加强事实无人抚养儿童保障工作的意见(民发〔2019〕62号)"),
    lacking="羁押、强制隔离戒毒的起止日期(公安、司法行政)",
)
