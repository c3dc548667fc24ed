"""The customer's journey: a curve of mood over the stages; without moods a straight line."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from planwerk import blocks as b
from planwerk.render.layout import Box, Point
from planwerk.render.layout_journey import mood_height, rows, runs
from planwerk.render.measure import fitted, wrapped
from planwerk.render.svg_draw import card, dot, line, lines_of, mark, num, svg, text

WIDTH = 1216.0
LEFT, GAP, PLOT, PAD = 112.0, 12.0, 150.0, 10.0


def journey(block: b.Journey) -> str:
    """The stages in their order, each with what the customer wants and where it hurts."""
    lines = rows(block.stages)
    body, y = "", 0.0
    for stages in lines:
        drawn, y = _row(block, stages, len(lines[0]), y)
        body += drawn
        y += 24
    return svg(WIDTH, max(y - 22, 0), body, block.label, block.description, "only-w")


def _row(
    block: b.Journey, stages: Sequence[b.JourneyStage], across: int, top: float
) -> tuple[str, float]:
    """One line of stages, and where it ends."""
    left = LEFT if block.moods else 0.0
    wide = min((WIDTH - left - GAP * (across - 1)) / max(across, 1), 400.0)
    xs = [left + i * (wide + GAP) for i in range(len(stages))]
    body = ""
    y = top + 10
    if block.moods:
        right = xs[-1] + wide
        for level, word in zip((2, 0, -2), block.moods, strict=True):
            at = _mood_y(top, level)
            body += line(left, at, right, at, "var(--pw-edge)" if level == 0 else "var(--pw-line)")
            body += text(left - 10, at + 4, fitted(word, 12, LEFT - 12), "m s", "end")
        body += _curve(stages, [x + wide / 2 for x in xs], top)
        y = top + PLOT + 16
    else:
        body += line(0, y, xs[-1] + wide, y, "var(--pw-edge)", 2)
        for x in xs:
            body += dot(x + PAD, y, 6, "var(--pw-bg)", "var(--pw-c1)", 2.5)
        y += 18
    words = [_Words(block, stage, wide) for stage in stages]
    high = max((w.height for w in words), default=0.0)
    for x, said in zip(xs, words, strict=True):
        body += said.drawn(Box(x, y, wide, high))
    return body, y + high


def _mood_y(top: float, mood: float) -> float:
    return mood_height(mood, top + 4, PLOT, 22)


def _curve(stages: Sequence[b.JourneyStage], xs: Sequence[float], top: float) -> str:
    """The curve through what is known, broken where a mood is not; open ones are dashed rings."""
    points: list[Point | None] = []
    marks = ""
    for stage, x in zip(stages, xs, strict=True):
        if stage.mood is None:
            points.append(None)
            marks += dot(x, _mood_y(top, 0), 9, "var(--pw-bg)") + mark("open", x, _mood_y(top, 0), 14)  # fmt: skip
            words = stage.status.word if stage.status else ""
            marks += text(x, _mood_y(top, 0) - 15, words, "m s halo", "middle")
            continue
        y = _mood_y(top, stage.mood)
        points.append((x, y))
        level = stage.status.level if stage.status else "neutral"
        marks += dot(x, y, 10, "var(--pw-bg)") + mark(level, x, y, 15)
        words = stage.status.word if stage.status else ""
        marks += text(x, y - 16, words, "s b halo", "middle")
    return "".join(_smooth(run) for run in runs(points)) + marks


def _smooth(points: Sequence[Point]) -> str:
    """A curve through the points that never leaves the height of its two neighbours."""
    d = f"M{num(points[0][0])} {num(points[0][1])}"
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        half = (x2 - x1) / 2
        d += f"C{num(x1 + half)} {num(y1)} {num(x2 - half)} {num(y2)} {num(x2)} {num(y2)}"
    return f'<path d="{d}" fill="none" stroke="var(--pw-c1)" stroke-width="2.5"/>'


class _Words:
    """What stands on a stage's card: name, aim, touchpoints and pain, broken into lines."""

    def __init__(self, block: b.Journey, stage: b.JourneyStage, wide: float) -> None:
        room = wide - 2 * PAD
        self.name = wrapped(stage.name, 15, room, 2, bold=True)
        parts = zip(block.heads, (stage.aim, stage.touch, stage.pain), strict=True)
        self.parts = [
            (fitted(head, 12, room), wrapped(said, 13, room, 4)) for head, said in parts if said
        ]
        self.height = 24 + 18 * len(self.name) + sum(24 + 17 * len(p) for _, p in self.parts) - 2

    def drawn(self, box: Box) -> str:
        """The card."""
        out = card(box.x, box.y, box.w, box.h)
        y = box.y + 23
        out += lines_of(box.x + PAD, y, self.name, 18, "b l")
        y += 18 * (len(self.name) - 1)
        for head, said in self.parts:
            y += 24
            out += text(box.x + PAD, y, head, "m s")
            out += lines_of(box.x + PAD, y + 17, said, 17)
            y += 17 * len(said)
        return out
