"""What a school year costs a family after subsidies, and who seems to have stopped attending.

A row is a whole school year: half a year's costs would look like half the burden, so a 学期 is
refused. The pupil number (学籍号) is not taken in: it mostly is the identity number.
"""

import ibis
from ibis import _

from data_contracts.codes import spelled
from data_contracts.records.schooling import schooling
from data_contracts.terms import (
    Column,
    DeliveryKind,
    Kind,
    Need,
    Privacy,
    Purpose,
    Reference,
    Source,
)

_STAGES = spelled(
    preschool="学前 学前教育 幼儿园",
    compulsory="义务教育 小学 初中 小学教育 初中教育 九年一贯制",
    high_school="普通高中 高中 普高",
    vocational="中职 中等职业教育 中等职业学校 职业高中 职高 中专 技工学校 技校",
    college="高职 高职高专 大专 专科 高等职业教育",
    university="本科 大学 大学本科 普通本科 研究生 硕士研究生 博士研究生",
)

_STATES = spelled(
    enrolled="在读 在校 在籍 正常",
    left="毕业 结业 转学 转出 退学 休学 离校",
    dropout_suspected="疑似辍学 辍学 失学 疑似失学 辍学风险",
)

_YEAR = "^(20[0-9]{2})"
_FIRST_DAY = ibis.cases(
    (_.school_year.re_search(_YEAR), _.school_year.re_extract(_YEAR, 1) + "-09-01")
).try_cast("date")

school_costs = Source(
    name="school_costs",
    title="在学费用与控辍保学台账",
    supplier="教育局",
    authority=Reference(
        title="关于加强低收入人口动态监测做好分层分类社会救助工作的意见",
        article="国办发〔2023〕39号",
    ),
    grain="one row per pupil and school year",
    delivery=DeliveryKind.FULL,
    cadence_days=90,
    optional=True,
    key=("id_number", "name", "school_year"),
    own_key=False,
    dated_by="reported_on",
    complete_for="本县学校和资助中心登记的学生;在外地就读而未申请资助的不在其中",
    purposes=(Purpose.FIND,),
    columns={
        "id_number": Column(
            means="学生身份证号",
            kind=Kind.ID_NUMBER,
            headers=(
                "身份证号",
                "身份证号码",
                "学生身份证号",
                "身份证件号",
                "证件号码",
                "公民身份号码",
            ),
            privacy=Privacy.IDENTITY,
            need=Need.HEADER,
            max_length=50,
        ),
        "name": Column(
            means="学生姓名",
            kind=Kind.NAME,
            headers=("学生姓名", "姓名"),
            privacy=Privacy.IDENTITY,
            need=Need.VALUE,
            max_length=50,
        ),
        "phone": Column(
            means="学生或监护人电话",
            kind=Kind.PHONE,
            headers=("联系电话", "监护人电话", "家长电话", "电话", "手机号码"),
            privacy=Privacy.IDENTITY,
            max_length=40,
        ),
        "school_year": Column(
            means="学年",
            kind=Kind.TEXT,
            headers=("学年", "学年度", "所属学年"),
            privacy=Privacy.ORDINARY,
            need=Need.VALUE,
            matches=r"20[0-9]{2}(?:[-~/—至](?:20)?[0-9]{2})?(?:学年|学年度)?",
            max_length=20,
        ),
        "stage": Column(
            means="就读学段",
            kind=Kind.CODE,
            headers=("就读学段", "学段", "教育阶段", "学历层次", "办学类型"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
            codes=_STAGES,
        ),
        "own_cost": Column(
            means="资助后家庭自付学年费用(元)",
            kind=Kind.MONEY,
            headers=(
                "自付费用",
                "自付费用(元)",
                "学年自付费用",
                "家庭自付金额",
                "个人负担费用",
                "扣除资助后费用",
            ),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            at_least=0,
            at_most=1_000_000,
        ),
        "aid_amount": Column(
            means="学年资助金额(元)",
            kind=Kind.MONEY,
            headers=("资助金额", "资助金额(元)", "学年资助金额", "助学金额"),
            privacy=Privacy.PERSONAL,
            at_least=0,
            at_most=1_000_000,
        ),
        "enrolment_status": Column(
            means="在学状态",
            kind=Kind.CODE,
            headers=("在学状态", "就读状态", "学生状态", "在读状态", "学籍状态"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            codes=_STATES,
        ),
        "reported_on": Column(
            means="数据日期",
            kind=Kind.DATE,
            headers=("数据日期", "统计日期", "截止日期", "填报日期"),
            privacy=Privacy.ORDINARY,
            need=Need.VALUE,
        ),
    },
    becomes=schooling,
    by={"year_begins_on": _FIRST_DAY},
    unused={
        "学籍号": "多由身份证号组成,身份证号另有一列",
        "学校名称": "学段已足够",
        "年级": "学段已足够",
        "班级": "学段已足够",
        "学费": "只看资助后家庭自付的合计",
        "住宿费": "只看资助后家庭自付的合计",
        "监护人姓名": "以人口登记为准",
        "家庭困难类型": "救助身份以民政救助台账为准",
        "辍学原因": "自由文字,可能含无关个人情况",
        "考试成绩": "与困难发现无关",
        "开户银行": "银行信息入口即弃",
        "银行账号": "银行信息入口即弃",
        "民族": "不得作为任何规则的输入,不接收",
        "备注": "自由文字,可能含无关个人情况",
    },
)
