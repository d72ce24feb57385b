"""Records as cells: headers, codes, dates and amounts the way one office writes them."""

from __future__ import annotations

import polars as pl

from data_contracts.terms import Column, Kind, Source
from flows.synth.departments.terms import Form

NUMERIC = (Kind.MONEY, Kind.NUMBER, Kind.INTEGER)
NONSENSE = {
    Kind.DATE: "2026-13-45",
    Kind.MONEY: "壹万元整",
    Kind.INTEGER: "三十",
    Kind.CODE: "未知代码",
    Kind.NAME: "",
}
"""What stands in the one nonsense cell of a bad row, by the kind of its column."""


def cells(known: pl.DataFrame, source: Source, form: Form, extras: tuple[str, ...]) -> pl.DataFrame:
    """One text column per column of the file; column names are headers, repeated ones numbered."""
    here = [name for name in source.columns if name in known.columns]
    columns = [
        _with_nonsense(
            name, source.columns[name], _text(known[name], source.columns[name], form)
        ).alias(header(source.columns[name], form))
        for name in here
    ]
    return known.select(*columns, *[_extra(name).alias(name) for name in extras])


def header(column: Column, form: Form) -> str:
    """The spelling of a column's header that this office uses."""
    if form.headers == "code":
        return next((name for name in column.headers if name.isascii()), column.headers[0])
    return column.headers[0]


def numeric_headers(source: Source, form: Form) -> set[str]:
    """Headers of columns that a spreadsheet keeps as numbers."""
    return {header(column, form) for column in source.columns.values() if column.kind in NUMERIC}


def delivered_code(column: Column, meaning: str, form: Form) -> str:
    """How this office writes a meaning: its code, or its label."""
    spellings = [code for code, meant in column.codes.items() if meant == meaning]
    wanted = [code for code in spellings if code.isascii() == (form.codes == "code")]
    return (wanted or spellings)[0]


def _text(values: pl.Series, column: Column, form: Form) -> pl.Expr:
    series = pl.lit(values)
    if column.kind in (Kind.DATE, Kind.MONTH, Kind.DAY_OR_MONTH):
        written = series.dt.strftime(_date_format(values.name, column, form))
    elif column.kind is Kind.MONEY:
        written = (series / column.unit).cast(pl.Decimal(16, 2)).cast(pl.String)
    elif column.kind is Kind.CODE:
        written = series.replace(_spellings(values, column, form))
    else:
        written = series.cast(pl.String)
    filled = written.fill_null(form.missing)
    return pl.when(filled == "").then(pl.lit(form.missing)).otherwise(filled)


def _date_format(name: str, column: Column, form: Form) -> str:
    """Months are six digits, and nobody writes the hour of a birth."""
    if column.kind is Kind.MONTH:
        return "%Y%m"
    return form.date.split(" ")[0] if name == "birth_date" else form.date


def _spellings(values: pl.Series, column: Column, form: Form) -> dict[str, str]:
    """Meanings to spellings; a value that is a spelling already stays."""
    meanings = set(column.codes.values())
    return {
        meaning: delivered_code(column, meaning, form)
        for meaning in values.unique().sort().drop_nulls().to_list()
        if meaning in meanings
    }


def _with_nonsense(name: str, column: Column, text: pl.Expr) -> pl.Expr:
    nonsense = NONSENSE.get(column.kind)
    if nonsense is None:
        return text
    return pl.when(pl.col("bad") == name).then(pl.lit(nonsense)).otherwise(text)


def _extra(name: str) -> pl.Expr:
    """A column nobody asked for, filled as such columns are."""
    luck = pl.col("luck")
    if name == "序号":
        return pl.int_range(1, pl.len() + 1).cast(pl.String)
    if name == "银行账号":
        return pl.lit("6217") + (luck % 10**15).cast(pl.String).str.zfill(15)
    choices = _EXTRAS.get(name, ("",))
    spot = (luck % len(choices)).cast(pl.Int64)
    return spot.replace_strict(list(range(len(choices))), list(choices), return_dtype=pl.String)


_EXTRAS = {
    "民族": ("汉族", "汉族", "汉族", "汉族", "回族"),
    "naty": ("01", "01", "01", "03"),
    "AAC005": ("01", "01", "01", "03"),
    "职业": ("农民", "职员", "退(离)休人员", "其他", "学生"),
    "血型": ("A型", "B型", "O型", "AB型", "未查"),
    "人员类别": ("在职", "退休", "居民(成年)", "居民(未成年)"),
    "余额": ("0.00", "128.50", "1033.27"),
    "共有情况": ("单独所有", "共同共有", "按份共有"),
    "家庭人口数": ("1", "2", "3", "4"),
    "家庭成员": ("配偶", "配偶、子女", ""),
    "开户银行": ("农村商业银行", "邮政储蓄银行", "农业银行"),
    "文化程度": ("初中", "小学", "高中", "大学专科"),
    "死亡地点": ("家中", "医疗机构", "其他"),
    "品牌型号": ("五菱牌", "大众牌", "比亚迪牌"),
    "管辖派出所": ("城区派出所", "乡镇派出所"),
    "单位名称": ("某某纺织有限公司", "某某食品厂", "某某建筑公司", ""),
}
