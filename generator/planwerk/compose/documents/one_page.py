"""The plan on one page: figures, goals, who does what, people, white space, risks. Internal.

Each table holds its rows in the order in which they matter: what the page has no room for is
counted in its last row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from planwerk import blocks as b
from planwerk.compose.documents.frame import ordered, page
from planwerk.compose.sections import goals, overview, risks, white_space
from planwerk.compose.sections.relations import disposition, influence
from planwerk.compose.view import View, due_key
from planwerk.model.portfolio import Period

CARDS = 5


def one_page(view: View) -> b.Document | None:
    """The running plan on a page; None where nothing is planned."""
    period = view.period
    if period is None or not period.plan.goals:
        return None
    asked = view.portfolio.workspace.documents.one_page
    made = [(weight, block) for make, weight in ordered(asked, PARTS) if (block := make(view, period))]  # fmt: skip
    cards = goals.cards(view, period, CARDS)
    blocks: tuple[b.Block, ...] = (b.Cards(cards.items, cards.label), *_columns(made))
    vision = period.plan.vision
    lead = view.text(vision) if isinstance(vision, str) and vision else overview.headline(view) + "."  # fmt: skip
    return page(view, view.say("document.one_page"), b.Chapter("", lead, blocks, landscape=True))


def _columns(made: Sequence[tuple[int, b.Block]]) -> Iterator[b.Beside]:
    """The parts in three columns, cut so that they are about equally long."""
    if not made:
        return
    weights, count = [weight for weight, _ in made], len(made)

    def uneven(cuts: tuple[int, int]) -> int:
        first, second = cuts
        parts = (weights[:first], weights[first:second], weights[second:])
        return sum(sum(part) ** 2 for part in parts)

    first, second = min(((i, j) for i in range(count + 1) for j in range(i, count + 1)), key=uneven)
    blocks = tuple(block for _, block in made)
    parts = tuple(part for part in (blocks[:first], blocks[first:second], blocks[second:]) if part)
    yield b.Beside(parts, (1,) * len(parts))


def _table(
    view: View, title: str, heads: Sequence[str], rows: Iterable[Sequence[b.Cell]], right: str = ""
) -> b.Section | None:
    """A table under its heading; None without rows."""
    made = tuple(b.Row(tuple(cells)) for cells in rows)
    columns = tuple(b.Column(view.say(head), "right" if head == right else "left", n == 0) for n, head in enumerate(heads))  # fmt: skip
    return b.Section(title, (b.Table(columns, made, title),)) if made else None


def _goals(view: View, period: Period) -> b.Section | None:
    """Each KPI of the goals with its target and where it stands."""
    rows = [
        (
            b.Cell(b.text(goal.title)),
            b.Cell(b.text(goal.target)),
            b.Cell(status=goal.status),
        )
        for goal in goals.rows(view, period)
    ]
    until = view.say("one_page.goals", day=view.long_day(period.plan.to))
    return _table(view, until, ("one_page.goal", "portal.target", "portal.status"), rows, "portal.target")  # fmt: skip


def _chart(view: View, period: Period) -> b.Chart | None:
    return overview.main_chart(view, period)


def _tasks(view: View, period: Period) -> b.Section | None:
    """What is not done, the soonest first."""
    tasks = period.tasks.tasks
    rows = [
        (
            b.Cell(b.text(task.title)),
            b.Cell(b.text(view.day(task.due_day)), strong=view.is_late(task)),
            b.Cell(b.text(view.name(task.accountable))),
        )
        for task in sorted((t for t in tasks if not isinstance(t.done_on, date)), key=due_key)
    ]
    return _table(view, view.say("tasks.by_side"), ("portal.task", "portal.due", "portal.who"), rows)  # fmt: skip


def _people(view: View, period: Period) -> b.Section | None:
    """Those with the most influence, and their disposition."""

    people = sorted(view.account.stakeholders, key=lambda p: (-(influence(p) or 0), p.id))
    rows = []
    for person in people:
        who = view.person(f"client:{person.id}")
        name = b.Cell(b.text(who.name)) if who else view.unknown()
        rows.append((name, b.Cell(status=disposition(view, person))))
    return _table(view, view.say("page.stakeholders"), ("one_page.person", "one_page.stands"), rows)


def _space(view: View, period: Period) -> b.Section | None:
    """The open potential of each department, the largest first."""
    cells = [c for c in view.account.whitespace if c.state in white_space.OPEN_SPACE]
    names = white_space.department_names(view)
    departments = {cell.department for cell in cells}
    sums = {name: white_space.open_potential(tuple(c for c in cells if c.department == name)) for name in departments}  # fmt: skip
    rows = [
        (
            b.Cell(b.text(names.get(name, name))),
            b.Cell(b.text(view.money(amount))) if amount is not None else view.unknown(),
        )
        for name, amount in sorted(sums.items(), key=lambda pair: (-(pair[1] or 0), pair[0]))
    ]
    whole = white_space.open_potential(view.account.whitespace)
    title = view.say("one_page.space", amount=view.money(whole) if whole is not None else view.open)
    return _table(view, title, ("one_page.department", "one_page.potential"), rows, "one_page.potential")  # fmt: skip


def _risks(view: View, period: Period) -> b.Section | None:
    """The open risks, the heaviest first."""
    rows = [
        (b.Cell(b.text(view.text(risk.text))), b.Cell(status=risks.level(view, risk)))
        for risk in risks.open_risks(view)
    ]
    return _table(view, view.say("page.risks"), ("one_page.risk", "one_page.weight"), rows)


PARTS: Mapping[str, tuple[Callable[[View, Period], b.Block | None], int]] = {
    "goals": (_goals, 1), "chart": (_chart, 1), "tasks": (_tasks, 3), "stakeholders": (_people, 1),
    "white_space": (_space, 1), "risks": (_risks, 1),
}  # fmt: skip
"""The parts in their order, each with about how much room it needs."""
