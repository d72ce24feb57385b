"""The pictures of the guides: a synthetic county's desk in a real Chromium, and a real work order.

    python -m tests.pictures [HOME_OF_A_DEMO]

Everything on them is invented.
"""

import csv
import io
import shutil
import subprocess
import sys
import tempfile
from datetime import timedelta
from itertools import cycle
from pathlib import Path

import typer
from playwright.sync_api import sync_playwright

from flows import files
from flows.access.roles import Role
from flows.demo import run_demo
from flows.desk.accounts import Accounts, enrol
from flows.home import existing_home
from flows.ledger import Ledger
from flows.meetings import PICKED
from flows.policy.drafts import save_draft
from flows.publish.work_orders import LISTS
from flows.site import synthetic_nights
from flows.start import Wish, start
from tests.browser import ARGUMENTS, CHROMIUM, PATIENCE, log_in, served, stop
from tests.night import county

IMAGES = Path(__file__).parents[1] / "docs" / "images"
WIDTH, HEIGHT = 1360, 700
RESIDENTS, NIGHTS, SEED = 3000, 4, 7
ANSWERS = ("15 2000元", "10", "20", "", "33", "15 1500元", "30", "10", "", "90", "53", "13", "40")
MEETING = "2026-12-08"
PLACES = {
    "morning": "/",
    "list": "/list",
    "who": "/who",
    "returns": "/back",
    "works": "/works",
    "what_if": "/what-if",
    "meeting": "/meeting",
    "agenda": f"/meeting/{MEETING}",
    "drafts": "/drafts",
    "linkage": "/works/linkage",
    "quality": "/works/quality",
}
WORST = "SELECT household_id FROM worklist ORDER BY severity DESC, signal_count DESC, household_id"


def main():
    """Make the county unless one is given, then take every picture."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "demo"
        if not demo.exists():
            run_demo(demo, residents=RESIDENTS, nights=NIGHTS, seed=SEED, say=typer.echo)
        home = county.copy(existing_home(demo), Path(folder) / "home")
        (home.state / "accounts.json").unlink(missing_ok=True)
        the_villages_answer(home)
        the_desk(home)
        a_work_order(home, Path(folder))
    for picture in sorted(IMAGES.glob("*.png")):
        typer.echo(f"{picture.name} {picture.stat().st_size // 1000} kB")


def the_villages_answer(home):
    """Four of five orders of the first night come back, and the night after the demo takes them up."""
    nights, answers = synthetic_nights(home), cycle(ANSWERS)
    for path in files.listing(home.outbox / nights[1].isoformat() / LISTS):
        if path.suffix == ".csv":
            said = csv.DictReader(io.StringIO(files.read(path).decode("utf-8-sig")))
            filled = [
                {**row, "走访日期": str(nights[1] + timedelta(days=2)), "走访人": "村协理员",
                 "是否见到本人": "是", "核实结论": answer}
                for row, answer in zip(said, answers, strict=False) if answer
            ]  # fmt: skip
            text = io.StringIO(newline="")
            writer = csv.DictWriter(text, fieldnames=said.fieldnames)
            writer.writeheader()
            writer.writerows(filled)
            files.write(home.returns / path.name, text.getvalue())
    start(home, Wish(on=nights[-1] + timedelta(days=3)), prefect=False)


def the_desk(home):
    """Every page as an officer sees it first."""
    officer = enrol(Accounts(home.state / "accounts.json"), "wang", "王敏", Role.OFFICER, None)
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        (worst,) = snapshot.execute(WORST).fetchone()
    something_to_decide(home, worst)
    server, link = served(home)
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=CHROMIUM,
                args=[*ARGUMENTS, "--lang=zh-CN"],
            )
            page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN")
            page.set_default_timeout(PATIENCE)
            page.goto(f"{link}/login")
            page.screenshot(path=IMAGES / "desk_login.png")
            log_in(page, link, officer)
            for name, place in {**PLACES, "household": f"/household/{worst}"}.items():
                page.goto(f"{link}{place}")
                page.screenshot(path=IMAGES / f"desk_{name}.png")
            chromium.close()
    finally:
        stop(server)


def something_to_decide(home, household):
    """A case for a meeting, and a draft of another officer."""
    ledger, night = Ledger(home.ledger), synthetic_nights(home)[-1]
    said = {"who": "li", "at": f"{night}T09:00:00"}
    case = {"on": MEETING, "household_id": household, "persons": [], "reason": "几个部门都有情况"}
    ledger.note(PICKED, {**case, **said})
    change = {"before": 214, "after": 214, "added": 0, "removed": 0}
    save_draft(
        home,
        {"township_capacity": 4},
        since=night + timedelta(days=30),
        document="示例县走访规程(虚构)",
        document_date=night,
        reason="走访人手增加",
        figures={
            "night": str(night),
            "flagged": change,
            "visited": {**change, "after": 220, "added": 6},
        },
        **said,
    )


def a_work_order(home, folder):
    """The first sheet for a door of the longest list of a township, as its workbook prints."""
    office = shutil.which("soffice")
    if not office:
        typer.echo("no LibreOffice here: work_order.png stays as it is")
        return
    of_townships = home.outbox.glob(f"*/{LISTS}/*镇_*.xlsx")
    workbooks = sorted(of_townships, key=lambda one: (one.stat().st_size, one.name))
    opened = files.write(folder / "list.xlsx", files.read(workbooks[-1]))
    to_pdf = [office, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(opened)]
    subprocess.run(to_pdf, check=True, capture_output=True)
    to_png = ["pdftoppm", "-png", "-singlefile", "-f", "2", "-r", "100", str(folder / "list.pdf")]
    subprocess.run([*to_png, str(IMAGES / "work_order")], check=True)


if __name__ == "__main__":
    main()
