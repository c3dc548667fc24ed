"""The method applied to an account: what it owes, what is missing, what has become stale.

Both always name the items, never only a share: a number moves nobody, a list can be done.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from planwerk.model.account import Profile
from planwerk.model.computed import is_computed
from planwerk.model.log import column
from planwerk.model.logs import corrected
from planwerk.model.portfolio import Account, Period
from planwerk.model.types import OPEN
from planwerk.model.workspace import Demands, Freshness, Workspace


class Lack(NamedTuple):
    """A section, the items it lacks (ids and keys), and the file they belong in."""

    section: str
    items: tuple[str, ...]
    file: str


class Stale(NamedTuple):
    """A section, the items not looked at within `within` days, and the last look at any."""

    section: str
    items: tuple[str, ...]
    last: date | None
    within: int


def demands_on(account: Account, workspace: Workspace) -> Demands:
    """What the method asks of this account: its tier's demands, completed by the house's."""
    method = workspace.method
    tier = next((t for t in workspace.tiers if t.id == account.profile.tier), None)
    if tier is None:
        return method
    fresh = {f.section: f for f in (*method.fresh, *tier.fresh)}
    return Demands(
        sections=tuple(dict.fromkeys((*method.sections, *tier.sections))),
        roles=tuple(dict.fromkeys((*method.roles, *tier.roles))),
        contacts=tier.contacts or method.contacts,
        review_every=tier.review_every or method.review_every,
        contact_every=tier.contact_every or method.contact_every,
        fresh=tuple(fresh.values()),
    )


def demanded(account: Account, workspace: Workspace, as_of: date) -> tuple[str, ...]:
    """The sections that the method and the running plan's type ask for, each once."""
    sections = dict.fromkeys(demands_on(account, workspace).sections)
    period = account.current(as_of)
    if period is not None:
        kind = next((t for t in workspace.plan_types if t.id == period.plan.type), None)
        sections |= dict.fromkeys(kind.sections if kind else ())
    return tuple(sections)


def missing(
    account: Account, workspace: Workspace, as_of: date, open_too: bool = False
) -> Iterator[Lack]:
    """The sections that the method and the running plan's type ask for and that lack something.

    What is written down as open is there; with `open_too` it is lacking as well.
    """
    period = account.current(as_of)
    filled = _known if open_too else _said
    for section in demanded(account, workspace, as_of):
        file, lacking = SECTIONS[section]
        if items := tuple(_typed(section, lacking(account, period, filled), workspace)):
            yield Lack(section, items, file.format(period=period.id if period else "<period>"))


def stale(account: Account, workspace: Workspace, as_of: date) -> Iterator[Stale]:
    """The sections with something that nobody looked at for longer than is allowed."""
    for limit, looks in looked_at(account, workspace, as_of):
        old = tuple(
            name for name, day in looks.items() if day is None or (as_of - day).days > limit.within
        )
        if old:
            last = max((day for day in looks.values() if day), default=None)
            yield Stale(limit.section, old, last, limit.within)


def looked_at(
    account: Account, workspace: Workspace, as_of: date
) -> Iterator[tuple[Freshness, dict[str, date | None]]]:
    """The sections with a limit that hold something that can become stale: each with the day of
    the last look at its items, None for never. What holds nothing is not stale but missing."""
    for limit in demands_on(account, workspace).fresh:
        seen = dict(LOOKS.get(limit.section, _no_looks)(account, account.current(as_of)))
        if looks := {name: seen[name] for name in _typed(limit.section, seen, workspace)}:
            yield limit, looks


def _typed(section: str, items: Iterable[str], workspace: Workspace) -> Iterator[str]:
    """The items of a section without the KPIs that nobody enters values of."""
    for name in items:
        if section != "measurements" or not is_computed(workspace, name):
            yield name


def last_contact(account: Account, as_of: date) -> date | None:
    """The last day, up to `as_of`, on which we spoke with the client; None if we never did.

    On the day of a contact that another line stands in for, nobody spoke.
    """
    log = account.interactions
    replaced = corrected(log)
    days = [*column(log, "date")]
    if replaced:
        named = zip(days, column(log, "id"), strict=True)
        days = [day for day, name in named if not (name and str(name) in replaced)]
    days += [meeting.on for meeting in account.meetings]
    days += [day for p in account.periods if (day := _held(p))]
    return max((day for day in days if day <= as_of), default=None)


def last_review(account: Account, as_of: date) -> date | None:
    """The last day on which a review or debrief was held."""
    days = [m.on for m in account.meetings if m.kind in ("review", "debrief")]
    days += [day for p in account.periods if (day := _held(p))]
    return max((day for day in days if day <= as_of), default=None)


def _held(period: Period) -> date | None:
    day = period.review.held_on if period.review else None
    return day if isinstance(day, date) else None


def _said(value: object) -> bool:
    return value not in (None, "", ())


def _known(value: object) -> bool:
    return _said(value) and value not in (OPEN, "offen", "open")


# --- what a section lacks ------------------------------------------------------------------------

Filled = Callable[[object], bool]
Lacking = Callable[[Account, Period | None, Filled], Iterator[str]]


def _profile(account: Account, period: Period | None, filled: Filled) -> Iterator[str]:
    for name in ("business_model", "target_markets", "headquarters", "employees", "customer_since"):
        if not filled(getattr(account.profile, name)):
            yield name


def _of_profile(name: str) -> Lacking:
    def lacking(account: Account, period: Period | None, filled: Filled) -> Iterator[str]:
        if not filled(getattr(account.profile, name)):
            yield name

    return lacking


def _of_account(name: str, part: str = "") -> Lacking:
    def lacking(account: Account, period: Period | None, filled: Filled) -> Iterator[str]:
        value = getattr(account, name)
        if not (getattr(value, part) if part else value):
            yield part or name

    return lacking


def _departments(account: Account, period: Period | None, filled: Filled) -> Iterator[str]:
    if not account.departments:
        yield "departments"
    for department in account.departments:
        if not (filled(department.contacted) and department.contacted) and not department.ways_in:
            yield f"{department.id}: ways_in"


def _stakeholders(account: Account, period: Period | None, filled: Filled) -> Iterator[str]:
    if not account.stakeholders:
        yield "stakeholders"
    for person in account.stakeholders:
        lacks = [n for n in ("buying_role", "influence", "disposition", "wants") if not filled(getattr(person, n))]  # fmt: skip
        if lacks:
            yield f"{person.id}: {' '.join(lacks)}"


def _competition(account: Account, period: Period | None, filled: Filled) -> Iterator[str]:
    for name in ("competitors", "positioning"):
        if not getattr(account.competition, name):
            yield name


def _contract(account: Account, period: Period | None, filled: Filled) -> Iterator[str]:
    contract = account.profile.contract
    if contract is None:
        yield "contract"
        return
    for name in ("end", "notice"):
        if not filled(getattr(contract, name)):
            yield f"contract: {name}"


def _of_period(holder: str, *names: str) -> Lacking:
    def lacking(account: Account, period: Period | None, filled: Filled) -> Iterator[str]:
        record = getattr(period, holder) if period else None
        for name in names:
            if record is None or not filled(getattr(record, name)):
                yield name

    return lacking


def _review(account: Account, period: Period | None, filled: Filled) -> Iterator[str]:
    review = period.review if period else None
    if review is None or not (filled(review.planned_for) or filled(review.held_on)):
        yield "planned_for"


def _measurements(account: Account, period: Period | None, filled: Filled) -> Iterator[str]:
    measured = {*column(account.measurements, "kpi")}
    for kpi in period.plan.kpis if period else ():
        if kpi.kpi not in measured:
            yield kpi.kpi


SECTIONS: dict[str, tuple[str, Lacking]] = {
    "profile": ("account.md", _profile),
    "objectives": ("account.md", _of_profile("objectives")),
    "client_kpis": ("account.md", _of_profile("client_kpis")),
    "departments": ("account.md", _departments),
    "service": ("account.md", _of_profile("service")),
    "contract": ("account.md", _contract),
    "stakeholders": ("stakeholders.md", _stakeholders),
    "interview": ("interview.md", _of_account("interview", "questions")),
    "insights": ("interview.md", _of_account("interview", "insights")),
    "journey": ("journey.md", _of_account("journey", "stages")),
    "white_space": ("whitespace.csv", _of_account("whitespace")),
    "competition": ("competition.md", _competition),
    "features": ("features.csv", _of_account("features")),
    "plan": ("{period}/plan.md", _of_period("plan", "vision", "goals", "kpis")),
    "goals": ("{period}/plan.md", _of_period("plan", "goals")),
    "kpis": ("{period}/plan.md", _of_period("plan", "kpis")),
    "tasks": ("{period}/tasks.md", _of_period("tasks", "tasks")),
    "risks": ("{period}/risks.md", _of_period("risks", "risks")),
    "review": ("{period}/review.md", _review),
    "meetings": ("meetings/", _of_account("meetings")),
    "measurements": ("measurements.csv", _measurements),
}
"""By section: the file it lives in, and what of it is not there."""


# --- when a section was last looked at -----------------------------------------------------------

Looks = Callable[[Account, Period | None], Iterator[tuple[str, date | None]]]


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _no_looks(account: Account, period: Period | None) -> Iterator[tuple[str, date | None]]:
    return iter(())


def _of_file(name: str, file: str) -> Looks:
    def looks(account: Account, period: Period | None) -> Iterator[tuple[str, date | None]]:
        record = getattr(account, name)
        if isinstance(record, Profile) or any(record.__dict__[f] for f in ("stages", "forces", "competitors") if f in record.__dict__):  # fmt: skip
            yield file, _day(record.checked_on)

    return looks


def _people(account: Account, period: Period | None) -> Iterator[tuple[str, date | None]]:
    whole = _day(account.people.checked_on)
    for person in account.stakeholders:
        days = [day for day in (whole, _day(person.checked_on)) if day]
        yield person.id, max(days, default=None)


def _answers(account: Account, period: Period | None) -> Iterator[tuple[str, date | None]]:
    asked = [day for q in account.interview.questions if (day := _day(q.asked_on))]
    if account.interview.questions:
        yield "interview.md", max(asked, default=None)


def _cells(account: Account, period: Period | None) -> Iterator[tuple[str, date | None]]:
    for cell in account.whitespace:
        if cell.state not in ("not_applicable", "unknown"):
            yield f"{cell.department}/{cell.offering}", _day(cell.checked_on)


def _risks(account: Account, period: Period | None) -> Iterator[tuple[str, date | None]]:
    if period and period.risks.risks:
        yield "risks.md", _day(period.risks.checked_on)


def _values(account: Account, period: Period | None) -> Iterator[tuple[str, date | None]]:
    for kpi in period.plan.kpis if period else ():
        days = [line.date for line in account.measurements if line.kpi == kpi.kpi]
        yield kpi.kpi, max(days, default=None)


def _meetings(account: Account, period: Period | None) -> Iterator[tuple[str, date | None]]:
    yield "meetings/", max((m.on for m in account.meetings), default=None)


LOOKS: dict[str, Looks] = {
    "profile": _of_file("profile", "account.md"),
    "stakeholders": _people,
    "interview": _answers,
    "journey": _of_file("journey", "journey.md"),
    "white_space": _cells,
    "competition": _of_file("competition", "competition.md"),
    "risks": _risks,
    "measurements": _values,
    "meetings": _meetings,
}
"""By section: what can become stale in it, and the day it was last looked at."""
