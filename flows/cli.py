"""The command line. Help in Chinese and English; every error is one clear line; heavy imports wait.

Exit codes: 0 done, 1 failed, 2 usage, 3 done with warnings, 4 nothing new, 5 already running,
6 not permitted.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from flows import files, logs
from flows.access.gate import guarded
from flows.errors import DoorstepError, Exit, UsageError, one_line

app = typer.Typer(
    name="doorstep",
    help="政策找人:每晚比对各部门数据,给乡镇一份简短的走访清单。"
    "Finds households that need help before they ask.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
contract = typer.Typer(help="数据契约 / Data contracts.", no_args_is_help=True)
app.add_typer(contract, name="contract")
review = typer.Typer(
    help="人工核对存疑的记录对 / Doubtful pairs, answered by people.", no_args_is_help=True
)
app.add_typer(review, name="review")

model = typer.Typer(help="记录比对的模型 / Models of the record linkage.", no_args_is_help=True)
app.add_typer(model, name="model")
people = typer.Typer(help="工作台的账号 / Accounts of the desk.", no_args_is_help=True)
app.add_typer(people, name="people")
keys = typer.Typer(help="连接密钥与加密密钥 / Join keys, encryption at rest.", no_args_is_help=True)
app.add_typer(keys, name="keys")
alert = typer.Typer(help="告警 / Alerts.", no_args_is_help=True)
app.add_typer(alert, name="alert")
heartbeat = typer.Typer(help="心跳 / The heartbeat.", no_args_is_help=True)
app.add_typer(heartbeat, name="heartbeat")
audit = typer.Typer(help="审计记录 / The audit trail.", no_args_is_help=True)
app.add_typer(audit, name="audit")


def _log_into(context: typer.Context, home: Path) -> Path:
    """From here on this command is logged in its home."""
    logs.into(home, context.command_path.partition(" ")[2])
    return home


HomeOption = Annotated[
    Path,
    typer.Option(
        "--home",
        envvar="DOORSTEP_HOME",
        help="工作目录 / The site's folder.",
        callback=_log_into,
    ),
]
DateOption = Annotated[
    str | None,
    typer.Option("--date", help="业务日期 YYYY-MM-DD,默认今天(上海时间) / The night's date."),
]


@app.command()
def init(home: Annotated[Path, typer.Argument(help="新工作目录 / The new folder.")]) -> None:
    """建立工作目录和待填写的配置 / Make a site's folder with templates to fill in."""
    from flows.site import init_home

    say(init_home(home))


@app.command()
def synth(
    home: Annotated[Path, typer.Argument(help="新工作目录 / The new folder.")],
    residents: Annotated[int, typer.Option(min=500, help="人口 / Residents.")] = 30_000,
    nights: Annotated[int, typer.Option(min=1, help="夜数 / Nights after the baseline.")] = 7,
    seed: Annotated[int, typer.Option(help="随机种子 / Seed.")] = 1,
) -> None:
    """生成一个虚构县的文件和真值 / Make a synthetic county: files, policy and truth."""
    from flows.site import synthetic_home

    say(synthetic_home(home, residents=residents, nights=nights, seed=seed))


@app.command()
def demo(
    home: Annotated[Path, typer.Option("--home", help="演示目录 / Where.")] = Path("demo-home"),
    residents: Annotated[int, typer.Option(min=500, help="人口 / Residents.")] = 30_000,
    nights: Annotated[int, typer.Option(min=1, help="夜数 / Nights.")] = 7,
    seed: Annotated[int, typer.Option(help="随机种子 / Seed.")] = 1,
) -> None:
    """生成虚构县并连续运行若干夜 / Run a synthetic county for some nights."""
    from flows.demo import run_demo

    run_demo(home, residents=residents, nights=nights, seed=seed, say=say)


@app.command()
def nightly(
    home: HomeOption = Path(),
    on: DateOption = None,
    baseline: Annotated[
        bool, typer.Option("--baseline", help="首夜:只装载历史,不派单 / Load, issue nothing.")
    ] = False,
    with_later_arrivals: Annotated[
        bool,
        typer.Option("--with-later-arrivals", help="过去的日期,用现在所知 / Use what came since."),
    ] = False,
    wait: Annotated[
        int,
        typer.Option(min=0, help="别的任务占用时最多等几分钟 / Minutes to wait for another task."),
    ] = 0,
) -> None:
    """运行一夜 / Run one night."""
    from flows.home import existing_home
    from flows.start import Wish, start

    wish = Wish(on=_day(on), baseline=baseline, with_later_arrivals=with_later_arrivals)
    night = start(existing_home(home), wish, say=True, patience=60 * wait)
    say(night.message)
    raise typer.Exit(night.exit)


@app.command()
def serve(home: HomeOption = Path()) -> None:
    """按 doorstep.toml 的时间每晚运行 / Run every night at the configured time."""
    from flows.home import existing_home
    from flows.scheduled import serve_nights

    serve_nights(existing_home(home))


@app.command()
def status(home: HomeOption = Path()) -> None:
    """现在怎样:上一夜、各来源新旧、待办 / Last night, freshness, what waits for a person."""
    from flows.home import home_as_it_lies
    from flows.status import status_lines

    for line in status_lines(home_as_it_lies(home), _day(None)):
        say(line)


@app.command()
def returns(home: HomeOption = Path()) -> None:
    """收取 returns/ 中的走访回单,当场给出回执 / Take up filled lists, with a receipt each."""
    from flows.home import existing_home
    from flows.ledger import Ledger
    from flows.returned_files import take_returns

    site = existing_home(home)
    receipts = take_returns(site, Ledger(site.ledger), _day(None))
    for one in receipts:
        say("\n".join(one.lines))
    if not receipts:
        say("returns/ 中没有回单。")
        raise typer.Exit(Exit.NOTHING_NEW)


@app.command()
def why(
    asked: Annotated[
        str, typer.Argument(help="家庭、人员或工作单编号 / Household, person, order.")
    ],
    home: HomeOption = Path(),
) -> None:
    """一户为什么在或不在名单上、为什么排在这里 / Why a household is listed, or not, or where."""
    from flows.home import existing_home
    from flows.why_household import why_household

    for line in why_household(existing_home(home), asked):
        say(line)


@app.command("yield")
def yields(home: HomeOption = Path()) -> None:
    """成效:从预警到走访、核实、帮扶 / From flags to visits to help, with what is missed."""
    from flows.home import existing_home
    from flows.yields.command import yield_lines

    for line in yield_lines(existing_home(home)):
        say(line)


@app.command()
def statistics(
    out: Annotated[Path, typer.Option(help="要写的 .csv 或 .xlsx / The file to write.")],
    home: HomeOption = Path(),
    month: Annotated[
        str | None, typer.Option(help="月份 YYYY-MM,默认上个月 / A month that is over.")
    ] = None,
) -> None:
    """可以对外的月度汇总:小数不公布,其余取整到 5 / A month's summary, safe for small numbers."""
    from flows.home import existing_home
    from flows.statistics.command import month_of, write_statistics

    say(write_statistics(existing_home(home), out, month_of(month), _day(None)))


@app.command()
def doctor(
    home: HomeOption = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="JSON / For programs.")] = False,
) -> None:
    """自检,并给出处理办法 / Check the installation and say how to mend it."""
    from flows.doctor import examine
    from flows.doctor.telling import as_lines, as_text
    from flows.home import existing_home

    findings = examine(existing_home(home), _day(None))
    say(as_text(findings) if as_json else "\n".join(as_lines(findings)))
    raise typer.Exit(Exit.DONE if all(one.well for one in findings) else Exit.WARNINGS)


@alert.command("test")
def alert_test(home: HomeOption = Path()) -> None:
    """立即向每个地址发一条测试告警 / Send one test message to every address."""
    from flows.alerts.sending import try_alert
    from flows.home import existing_home

    _tell(try_alert(existing_home(home), _day(None)))


@alert.command("send")
def alert_send(home: HomeOption = Path()) -> None:
    """发送待发的告警;唯一会联网的命令 / Send what waits; the only command that connects."""
    from flows.alerts.sending import send_alerts
    from flows.home import home_as_it_lies

    _tell(send_alerts(home_as_it_lies(home)))


@heartbeat.command("check")
def heartbeat_check(home: HomeOption = Path()) -> None:
    """多久没有完成夜间任务了;过久则写下告警 / Notice silence; sends nothing itself."""
    from flows.alerts.sending import check_heartbeat
    from flows.home import home_as_it_lies

    _tell(check_heartbeat(home_as_it_lies(home), _day(None)))


@app.command()
def units(
    out: Annotated[Path, typer.Option(help="写到哪里 / Where to write.")],
    home: HomeOption = Path(),
    user: Annotated[str, typer.Option(help="服务用户 / The service's user.")] = "doorstep",
    key_file: Annotated[
        Path | None, typer.Option(help="密钥文件 / The sealing key, as a credential.")
    ] = None,
) -> None:
    """写出 systemd、cron、logrotate 的配置 / Write the service, timer, cron and rotation files."""
    from flows.home import existing_home
    from flows.units.writing import write_units

    for line in write_units(existing_home(home), out, user, key_file):
        say(line)


@app.command()
def release(
    delivery: Annotated[str, typer.Argument(help="批次号(16 位) / The delivery's 16 hex digits.")],
    reason: Annotated[str, typer.Option(help="放行理由 / Why.")],
    home: HomeOption = Path(),
    who: Annotated[str, typer.Option(envvar="USER", help="放行人 / Who.")] = "",
) -> None:
    """放行一批暂缓接收的文件,下一夜装载 / Let a held delivery in; the next night loads it."""
    from flows.home import existing_home
    from flows.site import release_delivery

    say(release_delivery(existing_home(home), delivery, reason, who))


@contract.command("check")
def contract_check(
    file: Annotated[Path, typer.Argument(help="要检查的文件 / The file.")],
    source: Annotated[str, typer.Option(help="来源名 / The source.")],
    home: Annotated[
        Path | None, typer.Option("--home", envvar="DOORSTEP_HOME", help="工作目录 / Folder.")
    ] = None,
) -> None:
    """按契约检查一个文件,不导入 / Judge a file by its contract without loading it."""
    from flows.checking import check_file

    accepted, lines = check_file(file, source, home, _day(None))
    for line in lines:
        say(line)
    raise typer.Exit(Exit.DONE if accepted else Exit.FAILED)


@app.command()
def links(
    out: Annotated[Path, typer.Option(help="输出 Parquet / Where to write.")],
    home: HomeOption = Path(),
) -> None:
    """导出每行记录属于谁 / Export which person every row belongs to."""
    from flows.exports import export_links
    from flows.home import existing_home

    say(export_links(existing_home(home), out))


@app.command()
def findings(
    out: Annotated[Path, typer.Option(help="输出 Parquet / Where to write.")],
    home: HomeOption = Path(),
) -> None:
    """导出最近一夜的预警 / Export the last night's findings."""
    from flows.exports import export_findings
    from flows.home import existing_home

    say(export_findings(existing_home(home), out))


@app.command()
def drift(
    home: HomeOption = Path(),
    since: Annotated[
        str | None, typer.Option(help="从哪一夜起 YYYY-MM-DD,默认全部 / From which night on.")
    ] = None,
) -> None:
    """各部门的数据从何时起变了什么 / What departments changed, and since when."""
    from flows.drift.told import drift_lines
    from flows.home import existing_home

    for line in drift_lines(existing_home(home), _day(since) if since else None):
        say(line)


@app.command()
def rulebook(
    home: Annotated[
        Path | None, typer.Option("--home", envvar="DOORSTEP_HOME", help="工作目录 / Folder.")
    ] = None,
    on: DateOption = None,
    out: Annotated[
        Path | None, typer.Option(help="要写的 .md,默认显示 / The page to write.")
    ] = None,
) -> None:
    """全部规则的中文手册,供签发 / The whole rulebook, for an official to sign."""
    from flows.home import existing_home
    from flows.rulebook.command import rulebook as rulebook_of

    say(rulebook_of(existing_home(home) if home else None, _day(on), out))


@app.command()
def plan(
    policy: Annotated[Path, typer.Option(help="要试的政策值 .toml / The values to try.")],
    home: HomeOption = Path(),
) -> None:
    """试算:新的政策值会增减哪些户 / What new policy values would change; publishes nothing."""
    from flows.home import existing_home
    from flows.planning.command import plan as plan_of
    from flows.steps import Timed

    say("\n".join(plan_of(existing_home(home), policy, Timed(say=True))))


@app.command()
def compare(
    on: Annotated[str, typer.Argument(help="过去的一夜 YYYY-MM-DD / A past night.")],
    home: HomeOption = Path(),
    limit: Annotated[int, typer.Option(min=1, help="每类最多列几项 / At most how many.")] = 50,
) -> None:
    """过去的一夜:当时所知与现在所知 / A past night as known then and as known now."""
    from flows.asof_compare.command import compare as compare_night
    from flows.home import existing_home
    from flows.steps import Timed

    say("\n".join(compare_night(existing_home(home), _day(on), limit, Timed(say=True))))


@app.command()
def console(
    home: HomeOption = Path(),
    port: Annotated[int, typer.Option(help="端口 / Port.")] = 2718,
    host: Annotated[str, typer.Option(help="监听地址,默认仅本机 / Address.")] = "127.0.0.1",
) -> None:
    """打开网页工作台,凭账号登录 / Serve the officers' desk."""
    from flows.desk.serving import serve as serve_desk
    from flows.home import existing_home

    serve_desk(existing_home(home), host=host, port=port)


@people.command("add")
def people_add(
    login: Annotated[str, typer.Argument(help="登录名 / The login.")],
    name: Annotated[str, typer.Option(help="姓名 / Whose it is.")],
    role: Annotated[str, typer.Option(help="角色 / operator, officer, reviewer, ...")],
    home: HomeOption = Path(),
    township: Annotated[
        str | None, typer.Option(help="乡镇代码,仅乡镇账号 / Of a township's account.")
    ] = None,
) -> None:
    """新建账号,密码和动态码只显示一次 / Make an account; its secrets are shown once."""
    from flows.desk.people import add_person
    from flows.home import existing_home

    say("\n".join(add_person(existing_home(home), login, name, role, township)))


@people.command("reset")
def people_reset(
    login: Annotated[str, typer.Argument(help="登录名 / The login.")], home: HomeOption = Path()
) -> None:
    """重发密码和动态码,旧的作废 / A new password and second factor."""
    from flows.desk.people import reset_person
    from flows.home import existing_home

    say("\n".join(reset_person(existing_home(home), login)))


@people.command("disable")
def people_disable(
    login: Annotated[str, typer.Argument(help="登录名 / The login.")], home: HomeOption = Path()
) -> None:
    """停用账号 / Shut an account."""
    from flows.desk.people import disable_person
    from flows.home import existing_home

    say(disable_person(existing_home(home), login))


@people.command("list")
def people_list(home: HomeOption = Path()) -> None:
    """列出账号和角色 / The accounts and their roles."""
    from flows.desk.people import people_lines
    from flows.home import existing_home

    for line in people_lines(existing_home(home)):
        say(line)


@app.command()
def match(
    spec: Annotated[Path, typer.Argument(help="说明文件 SPEC.toml / What to match.")],
    out: Annotated[Path, typer.Option(help="输出 Parquet / Where to write.")],
    model: Annotated[int | None, typer.Option(help="模型编号 / The model's number.")] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="线程数 / Threads.")] = None,
    memory_gb: Annotated[float, typer.Option(min=0.5, help="内存上限 GB / Memory.")] = 3,
) -> None:
    """比对任意人员表:谁是同一人 / Match any tables of people: who is the same person."""
    import os

    from flows.match.command import Limits, match_tables

    limits = Limits(threads=threads or os.cpu_count() or 1, memory_gb=memory_gb, model=model)
    for line in match_tables(spec, out, limits):
        say(line)


@review.command("export")
def review_export(
    out: Annotated[Path, typer.Argument(help="要写的 .xlsx / The workbook to write.")],
    home: HomeOption = Path(),
    limit: Annotated[int, typer.Option(min=1, help="最多几题 / At most how many.")] = 100,
    who: Annotated[str | None, typer.Option(help="请谁填写 / Who is to answer.")] = None,
) -> None:
    """导出待核对的问题,最要紧的在前 / Write the questions that matter most."""
    from flows.home import existing_home
    from flows.review.asking import export_questions

    code, lines = export_questions(existing_home(home), out, limit, who, _now())
    say("\n".join(lines))
    raise typer.Exit(code)


@review.command("import")
def review_import(
    file: Annotated[Path, typer.Argument(help="填好的 .xlsx / The filled workbook.")],
    who: Annotated[str, typer.Option(help="填写人 / Who answered.")],
    home: HomeOption = Path(),
) -> None:
    """读入填好的判断 / Take in what was answered."""
    from flows.home import existing_home
    from flows.review.taking import import_answers

    code, lines = import_answers(existing_home(home), file, who, _now())
    say("\n".join(lines))
    raise typer.Exit(code)


@review.command("undo")
def review_undo(
    number: Annotated[str, typer.Argument(help="判断或问题的编号 / Of an answer or a question.")],
    reason: Annotated[str, typer.Option(help="撤销理由 / Why.")],
    home: HomeOption = Path(),
    who: Annotated[str, typer.Option(envvar="USER", help="撤销人 / Who.")] = "",
) -> None:
    """撤销一个判断,原记录保留 / Take an answer back; it stays on record."""
    from flows.home import existing_home
    from flows.review.commands import undo_answer

    say(undo_answer(existing_home(home), number, reason, who, _now()))


@review.command("status")
def review_status(home: HomeOption = Path()) -> None:
    """核对的进展和质量 / What waits, what was answered, how reliable it is."""
    from flows.home import existing_home
    from flows.review.commands import review_status as status_of_review

    for line in status_of_review(existing_home(home)):
        say(line)


@model.command("train")
def model_train(home: HomeOption = Path()) -> None:
    """用现有记录训练一个新模型,并不采用 / Train a new model; nothing else changes."""
    from flows.home import existing_home
    from flows.models.commands import train_model

    _tell(train_model(existing_home(home)))


@model.command("diff")
def model_diff(
    number: Annotated[int, typer.Argument(min=0, help="要看的模型 / The model looked at.")],
    other: Annotated[
        int | None, typer.Argument(min=0, help="与哪个比,默认现用的 / Against which.")
    ] = None,
    home: HomeOption = Path(),
) -> None:
    """若采用某个模型,哪些归属会改变 / What a model would change."""
    from flows.home import existing_home
    from flows.models.commands import diff_models

    _tell(diff_models(existing_home(home), number, other))


@model.command("adopt")
def model_adopt(
    number: Annotated[int, typer.Argument(min=0, help="模型号;0 为随程序提供的 / The model.")],
    reason: Annotated[str, typer.Option(help="采用理由 / Why.")],
    home: HomeOption = Path(),
    who: Annotated[str, typer.Option(envvar="USER", help="采用人 / Who.")] = "",
) -> None:
    """采用一个模型,下一夜起生效 / Put a model in force from the next night on."""
    from flows.home import existing_home
    from flows.models.commands import adopt_model

    _tell(adopt_model(existing_home(home), number, who, reason, _now()))


@model.command("list")
def model_list(home: HomeOption = Path()) -> None:
    """列出模型和采用记录 / The models, and who adopted which."""
    from flows.home import existing_home
    from flows.models.commands import list_models

    _tell(list_models(existing_home(home)))


@keys.command("rotate")
def keys_rotate(
    reason: Annotated[str, typer.Option(help="更换理由 / Why.")],
    home: HomeOption = Path(),
    who: Annotated[str, typer.Option(envvar="USER", help="更换人 / Who.")] = "",
) -> None:
    """更换连接密钥,编号都不变 / Replace the secret of the join keys; no id changes."""
    from flows.home import existing_home
    from flows.keys import rotate_keys

    say(rotate_keys(existing_home(home), who, reason, _now().isoformat(timespec="seconds")))


@keys.command("new-key")
def keys_new_key(
    out: Annotated[Path | None, typer.Option(help="写入的文件,默认显示 / The file.")] = None,
) -> None:
    """生成加密密钥 / Make a key for encryption at rest."""
    from flows.sealing.commands import make_key

    say(make_key(out))


@keys.command("seal")
def keys_seal(home: HomeOption = Path()) -> None:
    """就地加密工作目录,中断后可再次运行 / Encrypt a home in place; go on where it stopped."""
    from flows.home import home_as_it_lies
    from flows.sealing.commands import seal_home

    say(seal_home(home_as_it_lies(home)))


@keys.command("reseal")
def keys_reseal(home: HomeOption = Path()) -> None:
    """换用新的加密密钥,旧的用 DOORSTEP_OLD_KEY 给出 / Encrypt anew under another key."""
    from flows.home import home_as_it_lies
    from flows.sealing.commands import reseal_home

    say(reseal_home(home_as_it_lies(home)))


@keys.command("open")
def keys_open(
    file: Annotated[Path, typer.Argument(help="加密的文件 / The sealed file.")],
    out: Annotated[Path, typer.Option(help="写到哪里(不加密) / Where to write it, open.")],
    reason: Annotated[str, typer.Option(help="为什么要取出,留在审计记录里 / Why; it is kept.")],
    home: HomeOption = Path(),
) -> None:
    """取出一份加密文件,例如待更正清单 / An open copy of a sealed file."""
    from flows.access.unmasking import stated_reason
    from flows.home import existing_home
    from flows.sealing.commands import take_out

    site = existing_home(home)
    stated_reason(reason)
    say(take_out(site, file.resolve(), out))


@keys.command("drill")
def keys_drill(
    home: HomeOption = Path(),
    also: Annotated[Path | None, typer.Option(help="备份的目录 / A backup's folder.")] = None,
) -> None:
    """演练:在磁盘上查找已知姓名和号码,应为 0 / Search the disk for known names; 0 asked."""
    from flows.home import existing_home
    from flows.sealing.drill import drill

    _tell(drill(existing_home(home), also))


@app.command()
def rebuild(home: HomeOption = Path()) -> None:
    """由归档和台账重建其余一切,并与原来比较 / Make all else again from archive and ledger."""
    from flows.home import existing_home
    from flows.rebuild.command import rebuild_home

    _tell(rebuild_home(existing_home(home)))


@app.command()
def backup(
    dest: Annotated[Path, typer.Argument(help="备份目录,不在工作目录内 / Where; not inside HOME.")],
    home: HomeOption = Path(),
    drill: Annotated[
        bool, typer.Option("--drill", help="再试着恢复、重建、比较 / Also try to restore it.")
    ] = False,
    with_keys: Annotated[
        bool, typer.Option("--with-keys", help="连同名单口令等密钥 / Keys inside HOME, too.")
    ] = False,
) -> None:
    """备份,只复制变化的部分 / A backup; what has not changed is not copied again."""
    from flows.backup.command import backup_home
    from flows.home import existing_home

    site = existing_home(home)
    _tell(backup_home(site, dest, _now(), with_keys=with_keys, with_drill=drill))


@app.command()
def restore(
    src: Annotated[Path, typer.Argument(help="备份目录 / The backup's folder.")],
    home: Annotated[Path, typer.Option("--home", help="新的空目录 / A new, empty folder.")],
    label: Annotated[str | None, typer.Option(help="哪一份,默认最新 / Which; the newest.")] = None,
) -> None:
    """核对备份,恢复到新目录并重建 / Check a backup, lay it out in a new folder, rebuild."""
    from flows.backup.command import restore_home

    _tell(restore_home(src, home, label))


@app.command()
def retention(
    home: HomeOption = Path(),
    is_applied: Annotated[
        bool, typer.Option("--apply", help="立即清除;不写则只列出 / Remove; else only list.")
    ] = False,
) -> None:
    """哪些已过保存期限 / What has been kept long enough."""
    from flows.home import existing_home
    from flows.retention.command import retention as retention_of

    _tell(retention_of(existing_home(home), is_applied=is_applied))


@app.command()
def erase(
    asked: Annotated[str, typer.Argument(help="人员编号 / The person's id.")],
    reason: Annotated[str, typer.Option(help="理由,如申请文号 / Why.")],
    home: HomeOption = Path(),
    who: Annotated[str, typer.Option(envvar="USER", help="经办人 / Who.")] = "",
) -> None:
    """删除一个人的全部信息,打印证明 / Erase one person everywhere, with a certificate."""
    from flows.erasure.command import erase_person
    from flows.home import existing_home

    at = _now().isoformat(timespec="seconds")
    _tell(erase_person(existing_home(home), asked, reason, who, at))


@app.command("subject-report")
def subject_report(
    asked: Annotated[str, typer.Argument(help="人员编号 / The person's id.")],
    reason: Annotated[str, typer.Option(help="理由,如查阅申请的文号 / Why.")],
    out: Annotated[Path, typer.Option(help="写到哪个目录 / The folder to write into.")],
    home: HomeOption = Path(),
) -> None:
    """一个人被记录的一切,供本人查阅 / All that is known of one person, for that person."""
    from flows.erasure.telling import write_subject_report
    from flows.home import existing_home

    say(write_subject_report(existing_home(home), asked, reason, out, _now()))


@app.command()
def unmask(
    which: Annotated[str, typer.Argument(help="人员或工作单编号 / Person or order.")],
    column: Annotated[str, typer.Option(help="name、id_number、phone、address / Which value.")],
    reason: Annotated[str, typer.Option(help="为什么要看,留在审计记录里 / Why; it is kept.")],
    home: HomeOption = Path(),
) -> None:
    """查看一个人的一项号码或姓名,先记录理由 / Show one value of one person; the reason is noted first."""
    from flows.access.unmasking import unmask as unmask_value
    from flows.home import existing_home

    say(unmask_value(existing_home(home), which, column, reason))


@audit.command("verify")
def audit_verify(
    home: HomeOption = Path(),
    anchor: Annotated[
        str | None, typer.Option(help="晨报上印的锚点 / The anchor printed on a report.")
    ] = None,
) -> None:
    """核对审计记录有没有被改动、删除、插入、截短 / Is the trail what was written, all of it."""
    from flows.audit.command import verify_trail
    from flows.home import home_as_it_lies

    _tell(verify_trail(home_as_it_lies(home), anchor))


@audit.command("show")
def audit_show(
    home: HomeOption = Path(),
    who: Annotated[str | None, typer.Option(help="账号 / Account.")] = None,
    what: Annotated[str | None, typer.Option(help="做了什么 / The deed.")] = None,
    on: Annotated[str | None, typer.Option(help="对象编号 / On which id.")] = None,
    since: Annotated[str | None, typer.Option(help="从哪天 YYYY-MM-DD / From.")] = None,
    until: Annotated[str | None, typer.Option(help="到哪天 YYYY-MM-DD / To.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="最多几条 / At most how many.")] = 100,
) -> None:
    """查看审计记录 / Who did what, when, why."""
    from flows.audit.command import Asked, show_trail
    from flows.home import home_as_it_lies

    asked = Asked(
        who=who,
        what=what,
        on=on,
        since=_day(since) if since else None,
        until=_day(until) if until else None,
        limit=limit,
    )
    say("\n".join(show_trail(home_as_it_lies(home), asked)))


def _tell(told: tuple[Exit, list[str]]) -> None:
    """Print the lines of a command and leave with its code."""
    code, lines = told
    say("\n".join(lines))
    raise typer.Exit(code)


def say(text: str) -> None:
    """Print a line for a person."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _day(text: str | None) -> date:
    """The date meant; today is Shanghai's today, whatever the machine's zone."""
    if text is None:
        return datetime.now(ZoneInfo("Asia/Shanghai")).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("--date 应写成 YYYY-MM-DD,例如 2026-11-22。") from None


def _now() -> datetime:
    """The clock in Shanghai, for what is written down with a time."""
    return datetime.now(ZoneInfo("Asia/Shanghai"))


def main() -> None:
    """Run a command; say what is wrong in one line and leave with the documented code."""
    files.keep_private()
    with logs.kept():
        try:
            guarded(typer.main.get_command(app))()
        except SystemExit as ended:
            logs.note("command.ended", "命令结束", exit=int(ended.code or 0))
            raise
        except Exception as error:
            code = error.exit if isinstance(error, DoorstepError) else Exit.FAILED
            logs.note_error("command.failed", error, exit=int(code))
            sys.stderr.write(f"{one_line(error)}\n")
            sys.exit(code)


if __name__ == "__main__":
    main()
