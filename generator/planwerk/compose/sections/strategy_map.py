"""The customer strategy map: people, departments reached and not, ways in, white space. Internal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections.relations import (
    best,
    by_when,
    disposition,
    influence,
    knows,
    legend,
    name,
    next_task,
)
from planwerk.compose.sections.white_space import department_names, open_potential, worth
from planwerk.compose.view import View
from planwerk.model.account import Department, Stakeholder, WayIn, WhiteSpaceCell
from planwerk.model.types import OPEN
from planwerk.model.workspace import say

WHOLE = "whole-company"
PEOPLE, WAYS, SPACES = 4, 3, 6
"""How many of each a column shows; the rest is counted."""
STATES = ("won", "at_risk", "opportunity", "gap", "idea", "competitor", "internal", "lost", "unknown")  # fmt: skip
"""The states on the map in their order; where nothing is wanted, there is no white space."""
Contacted = bool | None


def _contacted(view: View) -> dict[str, Contacted]:
    """Every department with whether we reach it (None: not known), the whole company if it has
    people or cells of its own."""
    known = {d.id: None if d.contacted is OPEN else bool(d.contacted) for d in view.account.departments}  # fmt: skip
    loose = [p for p in view.account.stakeholders if p.department not in known]
    cells = [c for c in view.account.whitespace if c.department not in known]
    if loose or cells:
        known[WHOLE] = any(knows(view, best(p)).level for p in loose)
    return known


def _home(department: str | None, known: Mapping[str, Contacted]) -> str:
    return department if department in known and department is not None else WHOLE


def strategy_map(view: View) -> b.StrategyMap | None:
    """Departments, the reached ones first, then those with the most value behind them."""
    known = _contacted(view)
    if not known:
        return None
    cells: dict[str, list[WhiteSpaceCell]] = {key: [] for key in known}
    for cell in view.account.whitespace:
        cells[_home(cell.department, known)].append(cell)
    people: dict[str, list[Stakeholder]] = {key: [] for key in known}
    for person in view.account.stakeholders:
        people[_home(person.department, known)].append(person)
    value = {key: sum((w for c in found if c.state in STATES and (w := worth(c))), Decimal(0)) for key, found in cells.items()}  # fmt: skip
    order = sorted(known, key=lambda key: (known[key] is not True, -value[key]))
    places = {key: i for i, key in enumerate(order)}
    homes = {f"client:{p.id}": places[_home(p.department, known)] for p in view.account.stakeholders}  # fmt: skip
    columns = tuple(_column(view, key, known[key], people[key], cells[key], homes) for key in order)
    return b.StrategyMap(
        columns, _heads(view, columns), _notes(view, known, people, cells), legend(view),
        view.say("strategy_map.key"), view.say("strategy_map.label"), _about(view, columns),
        view.say("unit.thousand", currency=view.portfolio.workspace.currency),
    )  # fmt: skip


def _heads(view: View, columns: Sequence[b.MapColumn]) -> tuple[str, str, str, str, str, str]:
    keys = ("reached", "unreached", "people", "steps", "ways")
    reached, unreached, people, steps, ways = (view.say(f"strategy_map.{key}") for key in keys)
    currency = view.portfolio.workspace.currency
    some = any(column.spaces for column in columns)
    space = view.say("strategy_map.space" if some else "strategy_map.no_space", currency=currency)
    return reached, unreached, people, steps, ways, space


def _notes(
    view: View,
    known: Mapping[str, Contacted],
    people: Mapping[str, Sequence[Stakeholder]],
    cells: Mapping[str, Sequence[WhiteSpaceCell]],
) -> tuple[str, str]:
    """How many departments and people, and what lies behind those that are not reached."""
    reached = [key for key, contacted in known.items() if contacted]
    others = [key for key in known if key not in reached]
    there = sum(len(people[key]) for key in reached)
    ours = f"{_count(view, 'departments', len(reached))}, {_count(view, 'persons', there)}"
    behind = open_potential(tuple(cell for key in others for cell in cells[key]))
    theirs = _count(view, "departments", len(others))
    if behind:
        theirs += f", {view.say('strategy_map.behind', amount=view.money(behind))}"
    return ours, theirs


def _count(view: View, key: str, count: int) -> str:
    return view.say(f"strategy_map.{key}", count=count, number=view.in_words(count))


def _about(view: View, columns: Sequence[b.MapColumn]) -> str:
    """One sentence: what is reached, what is not, who leads there."""
    halves = []
    for key, reached in (("reached", True), ("unreached", False)):
        if names := ", ".join(c.name for c in columns if c.reached is reached):
            halves.append(f"{view.say(f'strategy_map.{key}')}: {names}")
    return "; ".join(halves) + "."


def _column(
    view: View,
    key: str,
    contacted: Contacted,
    people: Sequence[Stakeholder],
    cells: Sequence[WhiteSpaceCell],
    homes: Mapping[str, int],
) -> b.MapColumn:
    department = next((d for d in view.account.departments if d.id == key), None)
    ranked = sorted(people, key=lambda p: (-(influence(p) or 0), p.id))
    persons = tuple(_person(view, p) for p in ranked)
    status = {
        True: b.Status("done", view.say("strategy_map.is_reached")),
        False: b.Status("plan", view.say("strategy_map.is_not_reached")),
        None: b.Status("open", view.open),
    }[contacted]
    steps = _next_step(view, people) if contacted else _ways_in(view, department, homes)
    over = len(persons) - PEOPLE
    return b.MapColumn(
        department_names(view).get(key, key), contacted is True, status, persons[:PEOPLE], steps,
        _spaces(view, cells),
        view.say("strategy_map.further", count=over) if over > 0 else "", persons[PEOPLE:],
        view.source(department),
    )  # fmt: skip


def _person(view: View, person: Stakeholder) -> b.MapPerson:
    wants = [want for want in person.wants if want is not OPEN]
    want = view.say("strategy_map.want", words=view.text(wants[0])) if wants else view.say("strategy_map.wants_open")  # fmt: skip
    return b.MapPerson(
        name(view, person), view.text(person.title), want, disposition(view, person),
        knows(view, best(person)), person.name is OPEN, view.source(person),
    )  # fmt: skip


def _next_step(view: View, people: Sequence[Stakeholder]) -> tuple[b.MapStep, ...]:
    """The task that comes next with the department's people."""
    task = next_task(view, tuple(person.id for person in people))
    if task is None:
        return (b.MapStep(view.say("stakeholders.no_step"), "", "", "open"),)
    late = view.is_late(task)
    foot = by_when(view, task)
    if late:
        parts = (view.task_status(task).word, view.name(task.accountable))
        foot = ", ".join(part for part in parts if part)
    return (b.MapStep(task.title, "", foot, "step", late=late, written=view.source(task)),)


def _ways_in(
    view: View, department: Department | None, homes: Mapping[str, int]
) -> tuple[b.MapStep, ...]:
    ways = department.ways_in if department else ()
    if not ways:
        return (b.MapStep(view.say("strategy_map.no_way"), "", "", "open"),)
    found = tuple(_way(view, way, homes) for way in ways[:WAYS])
    if (over := len(ways) - WAYS) > 0:
        more = b.MapStep(view.say("strategy_map.more_ways", count=over), "", "", "open")
        return (*found, more)
    return found


def _way(view: View, way: WayIn, homes: Mapping[str, int]) -> b.MapStep:
    """Whose job, the use case with the offering, and who introduces us."""
    offering = view.portfolio.offerings.get(str(way.offering))
    parts = (say(offering.name, view.language) if offering else "", view.text(way.use_case))
    who = view.name(way.introduced_by) if way.introduced_by not in (None, OPEN) else ""
    foot = view.say("strategy_map.introduces", who=who) if who else view.say("strategy_map.no_one")
    title = view.say("stakeholders.nameless_job") if way.title is OPEN else view.text(way.title)
    detail = ": ".join(part for part in parts if part)
    source = homes.get(str(way.introduced_by))
    kind: Literal["way", "open"] = "way" if who else "open"
    return b.MapStep(title, detail, foot, kind, source, written=view.source(way))


# --- white space -----------------------------------------------------------------------------


def _spaces(view: View, cells: Sequence[WhiteSpaceCell]) -> tuple[b.MapSpace, ...]:
    """What hangs below a department: ours on top, then by value; cells of unknown value last, and
    those of which nothing is known as one."""
    known = [cell for cell in cells if cell.state in STATES and cell.state != "unknown"]
    known.sort(key=lambda c: (worth(c) is None, STATES.index(c.state), -(worth(c) or 0)))
    found = [_space(view, cell) for cell in known]
    if len(found) > SPACES:
        rest = known[SPACES - 1 :]
        value = sum((w for c in rest if (w := worth(c))), Decimal(0))
        words = formats.thousands(value, view.language) if value else view.open
        label = view.say("strategy_map.more_offerings", count=len(rest))
        found = [*found[: SPACES - 1], b.MapSpace(label, "idea", "", words, float(value) or None)]
    if unknown := [cell for cell in cells if cell.state == "unknown"]:
        label = _offering(view, unknown[0]) if len(unknown) == 1 else view.say("strategy_map.unknown", count=len(unknown), number=view.in_words(len(unknown)))  # fmt: skip
        found.append(b.MapSpace(view.sentence(label), "unknown", "", view.open, None))
    return tuple(found)


def _offering(view: View, cell: WhiteSpaceCell) -> str:
    offering = view.portfolio.offerings.get(cell.offering)
    return say(offering.name, view.language) if offering else cell.offering


def _space(view: View, cell: WhiteSpaceCell) -> b.MapSpace:
    value = worth(cell)
    word = view.say(f"cell.{cell.state}")
    if cell.state == "competitor" and cell.competitor not in ("", OPEN):
        word = view.text(cell.competitor)
        if isinstance(cell.renews_on, date):
            until = f"{cell.renews_on.month}/{cell.renews_on.year % 100:02}"
            word += f" {view.say('white_space.until', month=until)}"
    words = formats.thousands(value, view.language) if value is not None else view.open
    worth_ = float(value) if value is not None else None
    return b.MapSpace(_offering(view, cell), cell.state, word, words, worth_, view.source(cell))


# --- the page --------------------------------------------------------------------------------


def headline(view: View) -> str:
    """The finding: what lies behind departments where nobody knows us."""
    known = _contacted(view)
    others = [key for key, contacted in known.items() if contacted is not True]
    cells = view.account.whitespace
    number = view.in_words(len(others))
    if not others:
        amount = open_potential(cells)
        if not amount:
            return view.say("strategy_map.headline_reached")
        return view.say("strategy_map.headline_reached_open", amount=view.money(amount))
    amounts = [open_potential(tuple(c for c in cells if _home(c.department, known) == key)) for key in others]  # fmt: skip
    if worth := [amount for amount in amounts if amount]:  # of the others it is not known
        number, behind = view.in_words(len(worth)), view.money(sum(worth, Decimal(0)))
        return view.say("strategy_map.headline", count=len(worth), number=number, amount=behind)
    return view.sentence(view.say("strategy_map.headline_unknown", count=len(others), number=number))  # fmt: skip


def page(view: View) -> b.Page | None:
    """The map on the whole page; for us alone."""
    found = strategy_map(view) if view.internal else None
    if found is None:
        return None
    tab = view.say("page.strategy_map")
    return b.Page(
        "strategy-map", tab, headline(view), (found,),
        eyebrow=((view.say("page.client"), ""), (tab, "")), group=view.say("page.client"),
    )  # fmt: skip
