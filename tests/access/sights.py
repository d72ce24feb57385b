"""What stands for each class of columns in a county, and how to find it in what a reader was shown."""

from flows import files
from flows.access.roles import Sight
from tests.privacy.looking import hits, joined
from transforms.signals import SIGNALS

_IN_FULL = {
    Sight.NAME: ("name", 3),
    Sight.ID_NUMBER: ("id_clean", 15),
    Sight.PHONE: ("phone_key", 11),
    Sight.ADDRESS: ("address", 12),
}
"""Columns of `identities`, and the length from which a value cannot stand there by chance."""

_PUBLISHED = {
    Sight.KEY: "SELECT DISTINCT household_id FROM link",
    Sight.SIGNAL: "SELECT DISTINCT sentence FROM finding",
    Sight.AMOUNT: "SELECT measure FROM finding WHERE measure > 1000 "
    "UNION SELECT format('{:,}', measure) FROM finding WHERE measure > 1000",
}


def values_of(home):
    """By class: values of the county that stand for it."""
    found = {}
    with files.duckdb_database(home.work, read_only=True) as working:
        for sight, (column, shortest) in _IN_FULL.items():
            rows = working.execute(f"SELECT DISTINCT {column} FROM identities").fetchall()
            found[sight] = {joined(v) for (v,) in rows if v and len(joined(v)) >= shortest}
        codes = working.execute("SELECT DISTINCT diagnosis_main FROM record_admission").fetchall()
        found[Sight.DIAGNOSIS] = {joined(v) for (v,) in codes if v and len(joined(v)) >= 4}
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        for sight, sql in _PUBLISHED.items():
            found[sight] = {joined(str(v)) for (v,) in snapshot.execute(sql).fetchall() if v}
    found[Sight.SENSITIVE] = {joined(one.title) for one in SIGNALS.values() if one.is_sensitive}
    return found


def leaked(values, shown):
    """The values that stand in a text: alone if they are words, as they are if they are sentences."""
    whole = "".join(joined(text) for text in shown)
    return hits(values, shown) | {
        value for value in values if not value.isalnum() and value in whole
    }
