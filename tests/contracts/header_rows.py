"""Header rows of typical extracts, as departments write them, and the source each belongs to."""

from data_contracts.terms import Source

DISCHARGE_IN_CHINESE = """
医疗机构代码,医疗付款方式,健康卡号,住院次数,病案号,姓名,性别,出生日期,年龄,国籍,籍贯,民族,
身份证号,职业,婚姻,现住址,电话,邮编,户口地址,工作单位及地址,单位电话,联系人姓名,关系,地址,电话,
入院途径,入院时间,入院科别,出院时间,出院科别,实际住院(天),门(急)诊诊断,疾病编码,主要诊断编码,
其他诊断编码1,其他诊断编码2,其他诊断编码3,疾病编码,药物过敏,血型,科主任,主治医师,住院医师,
离院方式,总费用,自付金额
"""
DISCHARGE_IN_CODES = """
ZZJGDM,YLFKFS,JKKH,ZYCS,BAH,XM,XB,CSRQ,NL,GJ,GG,MZ,SFZH,ZY,HY,XZZ,DH,XZZYB,HKDZ,GZDWJDZ,DWDH,
LXRXM,GX,LXRDZ,LXRDH,RYTJ,RYSJ,RYKB,CYSJ,CYKB,SJZYTS,MZZD,MZZDDM,JBDM,JBDM1,JBDM2,JBDM3,YWGM,XX,
KZR,ZZYS,ZYYS,LYFS,ZFY,ZFJE
"""
SETTLEMENT_IN_CODES = """
mdtrt_id,setl_id,psn_no,psn_name,psn_cert_type,certno,gend,naty,brdy,age,insutype,psn_type,
cvlserv_flag,setl_time,med_type,medfee_sumamt,fulamt_ownpay_amt,overlmt_selfpay,preselfpay_amt,
inscp_scp_amt,act_pay_dedc,hifp_pay,hifmi_pay,hifob_pay,maf_pay,hosp_part_amt,oth_pay,
fund_pay_sumamt,psn_part_amt,acct_pay,psn_cash_pay,balc,medins_setl_id,refd_setl_flag
"""
SETTLEMENT_IN_CHINESE = """
就诊ID,结算ID,人员编号,人员姓名,人员证件类型,证件号码,性别,民族,出生日期,年龄,险种类型,人员类别,
结算时间,医疗类别,医疗费总额,全自费金额,符合政策范围金额,基本医疗保险统筹基金支出,
医疗救助基金支出,医院负担金额,基金支付总额,个人负担总金额,个人账户支出,个人现金支出,余额,
退费结算标志
"""
DIBAO_SHEET = """
序号,救助证编号,乡镇(街道),村(社区),户主姓名,户主身份证号,家庭人口数,保障人口数,保障对象姓名,
身份证号,与户主关系,救助类别,低保类别(A/B/C),是否单人保,城乡类别,家庭月人均收入,月保障金额,
起始保障年月,停发年月,停发原因,致困原因,残疾类别等级,开户银行,银行账号,联系电话,家庭住址,备注
"""
RESIDENT_EXPORT = """
户别,户号,户主姓名,与户主关系,姓名,曾用名,性别,民族,籍贯,出生地,出生日期,公民身份号码,其他住址,
宗教信仰,身高,血型,文化程度,婚姻状况,兵役状况,服务处所,职业,户籍地址,现住址,现住区划,人口类别,
人口状态,状态日期,人户一致,派出所,联系电话
"""
ENROLMENT_IN_CODES = """
AAC001,AAC002,AAC003,AAC004,AAC005,AAC006,AAC067,AAE006,AAC010,AAE140,AAB001,AAB004,AAC031,
状态变更日期,最后缴费年月,缴费基数
"""
DEATH_SHEET = """
姓名,性别,证件类型,证件号码,出生日期,死亡日期,死亡地点,死亡原因,户籍地址,家属姓名,火化日期,
登记编号,登记日期,信息来源,是否确认
"""
OWNER_CHECK_SHEET = """
人员姓名,身份证号码,不动产单元号,产权人姓名,产权人身份证号,房屋用途,交易价值(元),登记或交易时间,
注销日期,权属状态,交易性质,房屋坐落,建筑面积(平方米),核对人
"""
VEHICLE_CHECK_SHEET = """
人员姓名,身份证号码,车牌号码,车辆类型,登记价值(万元),登记时间,车辆用途,状态,所在地区,核对日期,
核对人
"""
DISABILITY_SHEET = """
序号,姓名,性别,民族,身份证号,残疾人证号,残疾类别,残疾等级,残疾详情,致残原因,发证日期,有效期至,
证件状态,户籍地址,现住址,联系电话,监护人姓名,备注
"""
SCHOOL_SHEET = """
序号,学年,学校名称,年级,班级,学籍号,学生姓名,性别,民族,身份证号,学段,学费,住宿费,资助金额,
自付费用,就读状态,监护人姓名,监护人电话,数据日期,备注
"""
LEAD_SHEET = """
序号,线索编号,受理日期,线索来源,来电人,来电号码,困难群众姓名,身份证号,联系电话,所在村(社区),
家庭住址,困难类别,是否紧急,诉求内容,受理人,处理结果
"""

HEADER_ROWS = {
    "住院病案首页,中文表头": ("hospital_discharge", DISCHARGE_IN_CHINESE),
    "住院病案首页,代码表头": ("hospital_discharge", DISCHARGE_IN_CODES),
    "医保结算,代码表头": ("medical_settlement", SETTLEMENT_IN_CODES),
    "医保结算,中文表头": ("medical_settlement", SETTLEMENT_IN_CHINESE),
    "低保台账": ("assistance_register", DIBAO_SHEET),
    "常住人口登记": ("resident_register", RESIDENT_EXPORT),
    "参保缴费,代码表头": ("insurance_enrolment", ENROLMENT_IN_CODES),
    "死亡信息": ("death", DEATH_SHEET),
    "房管核对信息": ("property", OWNER_CHECK_SHEET),
    "车辆核对信息": ("vehicle", VEHICLE_CHECK_SHEET),
    "残疾人证台账": ("disability_register", DISABILITY_SHEET),
    "学生资助台账": ("school_costs", SCHOOL_SHEET),
    "热线线索": ("field_lead", LEAD_SHEET),
}


def mapped(source: Source, header_row: str) -> dict[str, str]:
    """Column to header, for the headers of the row that the source knows."""
    column_of = {
        header: name
        for name, column in source.columns.items()
        for header in (name, *column.headers)
    }
    return {column_of[header]: header for header in numbered(header_row) if header in column_of}


def numbered(header_row: str) -> list[str]:
    """The headers from left to right; one that repeats is numbered from its second place on."""
    headers = header_row.replace("\n", "").split(",")
    times = [headers[: at + 1].count(header) for at, header in enumerate(headers)]
    return [
        header if time == 1 else f"{header}#{time}"
        for header, time in zip(headers, times, strict=True)
    ]
