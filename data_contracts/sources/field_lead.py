"""Leads that people bring in: the hotline, village cadres on foot (铁脚板), visitors, the person.

Whom a lead is about and what kind of need it is, never what was told and never who told it.
Where no address is written, or only house and group, the village says where it is.
"""

import ibis
from ibis import _

from data_contracts.codes import spelled
from data_contracts.records.lead import lead
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

_CHANNELS = spelled(
    hotline="热线 救助热线 社会救助热线 政务热线 服务热线 12345 12345热线",
    village="村级上报 村上报 社区上报 村(社区)上报 村(居)上报 网格上报 网格员上报 铁脚板",
    visitor="走访发现 走访 入户走访 干部走访 志愿者走访 社工走访",
    self="本人求助 本人申请 本人 自主申报 个人申报",
)

_NEEDS = spelled(
    illness="疾病 看病 医疗 就医 因病",
    income="收入 生活 基本生活 生活困难 失业 无收入",
    housing="住房 居住 房屋",
    care="照料 照护 养老 无人照料 无人看护",
    disaster="受灾 灾害 意外 突发变故 突发事件",
    schooling="上学 教育 就学",
    other="其他 其它",
)

_NAMES_A_TOWNSHIP = "[省市县镇乡]|街道|办事处"

field_lead = Source(
    name="field_lead",
    title="困难线索(热线与村级上报)",
    supplier="民政局(社会救助服务热线、乡镇街道)",
    authority=Reference(
        title="关于加强低收入人口动态监测做好分层分类社会救助工作的意见",
        article="国办发〔2023〕39号",
    ),
    grain="one row per lead and person",
    delivery=DeliveryKind.CHANGES,
    cadence_days=7,
    optional=True,
    key=("lead_no",),
    own_key=True,
    dated_by="reported_on",
    complete_for="有人反映到的困难;无人反映不等于没有困难",
    purposes=(Purpose.FIND,),
    carries_current_address=True,
    at_least_rows=0,
    columns={
        "lead_no": Column(
            means="线索编号",
            kind=Kind.TEXT,
            headers=("线索编号", "工单编号", "上报编号", "受理编号"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
            max_length=40,
        ),
        "id_number": Column(
            means="困难群众身份证号(已知时)",
            kind=Kind.ID_NUMBER,
            headers=(
                "身份证号",
                "身份证号码",
                "困难群众身份证号",
                "困难对象身份证号",
                "公民身份号码",
                "证件号码",
            ),
            privacy=Privacy.IDENTITY,
            need=Need.HEADER,
            max_length=50,
        ),
        "name": Column(
            means="困难群众姓名",
            kind=Kind.NAME,
            headers=("困难群众姓名", "困难对象姓名", "困难对象", "求助人姓名", "姓名"),
            privacy=Privacy.IDENTITY,
            need=Need.VALUE,
            max_length=50,
        ),
        "phone": Column(
            means="困难群众联系电话",
            kind=Kind.PHONE,
            headers=("联系电话", "困难群众电话", "本人电话", "电话", "手机号码"),
            privacy=Privacy.IDENTITY,
            max_length=40,
        ),
        "address": Column(
            means="住址",
            kind=Kind.ADDRESS,
            headers=("住址", "家庭住址", "现住址", "详细地址", "地址"),
            privacy=Privacy.IDENTITY,
        ),
        "village": Column(
            means="所在村(社区),住址未写明乡镇时补在前面",
            kind=Kind.TEXT,
            headers=("所在村(社区)", "村(社区)", "村(居)", "所属村居", "所在村"),
            privacy=Privacy.PERSONAL,
            max_length=60,
        ),
        "reported_on": Column(
            means="反映日期",
            kind=Kind.DATE,
            headers=("反映日期", "上报日期", "来电日期", "受理日期", "上报时间", "来电时间"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
        ),
        "channel": Column(
            means="线索渠道",
            kind=Kind.CODE,
            headers=("线索渠道", "线索来源", "来源渠道", "上报渠道"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            codes=_CHANNELS,
        ),
        "need": Column(
            means="困难类别",
            kind=Kind.CODE,
            headers=("困难类别", "困难类型", "诉求类别", "需求类别"),
            privacy=Privacy.SENSITIVE,
            need=Need.HEADER,
            codes=_NEEDS,
        ),
        "urgent": Column(
            means="是否紧急",
            kind=Kind.CODE,
            headers=("是否紧急", "紧急", "紧急程度"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            codes=spelled(yes="1 是 Y 紧急 特急 急", no="0 否 N 一般 普通 不急"),
        ),
    },
    becomes=lead,
    by={
        "address": ibis.cases(
            (_.village.isnull() | _.address.re_search(_NAMES_A_TOWNSHIP), _.address),
            (_.address.isnull(), _.village),
            else_=_.village + _.address,
        )
    },
    unused={
        "诉求内容": "自由文字,可能含病情和无关个人情况,一律不接收",
        "来电内容": "自由文字,可能含病情和无关个人情况,一律不接收",
        "情况描述": "自由文字,可能含病情和无关个人情况,一律不接收",
        "反映人": "反映人的信息不接收,只看反映的是谁",
        "来电人": "反映人的信息不接收,只看反映的是谁",
        "来电号码": "反映人的信息不接收,只看反映的是谁",
        "上报人": "经办人姓名,不接收",
        "受理人": "经办人姓名,不接收",
        "处理结果": "走访结果由工作单回收",
        "民族": "不得作为任何规则的输入,不接收",
        "备注": "自由文字,可能含无关个人情况",
    },
)
