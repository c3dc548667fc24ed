"""A history for programs: JSON with stable keys, and CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from planwerk.history.telling import Sentence
from planwerk.logbook.discretion import discreet, discreet_data
from planwerk.logbook.entries import Entry
from planwerk.logbook.text import Last
from planwerk.model.history import Change, Commit, Value
from planwerk.model.hosts import commit_address, request_address
from planwerk.model.types import After, Unknown
from planwerk.model.workspace import Host
from planwerk.problems import Problem
from planwerk.report.telling import in_a_line
from planwerk.words import load_words

VERSION = 1
COLUMNS = (
    "day", "author", "email", "commit", "pull_request", "subject", "account", "topic", "of",
    "what", "record", "path", "title", "field", "old", "new", "times", "sentence",
)  # fmt: skip
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?", re.A)
RUN = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run."""


def as_json(document: dict[str, Any]) -> str:
    """A document in the order of its keys, without credentials; halves of surrogate pairs cannot break it."""
    words = json.dumps(
        {"version": VERSION, **discreet_data(document)}, ensure_ascii=False, indent=2
    )
    return words.encode("utf-8", "replace").decode("utf-8") + "\n"


def history(
    account: str, name: str, audience: str, entries: Sequence[Entry], host: Host | None,
    unknown: Iterable[Problem], language: str,
) -> dict[str, Any]:  # fmt: skip
    """An account's history, the newest step first."""
    return {
        "account": account,
        "name": name,
        "audience": audience,
        "steps": [_step(entry, host, language) for entry in reversed(entries)],
        "unknown": [problem(p, language) for p in unknown],
    }


def all_accounts(accounts: Iterable[Last], host: Host | None, unknown: Iterable[Problem], language: str) -> dict[str, Any]:  # fmt: skip
    """The last step of each account."""
    rows = [
        {"account": a.account, "name": a.name, "gone": a.gone, "steps": a.steps, "last": commit(a.commit, host)}
        for a in accounts
    ]  # fmt: skip
    return {"accounts": rows, "unknown": [problem(p, language) for p in unknown]}


def _step(entry: Entry, host: Host | None, language: str) -> dict[str, Any]:
    return {
        **commit(entry.commit, host),
        "reviewed_by": list(entry.reviewers),
        "approved_by": list(entry.approvers),
        "changes": [
            change(c, sentence, None if share.commit.id == entry.commit.id else commit(share.commit, host))
            for share in entry.shares
            for sentence in share.sentences
            for c in sentence.changes
        ],
        "unread": [problem(p, language) for p in entry.unread],
    }  # fmt: skip


def commit(of: Commit, host: Host | None) -> dict[str, Any]:
    """Who and when; of what a client saw only the day is known."""
    return {
        "day": of.day.isoformat() if of.day else None,
        "commit": of.id,
        "author": of.author,
        "email": of.email,
        "subject": of.subject,
        "body": of.body,
        "trailers": [{"key": key, "value": value} for key, value in of.trailers],
        "pull_request": of.pull_request,
        "url": commit_address(host, of.id),
        "pull_request_url": request_address(host, of.pull_request),
    }


def change(of: Change, sentence: Sentence, by: dict[str, Any] | None) -> dict[str, Any]:
    """A change, and the sentence that tells it (several may share one); `by` is the commit that
    made it where that is not the step's own."""
    spot = of.spot
    row = {
        "what": of.what, "topic": spot.topic, "of": spot.of, "record": of.kind, "path": list(spot.path),
        "title": of.title, "field": of.field, "old": value(of.old), "new": value(of.new),
        "values": {name: value(v) for name, v in of.values}, "times": of.times,
        "before": list(of.before.path) or of.before.of or of.before.account if of.before else None,
        "sentence": sentence.plain,
    }  # fmt: skip
    return row if by is None else {**row, "by": by}


def value(of: Value) -> Any:
    """Numbers as text, for they are exact; days like 2026-11-23; what nobody knows as "open"."""
    match of:
        case date():
            return of.isoformat()
        case Decimal():
            return str(of)
        case Unknown():
            return "open"
        case After():
            return {"days": of.days, "after": of.of}
        case tuple():
            return [value(part) for part in of]
        case _:
            return of


def problem(of: Problem, language: str) -> dict[str, Any]:
    """What cannot be read or known."""
    return {"rule": of.rule, "path": str(of.place.path), "line": of.place.line, "message": in_a_line(of, load_words(language))}  # fmt: skip


# --- CSV -------------------------------------------------------------------------------------


def history_csv(entries: Sequence[Entry]) -> str:
    """One line for each change, the newest step first."""
    return table([COLUMNS, *(row for entry in reversed(entries) for row in _rows(entry))])


def accounts_csv(accounts: Iterable[Last]) -> str:
    """One line for each account."""
    rows = (
        (a.account, a.name, _cell(a.commit.day), a.commit.author, a.commit.subject, str(a.steps))
        for a in accounts
    )
    return table([("account", "name", "day", "author", "subject", "steps"), *rows])


def _rows(entry: Entry) -> Iterator[tuple[str, ...]]:
    for share in entry.shares:
        who = share.commit
        head = (_cell(entry.commit.day), who.author, who.email, who.id, entry.commit.pull_request, who.subject)  # fmt: skip
        for sentence in share.sentences:
            for c in sentence.changes:
                yield (
                    *head, entry.account, c.spot.topic, c.spot.of, c.what, c.kind, "/".join(c.spot.path),
                    c.title, c.field, _cell(c.old), _cell(c.new), str(c.times), sentence.plain,
                )  # fmt: skip


def _cell(of: Value) -> str:
    plain = value(of)
    if plain is None:
        return ""
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


def table(rows: Iterable[Sequence[str]]) -> str:
    """Lines of CSV without credentials; no cell begins like a formula, numbers stay numbers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([[harmless(discreet(cell)) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8", "replace").decode("utf-8")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows and does not run."""
    return f"'{cell}" if cell.startswith(RUN) and not NUMBER.fullmatch(cell) else cell
