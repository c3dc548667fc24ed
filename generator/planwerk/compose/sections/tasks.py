"""Tasks: who does what by when, on our side, at the client and at partners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections import ahead, drift
from planwerk.compose.sections.taking_part import taking_part
from planwerk.compose.view import View, due_key
from planwerk.model.plan import Task
from planwerk.model.portfolio import Period

AT_HAND = 8
"""How many tasks are at hand on a page."""
SIDES: tuple[b.Side, ...] = ("client", "us", "partner")


def headline(view: View) -> str:
    """The finding: what is late, else what comes next."""
    tasks = view.period.tasks.tasks if view.period else ()
    late = [t for t in tasks if view.is_late(t)]
    undone = [t for t in tasks if not isinstance(t.done_on, date)]
    if late and len(tasks) == 1:
        return view.sentence(view.say("tasks.only_late"))
    if late:
        return view.sentence(view.say("tasks.some_late", count=len(late), number=view.in_words(len(late)), total=view.in_words(len(tasks))))  # fmt: skip
    if not undone:
        return view.say("tasks.all_done") if tasks else view.say("tasks.none")
    return view.sentence(view.say("tasks.in_time", count=len(undone), number=view.in_words(len(undone))))  # fmt: skip


def summary(view: View, tasks: tuple[Task, ...]) -> str:
    """ "2 von 5 erledigt, 1 überfällig" """
    done = sum(isinstance(t.done_on, date) for t in tasks)
    late = sum(view.is_late(t) for t in tasks)
    words = view.say("tasks.done_of", done=done, total=len(tasks))
    return words + (", " + view.say("tasks.late", count=late) if late else "")


def timeline(view: View, period: Period) -> b.Timeline | None:
    """The tasks as bars by side, with milestones and today."""
    lanes = tuple(_lane(view, side) for side in SIDES if view.tasks_of(side))
    bars = [bar for lane in lanes for bar in lane.bars]
    if not bars:
        return None
    start = min(period.plan.from_, *(bar.start for bar in bars)).replace(day=1)
    end = max(period.plan.to, *(bar.due for bar in bars))
    milestones = tuple(
        b.Event(m.on, m.title, view.day(m.on), "chance", view.source(m))
        for m in sorted(period.tasks.milestones, key=lambda m: str(m.on))
        if isinstance(m.on, date) and start <= m.on <= end
    )
    return b.Timeline(
        start,
        end,
        view.today,
        lanes,
        milestones,
        months(view, start, end),
        view.say("tasks.timeline"),
        _description(view, period, len(bars)),
        view.say("word.today_is", day=formats.short_day(view.today, view.language)),
        (view.say("portal.task"), view.say("portal.who"), view.say("portal.due")),
        _legend(view, bars, bool(milestones)),
    )


def _legend(view: View, bars: list[b.Bar], milestones: bool) -> tuple[str, ...]:
    """What the signs of a timeline mean, those that it has."""
    ids = {bar.id for bar in bars}
    signs = {
        "elapsed": any(bar.done is None and bar.start < view.today for bar in bars),
        "over": any(bar.status.level == "bad" for bar in bars),
        "arrow": any(ids & set(bar.waits_for) for bar in bars),
        "diamond": milestones,
    }
    return tuple(view.say(f"tasks.sign.{name}") for name, there in signs.items() if there)


def _description(view: View, period: Period, count: int) -> str:
    late = sum(view.is_late(t) for t in period.tasks.tasks)
    return view.say("tasks.description", count=count, late=late, period=view.period_name(period))


def _lane(view: View, side: b.Side) -> b.Lane:
    tasks = view.tasks_of(side)
    bars = tuple(_bar(view, t) for t in tasks if isinstance(t.due, date))
    return b.Lane(view.side_name(side), side, bars, summary(view, tasks))


def _bar(view: View, task: Task) -> b.Bar:
    due = task.due
    assert isinstance(due, date)
    start = task.start if isinstance(task.start, date) else due - timedelta(days=14)
    return b.Bar(
        task.title,
        view.name(task.accountable),
        min(start, due),
        due,
        view.task_status(task),
        view.day(due),
        task.done_on if isinstance(task.done_on, date) else None,
        view.origin("tasks", task.id, "title"),
        task.id,
        task.depends_on,
        held(view, task),
        view.source(task),
    )


def held(view: View, task: Task) -> str:
    """What holds a task up, in words; "" where nothing does."""
    other = view.waits_on(task)
    return view.say("tasks.waits_on", what=other.title) if other else ""


def months(view: View, start: date, end: date) -> tuple[b.Event, ...]:
    """The first day of each month from `start` to `end` with its name."""
    out, day = [], start.replace(day=1)
    while day <= end:
        name = formats.month(day, view.language)
        out.append(b.Event(day, name, formats.month(day, view.language, full=True)))
        day = (day + timedelta(days=32)).replace(day=1)
    return tuple(out)


def dated(view: View, task: Task) -> b.Dated:
    """A task as one thing with a day."""
    goals = {g.id: g.title for g in view.period.plan.goals} if view.period else {}
    return b.Dated(
        view.day(task.due_day),
        task.title,
        view.name(task.accountable),
        view.task_status(task),
        goals.get(task.goal or "", ""),
        view.origin("tasks", task.id, "title"),
        source=view.source(task),
    )


def by_side(
    view: View, *, undone: bool = False, limit: int = 99, until: date = date.max
) -> b.Sides:
    """Who does what by when, a column a side; `undone` leaves out what is done, `until` what is due
    later or on no day. How many there are is said of all, whichever are shown."""
    columns = []
    for side in SIDES:
        tasks = every = view.tasks_of(side)
        if until < date.max:
            tasks = tuple(t for t in tasks if isinstance(t.due, date) and t.due <= until)
        if side == "partner" and not tasks:
            continue
        shown = [t for t in tasks if not (undone and isinstance(t.done_on, date))][:limit]
        columns.append(
            b.SideColumn(
                view.side_name(side),
                side,
                summary(view, every) if every else "",
                tuple(dated(view, t) for t in shown),
                view.say("tasks.nothing_now"),
            )
        )
    return b.Sides(tuple(columns), view.say("tasks.by_side"))


def table(view: View) -> b.Table:
    """Every task by side with person, due day and state."""
    columns = (
        b.Column(view.say("portal.task"), wide=True),
        b.Column(view.say("portal.who")),
        b.Column(view.say("tasks.start")),
        b.Column(view.say("portal.due")),
        b.Column(view.say("portal.status")),
    )
    rows: list[b.Row] = []
    for side in SIDES:
        tasks = view.tasks_of(side)
        if tasks:
            head = f"{view.side_name(side)} · {summary(view, tasks)}"
            rows.append(b.Row((b.Cell(b.text(head)), *(b.Cell() for _ in range(4))), "group"))
        rows += [_table_row(view, task) for task in tasks]
    return b.Table(columns, tuple(rows), view.say("tasks.label"), view.say("tasks.caption"))


def _table_row(view: View, task: Task) -> b.Row:
    note = "; ".join(filter(None, (drift.note(view, "tasks", task.id), held(view, task))))
    return b.Row(
        (
            view.sourced(b.Cell(b.text(task.title), note=note), task),
            view.person_cell(task.accountable),
            b.Cell(b.text(view.day(task.start))),
            b.Cell(b.text(view.day(task.due_day))),
            b.Cell(status=view.task_status(task)),
        ),
        "late" if view.is_late(task) else "normal",
        view.origin("tasks", task.id, "title"),
    )


def counts(view: View, tasks: tuple[Task, ...]) -> str:
    """ "1 überfällig, 2 laufen, 5 geplant, 8 erledigt" """
    levels: Counter[str] = Counter(view.task_status(task).level for task in tasks)
    kinds = (("late", "bad"), ("waiting", "warn"), ("running", "run"), ("planned", "plan"), ("done", "done"))  # fmt: skip
    return ", ".join(view.say(f"tasks.count.{kind}", count=levels[level]) for kind, level in kinds if levels[level])  # fmt: skip


def at_hand(view: View) -> b.DatedList | None:
    """What is late or due within two weeks, the latest first, and what a late one holds up."""
    if view.period is None:
        return None
    tasks = view.period.tasks.tasks
    soon = view.today + timedelta(days=14)
    near = [t for t in tasks if isinstance(t.due, date) and t.due <= soon and not isinstance(t.done_on, date)]  # fmt: skip
    items = []
    for task in sorted(near, key=due_key)[:AT_HAND]:
        behind = [other.title for other in tasks if view.waits_on(other) is task]
        detail = view.say("tasks.holds_up", what=behind[0]) if behind else held(view, task)
        row = dated(view, task)
        items.append(replace(row, who="; ".join(filter(None, (row.who, detail)))))
    return b.DatedList(tuple(items), view.say("tasks.now")) if items else None


def decisions(view: View) -> b.Decisions | None:
    """The questions still to decide, the soonest first."""
    if view.period is None:
        return None
    items = sorted(
        (d for d in view.period.tasks.decisions if not isinstance(d.decided_on, date)),
        key=lambda d: str(d.due),
    )
    if not items:
        return None
    rows = tuple(
        b.Decision(
            d.question,
            view.say("decisions.recommend", what=view.text(d.recommendation))
            if d.recommendation
            else "",
            view.name(d.decided_by),
            view.say("word.by_day", day=view.day(d.due)) if d.due else "",
            b.Status("open", view.open),
            view.origin("decisions", d.id, "question"),
            view.source(d),
        )
        for d in items
    )
    return b.Decisions(rows, view.say("decisions.label"), view.say("decisions.decides"))


def page(view: View) -> b.Page | None:
    """Timeline, what is at hand and to decide, who takes part, then everything in a table."""
    period = view.period
    if period is None or not period.tasks.tasks:
        return None
    blocks: list[b.Block] = []
    if plan := timeline(view, period):
        blocks.append(
            b.Section(view.say("tasks.timeline"), (plan,), counts(view, period.tasks.tasks))
        )
    parts: list[b.Block] = (
        [b.Section(view.say("tasks.now"), (now,))] if (now := at_hand(view)) else []
    )
    beside: list[b.Block] = []
    if open_questions := decisions(view):
        beside.append(b.Section(view.say("decisions.label"), (open_questions,)))
    if dates := ahead.next_dates(view):  # the timeline has no room for all names of milestones
        beside.append(b.Section(view.say("overview.next"), (dates,)))
    if parts and beside:
        blocks.append(b.Beside((tuple(parts), tuple(beside)), (1, 1)))
    else:
        blocks += (*parts, *beside)
    if involved := taking_part(view):
        blocks.append(b.Section(view.say("tasks.involved"), (involved,)))
    blocks.append(b.Section(view.say("tasks.label"), (table(view),), quiet=True))
    blocks += drift.section(view, drift.dates(view))
    return b.Page(
        "tasks",
        view.say("page.tasks"),
        headline(view),
        tuple(blocks),
        eyebrow=((view.say("page.tasks"), ""), (view.period_name(), "")),
    )


def chapter(view: View) -> b.Chapter | None:
    """The timeline and the table of all tasks."""
    period = view.period
    if period is None or not period.tasks.tasks:
        return None
    blocks: list[b.Block] = [timeline(view, period) or table(view)]
    if open_questions := decisions(view):
        blocks.append(b.Section(view.say("decisions.label"), (open_questions,)))
    blocks += drift.section(view, drift.dates(view))
    return b.Chapter(view.say("page.tasks"), headline(view) + ".", tuple(blocks))


def course_slides(view: View) -> Iterator[b.Slide]:
    """The timeline."""
    if view.period and view.period.tasks.tasks and (plan := timeline(view, view.period)):
        sub = view.say("deck.plan_sub", period=view.period_name())
        source = view.say("deck.gantt_source", day=formats.full_day(view.today, view.language))
        yield b.Slide(view.say("deck.plan"), headline(view), plan, sub, source, origin=view.origin("tasks"))  # fmt: skip


def next_slides(view: View) -> Iterator[b.Slide]:
    """Who does what by when, of what is not done."""
    undone = [t for t in view.period.tasks.tasks if not isinstance(t.done_on, date)] if view.period else []  # fmt: skip
    if undone:
        source = view.say("deck.as_of", day=formats.full_day(view.today, view.language))
        yield b.Slide(view.say("deck.who_what"), _next_title(view, undone), by_side(view, undone=True), view.say("deck.who_what_sub"), source, origin=view.origin("tasks"))  # fmt: skip


def decision_slides(view: View) -> Iterator[b.Slide]:
    """What is to be decided."""
    if questions := decisions(view):
        count = len(questions.items)
        title = view.sentence(view.say("decisions.title", count=count, number=view.in_words(count)))
        source = view.say("deck.as_of", day=formats.full_day(view.today, view.language))
        yield b.Slide(view.say("decisions.label"), title, questions, view.say("deck.decisions_sub"), source, origin=view.origin("decisions"))  # fmt: skip


def _next_title(view: View, undone: list[Task]) -> str:
    first = sorted(undone, key=due_key)
    horizon = view.today + timedelta(days=30)
    soon = sum(isinstance(t.due, date) and t.due <= horizon for t in first)
    return view.sentence(
        view.say(
            "tasks.next_all" if soon == len(undone) else "tasks.next_title",
            count=len(undone),
            number=view.in_words(len(undone)),
            soon=view.in_words(soon),
            day=formats.long_day(horizon, view.language).rsplit(" ", 1)[0],
        )
    )
