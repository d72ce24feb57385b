"""The files of a city: five CSVs, the truth, and the spec that names the columns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.matching.city.rates import BIT, HARD
from benchmarks.matching.city.sheet import Sheet

HEADERS = {
    "police": {"name": "姓名", "former_name": "曾用名", "number": "公民身份号码", "sex": "性别", "birth": "出生日期",
               "address": "户籍地址", "phone": "联系电话", "household": "户号", "relation": "与户主关系"},
    "hospital": {"name": "患者姓名", "number": "证件号码", "sex": "性别代码", "birth": "出生年月日", "address": "现住址",
                 "phone": "本人电话", "contact_name": "联系人姓名", "contact_relation": "联系人与患者关系",
                 "contact_phone": "联系人电话", "guardian_name": "监护人姓名", "guardian_number": "监护人证件号",
                 "day": "入院日期"},
    "insurance": {"name": "参保人姓名", "number": "社会保障号码", "sex": "性别", "birth": "出生年月", "phone": "手机号码",
                  "address": "参保村居或单位"},
    "property": {"name": "权利人名称", "number": "权利人证件号", "co_owner": "共有人", "address": "不动产坐落",
                 "phone": "联系方式"},
    "assistance": {"name": "申请人", "number": "身份证号", "sex": "性别", "birth": "出生日期", "address": "家庭住址",
                   "phone": "联系电话", "head_name": "户主姓名"},
}  # fmt: skip
FIELDS = {
    "number": "id_number",
    "birth": "birth_date",
    "co_owner": "contact_name",
    "head_name": "contact_name",
}
UNMAPPED = ("day", "contact_relation")


def sheet_csv(sheet: Sheet, folder: Path) -> None:
    """One department's file, in its own headers and habits of writing."""
    columns = {
        header: pl.Series(sheet.fields[name].tolist(), dtype=pl.String)
        for name, header in HEADERS[sheet.table].items()
    }
    frame = pl.DataFrame(columns)
    heads = HEADERS[sheet.table]
    if sheet.table == "hospital":
        birth, sex = pl.col(heads["birth"]), pl.col(heads["sex"])
        frame = frame.with_columns(
            birth.str.replace(r"^(\d+)-0?(\d+)-0?(\d+)$", "$1/$2/$3"),
            sex.replace({"男": "1", "女": "2"}),
        )
    if sheet.table == "insurance":
        frame = frame.with_columns(pl.col(heads["birth"]).str.replace_all("-", ""))
    if sheet.table == "assistance":
        dotted = pl.col(heads["birth"]).str.replace(
            r"^(\d+)-0?(\d+)-0?(\d+)$", "${1}年${2}月${3}日"
        )
        frame = frame.with_columns(dotted)
    frame.write_csv(folder / f"{sheet.table}.csv")


def truth(sheets: list[Sheet], alias: np.ndarray, folder: Path) -> pl.DataFrame:
    """Who is behind every row, whether it is HARD, and its dirt."""
    hard_bits = sum(1 << BIT[kind] for kind in HARD)
    frames = []
    for sheet in sheets:
        frames.append(
            pl.DataFrame(
                {
                    "table": pl.Series([sheet.table], dtype=pl.String).new_from_index(
                        0, len(sheet)
                    ),
                    "row": np.arange(1, len(sheet) + 1),
                    "person": alias[sheet.person],
                    "hard": (sheet.tags & hard_bits) != 0,
                    "tags": sheet.tags,
                }
            )
        )
    rows = pl.concat(frames)
    tags = rows["tags"].unique().to_list()
    names = [[kind for kind, bit in BIT.items() if tag >> bit & 1] for tag in tags]
    lists = pl.DataFrame(
        {"tags": tags, "dirt": names}, schema={"tags": pl.Int64, "dirt": pl.List(pl.String)}
    )
    out = rows.join(lists, on="tags", how="left", maintain_order="left").drop("tags")
    out.write_parquet(folder / "truth.parquet")
    return out


def spec(folder: Path) -> None:
    """spec.toml, as `doorstep match` reads it."""
    lines = ['task = "link"']
    for table, headers in HEADERS.items():
        mapped = {
            FIELDS.get(name, name): header
            for name, header in headers.items()
            if name not in UNMAPPED
        }
        columns = ", ".join(f'{name} = "{header}"' for name, header in mapped.items())
        role = "register" if table == "police" else "records"
        lines += ["", "[[table]]", f'name = "{table}"', f'file = "{table}.csv"', f'role = "{role}"',
                  f"columns = {{ {columns} }}"]  # fmt: skip
    (folder / "spec.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
