"""成效: the night's own measures on a page, every picture beside its table, small counts told by neither."""

import json
import re
from pathlib import Path

import pytest

from flows import files, inputs, reference
from flows.desk.charts import HIDDEN, Figure, count_bars, share_bars, township_map
from flows.desk.works import RATES
from flows.ledger import Ledger, Outcome
from flows.outlines import MOST_POINTS, OUTLINES_FILE, OutlinesRefused, read_outlines
from tests.desk.desk_client import TOWNSHIP, Desk
from tests.night import county

EAST, WEST = "370881102", "370881104"
CODES = {EAST, WEST}


def square(code, west=117.0, south=35.0, side=0.1):
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Feature", "properties": {"code": code},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def outlines(folder, tree):
    text = tree if isinstance(tree, str) else json.dumps(tree)
    files.write(folder / OUTLINES_FILE, text)
    return read_outlines(folder, CODES)


@pytest.fixture
def own(desk_home, tmp_path):
    """A desk whose home the test may change."""
    return Desk(county.copy(desk_home, tmp_path / "home"))


def told(home, name):
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        (text,) = snapshot.execute("SELECT told FROM measured WHERE name = ?", [name]).fetchone()
    return json.loads(text)


def retell(home, name, change):
    """Let the snapshot tell something else."""
    changed = told(home, name)
    change(changed)
    with files.duckdb_database(home.snapshot) as snapshot:
        snapshot.execute(
            "UPDATE measured SET told = ? WHERE name = ?",
            [json.dumps(changed, ensure_ascii=False), name],
        )


def test_the_page_says_what_the_yield_of_the_night_says(officer, desk_home):
    page = officer.get("/works").text
    said = told(desk_home, "yield")
    published = json.loads(files.read_text(desk_home.outbox / said["night"] / "yield.json"))
    assert said == published
    assert all(row["title"] in page for row in said["by_signal"])
    assert f"{said['misses']['unflagged']:,}" in page


def test_every_township_of_the_map_stands_in_the_table_beside_it(officer, desk_home):
    page = officer.get("/works?map=flagged").text
    table = page.split('id="map"')[1].split("<table")[1].split("</table>")[0]
    rows = dict(re.findall(r'<th scope="row">([^<]+)</th><td class="n">([^<]+)</td>', table))
    drawn = dict(re.findall(r"<title>(\S+) (\S+)</title>", page))
    assert drawn == rows
    assert set(rows) == set(reference.townships(desk_home.config.site.county).values())


@pytest.mark.parametrize("shown", [*RATES, "nonsense"])
def test_every_rate_can_be_shown_on_the_map(officer, shown):
    assert officer.get(f"/works?map={shown}").status_code == 200


def test_a_small_count_is_on_no_map_and_in_no_bar(own):
    def hide(yields):
        row = {"group": TOWNSHIP, "title": "东镇", "counts": dict.fromkeys(yields["total"]["counts"], "≤7"),
               "rates": dict.fromkeys(yields["total"]["rates"])}  # fmt: skip
        yields["by_township"] = [row]
        yields["total"]["counts"]["helped"] = "*"

    retell(own.home, "yield", hide)
    page = own.browser().get("/works?map=flagged").text
    name = reference.townships(own.home.config.site.county)[TOWNSHIP]
    assert f"<title>{name} ≤7</title>" in page
    assert set(re.findall(r'class="place (shade\w)"', page)) == {"shadex"}
    assert '<td class="n">*</td>' in page


def test_a_figure_that_is_not_told_has_no_bar():
    half = {"value": 0.5, "low": 0.25, "high": 0.8}
    first, second = share_bars([("甲", half), ("乙", None)]).rows
    assert first.low < first.x < first.high
    assert (second.x, second.low, second.high) == (None, None, None)
    assert [row.x is None for row in count_bars([("甲", 10), ("乙", None), ("丙", 0)]).rows] == [
        False, True, False,
    ]  # fmt: skip


def test_without_outlines_townships_are_tiles_and_the_darkest_is_the_most():
    figures = {
        "1": Figure(title="一", value=0.1, said="10%"),
        "2": Figure(title="二", value=0.9, said="90%"),
        "3": Figure(title="三", value=None, said="–"),
    }
    drawn = township_map(figures, ())
    assert drawn.is_tiles
    assert [one.shade for one in drawn.places] == [0, 4, HIDDEN]


def test_outlines_are_drawn_true_to_their_sides(tmp_path):
    found = outlines(tmp_path, collection(square(WEST, 117.1), square(EAST, 117.0)))
    assert [one.code for one in found] == [EAST, WEST]
    drawn = township_map({}, found)
    assert not drawn.is_tiles
    left, right = drawn.places
    assert left.x < right.x
    assert drawn.height > drawn.width / 2, "a degree of longitude is shorter than one of latitude"


@pytest.mark.parametrize(
    ("tree", "says"),
    [
        ("{", "JSON"),
        ("[" * 100_000, "JSON"),
        ([], "FeatureCollection"),
        (collection(), "FeatureCollection"),
        (collection(square("110101001")), "第 1 块"),
        (collection(square(EAST), square(EAST)), "两次"),
        (collection(square(EAST, west=20_500_000.0)), "经纬度"),
        (collection({**square(EAST), "geometry": {"type": "Point", "coordinates": [1, 2]}}), "Polygon"),
        (collection({**square(EAST), "geometry": None}), "Polygon"),
        (collection({"properties": {"code": EAST}, "geometry":
                     {"type": "Polygon", "coordinates": [[[117, 35]] * (MOST_POINTS + 1)]}}), "简化"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_drawn_is_refused_in_words(tmp_path, tree, says):
    with pytest.raises(OutlinesRefused, match=says):
        outlines(tmp_path, tree)


def test_a_wrong_file_leaves_tiles_and_says_what_is_wrong(own):
    files.write(own.home.policy / OUTLINES_FILE, "<script>alert(1)</script>")
    page = own.browser().get("/works").text
    assert "townships.geojson" in page
    assert "JSON" in page
    assert "alert(1)" not in page
    assert page.count('class="place ') == len(reference.townships("370881"))


def test_a_map_makes_no_night_run_again(own):
    before = inputs.keep_settings(own.home)
    files.write(own.home.policy / OUTLINES_FILE, json.dumps(collection(square(EAST))))
    assert inputs.keep_settings(own.home) == before


def test_the_linkage_page_says_the_ten_lines_and_hides_small_groups(own):
    def shrink(quality):
        for one in quality["groups"]["sex"]:
            one.update(records=5, decided=3, doubtful=2, new=0)

    retell(own.home, "linkage", shrink)
    page = own.browser().get("/works/linkage").text
    assert page.count("<li>") >= len(told(own.home, "linkage")["lines_zh"])
    part = page.split('aria-label="性别"')[1].split("</section>")[0]
    assert set(re.findall(r'<td class="n">([^<]*)</td>', part)) <= {"*", "", " "}


def test_the_quality_page_shows_deliveries_and_the_story_of_a_drift(own):
    home = own.home
    night = Ledger(home.ledger).nights()[-1]["night"]
    change = {"kind": "null_rate", "column": "", "said": "空缺从一成变为五成", "said_en": "",
              "last": "2026-11-01", "holds": True}  # fmt: skip
    outcome = Outcome(source="vehicle", delivery="f" * 16, file_name="车辆.csv", verdict="held",
                      judgement={"drift": [change]})  # fmt: skip
    from datetime import date

    Ledger(home.ledger).record_outcome(date.fromisoformat(night), 1, outcome, None)
    browser = own.browser()
    page = browser.get("/works/quality").text
    assert "空缺从一成变为五成" in page
    accepted = Ledger(home.ledger).accepted("resident_register", 12)
    assert f"{accepted[-1].judgement['rows']:,}" in page
    assert "空缺从一成变为五成" not in browser.get("/works/quality?source=property").text


def test_no_picture_has_a_style_of_its_own():
    for path in (Path(files.__file__).parent / "desk" / "templates").glob("charts*.j2"):
        assert "style=" not in path.read_text("utf-8")
        assert "fill=" not in path.read_text("utf-8")
