"""A home with a published night whose snapshot holds as many doubts as a test wants."""

import json

from flows import files
from flows.home import existing_home
from flows.review.doubts import DOUBTS
from tests.night import county

PAIRS = """
WITH register AS (
  SELECT record_key, person_id, row_number() OVER (ORDER BY record_key) AS place
  FROM link WHERE how = 'register_entry'
), other AS (
  SELECT record_key, person_id, row_number() OVER (ORDER BY record_key DESC) AS place FROM (
    SELECT person_id, min(record_key) AS record_key FROM link
    WHERE how = 'number_and_name' AND source <> 'resident_register' GROUP BY person_id)
)
SELECT other.record_key, register.record_key AS other_record_key, other.person_id,
       register.person_id AS other_person_id
FROM other JOIN register USING (place)
WHERE other.person_id <> register.person_id ORDER BY place LIMIT ?
"""
"""Every record stands in one pair only, so that no answer contradicts another."""

WHY = "姓名同音(少见) +6.1;生日差一位 -0.4;合计 60%"


def doubted(home, to, count, settings=""):
    """A copy of a home in which `count` pairs are doubtful; `settings` go into doorstep.toml."""
    copied = county.copy(home, to)
    with files.duckdb_database(copied.snapshot) as snapshot:
        found = snapshot.execute(PAIRS, [count]).fetchall()
        assert len(found) == count, "the county is too small for so many doubts"
        snapshot.execute("DELETE FROM doubt")
        rows = [
            (*pair, 0.6, 0.585, None, "doubt", WHY, ["+red:large_single_admission"])
            for pair in found
        ]
        snapshot.executemany(f"INSERT INTO doubt VALUES ({', '.join('?' * len(DOUBTS))})", rows)
    files.write(copied.config_file, files.read_text(copied.config_file) + settings)
    return existing_home(copied.root)


def answers(home, who):
    """What somebody answered, newest last, undone or not: pair and answer."""
    with files.ledger_database(home.ledger) as ledger:
        rows = ledger.execute(
            "SELECT record_key, other_record_key, answer FROM match_answer WHERE who = ? "
            "ORDER BY entry",
            (who,),
        ).fetchall()
    return [tuple(row) for row in rows]


def known_answers(home, who):
    """What somebody answered about known pairs."""
    with files.ledger_database(home.ledger) as ledger:
        rows = ledger.execute(
            "SELECT body FROM entry WHERE kind = 'desk_known_pair' AND who = ? ORDER BY entry",
            (who,),
        ).fetchall()
    return [json.loads(row[0]) for row in rows]
