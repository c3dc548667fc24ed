"""A portfolio as the files of a workspace, and read back: a plan is what the program reads as one."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from planwerk.checks import check
from planwerk.format.dump import dump, dump_front
from planwerk.format.shape import slots
from planwerk.model.account import ClientPage
from planwerk.model.plan import Plan
from planwerk.model.portfolio import Account, Portfolio
from planwerk.model.record import Record
from planwerk.model.types import OPEN
from planwerk.problems import Severity
from planwerk.read import Reading, read
from planwerk.text.table import AMBIGUOUS


def written(portfolio: Portfolio, root: Path) -> None:
    """The workspace's files below `root`."""
    plans = root / "plans"
    plans.mkdir(parents=True)
    (plans / "workspace.yml").write_text(dump_front(portfolio.workspace), "utf-8")
    (plans / "questions.md").write_text(dump(portfolio.questions), "utf-8")
    _records(plans / "personas", portfolio.personas)
    _records(plans / "industries", portfolio.forces)
    for account in portfolio.accounts:
        _account(account, plans / account.id)


def _records(folder: Path, found: Mapping[str, Record]) -> None:
    folder.mkdir()
    for name, record in found.items():
        (folder / f"{name}.md").write_text(dump(record), "utf-8")


def _account(account: Account, folder: Path) -> None:
    files: dict[str, Record] = {
        "account.md": account.profile, "client.md": account.client or ClientPage(), "stakeholders.md": account.people,
        "interview.md": account.interview, "journey.md": account.journey, "competition.md": account.competition,
    }  # fmt: skip
    for number, meeting in enumerate(account.meetings):
        files[f"meetings/2026-01-{number + 1:02}-{number}.md"] = meeting
    for period in account.periods:
        files |= {f"{period.id}/plan.md": period.plan, f"{period.id}/tasks.md": period.tasks, f"{period.id}/risks.md": period.risks}  # fmt: skip
        files[f"{period.id}/slides.md"] = period.slides
        if period.review:
            files[f"{period.id}/review.md"] = period.review
    for name, record in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(record, Plan) or record != type(record).model_construct():
            path.write_text(dump(record, account.profile.language or "de"), "utf-8")
    for name, picture in account.pictures.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(picture.data)
    for name in ("whitespace", "measurements", "revenue", "opportunities", "features", "interactions", "surveys"):  # fmt: skip
        if rows := getattr(account, name):
            _table(folder / f"{name}.csv", rows)


def _table(path: Path, rows: Iterable[Record]) -> None:
    rows = list(rows)
    further: str = getattr(type(rows[0]), "further", "")
    known = {key: slot.name for key, slot in slots(type(rows[0])).items() if key != further}
    more = sorted({name for row in rows for name in getattr(row, further or "nothing", {})})
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow([*known, *more])
        for row in rows:
            others = [getattr(row, further).get(name, "") for name in more]
            out.writerow([*(_cell(getattr(row, name)) for name in known.values()), *others])


def _cell(value: object) -> str:
    if value is None:
        return ""
    if value is OPEN:
        return "offen"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Decimal):
        words = f"{value:f}"
        return f"{words}0" if AMBIGUOUS.fullmatch(words) else words
    return value.isoformat() if type(value) is date else str(value)


BESIDE = {
    "shared-quotes-internal", "plan-not-ready", "plan-not-closed", "miss-without-next-step",
    "disposition-without-evidence", "goal-without-kpi", "open-item-not-carried",
}  # fmt: skip
"""Rules about how one works, and about texts on both sides of the gate, which come out of one
pool here: a document can be made of what they find."""


def read_back(root: Path) -> Portfolio:
    """What these files hold; AssertionError where it is no sound plan."""
    reading: Reading = read(root)
    wrong = [p for p in check(reading) if p.severity is Severity.ERROR and p.rule not in BESIDE]
    assert not wrong, "\n".join(f"{p.place} {p.rule} {dict(p.facts)}" for p in wrong[:8])
    assert reading.portfolio is not None
    return reading.portfolio
