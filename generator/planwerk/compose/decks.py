"""PowerPoint decks: which slides, in which order, with which title slide."""

from __future__ import annotations

from datetime import date

from planwerk import blocks as b
from planwerk.compose.documents.frame import file_name
from planwerk.compose.marks import house, mark
from planwerk.compose.portal import labels
from planwerk.compose.sections import carried, drift, goals, reviews, since, tasks
from planwerk.compose.view import View


def debrief(view: View) -> b.Deck | None:
    """The debrief of the newest reviewed period: results, misses, feedback, the next plan.

    None where nothing has been reviewed or prepared yet.
    """
    period = reviews.latest(view)
    if period is None or not period.plan.goals:
        return None
    then = view.at(period)
    slides = [
        _goals(then),
        *since.slides(then, period),
        *goals.slides(then),
        *drift.slides(then),
        *reviews.slides(then),
    ]
    following = view.account.current(view.today)
    if following and following.id != period.id:
        now = view.at(following)
        slides += [*_rationale(now), *carried.slides(now), _goals(now), *tasks.slides(now)]
    else:
        slides += tasks.slides(then)
    return _deck(then, tuple(s for s in slides if s))


def _goals(view: View) -> b.Slide | None:
    """What was agreed for the period."""
    period = view.period
    if period is None or not period.plan.goals:
        return None
    count = len(period.plan.goals)
    words = view.say("deck.goals_title", count=count, number=view.in_words(count), period=view.period_name())  # fmt: skip
    return b.Slide(
        view.say("deck.goals"),
        view.sentence(words),
        goals.table(view, period),
        source=goals.rule(view, period) if view.closed(period) else "",
        origin=view.origin("goals"),
    )


def _rationale(view: View) -> tuple[b.Slide, ...]:
    """Why the next plan is what it is."""
    period = view.period
    if period is None or not isinstance(period.plan.rationale, str) or not period.plan.rationale:
        return ()
    parts = view.prose(period.plan.rationale, period.id)
    if isinstance(period.plan.vision, str) and period.plan.vision:
        vision = (b.Paragraph(b.text(view.text(period.plan.vision)), "lead"),)
        why = b.Section(view.say("plan.rationale"), parts)
        body: b.Block = b.Beside(((b.Section(view.say("plan.vision"), vision),), (why,)), (1, 1))
    else:
        body = b.Section(view.say("plan.rationale"), parts)
    title = view.say("deck.rationale_title", period=view.period_name())
    return (b.Slide(view.say("deck.next_plan"), title, body, origin=view.origin("rationale")),)


def _deck(view: View, slides: tuple[b.Slide, ...]) -> b.Deck:
    kind = view.say("deck.debrief")
    us = house(view.portfolio, view.say)
    review = view.period.review if view.period else None
    when = (review.held_on if review and isinstance(review.held_on, date) else review.planned_for) if review else None  # fmt: skip
    facts = [(view.say("deck.date"), view.long_day(when) or view.long_day(view.today))]
    facts += [(view.say("deck.client"), view.client), (view.say("deck.us"), us)]
    names = [n for p in (review.attendees if review else ()) if (n := view.name(p))]
    if names:
        facts.append((view.say("deck.attendees"), ", ".join(names)))
    return b.Deck(
        name=file_name(kind, view),
        title=kind,
        subtitle=view.period_name(),
        language=view.language,
        slides=slides,
        facts=tuple(facts),
        footer=view.say(
            "deck.footer",
            organisation=us,
            kind=kind,
            client=view.client,
            day=view.long_day(when) or view.long_day(view.today),
        ),
        author=us,
        as_of=view.today,
        labels=labels(view.say),
        mark=mark(view.portfolio, view.account.draft, view.say),
    )
