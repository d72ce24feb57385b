"""Who a row is about: number, name, birth date, phone, address, contact. Read by three stages only.

Every source fills this record through columns of the same name. It is stored in the one table
`identities`; all other tables carry record_key alone.
"""

from data_contracts.terms import Fact, FactType, Record

SEXES = ("male", "female")
ID_TYPES = ("resident_id", "passport", "hk_macau", "taiwan", "foreign_permit", "other")

identity = Record(
    name="identity",
    title="身份信息",
    grain="one row per record version",
    columns={
        "id_type": Fact(type=FactType.STRING, means="证件类型", one_of=ID_TYPES),
        "id_number": Fact(type=FactType.STRING, means="证件号码(原样)"),
        "name": Fact(type=FactType.STRING, means="姓名(原样)"),
        "former_name": Fact(type=FactType.STRING, means="曾用名"),
        "sex": Fact(type=FactType.STRING, means="性别", one_of=SEXES),
        "birth_date": Fact(type=FactType.DATE, means="出生日期"),
        "phone": Fact(type=FactType.STRING, means="联系电话"),
        "address": Fact(type=FactType.STRING, means="地址(该来源所知的居住地址)"),
        "registered_address": Fact(type=FactType.STRING, means="户籍地址"),
        "place_code": Fact(type=FactType.STRING, means="现住区划代码(6、9 或 12 位)"),
        "household_no": Fact(type=FactType.STRING, means="户号"),
        "contact_name": Fact(type=FactType.STRING, means="联系人姓名"),
        "contact_relation": Fact(type=FactType.STRING, means="联系人与本人关系"),
        "contact_phone": Fact(type=FactType.STRING, means="联系人电话"),
    },
)
