"""Leases of public rental housing with the rent owed, as the housing office counts it that day."""

from ibis import _

from data_contracts.codes import spelled
from data_contracts.records.tenancy import tenancy
from data_contracts.terms import (
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

_STATES = spelled(
    active="在租 履行中 正常 租赁中 续租",
    ended="退租 已退租 终止 已终止 到期 腾退 解除",
)

public_rental = Source(
    name="public_rental",
    title="公租房租赁与欠租",
    supplier="住房和城乡建设局(住房保障中心)",
    authority=Reference(title="公共租赁住房管理办法", article="住房和城乡建设部令第11号"),
    grain="one row per lease",
    delivery=DeliveryKind.FULL,
    cadence_days=30,
    key=("contract_no",),
    own_key=True,
    dated_by="reported_on",
    complete_for="本县公租房的承租人;私人租房和单位宿舍不在其中",
    purposes=(Purpose.FIND, Purpose.WEIGH),
    carries_current_address=True,
    columns={
        "contract_no": Column(
            means="租赁合同编号",
            kind=Kind.TEXT,
            headers=("租赁合同编号", "合同编号", "合同号"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
            max_length=40,
        ),
        "id_number": Column(
            means="承租人身份证号",
            kind=Kind.ID_NUMBER,
            headers=(
                "承租人身份证号",
                "承租人证件号码",
                "身份证号",
                "身份证号码",
                "证件号码",
                "公民身份号码",
            ),
            privacy=Privacy.IDENTITY,
            need=Need.HEADER,
            max_length=50,
        ),
        "name": Column(
            means="承租人姓名",
            kind=Kind.NAME,
            headers=("承租人姓名", "承租人", "姓名"),
            privacy=Privacy.IDENTITY,
            need=Need.VALUE,
            max_length=50,
        ),
        "phone": Column(
            means="联系电话",
            kind=Kind.PHONE,
            headers=("联系电话", "承租人电话", "电话", "手机号码", "手机"),
            privacy=Privacy.IDENTITY,
            max_length=40,
        ),
        "address": Column(
            means="承租房屋地址",
            kind=Kind.ADDRESS,
            headers=("承租房屋地址", "房屋坐落", "房屋地址", "房源地址", "地址"),
            privacy=Privacy.IDENTITY,
        ),
        "leased_from": Column(
            means="租赁起始日期",
            kind=Kind.DATE,
            headers=("租赁起始日期", "合同起始日期", "起租日期", "合同开始日期"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
        ),
        "leased_to": Column(
            means="租赁终止日期",
            kind=Kind.DATE,
            headers=("租赁终止日期", "合同终止日期", "合同到期日期", "合同结束日期"),
            privacy=Privacy.PERSONAL,
        ),
        "monthly_rent": Column(
            means="月租金(元)",
            kind=Kind.MONEY,
            headers=("月租金", "月租金(元)", "租金(元/月)"),
            privacy=Privacy.PERSONAL,
            at_least=0,
            at_most=100_000,
        ),
        "arrears_months": Column(
            means="欠租月数",
            kind=Kind.INTEGER,
            headers=("欠租月数", "拖欠月数", "欠缴月数", "欠租月份数"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            at_least=0,
            at_most=600,
        ),
        "arrears_amount": Column(
            means="欠租金额(元)",
            kind=Kind.MONEY,
            headers=("欠租金额", "欠租金额(元)", "拖欠金额", "欠缴金额", "欠缴租金"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            at_least=0,
            at_most=10_000_000,
        ),
        "lease_status": Column(
            means="租赁状态",
            kind=Kind.CODE,
            headers=("租赁状态", "合同状态", "在租状态"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            codes=_STATES,
        ),
        "reported_on": Column(
            means="数据日期",
            kind=Kind.DATE,
            headers=("数据日期", "统计日期", "截止日期", "统计截止日期"),
            privacy=Privacy.ORDINARY,
            need=Need.VALUE,
        ),
    },
    becomes=tenancy,
    rules=(
        RowRule(
            name="lease_ends_after_it_starts",
            holds=_.leased_to >= _.leased_from,
            reason="租赁终止日期早于起始日期",
        ),
    ),
    unused={
        "家庭成员": "以人口登记为准",
        "工作单位": "与困难发现无关",
        "家庭年收入": "申报收入已过时,不作依据",
        "保障类别": "救助身份以民政救助台账为准",
        "开户银行": "银行信息入口即弃",
        "银行账号": "银行信息入口即弃",
        "租赁补贴": "与欠租无关",
        "备注": "自由文字,可能含无关个人情况",
    },
)
