"""What the words of a contract are called in the Chinese data dictionary."""

from data_contracts.terms import DeliveryKind, FactType, Kind, Need, Privacy, Purpose

KINDS = {
    Kind.TEXT: "文本",
    Kind.NAME: "姓名",
    Kind.ID_NUMBER: "证件号码",
    Kind.PHONE: "电话",
    Kind.ADDRESS: "地址",
    Kind.PLACE_CODE: "区划代码",
    Kind.DATE: "日期",
    Kind.MONTH: "年月",
    Kind.DAY_OR_MONTH: "日期或年月",
    Kind.MONEY: "金额(元)",
    Kind.NUMBER: "数值",
    Kind.INTEGER: "整数",
    Kind.CODE: "代码",
    Kind.ICD10: "疾病编码",
}
NEEDS = {Need.VALUE: "每行必填", Need.HEADER: "必须有列,可空", Need.NOTHING: "可缺"}
PRIVACY = {
    Privacy.IDENTITY: "身份",
    Privacy.SENSITIVE: "敏感",
    Privacy.PERSONAL: "个人",
    Privacy.ORDINARY: "一般",
}
PURPOSES = {
    Purpose.FIND: "发现困难",
    Purpose.WEIGH: "研判轻重",
    Purpose.REVIEW: "在册复核",
    Purpose.IDENTIFY: "辨认与联系",
}
DELIVERIES = {
    DeliveryKind.FULL: "全量(新文件里没有的记录视为已不存在)",
    DeliveryKind.APPEND: "增量(只送新记录,没有送来不说明什么)",
    DeliveryKind.CHANGES: "变更(新增和更正,没有送来不说明什么)",
}
TYPES = {
    FactType.STRING: "文本",
    FactType.DATE: "日期",
    FactType.MONEY: "金额",
    FactType.NUMBER: "数值",
    FactType.INTEGER: "整数",
    FactType.BOOLEAN: "是否",
}
PREFACE = """# 数据字典

本页由 `data_contracts/` 生成,不要手工修改;改了合同后运行 `make docs`。

列名是本系统的英文名;部门文件的表头写英文名或任一“表头写法”都认得,按名字对应,不看列的先后。
同一表头在文件中重复出现时,从左到右依次叫作 `电话`、`电话#2`、`电话#3`。
没有约定的列不读入,只在报告中列出列名。县里的表头、代码或单位不同,在 doorstep.toml 里补充,不改程序。

隐私级别:**身份**列只存入身份表,只有标准化、匹配和发布三步能读;**敏感**列(病情、警情)不印在名单上;
**个人**列是某人的事实;**一般**列不涉及个人。

用途:**发现困难**(预警)、**研判轻重**(排序)、**在册复核**(在保家庭的核对)、**辨认与联系**(身份列,信号读不到)。
没有写明的用途一律不得使用:预警的规则拿不到用途之外的列。民族、宗教、籍贯、政治面貌和“曾经”之类的列,程序拒绝接收。
"""
