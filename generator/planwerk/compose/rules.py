"""The rules' manual as a page of the team's portal: each finding, why, wrong and right."""

from __future__ import annotations

import re

from planwerk import blocks as b
from planwerk.manual import Entry, groups
from planwerk.words import Words, load_manual_words, load_words

TYPED = re.compile(r"`([^`]+)`")
EXAMPLE = "single-thread"
"""The rule that shows how a finding is let stand."""


def page(language: str) -> b.Page:
    """The page `rules`; the anchor of each finding is its name."""
    say, words = load_manual_words(language), load_words(language)
    chapters = tuple(groups(language))
    contents = tuple(
        (b.Paragraph((b.Run(title, link=f"#{_anchor(entries)}"), b.Run(f" ({len(entries)})"))),)
        for title, entries in chapters
    )
    return b.Page(
        "rules",
        say("say.tab"),
        say("say.title"),
        (
            b.Paragraph(runs(say("say.intro")), "lead"),
            b.Bullets(contents),
            _how_to_allow(say),
            *(_chapter(title, entries, say, words) for title, entries in chapters),
        ),
        prose=True,
    )


def _how_to_allow(say: Words) -> b.Section:
    line = b.Code(say("say.allow_line", rule=EXAMPLE))
    return b.Section(say("say.allow_title"), (b.Paragraph(runs(say("say.allow_how"))), line))


def _chapter(title: str, entries: tuple[Entry, ...], say: Words, words: Words) -> b.Section:
    blocks = tuple(block for entry in entries for block in _entry(entry, say, words))
    return b.Section(title, blocks, anchor=_anchor(entries))


def _entry(entry: Entry, say: Words, words: Words) -> tuple[b.Block, ...]:
    """Name, how it is told, what it asks, why, and its examples side by side."""
    told = [say(f"say.severity.{entry.severity.word}"), say(f"say.tier.{entry.tier.value}")]
    told += [say("say.allow_may")] if entry.allowable else []
    blocks: list[b.Block] = [
        b.Paragraph(b.text(" · ".join(told)), "note"),
        b.Paragraph((*b.text(entry.title, strong=True), b.Run(" "), *runs(entry.why))),
    ]
    if entry.wrong:
        shown = ((words("ui.wrong"), entry.wrong), (words("ui.right"), entry.right))
        parts = tuple((b.Paragraph(b.text(f"{word}:")), b.Code(code)) for word, code in shown)
        blocks.append(b.Beside(parts, (1, 1)))
    return (b.Fold(entry.name, tuple(blocks), entry.name),)


def _anchor(entries: tuple[Entry, ...]) -> str:
    return f"group-{entries[0].group}"


def runs(words: str) -> b.Text:
    """Words as a Text; what stands between backticks is typed."""
    parts = TYPED.split(words)
    return tuple(b.Run(part, code=i % 2 == 1) for i, part in enumerate(parts) if part)
