"""Splink 5 on the same rows, in the style of its documentation.

    python -m benchmarks.matching.splink_peer FOLDER [--out FOLDER] [--threads 2]

Runs in an environment of its own (requirements-bench.in). Writes links at four thresholds and
prints training time and predict-and-cluster time apart, with the score of each threshold.
Names are compared by whole equality and by bytes of one character (three in UTF-8), because the
built-in string distances count bytes. `cluster_using_single_best_links` is not used: it filled a
disk on 200,000 rows. DDL is fetched, or the connection stays blocked.
"""

from __future__ import annotations

import argparse
import json
import logging
import resource
import time
from pathlib import Path

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.matching.splink_rows import load
from benchmarks.matching.truth import as_table, score

THRESHOLDS = (0.5, 0.9, 0.95, 0.99)
SEED = 1
MAX_PAIRS = 1e6  # its default

NUMBER = cl.CustomComparison(
    output_column_name="id_no",
    comparison_levels=[
        cll.NullLevel("id_no"),
        cll.ExactMatchLevel("id_no"),
        cll.CustomLevel("damerau_levenshtein(id_no_l, id_no_r) <= 1", "one slip"),
        cll.CustomLevel("damerau_levenshtein(id_no_l, id_no_r) <= 2", "two slips"),
        cll.ElseLevel(),
    ],
)
NAME = cl.CustomComparison(
    output_column_name="name",
    comparison_levels=[
        cll.NullLevel("name"),
        cll.ExactMatchLevel("name", term_frequency_adjustments=True),
        cll.CustomLevel(
            "length(name_l) = length(name_r) and length(name_l) > 1"
            " and levenshtein(name_l, name_r) <= 3",
            "one character differs",
        ),
        cll.CustomLevel("substr(name_l, 1, 1) = substr(name_r, 1, 1)", "same surname"),
        cll.ElseLevel(),
    ],
)
PHONE = cl.CustomComparison(
    output_column_name="phone",
    comparison_levels=[
        cll.NullLevel("phone"),
        cll.ExactMatchLevel("phone", term_frequency_adjustments=True),
        cll.CustomLevel("damerau_levenshtein(phone_l, phone_r) <= 1", "one slip"),
        cll.ElseLevel(),
    ],
)
BLOCKS = [
    block_on("id_no"),
    block_on("name", "dob"),
    block_on("name", "phone"),
    block_on("dob", "phone"),
    block_on("dob", "address"),
    block_on("name", "address"),
]


def settings() -> SettingsCreator:
    """Comparisons and blocking rules."""
    return SettingsCreator(
        link_type="link_and_dedupe",
        comparisons=[
            NUMBER,
            NAME,
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("sex"),
            PHONE,
            cl.JaccardAtThresholds("address", [0.8, 0.6]),
        ],
        blocking_rules_to_generate_predictions=BLOCKS,
        retain_matching_columns=False,
    )


def train(linker: Linker) -> None:
    """Prior from a rule, u from random pairs, m by EM in two sessions."""
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("id_no")], recall=0.9)
    training.estimate_u_using_random_sampling(max_pairs=MAX_PAIRS, seed=SEED)
    training.estimate_parameters_using_expectation_maximisation(block_on("id_no"))
    training.estimate_parameters_using_expectation_maximisation(block_on("name", "dob"))


def links(connection: duckdb.DuckDBPyConnection, clusters: str, file: Path) -> None:
    """Clusters as table, row, person_id."""
    connection.execute(
        f"""
        copy (
          select split_part(unique_id, ':', 1) as "table",
                 split_part(unique_id, ':', 2)::bigint as row, cluster_id as person_id
          from {clusters}
        ) to '{str(file).replace("'", "''")}' (format parquet)
        """
    ).fetchall()


def main() -> None:
    """Measure it."""
    ask = argparse.ArgumentParser(prog="benchmarks.matching.splink_peer")
    ask.add_argument("folder", type=Path)
    ask.add_argument("--out", type=Path, default=Path("splink-links"))
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--unscored", action="store_true", help="write the links and score nothing")
    told = ask.parse_args()
    told.out.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(config={"threads": told.threads})
    connection.execute("set enable_progress_bar = false").fetchall()
    clock, cpu = [time.perf_counter()], [time.process_time()]

    def lap() -> tuple[float, float]:
        clock.append(time.perf_counter())
        cpu.append(time.process_time())
        return clock[-1] - clock[-2], cpu[-1] - cpu[-2]

    names = load(connection, told.folder)
    api = DuckDBAPI(connection)
    tables = [api.register(name, dataset_display_name=name) for name in names]
    times = {"clean": lap()}
    linker = Linker(tables, settings(), log_level=logging.ERROR)
    train(linker)
    times["train"] = lap()
    pairs = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    times["predict"] = lap()
    files = {}
    for threshold in THRESHOLDS:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold)
        files[threshold] = told.out / f"splink_{threshold}.parquet"
        links(connection, clusters.physical_name, files[threshold])
        times[f"cluster {threshold}"] = lap()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    for name, (wall, used) in times.items():
        print(f"splink {name:<13} wall {wall:7.1f} s  CPU {used:7.1f} s")
    print(f"splink peak {peak:.2f} GB")
    (told.out / "splink_times.json").write_text(json.dumps(times | {"peak_gb": peak}))
    for threshold, file in () if told.unscored else files.items():
        result = score(told.folder / "truth.parquet", file)
        print(f"\nthreshold {threshold}\n" + "\n".join(as_table(result).splitlines()[:10]))


if __name__ == "__main__":
    main()
