"""Reviews: what was reached, what was missed and what follows, what the client said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from planwerk import blocks as b
from planwerk.compose.sections import goals
from planwerk.compose.view import View
from planwerk.model.plan import Commitment, NextStep, Outcome, Review
from planwerk.model.portfolio import Period
from planwerk.model.workspace import say


def held(period: Period, today: date) -> bool:
    """Whether the period's review has taken place by that day."""
    review = period.review
    return review is not None and isinstance(review.held_on, date) and review.held_on <= today


def latest(view: View) -> Period | None:
    """The newest period with a held review, else the newest that has one prepared."""
    reviewed = [p for p in view.account.periods if p.review]
    done = [p for p in reviewed if held(p, view.today)]
    found = done or reviewed
    return found[-1] if found else None


def lessons(view: View) -> b.Lessons | None:
    """Every miss with cause, lesson and the step that follows."""
    period = view.period
    review = period.review if period else None
    if period is None or review is None:
        return None
    outcomes = {outcome.kpi: outcome for outcome in review.outcomes}
    rows = [
        _lesson(view, period, review, outcomes.get(result.kpi), result.kpi)
        for _, result in goals.ordered(period, period.plan.kpis)
        if result.status in ("missed", "close_missed")
        and (outcomes.get(result.kpi) or _step(review, result.kpi))
    ]
    if not rows:
        return None
    heads = tuple(view.say(f"review.{h}") for h in ("missed_kpi", "cause", "lesson", "next_step"))
    return b.Lessons(
        tuple(rows), (heads[0], heads[1], heads[2], heads[3]), view.say("review.misses")
    )


def _step(review: Review, kpi: str) -> int | None:
    return next((i for i, s in enumerate(review.next_steps) if s.for_ == f"kpi:{kpi}"), None)


def _lesson(
    view: View, period: Period, review: Review, outcome: Outcome | None, kpi: str
) -> b.Lesson:
    result = period.result(kpi)
    assert result is not None
    at = _step(review, kpi)
    step = review.next_steps[at] if at is not None else None
    return b.Lesson(
        view.kpi_name(kpi),
        view.value(result.actual, result),
        view.say("review.instead_of", target=view.value(result.target, result)),
        view.status(result),
        (view.text(outcome.cause) if outcome else "") or view.open,
        (view.text(outcome.lesson) if outcome else "") or view.open,
        step.title if step else view.open,
        view.name(step.accountable) if step else "",
        view.say("word.by_day", day=view.day(step.due)) if step else "",
        view.origin("outcomes", kpi),
        view.source(outcome) or view.source(step),
    )


def quotes(view: View, kinds: tuple[str, ...]) -> b.Quotes | None:
    """What people said, of these kinds; only people the reader may see."""
    review = view.period.review if view.period else None
    items = []
    for index, said in enumerate(review.feedback if review else ()):
        who = view.person(said.from_)
        if said.kind in kinds and who:
            kind = view.say(f"feedback.{said.kind}")
            when = view.long_day(said.on)
            origin = view.origin("feedback", str(index), "quote")
            source = view.source(said)
            items.append(b.Quote(said.quote.strip(), who, when, kind, origin, source))
    label = view.say("review.in_their_words" if view.internal else "review.in_your_words")
    return b.Quotes(tuple(items), label) if items else None


KEPT: dict[str, b.Level] = {"achieved": "good", "partly": "warn", "missed": "bad"}


def commitments(view: View) -> b.Table | None:
    """What became of the next steps of the reviews before; only steps the reader may see."""
    review = view.period.review if view.period else None
    steps = _promised(view)
    rows = [
        _kept(view, steps[kept.step], kept)
        for kept in (review.commitments if review else ())
        if kept.step in steps
    ]
    columns = (
        b.Column(view.say("review.promise"), wide=True),
        b.Column(view.say("review.result")),
        b.Column(view.say("review.note"), wide=True),
    )
    return b.Table(columns, tuple(rows), view.say("review.commitments")) if rows else None


def _kept(view: View, step: NextStep, kept: Commitment) -> b.Row:
    status = b.Status(KEPT[kept.result], view.say(f"commitment.{kept.result}"))
    cells = (
        view.sourced(b.Cell(b.text(step.title), note=view.name(step.accountable)), kept),
        b.Cell(status=status),
        view.cell(kept.note),
    )
    origin = view.origin("commitments", kept.step, "note")
    return b.Row(cells, origin=origin, sources=view.sources(step))


def _promised(view: View) -> dict[str, NextStep]:
    """The next steps of the reviews before this period's, by id; of two the newer one."""
    found: dict[str, NextStep] = {}
    for period in view.account.periods:
        if view.period is None or period.id == view.period.id:
            break
        found |= {step.id: step for step in (period.review.next_steps if period.review else ())}
    return found


def commitments_title(view: View, table: b.Table) -> str:
    """How many promises were kept."""
    total = len(table.rows)
    if total == 1:
        return view.sentence(view.say("review.commitment_title"))
    good = sum(any(c.status and c.status.level == "good" for c in row.cells) for row in table.rows)
    facts = {"good": view.in_words(good), "total": view.in_words(total)}
    return view.sentence(view.say("review.commitments_title", count=good, **facts))


def highlights(view: View) -> b.Table | None:
    """What was reached, and what stood out."""
    period = view.period
    if period is None or period.review is None:
        return None
    outcomes = {outcome.kpi: outcome for outcome in period.review.outcomes}
    rows = []
    for _, result in goals.ordered(period, period.plan.kpis):
        if result.status == "reached":
            note = outcomes[result.kpi].highlight if result.kpi in outcomes else ""
            rows.append(
                b.Row(
                    (
                        _kpi_cell(view, result.kpi, outcomes),
                        b.Cell(b.text(view.value(result.target, result))),
                        b.Cell(b.text(view.value(result.actual, result)), strong=True),
                        b.Cell(status=view.status(result)),
                        b.Cell(b.text(view.text(note))),
                    ),
                    origin=view.origin("outcomes", result.kpi, "highlight"),
                )
            )
    if not rows:
        return None
    columns = (
        b.Column(view.say("review.kpi")),
        b.Column(view.say("portal.target"), "right"),
        b.Column(view.say("portal.actual"), "right"),
        b.Column(view.say("portal.status")),
        b.Column(view.say("review.what_worked"), wide=True),
    )
    return b.Table(columns, tuple(rows), view.say("review.reached"))


def _kpi_cell(view: View, kpi: str, outcomes: Mapping[str, Outcome]) -> b.Cell:
    return b.Cell(b.text(view.kpi_name(kpi)), source=view.source(outcomes.get(kpi)))


def problems(view: View) -> b.Table | None:
    """Problems with the team that answers, examples and state."""
    review = view.period.review if view.period else None
    if review is None or not review.problems:
        return None
    rows = []
    for problem in review.problems:
        answered = isinstance(problem.answered_on, date)
        late = isinstance(problem.answer_due, date) and problem.answer_due < view.today
        level: b.Level = "done" if answered else "bad" if late else "run"
        key = "answered" if answered else "overdue" if late else "being_worked_on"
        team = view.portfolio.teams.get(problem.team)
        shown = [view.text(e.what).strip() for e in problem.examples[:1]]
        rows.append(
            b.Row(
                (
                    view.sourced(b.Cell(b.text(problem.title), note="; ".join(shown)), problem),
                    b.Cell(b.text(say(team.name, view.language) if team else "")),
                    b.Cell(b.text(view.day(problem.answer_due))),
                    b.Cell(status=b.Status(level, view.say(f"problem_state.{key}"))),
                ),
                origin=view.origin("problems", problem.id, "title"),
            )
        )
    columns = (
        b.Column(view.say("review.problem"), wide=True),
        b.Column(view.say("review.team")),
        b.Column(view.say("review.answer_due")),
        b.Column(view.say("portal.status")),
    )
    return b.Table(columns, tuple(rows), view.say("review.problems"))


def next_steps(view: View) -> b.Table | None:
    """What follows from the review: each step with a person and a day."""
    review = view.period.review if view.period else None
    steps = sorted(review.next_steps if review else (), key=lambda step: str(step.due))
    rows = tuple(
        b.Row(
            (
                view.sourced(b.Cell(b.text(view.text(step.title))), step),
                view.person_cell(step.accountable),
                b.Cell(b.text(view.day(step.due))),
            ),
            origin=view.origin("next_steps", step.id, "title"),
        )
        for step in steps
    )
    columns = (
        b.Column(view.say("review.next_step"), wide=True),
        b.Column(view.say("review.who")),
        b.Column(view.say("review.until")),
    )
    return b.Table(columns, rows, view.say("review.next_steps")) if rows else None


def decided(view: View) -> b.Bullets | None:
    """What was decided in the meeting."""
    review = view.period.review if view.period else None
    if review is None or not review.decisions:
        return None
    items = []
    for decision in review.decisions:
        who = view.name(decision.decided_by)
        words = decision.text + (f" ({who})" if who else "")
        items.append((b.Paragraph(b.text(words), source=view.source(decision)),))
    return b.Bullets(tuple(items))


def gaps(view: View) -> tuple[b.Section, ...]:
    """How we want to work better, and whose help would; for us alone."""
    review = view.period.review if view.period else None
    if review is None or not view.internal:
        return ()
    out = []
    if review.workflow_gaps:
        source = view.source(review)
        items = tuple(
            (b.Paragraph(b.text(view.text(g)), source=source),) for g in review.workflow_gaps
        )
        out.append(b.Section(view.say("review.workflow_gaps"), (b.Bullets(items),), quiet=True))
    if review.help_wanted:
        dated = tuple(
            b.Dated(view.day(h.by), h.what.strip(), _team(view, h.team), source=view.source(h))
            for h in sorted(review.help_wanted, key=lambda h: str(h.by))
        )
        label = view.say("review.help_wanted")
        out.append(b.Section(label, (b.DatedList(dated, label),), quiet=True))
    return tuple(out)


def _team(view: View, name: str) -> str:
    team = view.portfolio.teams.get(name)
    return (say(team.name, view.language)) if team else ""


def _sections(view: View) -> tuple[b.Section, ...]:
    parts: list[tuple[str, b.Block | None]] = [
        ("commitments", commitments(view)),
        ("reached", highlights(view)),
        ("misses", lessons(view)),
        (
            "in_their_words" if view.internal else "in_your_words",
            quotes(view, ("praise", "complaint")),
        ),
        ("wishes", quotes(view, ("change_wish", "initiative"))),
        ("problems", problems(view)),
        ("decisions", decided(view)),
    ]
    return tuple(b.Section(view.say(f"review.{key}"), (part,)) for key, part in parts if part)


def headline(view: View) -> str:
    """The finding of a review: how many KPIs were reached."""
    period = view.period
    if period is None or not period.results:
        return view.say("review.prepared_title")
    return goals.count_sentence(view, [r.status for r in period.results], "kpis")


def page(view: View) -> b.Page | None:
    """The newest review; the one ahead is named with its day."""
    period = latest(view)
    if period is None:
        return None
    seen = view.at(period)
    sections = _sections(seen) + gaps(seen)
    ahead = _ahead(view)
    if not sections and not ahead:
        return None
    blocks: list[b.Block] = [*ahead, *sections]
    when = period.review.held_on if period.review else None
    name = seen.period_name()
    if isinstance(when, date):
        title = view.say("review.page_title", period=name, finding=headline(seen))
    else:
        title = view.say("review.prepared_title")
    return b.Page(
        "reviews",
        view.say("page.reviews"),
        title,
        tuple(blocks),
        eyebrow=((view.say("page.reviews"), ""), (name, ""), (view.long_day(when), "")),
    )


def _ahead(view: View) -> tuple[b.Block, ...]:
    """The next review that is planned, or that should have been held."""
    for period in view.account.periods:
        review = period.review
        if review and not held(period, view.today) and isinstance(review.planned_for, date):
            key = "review.ahead" if review.planned_for >= view.today else "review.not_held"
            words = view.say(key, period=view.period_name(period), day=view.long_day(review.planned_for))  # fmt: skip
            return (b.Paragraph(b.text(words), "lead"),)
    return ()


def chapter(view: View) -> b.Chapter | None:
    """The newest review as a chapter."""
    period = latest(view)
    if period is None:
        return None
    seen = view.at(period)
    sections = _sections(seen) + gaps(seen)
    if not sections:
        return None
    title = view.say("review.chapter", period=seen.period_name())
    return b.Chapter(title, headline(seen) + ".", sections)
