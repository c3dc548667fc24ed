"""What was told of a history, kept so that only new commits are read.

It lies in git's own folder, which no repository can carry: what somebody ships is never
believed. Two things are kept: for each set of contents before and after what changed between
them (content ids never change, so this holds for ever), and the finished line of the last tip,
so that new commits on top only add to it. Nothing here is needed to be right: without it, or
when it cannot be written, a history is only told more slowly. SQLite keeps it whole when a run
is cut off.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = "history.sqlite"
TABLES = """
create table if not exists told (key text primary key, row text) without rowid;
create table if not exists words (name text primary key, text text) without rowid;
create table if not exists step (account text, number integer, row text, files text, key text, primary key (account, number)) without rowid;
create table if not exists state (account text, file text, blob text, primary key (account, file)) without rowid;
create table if not exists line (number integer primary key, id text unique);
"""

WAIT = 10
"""Seconds another writer is waited for."""

AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
State = dict[str, str]
"""The files of an account, and the id of the last content of each that could be read."""


class Archive:
    """The store of one repository; `folder` is git's own, None keeps nothing beyond this run.

    Raises `sqlite3.Error` where the disk or another writer is in the way.

    `program` tells one state of Planwerk from another: what another one told is forgotten.
    """

    def __init__(self, folder: Path | None, program: str) -> None:
        self.db = _opened(folder, program)

    def close(self) -> None:
        """End the use of the store."""
        self.db.close()

    # --- what changed between contents -------------------------------------------------------

    def told(self, keys: Iterable[str]) -> dict[str, Any]:
        """What is known of these keys."""
        found: dict[str, Any] = {}
        for key in keys:
            if row := self.db.execute("select row from told where key = ?", (key,)).fetchone():
                found[key] = json.loads(row[0])
        return found

    def tell(self, rows: Mapping[str, str], words: Mapping[str, str] | None = None) -> None:
        """Keep what is now known of these keys, as JSON, and the long texts that the rows name;
        for good at once, whatever comes after."""
        with self.db:
            self.db.executemany("insert or replace into told values (?, ?)", rows.items())
            if words:
                self.db.executemany("insert or ignore into words values (?, ?)", words.items())

    def words(self) -> Mapping[str, str]:
        """The long texts, by their names; each is read when it is asked for."""
        return _Words(self.db)

    # --- the line ----------------------------------------------------------------------------

    def tip(self) -> str:
        """The commit the kept line ends at, "" where there is none."""
        row = self.db.execute("select id from line order by number desc limit 1").fetchone()
        return str(row[0]) if row else ""

    def position(self, commit: str) -> int | None:
        """The number of a commit in the kept line, from 0; None for one that is not in it."""
        row = self.db.execute("select number from line where id = ?", (commit,)).fetchone()
        return int(row[0]) if row else None

    def accounts(self, until: int) -> list[str]:
        """The accounts that have a history up to that number of the line, in order."""
        asked = "select distinct account from step where number <= ? order by account"
        return [str(row[0]) for row in self.db.execute(asked, (until,))]

    def counts(self, until: int) -> list[tuple[str, int]]:
        """The accounts and their numbers of steps up to that number of the line, the one with
        the newest step first."""
        asked = "select account, count(*) from step where number <= ? group by account order by max(number) desc, account"  # fmt: skip
        return [(str(name), int(count)) for name, count in self.db.execute(asked, (until,))]

    def last(self, account: str, until: int) -> Any:
        """The row of an account's last step up to that number of the line."""
        asked = "select row from step where account = ? and number <= ? order by number desc limit 1"  # fmt: skip
        return json.loads(self.db.execute(asked, (account, until)).fetchone()[0])

    def steps(self, account: str, until: int) -> Iterator[tuple[Any, Any]]:
        """An account's steps up to that number of the line, oldest first: the row of each, and
        what changed between the contents of its files."""
        asked = "select step.row, told.row from step join told using (key) where account = ? and number <= ? order by number"  # fmt: skip
        for row, between in self.db.execute(asked, (account, until)):
            yield json.loads(row), json.loads(between)

    def moves(self, account: str, until: int) -> Iterator[tuple[int, Any, Any]]:
        """The same without what changed: the number of each step, its row, and its files (names
        before and after, id of the content after)."""
        asked = "select number, row, files from step where account = ? and number <= ? order by number"  # fmt: skip
        for number, row, files in self.db.execute(asked, (account, until)):
            yield number, json.loads(row), json.loads(files)

    def state(self, account: str) -> State:
        """The state of an account at the end of the kept line."""
        return dict(self.db.execute("select file, blob from state where account = ?", (account,)))

    @contextmanager
    def line(self, ids: Iterable[str], anew: bool) -> Iterator[Line]:
        """The line is made longer by `ids`, or `anew`; all of it is kept, or nothing."""
        with self.db:
            if anew:
                for table in ("line", "step", "state"):
                    self.db.execute(f"delete from {table}")
            row = self.db.execute("select coalesce(max(number), -1) from line").fetchone()
            first = int(row[0]) + 1
            self.db.executemany(
                "insert into line values (?, ?)", ((first + n, name) for n, name in enumerate(ids))
            )
            yield Line(self.db, first)


class Line:
    """The line while it is made longer; `first` is the number of its first new move."""

    def __init__(self, db: sqlite3.Connection, first: int) -> None:
        self.db, self.first = db, first

    def rename(self, old: str, new: str) -> None:
        """What was told of the account `old` is the history of `new` from now on."""
        for table in ("step", "state"):
            self.db.execute(
                f"update or ignore {table} set account = ? where account = ?", (new, old)
            )

    def add(self, account: str, steps: Iterable[tuple[int, str, Any, str]], state: State) -> None:
        """Steps of an account (number of the move, row as JSON, files, key of what changed), and
        its state after the last."""
        self.db.executemany(
            "insert into step values (?, ?, ?, ?, ?)",
            ((account, self.first + n, row, as_json(files), key) for n, row, files, key in steps),
        )
        self.db.execute("delete from state where account = ?", (account,))
        self.db.executemany(
            "insert into state values (?, ?, ?)",
            ((account, file, blob) for file, blob in state.items()),
        )


def _connected(path: Path | str) -> sqlite3.Connection:
    """A store that several threads may use, one after another: while plans are served, the one
    that reads them and those that answer browsers."""
    return sqlite3.connect(path, timeout=WAIT, check_same_thread=False)


def _opened(folder: Path | None, program: str) -> sqlite3.Connection:
    """The store in `folder`; what is no store, or another program's, is thrown away."""
    if folder is None:
        return _prepared(_connected(":memory:"), program)
    path = folder / FILE
    try:
        return _prepared(_connected(path), program)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return _prepared(_connected(path), program)


def _prepared(db: sqlite3.Connection, program: str) -> sqlite3.Connection:
    """The store with all its tables; those of another program may be made otherwise, and go."""
    db.execute("create table if not exists about (name text primary key, value text) without rowid")
    known = db.execute("select value from about where name = 'program'").fetchone()
    if known != (program,):
        with db:
            for table in ("told", "words", "step", "state", "line"):
                db.execute(f"drop table if exists {table}")
            db.execute("insert or replace into about values ('program', ?)", (program,))
    db.executescript(TABLES)
    return db


class _Words(dict[str, str]):
    """Texts that are read from the store one by one."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def __missing__(self, name: str) -> str:
        row = self.db.execute("select text from words where name = ?", (name,)).fetchone()
        self[name] = str(row[0])
        return self[name]


def as_json(row: Any) -> str:
    """A row as it is kept."""
    return AS_JSON.encode(row)
