"""What a plan adds to its decks by itself: titles of its own, and slides at the place they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from planwerk import blocks as b
from planwerk.compose.decks.notes import points
from planwerk.compose.decks.shown import SHOWN
from planwerk.compose.sections import goals
from planwerk.compose.view import View
from planwerk.model.measured import Measured
from planwerk.model.outputs import DeckName
from planwerk.model.slides import OwnSlide

END = ("questions", "decisions", "next", "annex")
"""Sections that close a meeting: what has no place of its own stands before the first of them."""
ABOVE = (b.Cards, b.Goals, b.Sides, b.Table, b.Decisions)
"""What takes the whole width, and grows and shrinks with the height that is left."""
TREND = 3
"""Values that a line is drawn of."""


def with_own(view: View, deck: DeckName, made: Mapping[str, list[b.Slide]]) -> list[b.Slide]:
    """The slides of a deck's sections, in their order, with the titles and slides of the plan."""
    titles = _titles(view, deck)
    slides = [slide for slide in _slides(view) if not slide.decks or deck in slide.decks]
    end = next((name for name in made if name in END), "")
    out: list[b.Slide] = []
    for name, of_section in made.items():
        if name == end:
            out += _made(view, (s for s in slides if s.after not in made))
        first, rest = of_section[:1], of_section[1:]
        if name in titles:
            title, origin = titles[name]
            first = [replace(slide, title=title, titled=origin) for slide in first]
        out += [*first, *rest]
        kicker = first[0].kicker.partition(" · ")[0] if first else ""
        out += _made(view, (s for s in slides if s.after == name), kicker)
    return out if end else out + _made(view, (s for s in slides if s.after not in made))


def _titles(view: View, deck: str) -> dict[str, tuple[str, str]]:
    """By section the plan's own title, and its origin."""
    own = view.period.slides.titles if view.period else ()
    return {t.section: (t.title, view.origin("titles", t.id, "title")) for t in own if t.deck == deck}  # fmt: skip


def _slides(view: View) -> Sequence[OwnSlide]:
    return view.period.slides.slides if view.period else ()


def _made(view: View, slides: Iterable[OwnSlide], kicker: str = "") -> list[b.Slide]:
    """These slides; none for one that shows its reader nothing."""
    made = []
    for slide in slides:
        if body := _body(view, slide):
            found = b.Slide(
                slide.topic or kicker or view.say("deck.own"),
                slide.title,
                body,
                source=_source(view, slide),
                notes="\n".join(_notes(view, slide)),
                origin=view.origin("slides", slide.id),
                titled=view.origin("slides", slide.id, "title"),
            )
            made.append(found)
    return made


def _notes(view: View, slide: OwnSlide) -> Iterator[str]:
    """What its author wants to say, line by line."""
    for note in slide.notes:
        for block in view.prose(note.text):
            yield from points(block)


def _body(view: View, slide: OwnSlide) -> b.Block | None:
    """The text, the KPIs or what is named."""
    assert view.period is not None
    words = view.prose(slide.text, view.period.id)
    return arranged(words, _shown(view, slide, alone=not words))


def arranged(words: Sequence[b.Block], shown: b.Block | None) -> b.Block | None:
    """A text and what is shown with it: above what takes the whole width, and beside all else, which
    gets a slide of its own where half of one is too narrow."""
    text = words[0] if len(words) == 1 else b.Section("", tuple(words))
    if shown is None:
        return text if words else None
    if not words:
        return shown
    if isinstance(shown, ABOVE):
        return b.Section("", (*words, shown))
    return b.Beside(((text,), (shown,)), (5, 7))


def _shown(view: View, slide: OwnSlide, alone: bool) -> b.Block | None:
    """The one object of the slide."""
    if results := _results(view, slide):
        assert view.period is not None
        if len(results) == 1 and not alone and len(results[0].series) >= TREND:
            return goals.chart(view, results[0])
        cards = tuple(goals.card(view, result) for result in results)
        return b.Cards(cards, view.say("kpis.label"), goals.rule(view, view.period))
    return SHOWN[slide.table](view) if slide.table else None


def _results(view: View, slide: OwnSlide) -> list[Measured]:
    """How its KPIs stand, as far as the reader may know."""
    assert view.period is not None
    return [found for kpi in slide.kpis if (found := view.period.result(kpi))]


def _source(view: View, slide: OwnSlide) -> str:
    if view.period is None or not _results(view, slide):
        return ""
    return goals.stands(view, view.period)
