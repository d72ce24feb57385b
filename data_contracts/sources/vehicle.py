"""Registered motor vehicles. A price in 万元 is never read as yuan: its header is not an alias.

A county whose extract has 登记价值(万元) names that header for value_amount in its overlay, with
unit = 10000; until it does, the column is dropped and reported.
"""

from data_contracts.codes import spelled
from data_contracts.records.vehicle import vehicle as vehicle_record
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

_USES = spelled(
    private="A 非营运 家庭自用 1 营转非 L 出租营转非 M",
    commercial="B 公路客运 C 公交客运 D 出租客运 E 旅游客运 F 货运 G 租赁 营运 预约出租客运 0",
)

_KINDS = spelled(
    car="小型轿车 轿车 微型轿车 小型客车 小型普通客车 小型越野客车 微型普通客车 小型汽车 "
    "K31 K32 K33 K41 K43",
    truck="货车 重型普通货车 中型普通货车 轻型普通货车 微型普通货车 低速普通货车 轻型货车 "
    "重型货车 轻型栏板货车 重型半挂牵引车 H11 H21 H31 H41 H51",
    bus="大型客车 中型客车 大型普通客车 中型普通客车 K11 K21",
    motorcycle="摩托车 普通二轮摩托车 轻便二轮摩托车 普通正三轮摩托车 正三轮载货摩托车 M11 M12 "
    "M21 M22",
    tractor="拖拉机 轮式拖拉机 大型轮式拖拉机 小型轮式拖拉机 手扶拖拉机 T11",
    other="其他 三轮汽车 残疾人机动轮椅车 专项作业车 挂车 N11",
)

_STATES = spelled(
    normal="正常 A 逾期未检验 违法未处理 抵押 查封 锁定",
    scrapped="报废 注销 E 强制注销 达到报废标准 达到报废标准公告牌证作废",
    transferred="转出 B 转移 已过户 过户",
)

vehicle = Source(
    name="vehicle",
    title="机动车登记",
    supplier="公安局(车辆管理所)",
    authority=Reference(title="政务数据共享条例", article="国务院令第809号"),
    grain="one row per vehicle",
    delivery=DeliveryKind.FULL,
    cadence_days=30,
    key=("plate_no",),
    own_key=True,
    dated_by="registered_on",
    complete_for="在本县车管所登记的机动车;外地牌照、电动自行车和未上牌农机不在其中",
    purposes=(Purpose.WEIGH, Purpose.REVIEW),
    columns={
        "plate_no": Column(
            means="号牌号码",
            kind=Kind.TEXT,
            headers=("号牌号码", "车牌号码", "车牌号", "HPHM", "CAR_NO"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
            max_length=20,
        ),
        "id_number": Column(
            means="所有人身份证明号码",
            kind=Kind.ID_NUMBER,
            headers=("身份证明号码", "身份证号码", "身份证号", "证件号码", "SFZMHM", "ID_CARD"),
            privacy=Privacy.IDENTITY,
            need=Need.HEADER,
            max_length=50,
        ),
        "name": Column(
            means="机动车所有人",
            kind=Kind.NAME,
            headers=("机动车所有人", "所有人", "车主", "车主姓名", "人员姓名", "姓名", "SYR"),
            privacy=Privacy.IDENTITY,
            need=Need.VALUE,
        ),
        "vehicle_use": Column(
            means="使用性质",
            kind=Kind.CODE,
            headers=("使用性质", "车辆用途", "SYXZ", "CAR_USE"),
            privacy=Privacy.PERSONAL,
            codes=_USES,
        ),
        "vehicle_kind": Column(
            means="车辆类型",
            kind=Kind.CODE,
            headers=("车辆类型", "CLLX", "CAR_TYPE"),
            privacy=Privacy.PERSONAL,
            codes=_KINDS,
        ),
        "registered_on": Column(
            means="初次登记日期",
            kind=Kind.DATE,
            headers=("初次登记日期", "登记日期", "登记时间", "CCDJRQ", "REG_DATE"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
        ),
        "value_amount": Column(
            means="登记价值(元)",
            kind=Kind.MONEY,
            headers=("登记价值(元)", "车辆价值(元)", "购置价格(元)"),
            privacy=Privacy.PERSONAL,
            at_least=0,
            at_most=100_000_000,
        ),
        "vehicle_status": Column(
            means="机动车状态",
            kind=Kind.CODE,
            headers=("机动车状态", "车辆状态", "状态", "ZT"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            codes=_STATES,
        ),
    },
    becomes=vehicle_record,
    unused={
        "登记价值(万元)": "以万元计,不能当作元读;请在 doorstep.toml 中声明 unit = 10000",
        "登记价值": "未说明是元还是万元;请在 doorstep.toml 中声明 unit",
        "REG_VALUE": "未说明是元还是万元;请在 doorstep.toml 中声明 unit",
        "车辆识别代号": "号牌号码已足够",
        "发动机号": "号牌号码已足够",
        "品牌型号": "与困难发现无关",
        "联系电话": "以其他来源为准",
        "住所地址": "以人口登记为准",
        "交通违法记录": "与困难发现无关,不接收",
        "核对人": "经办人姓名,不接收",
    },
)
