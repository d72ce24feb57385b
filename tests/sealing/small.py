"""A home with one of everything that is sealed, and what it says; and how its sealing is killed."""

import os

from flows import files
from flows.home import Home, existing_home, home_as_it_lies
from flows.ledger import Ledger
from flows.site import init_home
from tests.night.killing import die

KEY, OTHER = "ab" * 32, "cd" * 32
NAME = "欧阳震华"


def small_home(folder) -> Home:
    """An open home (where no key is configured) with a name in every sealed place."""
    init_home(folder)
    home = existing_home(folder)
    for place in (home.archive, home.held, home.refused, home.quarantine):
        files.write(place / "hukou" / "rows.csv", f"姓名\n{NAME}\n")
    files.write(home.state / "nights" / "2026-11-20" / "1" / "inputs.json", NAME)
    for path in (home.work, home.snapshot):
        database = files.duckdb_database(path)
        database.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, name VARCHAR)")
        database.execute("INSERT INTO person VALUES (2, ?), (1, NULL)", [NAME])
        database.close()
    Ledger(home.ledger).deliveries()
    with files.ledger_database(home.ledger) as ledger:
        ledger.execute("INSERT INTO entry (kind, who, body) VALUES ('note', '王', ?)", [NAME])
    return home


def said(home) -> dict:
    """All that a home says through the file door."""
    texts = {
        str(path.relative_to(home.root)): files.read_text(path)
        for place in (home.archive, home.held, home.refused, home.quarantine, home.state / "nights")
        for path in files.inside(place)
    }
    for path in (home.work, home.snapshot):
        database = files.duckdb_database(path, read_only=True)
        texts[path.name] = database.execute("FROM person ORDER BY id").fetchall()
        database.close()
    with files.ledger_database(home.ledger) as ledger:
        texts["ledger"] = [tuple(row) for row in ledger.execute("SELECT * FROM entry")]
        texts["version"] = ledger.execute("PRAGMA user_version").fetchone()[0]
    return texts | {"secret": Home(home.root).secret, "join": home.join_secret}


def places_with(home, text) -> set[str]:
    """Where on disk a text can be read, in any of the encodings that extracts come in."""
    wanted = [text.encode(encoding) for encoding in ("utf-8", "utf-16-le", "gb18030")]
    return {
        path.relative_to(home.root).parts[0]
        for path in files.inside(home.root)
        if any(one in files.read_raw(path) for one in wanted)
    }


def killed_while_sealing(root, place, moment, key, old_key):
    """Die at the place-th file: before it, or when its sealed copy is whole but not yet in place."""
    from flows.sealing import converting
    from flows.sealing.commands import reseal_home, seal_home

    os.environ["DOORSTEP_KEY"] = key
    if old_key:
        os.environ["DOORSTEP_OLD_KEY"] = old_key
    convert, left = converting._convert, [place]

    def dying(*told):
        left[0] -= 1
        if left[0] < 0:
            if moment == "before a file":
                die()
            os.replace = die
            type(root).replace = die
        return convert(*told)

    converting._convert = dying
    home = home_as_it_lies(root)
    (reseal_home if old_key else seal_home)(home)
