"""Whom civil affairs already helps (救助台账): standing categories and single payments.

The most abused data of all: bank accounts are dropped at the door. Old sheets print 城市低保 and
农村低保 where new ones print 最低生活保障; both are 低保 here.
"""

from ibis import _

from data_contracts.codes import YES_NO, spelled
from data_contracts.records.assistance import assistance
from data_contracts.terms import (
    NOT_STATED,
    Column,
    DeliveryKind,
    Kind,
    Need,
    Privacy,
    Purpose,
    Reference,
    RowRule,
    Source,
)

_CATEGORIES = spelled(
    dibao="低保 最低生活保障 最低生活保障对象 城市低保 农村低保 城乡低保 01 02",
    tekun="特困 特困人员 特困供养 集中供养五保户 分散供养五保户 03 04",
    low_income_margin="低保边缘 低保边缘家庭 低边 最低生活保障边缘家庭成员",
    rigid_expense="刚性支出困难 刚性支出困难家庭 支出型困难家庭 刚性支出困难家庭成员",
    monitored="防止返贫监测对象 防返贫监测对象 监测对象 监测户",
    temporary="临时救助 急难型临时救助 支出型临时救助",
    medical_aid="医疗救助 城乡医疗救助",
    other="其他 其他困难 其他困难人员",
)

_AREAS = spelled(
    urban="城市 城镇 城 非农业 非农 非农业户口 城镇户口 城市低保",
    rural="农村 乡村 农 农业 农业户口 农村户口 农村低保",
) | dict.fromkeys(
    (
        "0",
        "1",
        "2",
        "10",
        "20",
        "居民",
        "居民户口",
        "居民家庭户",
        "家庭户",
        "集体户",
        "其他",
        "未知",
    ),
    NOT_STATED,
)
"""Digits mean one thing here and the other there; 居民户口 tells no difference any more."""

_GRADES = {grade + ending: grade for grade in "ABC" for ending in ("", "类", "档", "级")}

assistance_register = Source(
    name="assistance_register",
    title="社会救助台账",
    supplier="民政局",
    authority=Reference(title="社会救助暂行办法", article="国务院令第649号"),
    grain="one row per person and assistance granted",
    delivery=DeliveryKind.FULL,
    cadence_days=7,
    key=("certificate_no", "id_number", "name", "category", "approved_on"),
    own_key=False,
    dated_by="approved_on",
    complete_for="由本县民政部门批准的救助;外县救助、慈善帮扶和其他部门补贴不在其中",
    purposes=(Purpose.FIND, Purpose.WEIGH, Purpose.REVIEW),
    carries_current_address=True,
    columns={
        "certificate_no": Column(
            means="救助证编号",
            kind=Kind.TEXT,
            headers=("救助证编号", "救助证号", "低保证号", "低保证编号", "证书编号"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            max_length=40,
        ),
        "id_number": Column(
            means="救助对象身份证号",
            kind=Kind.ID_NUMBER,
            headers=(
                "身份证号",
                "身份证号码",
                "公民身份号码",
                "证件号码",
                "保障对象身份证号",
                "救助对象身份证号",
            ),
            privacy=Privacy.IDENTITY,
            need=Need.HEADER,
            max_length=50,
        ),
        "name": Column(
            means="救助对象姓名",
            kind=Kind.NAME,
            headers=("保障对象姓名", "救助对象姓名", "救助对象", "姓名"),
            privacy=Privacy.IDENTITY,
            need=Need.VALUE,
            max_length=50,
        ),
        "phone": Column(
            means="联系电话",
            kind=Kind.PHONE,
            headers=("联系电话", "电话", "手机号码", "联系电话_手机"),
            privacy=Privacy.IDENTITY,
            max_length=40,
        ),
        "address": Column(
            means="家庭住址",
            kind=Kind.ADDRESS,
            headers=("家庭住址", "家庭地址", "住址", "居住地址", "JTDZ"),
            privacy=Privacy.IDENTITY,
        ),
        "category": Column(
            means="救助类别",
            kind=Kind.CODE,
            headers=("救助类别", "救助类型", "对象类别", "困难类型", "JZLX"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
            codes=_CATEGORIES,
        ),
        "grade": Column(
            means="类别档次(A/B/C)",
            kind=Kind.CODE,
            headers=("低保类别(A/B/C)", "低保类别", "类别档次", "救助档次", "施保类别"),
            privacy=Privacy.PERSONAL,
            codes=_GRADES,
        ),
        "covered_alone": Column(
            means="是否单人保",
            kind=Kind.CODE,
            headers=("是否单人保", "单人保", "单人保标识"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            codes=YES_NO,
        ),
        "area": Column(
            means="城乡类别(按哪一种标准保障)",
            kind=Kind.CODE,
            headers=("城乡类别", "城乡分类", "城乡属性", "户口性质", "户籍性质"),
            privacy=Privacy.PERSONAL,
            purposes=(Purpose.REVIEW,),
            codes=_AREAS,
        ),
        "approved_on": Column(
            means="批准日期(只写到月的,按当月一日)",
            kind=Kind.DAY_OR_MONTH,
            headers=("批准日期", "审批日期", "救助日期", "起始保障年月", "起始保障日期"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
        ),
        "exit_on": Column(
            means="停发日期(只写到月的,按当月一日)",
            kind=Kind.DAY_OR_MONTH,
            headers=("停发日期", "停发年月", "退出日期", "停保日期"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
        ),
        "monthly_amount": Column(
            means="月保障金额(元)",
            kind=Kind.MONEY,
            headers=("月保障金额", "月保障金额(元)", "月救助金额", "月补助金额"),
            privacy=Privacy.PERSONAL,
            at_least=0,
            at_most=100_000,
        ),
        "paid_amount": Column(
            means="一次性救助金额(元)",
            kind=Kind.MONEY,
            headers=("一次性救助金额", "一次性救助金额(元)", "救助金额", "临时救助金额"),
            privacy=Privacy.PERSONAL,
            at_least=0,
            at_most=1_000_000,
        ),
    },
    becomes=assistance,
    rules=(
        RowRule(
            name="exit_after_approval",
            holds=_.exit_on >= _.approved_on.truncate("M"),
            reason="停发日期早于批准日期",
        ),
    ),
    unused={
        "开户银行": "银行信息入口即弃",
        "银行账号": "银行信息入口即弃",
        "户主姓名": "户主以人口登记为准",
        "户主身份证号": "户主以人口登记为准",
        "与户主关系": "以人口登记为准",
        "乡镇(街道)": "由住址解析",
        "村(社区)": "由住址解析",
        "家庭人口数": "以人口登记为准",
        "保障人口数": "每个救助对象各有一行",
        "家庭月人均收入": "申报收入已过时,不作依据",
        "停发原因": "停发由民政局决定,本系统不据此判断",
        "致困原因": "自由文字,可能含病情",
        "残疾类别等级": "本系统尚未约定残疾数据",
        "民族": "不得作为任何规则的输入,不接收",
        "审批人": "经办人姓名,不接收",
        "备注": "自由文字,可能含无关个人情况",
    },
)
