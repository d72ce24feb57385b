"""What must never go out, by the cell it could stand in, and what must never be stopped.

Every number is made up; the identity numbers have wrong check characters on purpose or by chance.
"""

ID = "37088119680101021X"
CARD = "6222021234567890123"

SENTENCES = ("reasons", "verify", "offers", "note", "last_visit", "address_basis")
NAMES, PLACES = ("person_name", "visitor"), ("address", "village_name")

DISGUISED_NUMBERS = (
    ID,
    "370881196801010213",
    "370881680101021",
    "3708 8119 6801 0102 13",
    "370881-19680101-0213",
    "370881/1968/01/01/0213",
    "370881,19680101,0213",
    "3.7.0.8.8.1.1.9.6.8.0.1.0.1.0.2.1.3",
    "370881_1968-01-01_021x",
    "\uff13\uff17\uff10\uff18\uff18\uff11\uff11\uff19\uff16\uff18\uff10\uff11\uff10\uff11\uff10\uff12\uff11\uff13",
    "370881\u200b1968\u200b0101\u200d0213",
    "370881\u00ad19680101\u20600213",
    "3\u03367\u03360\u03368\u03368\u03361\u033619680101021X",
    "\u0663\u0667\u0660\u0668\u0668\u0661\u0661\u0669\u0666\u0668\u0660\u0661\u0660\u0661\u0660\u0662\u0661\u0663",
    "\u0969\u096d\u0966\u096e\u096e\u0967\u0967\u096f\u096c\u096e\u0966\u0967\u0966\u0967\u0966\u0968\u0967\u0969",
    "\U0001d7d1\U0001d7d5\U0001d7ce\U0001d7d6\U0001d7d6\U0001d7cf19680101021X",
    "\u2462\u2466\u24ea\u2467\u2467\u246019680101021X",
    "三七〇八八一一九六八〇一〇一〇二一三",
    "三七零八八一六八零一零一零二一",
    "叁柒零捌捌壹壹玖陆捌零壹零壹零贰壹叁",
    "37O88119680IO1O213",
    "证号370881196801010213的家属",
    "门牌3 370881680101021",
    CARD,
    "6222 0212 3456 7890 123",
    "6222-0212-3456-7890-123",
    "20260108123456",
    "六二二二零二一二三四五六七八九零一二三",
)
ILLNESSES = (
    "肺癌",
    "肺 癌 术后",
    "肺-癌",
    "肺\u200b癌",
    "胃Ca",
    "慢性肾衰竭",
    "尿毒症规律透析",
    "每周血透三次",
    "在做化疗",
    "靶向药费用",
    "口服格列卫",
    "急性白血病",
    "HIV阳性",
    "AIDS",
    "乙肝",
    "肺结核",
    "TB 复治",
    "精神分裂症",
    "双相情感障碍",
    "阿尔茨海默病",
    "脑梗后遗症",
    "糖尿病足截肢",
    "carcinoma",
    "Diabetes mellitus",
    "diagnosed CKD 5",
    "C34.9",
    "编码 n18.5",
    "F20",
    "U07.1",
    "腫瘤",
)
POLICE = (
    "派出所出警",
    "民警上门调解",
    "因家暴报警",
    "丈夫服刑",
    "强制隔离戒毒",
    "自杀未遂",
    "喝农药",
    "涉嫌诈骗",
    "老人走失",
    "交 通 事 故",
)
JUDGEMENTS = (
    "风险评分87分",
    "得分0.93",
    "致贫概率93%",
    "模型判为高风险",
    "疑似骗保",
    "黑名单",
    "贫困户",
    "risk score",
)
PHONES = ("联系13812345678", "138-1234-5678", "0537-4412345", "幺三八一二三四五六七八")
FORMULAS = ("=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r\n=1", "\uff1d1+1", "'=1")
MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x>",
    "https://example.org/a",
    "www.example.org",
    "javascript:alert(1)",
    "a@example.org",
    "&#x41;&amp;",
    "\\\\server\\share",
    "陈\u202e成西",
    "陈\x07成",
)

LEAKS = (
    *((field, text) for field in SENTENCES for text in (*ILLNESSES, *POLICE, *JUDGEMENTS)),
    *((field, text) for field in SENTENCES for text in (*DISGUISED_NUMBERS, *PHONES, *MARKUP)),
    *((field, text) for field in (*NAMES, *PLACES) for text in DISGUISED_NUMBERS),
    *((field, text) for field in (*NAMES, *PLACES) for text in (*FORMULAS, *MARKUP)),
    *((field, f"陈西成({text})") for field in NAMES for text in (*ILLNESSES, *POLICE)),
    *(("person_name", f"陈西成{text}") for text in ("肺癌", "透析", "派出所登记", "服刑", "腫瘤")),
    *(
        ("person_name", text)
        for text in ("肺癌陈西成", "陈西成,贫困户", "陈西成 精神", "陈西成-HIV")
    ),
    *(
        ("person_name", text)
        for text in ("LI MING (HIV)", "陈西成13812345678", "陈" * 31, "A" * 61)
    ),
    *(("address", f"陈家寨村3组(肺{word})") for word in ("癌", " 癌", "\u200b癌", "Ca")),
    *(("address", f"陈家寨村3组({word})") for word in ("住院透析", "服刑人员", "戒毒所")),
    *(("address", text) for text in ("13812345678、13987654321", "家 0537-4412345 子13812345678")),
    *(("address", text) for text in ("13812345678 13987654321", "陈家寨村N18.5")),
    *(
        ("phone", text)
        for text in ("13812345678,13987654321", "13812345678/0537-4412345", ID, CARD)
    ),
    *(
        ("phone", text)
        for text in ("13812345678(肺癌)", "=1+1", "https://example.org", "民警13812345678")
    ),
    *(("number_last4", text) for text in (ID, "********01021X", "370881********021X")),
    *(("village_code", text) for text in (ID, "=1+1", "陈家寨村", "37088110520１")),
)

HARMLESS = (
    *(
        ("person_name", name)
        for name in (
            *(
                "艾滋",
                "公安",
                "张公安",
                "高风险",
                "王唐氏",
                "霍去病",
                "陈癸",
                "欧阳建国",
                "(姓名不详)",
            ),
            *(
                "阿卜杜热合曼·买买提艾力",
                "NGUYEN THI CA",
                "SHIVANI TBILI",
                "𠮷田",
                "陈西成(大)",
                "李三1",
            ),
        )
    ),
    *(
        ("village_name", name)
        for name in ("公安村", "公安街", "癌症村旧址", "高山铺", "三一村", "艾滋河")
    ),
    *(("visitor", name) for name in ("赵村医", "孙晓梅")),
    *(
        ("address", text)
        for text in (
            "3幢2单元501室",
            "3-2-501",
            "公安街派出所旁",
            "陈家寨村3组(派出所旁)",
            "结核病防治所家属院(公安局宿舍)",
            "肿瘤医院北楼12号",
            "A03幢B12室",
            "S104线K23.5公里处路西",
            "姚村镇1234弄5678号9栋1011室",
            "二十一组三百零五号",
            "一二三组",
            "273100 0537-4412345",
            "陈家寨村 13812345678",
            "-",
            "1-2-501,3-4-502",
            "陈家寨村\u20033组\t21号\r\n",
            "陈家寨\u200b村3组",
        )
    ),
    *(("address_basis", text) for text in ("医保结算 2026-11", "部门登记 2019-03")),
    *(
        ("phone", text)
        for text in ("13812345678", "+86 138 1234 5678", "0537-4412345转8001", "不详")
    ),
    *(("phone", text) for text in ("(0537)4412345", "13812345678(儿子)")),
    *(("number_last4", text) for text in ("**************021X", "*******", "****4567")),
    *(("village_code", text) for text in ("370881105201",)),
    *(
        (field, text)
        for field in SENTENCES
        for text in (
            "家中有人2026年11月住院一次,自己负担的费用较多(约2.6万元)",
            "2026-11-10 走访:临时救助,2000元",
            "2026-11-22 2026-11-25 2026-12-01 各去过一次",
            "单号 ZF370881-20261122-0001-2 已走访",
            "D级住房,3个月",
            "共120000元,报销不足百元",
            "老人(76岁)登记为独自居住",
            "谁来照料;看病,名下的地",
            "每天30分钟",
        )
    ),
)
