"""How right a clustering is, counted, never by listing pairs.

    python -m benchmarks.matching.truth FOLDER links.parquet

FOLDER holds truth.parquet (table, row, person, hard, dirt); links.parquet has table, row and
person_id. A row without a link stands alone.

Pairs are two rows of one person (truth) or of one person_id (found). HARD pairs have a HARD row.
A HARD row outside the register is RIGHT when its person_id has register rows and all are its own
person's, WRONG when at least one is somebody else's. RIGHT is a share of the HARD rows of
registered people, WRONG of all HARD rows outside the register.
"""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

REGISTER = "police"


@dataclass(frozen=True)
class Pairs:
    """Counts of pairs: in the truth, found, and both."""

    true: int
    found: int
    both: int

    @property
    def precision(self) -> float:
        """Share of the found pairs that are true; 1 when none is found."""
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the true pairs that are found; 1 when there is none."""
        return self.both / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.both / (self.true + self.found) if self.true + self.found else 1.0


@dataclass(frozen=True)
class Group:
    """One slice of the rows and how it fared; pairs have at least one row of the slice."""

    name: str
    rows: int
    pairs: Pairs
    attachable: int  # rows outside the register whose person is registered
    right: int
    outside: int  # rows outside the register
    wrong: int

    @property
    def right_share(self) -> float:
        """Rows on their own register person."""
        return self.right / self.attachable if self.attachable else 1.0

    @property
    def wrong_share(self) -> float:
        """Rows on somebody else's register person."""
        return self.wrong / self.outside if self.outside else 0.0


@dataclass(frozen=True)
class Score:
    """The whole answer: every row, the HARD ones, and slices of each."""

    overall: Group
    hard: Group
    tables: tuple[Group, ...]  # HARD rows of each table
    kinds: tuple[Group, ...]  # rows with each kind of dirt


def score(truth: Path | str, links: Path | str) -> Score:
    """Compare a clustering with the truth."""
    rows = judged(
        pl.read_parquet(truth), pl.read_parquet(links, columns=["table", "row", "person_id"])
    )
    hard = rows.filter("hard")
    dirty = rows.explode("dirt").filter(pl.col("dirt").is_not_null())
    return Score(
        overall=group("all rows", rows),
        hard=group("HARD rows", hard),
        tables=tuple(group(name, part) for name, part in parts(hard, "table")),
        kinds=tuple(
            group(name, part)
            for name, part in sorted(
                parts(dirty, "dirt"), key=lambda kind: (not kind[1]["hard"].all(), kind[0])
            )
        ),
    )


def parts(rows: pl.DataFrame, column: str) -> list[tuple[str, pl.DataFrame]]:
    """The rows of each value of a column, in order of appearance."""
    split = rows.partition_by(column, as_dict=True, maintain_order=True)
    return [(str(value), part) for (value,), part in split.items()]


def judged(truth: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Truth rows with their cluster, the sizes of their groups, and how they sit on the register."""
    if links.select("table", "row").is_duplicated().any():
        raise ValueError("links name a row twice")
    links = links.with_columns(
        pl.col("row").cast(pl.Int64), cluster=pl.col("person_id").rank("dense")
    )
    rows = truth.join(
        links.select("table", "row", pl.col("cluster").cast(pl.Int64)),
        on=["table", "row"],
        how="left",
    ).with_row_index("at")
    alone = -1 - pl.col("at").cast(pl.Int64)
    rows = rows.with_columns(pl.col("cluster").fill_null(alone)).drop("at")
    register = pl.col("table") == REGISTER
    rows = rows.with_columns(
        n_person=pl.len().over("person").cast(pl.Int64),
        n_cluster=pl.len().over("cluster").cast(pl.Int64),
        n_both=pl.len().over("person", "cluster").cast(pl.Int64),
        registered=register.any().over("person"),
        on_register=register.sum().over("cluster"),
        on_own=register.sum().over("person", "cluster"),
    )
    outside = ~register
    return rows.with_columns(
        outside=outside,
        right=outside & (pl.col("on_own") > 0) & (pl.col("on_own") == pl.col("on_register")),
        wrong=outside & (pl.col("on_register") > pl.col("on_own")),
    )


def group(name: str, rows: pl.DataFrame) -> Group:
    """Counts for a slice of the judged rows."""
    attachable = rows.filter(pl.col("outside") & pl.col("registered"))
    return Group(
        name=name,
        rows=rows.height,
        pairs=Pairs(
            true=_touching(rows, ["person"], "n_person"),
            found=_touching(rows, ["cluster"], "n_cluster"),
            both=_touching(rows, ["person", "cluster"], "n_both"),
        ),
        attachable=attachable.height,
        right=int(attachable["right"].sum()),
        outside=int(rows["outside"].sum()),
        wrong=int(rows["wrong"].sum()),
    )


def _touching(rows: pl.DataFrame, keys: list[str], size: str) -> int:
    """Pairs within groups that have at least one of these rows: C(n, 2) - C(n - k, 2)."""
    n, rest = pl.col(size), pl.col(size) - pl.col("k")
    sizes = rows.group_by(keys).agg(pl.col(size).first(), k=pl.len().cast(pl.Int64))
    return int(sizes.select((n * (n - 1) // 2 - rest * (rest - 1) // 2).sum()).item())


def as_table(result: Score) -> str:
    """The score for people."""
    head = f"{'':<24}{'rows':>10}{'P':>8}{'R':>8}{'F1':>8}{'right':>8}{'wrong':>8}"
    lines = [head]
    for title, groups in (
        ("", (result.overall, result.hard)),
        ("HARD rows by table", result.tables),
        ("rows by kind of dirt", result.kinds),
    ):
        lines += ["", title] if title else []
        lines += [_line(part) for part in groups]
    return "\n".join(lines)


def _line(part: Group) -> str:
    pairs = part.pairs
    right = f"{part.right_share:.4f}" if part.attachable else "-"
    wrong = f"{part.wrong_share:.4f}" if part.outside else "-"
    return (
        f"{part.name:<24}{part.rows:>10,}{pairs.precision:>8.4f}{pairs.recall:>8.4f}"
        f"{pairs.f1:>8.4f}{right:>8}{wrong:>8}"
    )


def as_record(result: Score) -> dict:
    """The score as plain values, for a file."""
    return asdict(result)


def main() -> None:
    """Score one clustering of one city."""
    folder, links = Path(sys.argv[1]), Path(sys.argv[2])
    print(as_table(score(folder / "truth.parquet", links)))


if __name__ == "__main__":
    main()
