"""Owners in the real-estate register. Most rural houses are not in it; owners may live elsewhere.

A check sheet carries two people: whom one asked about and who owns. Only the owner is read.
"""

from ibis import _

from data_contracts.codes import spelled
from data_contracts.records.property_right import property_right
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

_USES = spelled(
    dwelling="住宅 成套住宅 非成套住宅 城镇住宅 别墅 公寓 集体宿舍 农村宅基地",
    commercial="商业 商业服务 商铺 门面房 办公 商务办公 工业 仓储 营业用房",
    parking="车库 车位 车库/车位 储藏室 地下室",
    other="其他 其它 教育 医疗卫生 文化体育 土地",
)

_STATES = spelled(
    current="现势 现实 有效 正常 1",
    cancelled="历史 注销 已注销 2",
)

property = Source(  # noqa: A001 - the source is named as the department names it
    name="property",
    title="不动产登记",
    supplier="自然资源局(不动产登记中心)",
    authority=Reference(title="政务数据共享条例", article="国务院令第809号"),
    grain="one row per owner and real-estate unit",
    delivery=DeliveryKind.FULL,
    cadence_days=30,
    key=("unit_no", "id_number", "name"),
    own_key=False,
    dated_by="registered_on",
    complete_for="在本县城镇登记的房屋;农村自建房大多未登记,查无房产不等于没有住房",
    purposes=(Purpose.FIND, Purpose.WEIGH, Purpose.REVIEW),
    columns={
        "unit_no": Column(
            means="不动产单元号",
            kind=Kind.TEXT,
            headers=("不动产单元号", "不动产单元代码", "BDCDYH"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            max_length=40,
        ),
        "id_number": Column(
            means="权利人证件号",
            kind=Kind.ID_NUMBER,
            headers=(
                "证件号",
                "证件号码",
                "权利人证件号",
                "权利人证件号码",
                "产权人身份证号",
                "ZJH",
                "OWER_ID_CARD",
            ),
            privacy=Privacy.IDENTITY,
            need=Need.HEADER,
            max_length=50,
        ),
        "name": Column(
            means="权利人名称",
            kind=Kind.NAME,
            headers=("权利人名称", "权利人姓名", "权利人", "产权人姓名", "QLRMC", "HOUSE_OWER"),
            privacy=Privacy.IDENTITY,
            need=Need.VALUE,
        ),
        "address": Column(
            means="房屋坐落(不一定是住处)",
            kind=Kind.ADDRESS,
            headers=("坐落", "房屋坐落", "ZL", "LOCATION"),
            privacy=Privacy.IDENTITY,
        ),
        "use": Column(
            means="规划用途",
            kind=Kind.CODE,
            headers=("用途", "房屋用途", "规划用途", "GHYT", "HOUSE_USEAGE"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            codes=_USES,
        ),
        "area_m2": Column(
            means="建筑面积(平方米)",
            kind=Kind.NUMBER,
            headers=("建筑面积", "面积", "建筑面积(平方米)", "JZMJ", "HOUSE_AREA"),
            privacy=Privacy.PERSONAL,
            at_least=0,
            at_most=1_000_000,
        ),
        "registered_on": Column(
            means="登记日期",
            kind=Kind.DATE,
            headers=("登记时间", "登记日期", "登记或交易时间", "DJSJ", "REG_DATE"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
        ),
        "cancelled_on": Column(
            means="注销日期",
            kind=Kind.DATE,
            headers=("注销时间", "注销日期", "ZXSJ"),
            privacy=Privacy.PERSONAL,
        ),
        "right_status": Column(
            means="权属状态",
            kind=Kind.CODE,
            headers=("权属状态", "QSZT"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            codes=_STATES,
        ),
    },
    becomes=property_right,
    rules=(
        RowRule(
            name="cancelled_after_registered",
            holds=_.cancelled_on >= _.registered_on,
            reason="注销日期早于登记日期",
        ),
    ),
    unused={
        "人员姓名": "核对对象不一定是产权人,只读产权人",
        "身份证号码": "核对对象不一定是产权人,只读产权人",
        "不动产权证号": "单元号已足够",
        "证件种类": "由证件号本身判断",
        "交易价值(元)": "资产价值不作发现困难的依据",
        "共有情况": "每个权利人各有一行",
        "权利比例": "资产份额不作发现困难的依据",
        "性别": "不动产登记的性别常缺,以人口登记为准",
        "电话": "权利人电话多年不更新",
        "工作单位": "与困难发现无关",
        "电子邮件": "与困难发现无关",
        "抵押情况": "抵押不说明生活困难",
        "核对人": "经办人姓名,不接收",
        "备注": "自由文字,可能含无关个人情况",
    },
)
