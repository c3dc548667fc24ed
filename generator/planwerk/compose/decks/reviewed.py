"""Slides of a review: promises, what was reached and missed, what was said, reported and decided."""

from __future__ import annotations

from collections.abc import Iterator

from planwerk import blocks as b
from planwerk.compose.decks.frame import beside, told
from planwerk.compose.documents.minutes import ASKED
from planwerk.compose.sections import reviews
from planwerk.compose.view import View

PRAISE, WISHES = ("praise", "complaint"), ("change_wish", "initiative")


def promised(view: View) -> Iterator[b.Slide]:
    """What became of what both sides had promised."""
    if found := reviews.commitments(view):
        yield b.Slide(view.say("review.commitments"), reviews.commitments_title(view, found), found, origin=view.origin("commitments"))  # fmt: skip


def agreed_last(view: View) -> Iterator[b.Slide]:
    """What was promised in the last review, scored where that was done already."""
    if scored := [*promised(view)]:
        yield from scored
    elif (last := reviews.latest(view)) and (steps := reviews.next_steps(view.at(last))):
        seen = view.at(last)
        title = told(seen, "deck.agreed_last_title", len(steps.rows), period=seen.period_name())
        yield b.Slide(view.say("deck.agreed_last"), title, steps, origin=seen.origin("next_steps"))


def worked(view: View) -> Iterator[b.Slide]:
    """What was reached, and what stood out."""
    if found := reviews.highlights(view):
        title = told(view, "review.reached_title", len(found.rows))
        yield b.Slide(view.say("review.what_worked"), title, found, origin=view.origin("outcomes"))


def missed(view: View) -> Iterator[b.Slide]:
    """Every miss with its cause, the lesson and the step that follows."""
    if found := reviews.lessons(view):
        title = told(view, "review.missed_title", len(found.items))
        source = view.say("review.missed_source")
        yield b.Slide(view.say("review.misses"), title, found, source=source, origin=view.origin("outcomes"))  # fmt: skip


def in_your_words(view: View) -> Iterator[b.Slide]:
    """What people praised and complained of."""
    whose = "in_their_words" if view.internal else "in_your_words"
    yield from _quoted(view, PRAISE, whose)


def wished(view: View) -> Iterator[b.Slide]:
    """What people wish for, and what they are about to do."""
    yield from _quoted(view, WISHES, "wishes")


def _quoted(view: View, kinds: tuple[str, ...], key: str) -> Iterator[b.Slide]:
    if said := reviews.quotes(view, kinds):
        title = told(view, f"review.{key}_title", len(said.items))
        yield b.Slide(view.say(f"review.{key}"), title, said, origin=view.origin("feedback"))


def problems(view: View) -> Iterator[b.Slide]:
    """Problems with the team that answers, examples and state."""
    if found := reviews.problems(view):
        title = told(view, "review.problems_title", len(found.rows))
        yield b.Slide(view.say("review.problems"), title, found, origin=view.origin("problems"))


def decided(view: View) -> Iterator[b.Slide]:
    """What was decided in the meeting."""
    if found := reviews.decided(view):
        title = told(view, "review.decided_title", len(found.items))
        yield b.Slide(view.say("review.decisions"), title, found, origin=view.origin("decisions"))


def asked(view: View) -> Iterator[b.Slide]:
    """The questions for an honest opinion, while the meeting lies ahead."""
    period = view.period
    if period is None or period.review is None or reviews.held(period, view.today):
        return
    items = tuple((b.Paragraph(b.text(view.say(f"form.{name}"))),) for name in ASKED)
    title = view.say("deck.asked_title")
    yield b.Slide(view.say("deck.asked"), title, b.Bullets(items, ordered=True), source=view.say("deck.asked_source"), origin=view.origin("planned_for"))  # fmt: skip


def gaps(view: View) -> Iterator[b.Slide]:
    """How we want to work better, and whose help would; for us alone."""
    if found := reviews.gaps(view):
        count = sum(len(block.items) for part in found for block in part.blocks if isinstance(block, b.Bullets | b.DatedList))  # fmt: skip
        yield b.Slide(view.say("deck.gaps"), told(view, "deck.gaps_title", count), beside(found), origin=view.origin("workflow_gaps"))  # fmt: skip
