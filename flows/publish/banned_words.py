"""Words that stay at the county: diagnoses and treatments, the police, scores and unkind names.

A township's sentence is read out to the family and the sheet lies on a table. Chinese words are
looked for through blanks and dashes (肺 癌, 肺-癌), Latin ones only whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from flows.publish.seen import seen

ILLNESS, POLICE, JUDGEMENT = "含诊断或病名", "含警情或案件用语", "含评分或贬损用语"

BANNED: dict[str, tuple[str, ...]] = {
    ILLNESS: (
        *("诊断", "病名", "确诊", "疑诊", "病理", "病史", "患有", "患者", "病人", "绝症"),
        *("不治之症", "癌", "瘤", "恶性", "占位", "新生物", "白血病", "骨髓", "血友病", "再障"),
        *("再生障碍", "尿毒", "衰竭", "心衰", "肾衰", "呼衰", "肾病", "肾炎", "肾功能", "肝硬化"),
        *("肝腹水", "腹水", "艾滋", "梅毒", "淋病", "性病", "尖锐湿疣", "结核", "肝炎", "乙肝"),
        *("丙肝", "肺炎", "麻风", "精神", "抑郁", "躁狂", "双相", "分裂症", "焦虑", "癫痫"),
        *("痴呆", "失智", "阿尔茨海默", "帕金森", "自闭", "孤独症", "唐氏", "脑瘫", "渐冻"),
        *("肌萎缩", "智力残疾", "罕见病", "戈谢", "脑梗", "心梗", "梗死", "梗塞", "中风", "卒中"),
        *("偏瘫", "截瘫", "瘫痪", "出血", "溢血", "冠心病", "心脏病", "先心", "糖尿", "高血压"),
        *("高血脂", "痛风", "甲亢", "红斑狼疮", "类风湿", "尘肺", "矽肺", "哮喘", "慢阻肺"),
        *("地中海贫血", "地贫", "贫血", "白化", "骨折", "烧伤", "截肢", "透析", "血透", "腹透"),
        *("化疗", "放疗", "靶向", "免疫治疗", "介入治疗", "移植", "支架", "搭桥", "造瘘", "开颅"),
        *("手术", "术后", "术前", "切除", "插管", "ICU", "重症监护", "病危", "临终", "胰岛素"),
        *("美沙酮", "抗病毒", "吉非替尼", "伊马替尼", "奥希替尼", "替尼片", "单抗", "紫杉醇"),
        *("顺铂", "卡铂", "奥沙利铂", "格列卫", "赫赛汀", "来那度胺", "氯氮平", "奥氮平"),
        *("利培酮", "美金刚", "生物制剂", "激素治疗", "残疾等级", "怀孕", "妊娠", "流产", "堕胎"),
        *("引产", "不孕", "早产", "ICD", "HIV", "AIDS", "HBV", "HCV", "TB", "CA", "MT", "CKD"),
        *("ESRD", "COPD", "SLE", "ALS", "SMA", "CANCER", "CARCINOMA", "TUMOR", "TUMOUR"),
        *("LEUKEMIA", "LEUKAEMIA", "LYMPHOMA", "HEPATITIS", "SYPHILIS", "TUBERCULOSIS"),
        *("DIABETES", "DIALYSIS", "CHEMOTHERAPY", "STROKE", "SCHIZOPHRENIA", "EPILEPSY"),
        *("DEMENTIA",),
    ),
    POLICE: (
        *("警情", "报警", "接警", "出警", "处警", "民警", "辅警", "交警", "警察", "警方", "警务"),
        *("公安", "派出所", "案件", "命案", "案发", "报案", "立案", "涉案", "刑事", "治安"),
        *("侦查", "审讯", "传唤", "笔录", "取保", "嫌疑", "犯罪", "罪犯", "拘留", "羁押", "服刑"),
        *("刑满", "判刑", "判决", "缓刑", "监狱", "看守所", "劳教", "社区矫正", "逮捕", "前科"),
        *("吸毒", "戒毒", "涉毒", "毒品", "家暴", "家庭暴力", "虐待", "性侵", "强奸", "猥亵"),
        *("卖淫", "嫖娼", "拐卖", "盗窃", "抢劫", "诈骗", "赌博", "斗殴", "殴打", "打架", "自杀"),
        *("轻生", "自残", "跳楼", "割腕", "服毒", "农药", "走失", "失踪", "失联", "遗弃", "火灾"),
        *("交通事故", "车祸", "肇事", "溺水", "纠纷"),
    ),
    JUDGEMENT: (
        *("评分", "得分", "打分", "分值", "评级", "排名", "概率", "置信", "模型", "算法", "预测"),
        *("阈值", "权重", "命中", "风险", "可疑", "疑似", "黑名单", "失信", "老赖", "骗保"),
        *("骗取", "骗补", "冒领", "核查对象", "重点人员", "贫困户", "穷人", "懒汉", "等靠要"),
        *("低端", "SCORE", "PROBABILITY", "RISK"),
    ),
}
"""By what the county is told about them."""

_GAPS = re.compile(r"[\s\-_.·*/|+~^\u2010-\u2015]")
"""What people put inside a word; a comma or full stop ends one, or 看病,名下 would name an illness."""

_CODE = re.compile(r"(?<![A-Z0-9])[A-Z]\s?[0-9]{2}(\.?[0-9X]{1,3})?(?![A-Z0-9])")
"""ICD-10, in full or only its category."""

_SCORE = re.compile(
    r"(?<![\d.])0?\.\d+(?!\d*[元万])|\d\s?%|(?<![\d.])\d{1,3}(\.\d+)?\s?分(?![钟之别期校院店公局])"
)


def _any_of(words: Iterable[str], form: str) -> re.Pattern[str]:
    return re.compile(form.format("|".join(map(re.escape, words))))


_CHINESE = {
    why: _any_of((one for one in words if not one.isascii()), "{}") for why, words in BANNED.items()
}
_LATIN = {
    why: _any_of((one for one in words if one.isascii()), "(?<![A-Z])(?:{})(?![A-Z])")
    for why, words in BANNED.items()
    if any(map(str.isascii, words))
}


def banned_in(text: str) -> Iterator[tuple[str, str]]:
    """A banned word of each kind that the text holds: what kind, and the word."""
    shown = seen(text)
    closed = _GAPS.sub("", shown)
    for forms, said in ((_CHINESE, closed), (_LATIN, shown)):
        for why, form in forms.items():
            if found := form.search(said):
                yield why, found[0]


def words_in(text: str) -> set[str]:
    """Which kinds of banned words a text holds; nothing of the text itself."""
    return {why for why, _ in banned_in(text)}


def codes_in(text: str) -> set[str]:
    """Diagnosis codes and bare scores, for texts that are sentences or names."""
    shown = seen(text)
    coded = {ILLNESS} if _CODE.search(shown) else set()
    return coded | ({JUDGEMENT} if _SCORE.search(shown) else set())
