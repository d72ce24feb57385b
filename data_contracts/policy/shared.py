"""The values that several signals and the triage share; they stand once, in county.toml."""

from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference

SUDDEN_HARDSHIP = Reference(title="国务院关于全面建立临时救助制度的通知(国发〔2014〕47号)")
LOW_INCOME_MONITORING = Reference(
    title="关于加强低收入人口动态监测做好分层分类社会救助工作的意见(国办发〔2023〕39号)"
)
LOCAL_STANDARD = Reference(title="本县现行最低生活保障标准公告")
LOCAL_STATISTICS = Reference(title="本地上年度居民收支统计公报")
LOCAL_DISEASE_LIST = Reference(title="本地重特大疾病目录", article="参照国家大病专项救治病种")
LOCAL_WORK_RULE = Reference(title="本县主动发现走访工作规程")
REVIEW_CYCLE = Reference(title="最低生活保障审核确认办法", article="定期核查")
PATIENTS_PRIVACY = Reference(
    title="中华人民共和国精神卫生法", article="第四条;并见艾滋病防治条例第三十九条"
)
CIVIL_CODE = Reference(title="中华人民共和国民法典", article="第十七条")
LABOUR_LAW = Reference(title="中华人民共和国劳动法", article="第十五条")
ELDERS_LAW = Reference(title="中华人民共和国老年人权益保障法", article="第二条")

SERIOUS_DISEASES = Parameter(
    name="serious_diseases",
    kind=ValueKind.CODES,
    unit="ICD-10 编码前缀",
    means="本地认定的重特大疾病;编码以其中任一前缀开头即算",
    reference=LOCAL_DISEASE_LIST,
    flags_more_when=Worse.HIGHER,
    shared=True,
)
COUNTY_ONLY_DIAGNOSES = Parameter(
    name="county_only_diagnoses",
    kind=ValueKind.CODES,
    unit="ICD-10 编码前缀",
    means="只由县级处理、不下发乡镇的病种,至少包括 HIV 感染(B20 至 B24、Z21)和精神障碍(F);"
    "编码以其中任一前缀开头即算",
    reference=PATIENTS_PRIVACY,
    flags_more_when=Worse.NEITHER,
    shared=True,
)
DIBAO_STANDARD_URBAN = Parameter(
    name="dibao_standard_urban",
    kind=ValueKind.MONEY,
    unit="元/人/月",
    means="城市最低生活保障标准",
    reference=LOCAL_STANDARD,
    flags_more_when=Worse.NEITHER,
    shared=True,
)
DIBAO_STANDARD_RURAL = Parameter(
    name="dibao_standard_rural",
    kind=ValueKind.MONEY,
    unit="元/人/月",
    means="农村最低生活保障标准",
    reference=LOCAL_STANDARD,
    flags_more_when=Worse.HIGHER,
    shared=True,
)
MARGIN_MULTIPLE = Parameter(
    name="margin_multiple",
    kind=ValueKind.MULTIPLE,
    unit="倍",
    means="低保边缘家庭的收入上限是低保标准的多少倍",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.HIGHER,
    shared=True,
)
RIGID_EXPENSE_SHARE = Parameter(
    name="rigid_expense_share",
    kind=ValueKind.SHARE,
    unit="比例",
    means="刚性支出占家庭收入达到多少可能符合刚性支出困难家庭",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.LOWER,
    shared=True,
)
DISPOSABLE_INCOME_PER_HEAD = Parameter(
    name="disposable_income_per_head",
    kind=ValueKind.MONEY,
    unit="元/人/年",
    means="上年度居民人均可支配收入;单次自负达到它即为红色",
    reference=LOCAL_STATISTICS,
    flags_more_when=Worse.LOWER,
    shared=True,
)
ADULT_AGE = Parameter(
    name="adult_age",
    kind=ValueKind.COUNT,
    unit="周岁",
    means="成年年龄;不满此龄为未成年人",
    reference=CIVIL_CODE,
    flags_more_when=Worse.NEITHER,
    shared=True,
)
WORKING_AGE_FROM = Parameter(
    name="working_age_from",
    kind=ValueKind.COUNT,
    unit="周岁",
    means="劳动年龄下限(含)",
    reference=LABOUR_LAW,
    flags_more_when=Worse.LOWER,
    shared=True,
)
WORKING_AGE_TO = Parameter(
    name="working_age_to",
    kind=ValueKind.COUNT,
    unit="周岁",
    means="劳动年龄上限(含)",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.HIGHER,
    shared=True,
)
ELDER_AGE = Parameter(
    name="elder_age",
    kind=ValueKind.COUNT,
    unit="周岁",
    means="老年人年龄(含)",
    reference=ELDERS_LAW,
    flags_more_when=Worse.LOWER,
    shared=True,
)
RED_DUE_WORKING_DAYS = Parameter(
    name="red_due_working_days",
    kind=ValueKind.DAYS,
    unit="工作日",
    means="红色预警的走访期限",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.NEITHER,
    shared=True,
)
YELLOW_DUE_WORKING_DAYS = Parameter(
    name="yellow_due_working_days",
    kind=ValueKind.DAYS,
    unit="工作日",
    means="黄色预警的走访期限",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.NEITHER,
    shared=True,
)
BLUE_DUE_WORKING_DAYS = Parameter(
    name="blue_due_working_days",
    kind=ValueKind.DAYS,
    unit="工作日",
    means="蓝色预警的走访期限",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.NEITHER,
    shared=True,
)
TOWNSHIP_CAPACITY = Parameter(
    name="township_capacity",
    kind=ValueKind.COUNT,
    unit="户/晚",
    means="没有登记走访人的乡镇每晚最多新发的工作单数,其余顺延",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.NEITHER,
    shared=True,
)
COOL_DOWN_DAYS = Parameter(
    name="cool_down_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="走访办结后,没有新事实时多少天内不再发单",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.NEITHER,
    shared=True,
)
REISSUE_AFTER_DAYS = Parameter(
    name="reissue_after_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="工作单逾期多少天仍无反馈即重新发单",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.NEITHER,
    shared=True,
)
COUNTY_AFTER_ORDERS = Parameter(
    name="county_after_orders",
    kind=ValueKind.COUNT,
    unit="次",
    means="发单达到多少次仍未获得帮助即提请县级协调(一事一议)",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.NEITHER,
    shared=True,
)

HELPED_PAUSE_DAYS = Parameter(
    name="helped_pause_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="走访后已给予救助的,没有新情况时多少天内不再发单",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.NEITHER,
    shared=True,
)
PROCEDURE_DAYS = Parameter(
    name="procedure_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="已受理或县级协调办理中的,多少天内不再发单;到期仍无结果的重新列入",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.NEITHER,
    shared=True,
)
RETRY_DAYS = Parameter(
    name="retry_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="外出、谢绝入户、没有找到人,或本人已去世(看望家人)的,多少天后再去",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.NEITHER,
    shared=True,
)
RENEWAL_GROWTH = Parameter(
    name="renewal_growth",
    kind=ValueKind.MULTIPLE,
    unit="倍",
    means="走访后同一情形加重到当时的多少倍才算新情况",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.LOWER,
    shared=True,
)
WAITING_SHARE = Parameter(
    name="waiting_share",
    kind=ValueKind.SHARE,
    unit="比例",
    means="每个乡镇每晚的走访名额中留给等候最久家庭的比例",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.NEITHER,
    shared=True,
)
SAMPLE_PER_NIGHT = Parameter(
    name="sample_per_night",
    kind=ValueKind.COUNT,
    unit="户/晚",
    means="全县每晚随机走访多少户没有预警、也没有人在册受助的家庭,用来估计遗漏",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.NEITHER,
    shared=True,
)

REVIEW_MONTHS_A = Parameter(
    name="review_months_a",
    kind=ValueKind.COUNT,
    unit="个月",
    means="A类(长期重病重残、情况稳定)低保对象多少个月复核一次",
    reference=REVIEW_CYCLE,
    flags_more_when=Worse.NEITHER,
    shared=True,
)
REVIEW_MONTHS_B = Parameter(
    name="review_months_b",
    kind=ValueKind.COUNT,
    unit="个月",
    means="B类(短期内情况稳定)低保对象多少个月复核一次",
    reference=REVIEW_CYCLE,
    flags_more_when=Worse.NEITHER,
    shared=True,
)
REVIEW_MONTHS_C_URBAN = Parameter(
    name="review_months_c_urban",
    kind=ValueKind.COUNT,
    unit="个月",
    means="C类(有劳动能力、收入不稳定)城镇低保对象多少个月复核一次",
    reference=REVIEW_CYCLE,
    flags_more_when=Worse.NEITHER,
    shared=True,
)
REVIEW_MONTHS_C_RURAL = Parameter(
    name="review_months_c_rural",
    kind=ValueKind.COUNT,
    unit="个月",
    means="C类(有劳动能力、收入不稳定)农村低保对象多少个月复核一次",
    reference=REVIEW_CYCLE,
    flags_more_when=Worse.NEITHER,
    shared=True,
)

SHARED: dict[str, Parameter] = {
    value.name: value for value in list(globals().values()) if isinstance(value, Parameter)
}
"""Every shared parameter by name."""

STANDING_CATEGORIES = ("dibao", "tekun", "low_income_margin", "rigid_expense", "monitored")
"""Assistance that a person is in until a given day, as against a single payment."""
