"""A deck and a document with every block once, invented, for those who design a template."""

from __future__ import annotations

from datetime import date

from planwerk import blocks as b
from planwerk.compose import portal
from planwerk.compose.sample_pictures import BRANDT, KELLER, PICTURES, Sample
from planwerk.words import Words, load_pictures

TODAY = date(2026, 11, 23)


def sample_deck(words: Words) -> b.Deck:
    """A cover, a slide for every block, a dark one with a number, and one with a long title."""
    say = Sample(load_pictures(words.language), TODAY)
    title = say.words("sample.title")
    drawn = [_slide(say, say.title(name), PICTURES[name](say), say.words(f"{name}.how")) for name in PICTURES]  # fmt: skip
    told = [_slide(say, say.words(f"sample.{name}"), block) for name, block in others(say)]
    long = _slide(say, say.words("sample.long"), others(say)[0][1])
    facts = ((say("person"), KELLER.name), (say("who"), BRANDT.name), (say("due"), "23.11.2026"))
    return b.Deck(
        "sample", title, say.words("sample.subtitle"), words.language, (*drawn, *told, long), facts,
        title, title, TODAY, portal.labels(words),
    )  # fmt: skip


def sample_document(words: Words) -> b.Document:
    """The same blocks in chapters."""
    say = Sample(load_pictures(words.language), TODAY)
    title = say.words("sample.title")
    drawn = [b.Chapter(say.title(name), say.words(f"{name}.how"), (PICTURES[name](say),)) for name in PICTURES]  # fmt: skip
    told = [b.Chapter(say.words(f"sample.{name}"), "", (block,)) for name, block in others(say)]
    return b.Document(
        "sample", title, say.words("sample.subtitle"), words.language, (*drawn, *told),
        ((say("person"), KELLER.name, ""),), title, title, title, TODAY, portal.labels(words),
    )  # fmt: skip


def _slide(say: Sample, title: str, body: b.Block, how: str = "") -> b.Slide:
    return b.Slide(say.words("sample.kicker"), title, body, how, say.words("sample.source"))


def _dated(say: Sample) -> tuple[b.Dated, ...]:
    return (
        b.Dated("20.11.", say("survey"), BRANDT.name, say.status("done", "done"), say("growth")),
        b.Dated("4.12.", say("step"), KELLER.name, say.status("run", "running")),
        b.Dated("18.12.", say("analytics"), BRANDT.name, say.status("plan", "planned")),
    )


def others(say: Sample) -> tuple[tuple[str, b.Block], ...]:
    """Every block that is no picture, by the name of its title."""
    text, dated = b.text, _dated(say)
    rows = tuple(b.Row((b.Cell(text(say(key)), say("effect"), strong=True), b.Cell(text(value)), b.Cell(status=status))) for key, value, status in (("survey", "62", say.status("good", "reached")), ("analytics", "57", say.status("warn", "behind")), ("delivery", "44", say.status("bad", "missed"))))  # fmt: skip
    table = b.Table((b.Column(say("department"), wide=True), b.Column(say("actual"), "right"), b.Column(say("disposition"))), rows, say.words("sample.table"))  # fmt: skip
    facts = b.Facts(tuple((say(key), b.Cell(text(say(value)))) for key, value in (("department", "sales"), ("needs", "analytics"), ("contact", "days"), ("wants", "growth"))))  # fmt: skip
    points = b.Bullets(tuple((b.Paragraph(text(say(key))),) for key in ("aim_said", "pain_said", "step")))  # fmt: skip
    quotes = b.Quotes(tuple(b.Quote(say(key), KELLER, "20.11.2026") for key in ("growth", "aim_said")), say.words("sample.quotes"))  # fmt: skip
    lesson = b.Lesson(say("survey"), "44", "60", say.status("bad", "missed"), say("pain_said"), say("effect"), say("step"), BRANDT.name, "18.12.")  # fmt: skip
    lessons = b.Lessons((lesson, lesson), (say("missed"), say("pain"), say("effect"), say("steps")), say.words("sample.lessons"))  # fmt: skip
    decisions = b.Decisions(tuple(b.Decision(say(key), say("step"), KELLER.name, "30.11.", say.status("open", "open")) for key in ("budget", "use_case")), say.words("sample.decisions"), say("chief"))  # fmt: skip
    names: tuple[tuple[str, b.Side], ...] = ((say.words("client"), "client"), (say.words("us"), "us"))  # fmt: skip
    sides = b.Sides(tuple(b.SideColumn(name, side, say("steps"), dated, say("open")) for name, side in names), say.words("sample.sides"))  # fmt: skip
    log = b.Log((b.LogEntry("20.11.2026", (b.Said(text(say("agreed"))), b.Said(text(say("step")))), BRANDT, say("effect")),), say.words("sample.log"), (say("due"), say("step"), say("who"), say("pain")))  # fmt: skip
    words = b.Section("", (b.Heading(text(say("aim"))), b.Paragraph(text(say("aim_said")), "lead"), points, b.Quotation((b.Paragraph(text(say("quiet"))),)), b.Code("planwerk check")))  # fmt: skip
    return (
        ("words", words), ("table", table), ("facts", facts),
        ("dated", b.DatedList(dated, say.words("sample.dated"))), ("sides", sides),
        ("callout", b.Callout("warn", say("risk"), say("effect"), KELLER.name)), ("quotes", quotes),
        ("lessons", lessons), ("decisions", decisions),
        ("number", b.BigNumber("62", say("measured"))), ("log", log),
        ("beside", b.Beside(((table,), (b.Callout("good", say("growth"), say("effect")),)), (8, 4))),
        ("links", b.Links((b.Link(say("step"), "https://example.com/", "PDF"),), say.words("sample.links"))),
        ("empty", b.Empty(say("wants_open"))),
    )  # fmt: skip
