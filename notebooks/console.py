"""What data officers look through: tonight's list, one household's page, the sources.

Reads the published snapshot named by DOORSTEP_SNAPSHOT and nothing else; it never writes.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(
    width="full",
    app_title="走访预警 · 数据员查看台",
    css_file="console.css",
    html_head_file="console_head.html",
)


with app.setup:
    import os
    from html import escape
    from pathlib import Path
    from typing import Any

    import marimo as mo
    import polars as pl

    from flows import files
    from flows.states import STATE_WORDS
    from matchers.rules import HOW_IN_CHINESE

    SEVERITIES = {3: "红", 2: "黄", 1: "蓝"}
    TONES = {3: "red", 2: "yellow", 1: "blue"}
    INKS = {3: "#c62828", 2: "#8d6e00", 1: "#1565c0"}
    STATES = {
        "issued": "本夜派单",
        "sampled": "随机走访",
        "carried": "顺延",
        "open": "走访中",
        "resting": "冷却期",
        "suppressed": "暂不派单",
        "county": "县级处理",
    }
    VERDICTS = {
        None: "本夜未收到",
        "accepted": "已接收",
        "repeated": "重复文件",
        "held": "待放行",
        "refused": "未被接收",
        "postponed": "推迟接收",
    }
    SEXES = {"male": "男", "female": "女"}
    LIVES = {"alive": "健在", "death_pending": "死亡待核", "dead": "已故"}
    RELATIONS = {
        "head": "户主",
        "spouse": "配偶",
        "son": "子",
        "daughter": "女",
        "grandchild": "孙辈",
        "parent": "父母",
        "grandparent": "祖辈",
        "sibling": "兄弟姐妹",
        "other": "其他",
        "none": "非亲属",
    }
    BELONGS = {
        "register": "户口登记",
        "newborn": "新生儿随母",
        "spouse": "与配偶共同生活",
        "child": "随父母",
        "living_here": "同住",
        "alone": "单独成户",
        "died": "已故",
    }
    UNKNOWN = "不详"
    EVERY = "全部"
    LIST = {
        "户号": pl.String,
        "等级": pl.Int8,
        "状态": pl.String,
        "乡镇": pl.String,
        "村(社区)": pl.String,
        "联系人": pl.String,
        "预警": pl.String,
        "首次发现": pl.String,
        "走访期限": pl.String,
        "工作单号": pl.String,
        "说明": pl.String,
    }
    WIDTHS = dict(zip(LIST, (88, 52, 72, 78, 92, 66, 180, 86, 86, 192, 196), strict=True))


@app.function
def published_snapshot() -> Path | None:
    """The snapshot that this console shows, or nothing before the first published night."""
    path = Path(os.environ.get("DOORSTEP_SNAPSHOT", "snapshot.duckdb"))
    return path if path.is_file() else None


@app.function
def rows_of(snapshot: Path, sql: str, params: list[Any] | None = None) -> list[dict[str, Any]]:
    """The answer to a question, as one dict a row; opened for reading and closed at once."""
    with files.duckdb_database(snapshot, read_only=True) as con:
        answer = con.execute(sql, params or [])
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


@app.function
def night_of(snapshot: Path) -> dict[str, Any]:
    """Which night this is, and how it ended."""
    return rows_of(snapshot, "SELECT * FROM night")[0]


@app.function
def choices_of(snapshot: Path) -> dict[str, dict[str, Any]]:
    """What each filter offers: the words on the screen and the values behind them."""
    townships = rows_of(snapshot, "SELECT code, name FROM township ORDER BY code")
    signals = rows_of(snapshot, "SELECT name, title FROM signal ORDER BY code, name")
    return {
        "乡镇": {EVERY: None, **{row["name"]: row["code"] for row in townships}},
        "预警": {EVERY: None, **{row["title"]: row["name"] for row in signals}},
        "等级": {EVERY: None, **{word: severity for severity, word in SEVERITIES.items()}},
        "状态": {EVERY: None, **{word: state for state, word in STATES.items()}},
    }


@app.function
def worklist_of(
    snapshot: Path,
    township: str | None = None,
    signal: str | None = None,
    severity: int | None = None,
    state: str | None = None,
) -> list[dict[str, Any]]:
    """Tonight's households in the order of the list; a filter that is not set lets all through."""
    return rows_of(
        snapshot,
        """
        SELECT * FROM worklist
        WHERE ($1 IS NULL OR township_code = $1)
          AND ($2 IS NULL OR list_contains(string_split(signals, ','), $2))
          AND ($3 IS NULL OR severity = $3)
          AND ($4 IS NULL OR state = $4)
        ORDER BY severity DESC, position NULLS LAST, household_id
        """,
        [township, signal, severity, state],
    )


@app.function
def household_of(snapshot: Path, household: str) -> dict[str, Any] | None:
    """Everything the snapshot knows of one household, or nothing if it is not on tonight's list."""
    asked = [household]
    listed = rows_of(snapshot, "SELECT * FROM worklist WHERE household_id = ?", asked)
    if not listed:
        return None
    return {
        **listed[0],
        "members": rows_of(
            snapshot,
            """
            SELECT member.*, source_status.title AS place_title, township.name AS township_name
            FROM member LEFT JOIN source_status ON source_status.source = member.place_source
            LEFT JOIN township ON township.code = member.township_code
            WHERE household_id = ? ORDER BY relation = 'head' DESC NULLS LAST, age DESC, person_id
            """,
            asked,
        ),
        "timeline": rows_of(
            snapshot,
            """
            SELECT timeline.*, member.name,
              (SELECT string_agg(DISTINCT finding.title, '、' ORDER BY finding.title)
               FROM proof JOIN finding USING (signal, person_id)
               WHERE proof.record_key = timeline.record_key
                 AND finding.household_id = timeline.household_id) AS proves
            FROM timeline LEFT JOIN member USING (household_id, person_id)
            WHERE household_id = ? ORDER BY happened_on DESC NULLS LAST, source, record_key
            """,
            asked,
        ),
        "findings": rows_of(
            snapshot,
            """
            SELECT finding.*, member.name
            FROM finding LEFT JOIN member USING (household_id, person_id)
            WHERE household_id = ? ORDER BY severity DESC, signal, person_id
            """,
            asked,
        ),
        "proofs": rows_of(
            snapshot,
            """
            SELECT proof.* FROM proof JOIN finding USING (signal, person_id)
            WHERE finding.household_id = ? ORDER BY happened_on, source_title, record_key
            """,
            asked,
        ),
    }


@app.function
def said(value: Any, words: dict[Any, str] | None = None) -> str:
    """A value as it stands on the screen: in Chinese where there is a word, and never as None."""
    if value is None or value == "":
        return UNKNOWN
    return escape(str((words or {}).get(value, value)))


@app.function
def table_html(headers: list[str], rows: list[list[str]], empty: str = "无") -> str:
    """A plain table; cells are HTML already and come from `said`."""
    head = "".join(f"<th>{escape(header)}</th>" for header in headers)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    nothing = f"<tr><td colspan='{len(headers)}'>{escape(empty)}</td></tr>"
    return f"<div class='ds-scroll'><table class='ds-table'><thead><tr>{head}</tr></thead><tbody>{body or nothing}</tbody></table></div>"


@app.function
def badge(severity: int) -> str:
    """A severity as a coloured word."""
    return f"<span class='ds-badge ds-{TONES[severity]}'>{SEVERITIES[severity]}</span>"


@app.function
def night_html(night: dict[str, Any], listed: list[dict[str, Any]]) -> str:
    """The head of the page: which night, in what state, and how many households it lists."""
    on, ended = night["on"], night["state"]
    counted = [
        (f"{word}色", sum(row["severity"] == severity for row in listed))
        for severity, word in SEVERITIES.items()
    ] + [(word, sum(row["state"] == state for row in listed)) for state, word in STATES.items()]
    figures = "".join(f"<div><b>{count}</b><span>{word}</span></div>" for word, count in counted)
    supplement = f" · 补充单 {night['number'] - 1}" if night["number"] > 1 else ""
    message = (
        f"<p class='ds-message ds-message-{said(ended)}'>{said(night['message'])}</p>"
        if night["message"]
        else ""
    )
    return (
        f"<header class='ds-head'><h1>{said(night['site'])}走访预警 <small>{on.year} 年 {on.month} 月 {on.day} 日"
        f"{supplement}</small>"
        f"<span class='ds-state ds-state-{said(ended)}'>{said(ended, STATE_WORDS)}</span></h1>"
        f"{message}<div class='ds-figures'>{figures}</div></header>"
    )


@app.function
def list_table(
    listed: list[dict[str, Any]], titles: dict[str, str], words: str = ""
) -> pl.DataFrame:
    """Households as the rows of the list, kept where `words` stands anywhere in the row."""
    rows = [
        {
            "户号": row["household_id"],
            "等级": row["severity"],
            "状态": STATES.get(row["state"], row["state"]),
            "乡镇": row["township_name"] or UNKNOWN,
            "村(社区)": row["village_name"] or UNKNOWN,
            "联系人": row["lead_name"] or UNKNOWN,
            "预警": "、".join(titles.get(name, name) for name in (row["signals"] or "").split(",")),
            "首次发现": str(row["first_found"]),
            "走访期限": str(row["due_on"] or ""),
            "工作单号": row["order_no"] or "",
            "说明": row["state_reason"] or "",
        }
        for row in listed
    ]
    kept = [row for row in rows if words.strip() in " ".join(map(str, row.values()))]
    return pl.DataFrame(kept, schema=LIST)


@app.function
def source_line(row: dict[str, Any]) -> str:
    """Where a row came from: file, the line that Excel shows, and the delivery."""
    return (
        f"{said(row['file_name'])} 第 {said(row['line'])} 行"
        f"<br><small>批次 {said(row['delivery'])}</small>"
    )


@app.function
def belonging(row: dict[str, Any]) -> str:
    """Why a member belongs to the household, and since when."""
    since = row["household_since"]
    return said(row["household_how"], BELONGS) + (
        f"<br><small>{said(since)} 起</small>" if since else ""
    )


@app.function
def how_linked(row: dict[str, Any]) -> str:
    """How a row came to its person, how sure that is, and what every field spoke for."""
    sure = "" if row["probability"] is None else f"<br><small>{row['probability']:.1%}</small>"
    why = f"<br><small>{said(row['why_zh'])}</small>" if row["why_zh"] else ""
    return said(row["how"], HOW_IN_CHINESE) + sure + why


@app.function
def members_html(members: list[dict[str, Any]]) -> str:
    """Who belongs to the household, and where each lives as far as is known."""
    return table_html(
        [
            "姓名",
            "性别",
            "年龄",
            "与户主关系",
            "归户依据",
            "证件尾号",
            "状态",
            "现住乡镇",
            "住址依据",
        ],
        [
            [
                f"{said(row['name'])}<br><small>{said(row['person_id'])}</small>",
                said(row["sex"], SEXES),
                said(row["age"]),
                said(row["relation"], RELATIONS),
                belonging(row),
                said(row["id_last4"]),
                said(row["life_status"], LIVES),
                said(row["township_name"]),
                f"{said(row['place_title'] or row['place_source'])}<br><small>{said(row['place_on'])}</small>",
            ]
            for row in members
        ],
    )


@app.function
def finding_html(finding: dict[str, Any], proofs: list[dict[str, Any]]) -> str:
    """One finding: what it says, on which rule and values it rests, and the rows that prove it."""
    own = [
        row
        for row in proofs
        if (row["signal"], row["person_id"]) == (finding["signal"], finding["person_id"])
    ]
    values = "".join(f"<li>{said(line)}</li>" for line in (finding["parameters"] or "").split("\n"))
    note = finding["history_note"]
    table = table_html(
        ["日期", "来源", "内容", "文件与行"],
        [
            [
                said(row["happened_on"]),
                said(row["source_title"]),
                said(row["what"]),
                source_line(row),
            ]
            for row in own
        ],
    )
    return (
        f"<section class='ds-finding'><h3>{badge(finding['severity'])} {said(finding['title'])}"
        f" <small>{said(finding['name'])} · 发生于 {said(finding['occurred_on'])}"
        f" · 首次发现 {said(finding['first_found'])}</small></h3>"
        f"<p>{said(finding['sentence'])}</p>"
        f"<dl><dt>需核实</dt><dd>{said(finding['verify'])}</dd>"
        f"<dt>规则依据</dt><dd>{said(finding['reference'])}</dd>"
        f"<dt>采用数值</dt><dd><ul>{values}</ul></dd>"
        + (f"<dt>历史说明</dt><dd>{said(note)}</dd>" if note else "")
        + f"</dl><h4>证据</h4>{table}</section>"
    )


@app.function
def timeline_html(timeline: list[dict[str, Any]]) -> str:
    """Every department's rows about the household, newest first."""
    return table_html(
        ["日期", "部门数据", "成员", "内容", "文件与行", "如何归到此人", "佐证的预警"],
        [
            [
                said(row["happened_on"]),
                said(row["source_title"]),
                said(row["name"]),
                said(row["what"]),
                source_line(row),
                how_linked(row),
                f"<b>{said(row['proves'])}</b>" if row["proves"] else "",
            ]
            for row in timeline
        ],
        empty="没有可显示的记录",
    )


@app.function
def household_html(household: dict[str, Any]) -> str:
    """The page of one household."""
    order = household["order_no"]
    facts = [
        f"状态 {said(household['state'], STATES)}",
        *([f"工作单 {said(order)},期限 {said(household['due_on'])}"] if order else []),
        *([f"说明:{said(household['state_reason'])}"] if household["state_reason"] else []),
        f"首次发现 {said(household['first_found'])}",
    ]
    findings = "".join(
        finding_html(finding, household["proofs"]) for finding in household["findings"]
    )
    return (
        f"<article class='ds-household' data-household='{said(household['household_id'])}'>"
        f"<h2>{badge(household['severity'])} 户 {said(household['household_id'])}"
        f" <small>{said(household['township_name'])} {said(household['village_name'])}</small></h2>"
        f"<p class='ds-facts'>{' · '.join(facts)}</p>"
        f"<h3>家庭成员</h3>{members_html(household['members'])}"
        f"<h3>预警与证据</h3>{findings or '<p>无</p>'}"
        f"<h3>各部门记录</h3>{timeline_html(household['timeline'])}</article>"
    )


@app.function
def lateness(days: int | None) -> str:
    """How late a source is; without any delivery ever there is no number of days."""
    if days is None:
        return "<b class='ds-late'>从未收到</b>"
    return f"<b class='ds-late'>{days}</b>" if days else "0"


@app.function
def sources_html(sources: list[dict[str, Any]]) -> str:
    """What arrived and what is late, with counts that must reconcile."""
    return table_html(
        ["数据", "供数单位", "本夜批次", "数据截至", "迟到(天)", "收到行", "入库", "隔离", "重复", "结论", "说明"],
        [
            [
                said(row["title"]),
                said(row["supplier"]),
                said(row["last_delivery"] or "—"),
                said(row["last_business_date"] or "—"),
                lateness(row["late_days"]),
                *(f"{row[name]:,}" for name in ("rows", "loaded", "quarantined", "duplicate")),
                VERDICTS.get(row["verdict"]) or said(row["verdict"]),
                said(row["message"]) if row["message"] else "",
            ]
            for row in sources
        ],
    )  # fmt: skip


@app.function
def notice(title: str, text: str) -> Any:
    """A page that says in words why there is nothing to show, and what to do."""
    return mo.Html(
        f"<article class='ds-notice'><h1>{escape(title)}</h1><p>{escape(text)}</p></article>"
    )


@app.cell
def _():
    params = mo.query_params()
    return (params,)


@app.cell
def _():
    snapshot = published_snapshot()
    mo.stop(
        snapshot is None,
        notice(
            "还没有可查看的名单",
            "夜间任务尚未发布过快照。请先运行 doorstep nightly(试用请运行 make demo),完成后刷新本页。",
        ),
    )
    return (snapshot,)


@app.cell
def _(snapshot):
    mo.Html(night_html(night_of(snapshot), worklist_of(snapshot)))
    return


@app.cell
def _(snapshot):
    choices = choices_of(snapshot)
    titles = {name: title for title, name in choices["预警"].items()}
    filters = mo.ui.dictionary(
        {
            **{
                name: mo.ui.dropdown(options, value=EVERY, allow_select_none=False, label=name)
                for name, options in choices.items()
            },
            "查找": mo.ui.text(label="查找", placeholder="户号、姓、村、工作单号"),
        }
    )
    return filters, titles


@app.cell
def _(filters, params, snapshot, titles):
    *asked, words = filters.value.values()
    listed = list_table(worklist_of(snapshot, *asked), titles, words)
    households = mo.ui.table(
        listed,
        selection="single-cell",
        page_size=15,
        show_column_summaries=False,
        show_data_types=False,
        show_download=False,
        show_search=False,
        format_mapping={"等级": SEVERITIES.get},
        style_cell=lambda _row, column, value: (
            {"color": INKS[value], "fontWeight": "bold"} if column == "等级" else {}
        ),
        text_justify_columns={"等级": "left"},
        column_widths=WIDTHS,
        wrapped_columns=["预警", "说明"],
        on_change=lambda cells: (
            params.set("household", listed["户号"][int(cells[0].row)]) if cells else None
        ),
    )
    return households, listed


@app.cell
def _(params):
    back = mo.ui.button(label="← 返回名单", on_click=lambda _: params.remove("household"))
    return (back,)


@app.cell
def _(back, filters, households, listed, params, snapshot):
    def shown_list():
        return mo.vstack(
            [
                mo.hstack(list(filters.elements.values()), justify="start", wrap=True),
                mo.Html(f"<p class='ds-count'>名单 {len(listed)} 户,点一行看该户</p>"),
                households,
            ]
        )

    def shown_household(number):
        household = household_of(snapshot, number)
        page = (
            mo.Html(household_html(household))
            if household
            else notice(f"名单中没有户 {number}", "可能已结案或户号有误。请返回名单按户号查找。")
        )
        return mo.vstack([back, page])

    opened = params.get("household")
    shown_household(opened) if opened else shown_list()
    return


@app.cell
def _(snapshot):
    sources = rows_of(snapshot, "SELECT * FROM source_status ORDER BY source")
    mo.Html(f"<section class='ds-sources'><h2>数据来源</h2>{sources_html(sources)}</section>")
    return


if __name__ == "__main__":
    app.run()
