"""The pages over all accounts: rows that name an account and a record of it, and KPIs by client with their total."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from truth.compare import Comparer
from truth.counts import with_counts
from truth.documents import read_document
from truth.facts import Subject, current
from truth.judging import told_values
from truth.pages import read_page
from truth.passages import Passage, Read
from truth.results import Difference, Result
from truth.run import Side
from truth.sums import OPEN_STATES, Sums
from truth.tokens import Number, tokens

TOLD = {"Task", "Decision", "NextStep", "ClientProblem", "Question", "Risk", "Action", "Goal", "Milestone"}  # fmt: skip
RECKONED = {"signals"}
"""The page of signs and answers: what follows from what is the loop's, and not reckoned here."""
WHOLE = ("Alle Kunden", "All accounts")


def compare_overall(ours: list[Side]) -> Result:
    """What our portal's own pages and briefs say; `ours` are all accounts as we see them, in the house's language."""
    out, result = ours[0].out, Result()
    passages: list[Passage] = []
    for path in sorted((out / "internal").glob("*.html")):
        if path.stem not in RECKONED:
            passages += read_page(path, path.relative_to(out).as_posix())
    for path in sorted((out / "internal/downloads").glob("*.docx")):
        passages += read_document(path, path.relative_to(out).as_posix())[0]
    result.files = sorted({p.file for p in passages})
    for side in ours:
        _rows_of(side, passages, result)
    _by_client(ours, passages, result)
    _open_space(ours, passages, result)
    return result


def _rows_of(side: Side, passages: Iterable[Passage], result: Result) -> None:
    """The rows that name this account and one of its records."""
    period = current(side.world)
    of = Comparer(side.world, with_counts(Sums(side.world, period)), period.id if period else "")
    mine = []
    for passage in passages:
        if passage.kind in ("row", "card") and of.sums.short_client in passage.words:
            lines = [line for cell in passage.cells for line in cell.lines]
            if of.leading([t for line in lines for t in of.scanner.scan(line)[0]]) in TOLD:
                mine.append(passage)
    found = of.compare(Read(mine))
    result.compared += found.compared
    result.differences += found.differences


def _figures(side: Side) -> dict[str, Subject]:
    """The KPIs of the last twelve months by what they are called."""
    return {
        name: side.world.subjects[key]
        for name, keys in side.world.words.items()
        for key in keys
        if key.startswith("Figure/")
    }


def _value(subject: Subject, role: str) -> Decimal | None:
    return next((f.value for f in subject.facts if f.role == role and isinstance(f.value, Decimal)), None)  # fmt: skip


def _by_client(ours: list[Side], passages: Iterable[Passage], result: Result) -> None:
    """A KPI's value in each client's column; the whole is the sum, or sums divided once."""
    by_name = {side.world.account.profile.name: _figures(side) for side in ours}
    names = sorted({n for figures in by_name.values() for n in figures}, key=len, reverse=True)
    for passage in passages:
        first = passage.cells[0].lines[0] if passage.cells and passage.cells[0].lines else ""
        kpi = next((n for n in names if first == n or first.startswith(f"{n}, ")), None)
        if kpi is None or not passage.file.endswith("by-client.html"):
            continue
        parts = [figures[kpi] for figures in by_name.values()]
        for cell in passage.cells[1:]:
            true = _whole(parts) if cell.head in WHOLE else _value(by_name[cell.head][kpi], "value") if cell.head in by_name else None  # fmt: skip
            said = next((t for line in cell.lines[:1] for t in tokens(line, ours[0].language) if isinstance(t, Number)), None)  # fmt: skip
            if said is None or true is None:
                continue
            if said.says(true) or said.says(true, 1000):
                result.compared["html", "number"] += 1
            else:
                result.differences.append(Difference(passage.file, f"{first}, {cell.head}", said.said, told_values([true])))  # fmt: skip


def _whole(parts: list[Subject]) -> Decimal | None:
    """Sums are added up, shares are sums divided once; of what is neither (a median) nothing is known."""
    known = [p for p in parts if _value(p, "value") is not None]
    over = sum((_value(p, "numerator") or Decimal(0) for p in parts), Decimal(0))
    under = sum((_value(p, "denominator") or Decimal(0) for p in parts), Decimal(0))
    if not known or any(_value(p, "denominator") is None for p in known) != all(_value(p, "denominator") is None for p in known):  # fmt: skip
        return None
    if not under:
        return sum((_value(p, "value") or Decimal(0) for p in known), Decimal(0))
    shares = [(v, n / d) for p in known if (v := _value(p, "value")) is not None and (n := _value(p, "numerator")) is not None and (d := _value(p, "denominator"))]  # fmt: skip
    factors = {round(v / share, 6) for v, share in shares if share}
    return over / under * factors.pop() if len(factors) == 1 else None


def _open_space(ours: list[Side], passages: Iterable[Passage], result: Result) -> None:
    """The title of the page of white space: what is open, added up over all accounts."""
    whole = sum((Sums(s.world, current(s.world)).worth_of(*OPEN_STATES) for s in ours), Decimal(0))
    for passage in passages:
        if passage.file.endswith("internal/white-space.html") and not passage.above and passage.kind == "line":  # fmt: skip
            money = [t for t in tokens(passage.words, ours[0].language) if isinstance(t, Number) and t.unit == "EUR"]  # fmt: skip
            for token in money:
                if token.says(whole):
                    result.compared["html", "number"] += 1
                else:
                    result.differences.append(Difference(passage.file, "title", token.said, told_values([whole])))  # fmt: skip


def ours_of(found: Iterable[Side], out: Path) -> list[Side]:
    """Those of some sides that are ours, where an output has our portal."""
    return [s for s in found if s.audience == "internal"] if (out / "internal").exists() else []
