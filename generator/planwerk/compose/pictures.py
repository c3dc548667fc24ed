"""Every kind of picture once, with small invented data and a line on how to read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planwerk import blocks as b
from planwerk.compose.sample_pictures import PICTURES, Sample
from planwerk.words import load_pictures

ROWS: tuple[tuple[tuple[str, ...], tuple[int, ...]], ...] = (
    (("cards",), (1,)), (("goals",), (1,)), (("line", "columns"), (1, 1)),
    (("ribbon",), (1,)), (("timeline",), (1,)), (("shares", "matrix"), (1, 2)),
    (("org", "grid"), (3, 2)), (("coverage",), (1,)), (("map",), (1,)),
    (("forces", "risks"), (1, 1)), (("journey",), (1,)),
)  # fmt: skip
"""What stands beside what, in which proportions."""


def page(language: str) -> b.Page:
    """The page `pictures` of the team's help."""
    say = load_pictures(language)
    sample = Sample(say, date(2026, 11, 23))
    blocks: list[b.Block] = [b.Paragraph(b.text(say("intro")), "lead")]
    for names, weights in ROWS:
        sections = [_shown(name, sample) for name in names]
        if len(sections) == 1:
            blocks.append(sections[0])
        else:
            blocks.append(b.Beside(tuple((section,) for section in sections), weights))
    return b.Page("pictures", say("tab"), say("title"), tuple(blocks))


def _shown(name: str, sample: Sample) -> b.Block:
    """A picture under its name, with how it is read; a chart says both itself."""
    block, title, how = PICTURES[name](sample), sample.title(name), sample.words(f"{name}.how")
    if isinstance(block, b.Chart):
        return replace(block, title=title, subtitle=how)
    return b.Section(title, (block,), how)
