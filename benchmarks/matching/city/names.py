"""Names: surname from the father, given names by cohort, generation characters, minorities."""

from __future__ import annotations

import numpy as np
import polars as pl

from benchmarks.matching.city.clans import YEAR, twin_pairs
from benchmarks.matching.city.luck import Ints, Texts, luck, pick, texts, weighted, words
from benchmarks.matching.city.tables import SYNTH

COHORTS = (1930, 1950, 1960, 1970, 1980, 1990, 2000, 2010)
SINGLE = (0.04, 0.06, 0.12, 0.17, 0.21, 0.15, 0.07, 0.04)  # one-character given names, by cohort
WHOLE = 0.06  # share that takes one of the fashionable whole names
COMPOUND = words("欧阳 司马 上官 诸葛 尉迟 皇甫 令狐 夏侯 慕容 端木 东方 万俟 长孙 呼延 司徒 司空")
POLYPHONIC = words("仇 单 解 区 朴 盖 查 曾 任 缪 覃 翟 冼 乐 卜 种 宓 晁 员 折")
MINORITY_MEN = words(
    "买买提 艾力 吐尔逊 阿卜杜拉 热合曼 努尔买买提 艾合买提 依明 肉孜 玉素甫 卡德尔 亚森 "
    "阿布都热依木 帕尔哈提 图尔贡 库尔班 巴特尔 叶尔兰 木拉提 吾买尔 阿迪力 麦麦提江 艾尼瓦尔"
)
MINORITY_WOMEN = words(
    "阿依古丽 古丽娜尔 热依汗古丽 阿依努尔 帕提古丽 米热古丽 阿孜古丽 玛依拉 古丽巴哈尔 "
    "迪丽努尔 阿米娜 再努尔 哈丽旦 吐尔逊古丽 努尔比亚 阿曼古丽 茹仙古丽 布合丽其汗"
)
TIBETAN = words(
    "扎西 次仁 索朗 卓玛 格桑 德吉 旺堆 达瓦 央金 洛桑 丹增 白玛 曲珍 多吉 才让 平措 尼玛 拉姆 罗布 普布 "
    "边巴 仁增 强巴 顿珠 贡布 拥措 桑吉 才旦 加措 旦增"
)


def name_all(people: dict[str, Ints], seed: int) -> dict[str, Texts]:
    """`name` and `former` (mostly None) of everybody."""
    rng = luck(seed, "names")
    surname = _surnames(people, rng)
    given = _given(people, rng, seed)
    name = surname + given
    minority = _minority(people, rng)
    name[minority] = _minority_names(people["male"][minority] == 1, rng)
    former = np.full(len(name), None, dtype=object)
    changed = np.flatnonzero(rng.random(len(name)) < 0.017)
    other = rng.permutation(changed)
    former[changed] = np.where(
        rng.random(len(changed)) < 0.75,
        surname[changed] + given[other],
        surname[other] + given[changed],
    )
    former[minority] = None
    former[former == name] = None
    return {"name": name, "former": former, "surname": surname}


def _surnames(people: dict[str, Ints], rng: np.random.Generator) -> Texts:
    """Father's surname, sometimes the mother's; others by frequency."""
    table = pl.read_csv(SYNTH / "surnames.csv")
    total = float(table["weight"].sum())
    words = texts([*table["surname"].to_list(), *COMPOUND, *POLYPHONIC])
    weights = [*table["weight"].to_list(), *[total * 0.0004] * len(COMPOUND)]
    weights += [total * 0.0007] * len(POLYPHONIC)
    code = weighted(rng, weights, len(people["birth"]))
    by_mother = rng.random(len(code)) < 0.03
    for generation in range(0, 4):
        children = np.flatnonzero((people["generation"] == generation) & (people["father"] >= 0))
        parent = np.where(
            by_mother[children] & (people["mother"][children] >= 0),
            people["mother"][children],
            people["father"][children],
        )
        code[children] = code[parent]
    return words[code]


def _given(people: dict[str, Ints], rng: np.random.Generator, seed: int) -> Texts:
    """Given names by cohort and sex; siblings and cousins may share the first character."""
    size = len(people["birth"])
    year = 1970 + people["birth"] / YEAR
    cohort = np.clip(np.searchsorted(COHORTS, year, side="right") - 1, 0, len(COHORTS) - 1)
    first, second = np.empty(size, dtype=object), np.empty(size, dtype=object)
    whole = np.full(size, None, dtype=object)
    corpus = pl.read_csv(SYNTH / "given_characters.csv")
    fashion = pl.read_csv(
        SYNTH / "given_names_by_cohort.csv", schema_overrides={"value": pl.String}
    )
    for number, start in enumerate(COHORTS):
        for male, sex in ((1, "M"), (0, "F")):
            group = np.flatnonzero((cohort == number) & (people["male"] == male))
            told = fashion.filter((pl.col("cohort_start") == start) & (pl.col("sex") == sex))
            chars = told.filter(pl.col("kind") == "char")["value"].to_list()
            names = told.filter(pl.col("kind") == "given_name")["value"].to_list()
            for target, column in ((first, "first"), (second, "second")):
                words, weights = _blend(chars, corpus, column, 0.62 if male else 0.74)
                target[group] = words[weighted(rng, weights, len(group))]
            trendy = group[rng.random(len(group)) < WHOLE]
            ranks = [1 / (rank + 2.5) for rank in range(len(names))]
            whole[trendy] = texts(names)[weighted(rng, ranks, len(trendy))]
    same = first == second
    keep_double = (cohort >= 5) & (people["male"] == 0) & (rng.random(size) < 0.5)
    second[same & ~keep_double] = "文"
    _rare_characters(second, cohort, rng)
    single = rng.random(size) < np.asarray(SINGLE)[cohort]
    plain = rng.random(size) < 0.45
    words, weights = _blend(["文"], corpus, "first", 0.0)
    alone = np.where(plain, words[weighted(rng, weights, size)], second)
    shared = _generation_characters(people, first, seed)
    given = np.where(single & ~shared, alone, first + second)
    given = np.where(np.not_equal(whole, None) & ~shared, whole, given)
    return _twins(people, given, first, second)


def _rare_characters(second: Texts, cohort: Ints, rng: np.random.Generator) -> None:
    """A character that half of the systems cannot store, more often among the young."""
    rare = pl.read_csv(SYNTH / "rare_characters.csv")["char"].to_list()
    chosen = np.flatnonzero(rng.random(len(second)) < 0.003 + 0.002 * cohort)
    second[chosen] = texts(rare)[rng.integers(0, len(rare), len(chosen))]


def _blend(
    chars: list[str], corpus: pl.DataFrame, column: str, share: float
) -> tuple[Texts, list[float]]:
    """Fashionable characters by rank, the whole corpus behind them."""
    fashion = np.asarray([1 / (rank + 6) for rank in range(len(chars))])
    counts = corpus[column].to_numpy() + 1.0
    words = [*chars, *corpus["char"].to_list()]
    return texts(words), [
        *(share * fashion / fashion.sum()),
        *((1 - share) * counts / counts.sum()),
    ]


def _generation_characters(people: dict[str, Ints], first: Texts, seed: int) -> np.ndarray:
    """Sets one first character for the sons (or all) of a clan's generation, or of one father."""
    rng = luck(seed, "generation characters")
    clan_rule = rng.random(int(people["clan"].max()) + 1)
    father_rule = rng.random(len(first))
    father = np.maximum(people["father"], 0)
    born = people["father"] >= 0
    rural = clan_rule[people["clan"]] < 0.22
    by_clan = born & rural & ((people["male"] == 1) | (clan_rule[people["clan"]] < 0.06))
    by_father = born & ~by_clan & (father_rule[father] < 0.2)
    leader = np.arange(len(first))
    for rule, key in (
        (by_clan, people["clan"] * 8 + people["generation"]),
        (by_father, father * 2 + people["male"]),
    ):
        members = np.flatnonzero(rule)
        _, start, back = np.unique(key[members], return_index=True, return_inverse=True)
        leader[members] = members[start][back]
    shared = leader != np.arange(len(first))
    first[:] = first[leader]
    return shared


def _twins(people: dict[str, Ints], given: Texts, first: Texts, second: Texts) -> Texts:
    """The second twin shares one character with the first."""
    a, b = twin_pairs(people)
    given[a] = first[a] + second[a]
    given[b] = np.where(np.arange(len(b)) % 3 == 0, first[b] + second[a], first[a] + second[b])
    clash = given[a] == given[b]
    given[b[clash]] = first[a[clash]] + "双"
    return given


def _minority(people: dict[str, Ints], rng: np.random.Generator) -> Ints:
    """Members of a few clans (1.2 %)."""
    clans = np.flatnonzero(rng.random(int(people["clan"].max()) + 1) < 0.012)
    return np.flatnonzero(np.isin(people["clan"], clans))


def _minority_names(male: np.ndarray, rng: np.random.Generator) -> Texts:
    """Own name, dot, father's name; or four characters without a dot."""
    size = len(male)
    own = np.where(male, pick(rng, MINORITY_MEN, size), pick(rng, MINORITY_WOMEN, size))
    dotted = own + "·" + pick(rng, MINORITY_MEN, size)
    undotted = pick(rng, TIBETAN, size) + pick(rng, TIBETAN, size)
    return np.where(rng.random(size) < 0.8, dotted, undotted).astype(object)
