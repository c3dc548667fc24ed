"""Goals with their way, sums split into parts, and facts, as WordprocessingML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from planwerk import blocks as b
from planwerk.render import word_tables
from planwerk.render.measure import longest_word, width
from planwerk.render.word_styles import INDENT, twips
from planwerk.render.word_tables import CM, PADDING
from planwerk.theme import mix

if TYPE_CHECKING:
    from planwerk.render.word_body import Body

LEVELS: Mapping[b.Level, str] = {
    "good": "good", "done": "good", "warn": "warn", "bad": "bad", "run": "c1", "chance": "c1",
}  # fmt: skip
STATES: Mapping[b.CellState, tuple[str, float]] = {
    "won": ("c1", 0.18), "opportunity": ("c1", 0.09), "gap": ("accent", 0.12), "idea": ("accent", 0.07),
    "competitor": ("muted", 0.16), "lost": ("muted", 0.12), "internal": ("muted", 0.12),
    "at_risk": ("bad", 0.12), "not_applicable": ("muted", 0.06), "blocked": ("muted", 0.06),
    "unknown": ("muted", 0.03),
}  # fmt: skip
CHART = 6.4
"""What the trend of a goal takes of the width, in centimetres."""
FIGURE, MARGIN, SMALLEST = 24, 9, 7
"""Sizes of type in points: of a key figure, of a margin note, and the least it may have."""
TICK = 0.07
"""How wide the stroke in a bar is, in centimetres."""
LABEL, WORDS = 5.0, 2.4
"""Centimetres that what a fact or a part is called takes at most, and its value at least."""
GAP = '<w:p><w:pPr><w:pStyle w:val="Spacer"/><w:spacing w:before="0" w:after="280"/></w:pPr></w:p>'
"""Room below a goal."""
UNITS = 40
"""So many columns the bars of a split are made of."""


def goals(body: Body, block: b.Goals) -> str:
    """Goals one below the other, then how to read what is drawn of them."""
    known = [goal.progress for goal in block.items if goal.progress is not None]
    told = [body.labels["bar_aid"]] if known else []
    told += [body.labels["bar_today"]] if told and any(map(_today, block.items)) else []
    told += [block.rule] if block.rule else []
    shown = [_goal(body, goal) for goal in block.items]
    if not told or not shown:
        return "".join(shown)
    # how to read them is never on a page alone
    return (
        "".join(shown[:-1]) + _kept(shown[-1]) + body.paragraph("Source", body.run(" ".join(told)))
    )


def _kept(said: str) -> str:
    """A goal that stands on the page of what comes after it."""
    return word_tables.with_next(said.replace(GAP, GAP.replace("<w:spacing", "<w:keepNext/><w:spacing")))  # fmt: skip


def _goal(body: Body, goal: b.Goal) -> str:
    """A goal: margin note, text with its figure, trend beside it, the way below."""
    labels = body.labels
    room = (INDENT - PADDING - 0.05) * CM
    longest = longest_word(goal.kpi.replace("-", "- "), MARGIN * body.wider, True)
    size = 0 if longest <= room else max(MARGIN * room / longest // 0.5 * 0.5, SMALLEST)
    note = body.paragraph("MarginNote", body.run(goal.kpi, size=size)) if goal.kpi else ""
    for name, person in ((labels["responsible"], goal.ours), (labels["confirmed"], goal.theirs)):
        if person:
            note += body.paragraph("TableNote", body.run(name))
            note += body.paragraph("TableText", body.run(person.name, bold=True))
    right = CHART if _trend(goal) else 0.0
    middle = body.width - INDENT - right
    flush = '<w:spacing w:before="0" w:after="60"/><w:ind w:left="0"/>'
    text = body.paragraph("Heading2", body.run(goal.title), flush)
    if goal.description:
        text += body.paragraph("TableText", body.run(goal.description), '<w:spacing w:after="60"/>')
    text += _figure(body, goal, middle) if goal.kpi else ""
    text += body.paragraph("TableText", body.status(goal.status))
    cells = body.cell(note, INDENT) + body.cell(text, middle)
    wide = [INDENT, middle]
    if right:
        chart = body.drawing(_small_chart(body, goal), right - 0.2, 3.2, goal.title)
        cells += body.cell(chart, right)
        wide.append(right)
    row = word_tables.with_next(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    below = _track(body, goal) if goal.kpi else GAP
    return body.spacer() + body.wrap(wide, [row], goal.title) + below


def _figure(body: Body, goal: b.Goal, room: float) -> str:
    """How a goal stands, its target and baseline beside it or, where there is no room, below."""
    labels, muted = body.labels, body.theme.color("muted")
    figure = body.run(goal.actual, color=muted if goal.unknown else "")
    aim = f"{labels['target']} {goal.target}"
    aim += f", {labels['baseline']} {goal.baseline}" if goal.baseline else ""
    said, told = (words.replace("\u00a0", " ") for words in (goal.actual, f"   {aim}"))
    beside = width(said, FIGURE * body.wider, True) + width(told, 9.5 * body.wider, True)
    if beside <= (room - PADDING) * CM:
        figure += body.run(f"   {aim}", size=9.5, color=muted)
        return body.paragraph("KeyFigure", figure)
    return body.paragraph("KeyFigure", figure) + body.paragraph(
        "TableText", body.run(aim, bold=True, color=muted)
    )


def _today(goal: b.Goal) -> bool:
    """Whether the bar of a goal has a stroke where the plan would be today."""
    return goal.progress is not None and goal.expected is not None and 0 < goal.expected < 1


def _track(body: Body, goal: b.Goal) -> str:
    """The share of the way as a bar, with its percentage in words and a stroke for today; none where
    a value is known and there is no way: from a baseline that is the target."""
    known = goal.progress is not None
    if not known and not goal.unknown:
        return GAP
    share = max(0.0, min(goal.progress or 0.0, 1.0))
    room = body.width - INDENT
    done = min(max(room * share, 0.02), room - 0.02)
    color = body.theme.color(LEVELS.get(goal.status.level, "muted"))
    off, ink = mix(body.theme.color("muted"), 0.16), body.theme.color("ink")
    parts = [(done, color), (room - done, off)]
    if _today(goal):
        parts = _struck(parts, room * (goal.expected or 0.0), ink)
    percent = f"{round((goal.progress or 0) * 100)}\u00a0%".replace("-", "\u2212")
    words = body.labels["way_share"].format(share=percent) if known else body.labels["unknown"]
    cells = body.cell(body.paragraph("TableNote", body.run(words)), INDENT, anchor="center")
    cells += "".join(body.cell(body.spacer(), w, fill=fill) for w, fill in parts)
    row = f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{twips(0.5)}" w:hRule="exact"/></w:trPr>{cells}</w:tr>'
    return body.spacer() + body.wrap([INDENT, *(w for w, _ in parts)], [row], body.labels["way"]) + GAP  # fmt: skip


def _struck(parts: list[tuple[float, str]], at: float, ink: str) -> list[tuple[float, str]]:
    """The parts of a bar with a stroke of ink at that length."""
    whole = sum(wide for wide, _ in parts)
    start = min(max(at - TICK / 2, 0.0), whole - TICK)
    out, reached, drawn = list[tuple[float, str]](), 0.0, False
    for wide, fill in parts:
        before = min(max(start - reached, 0.0), wide)
        after = min(max(reached + wide - start - TICK, 0.0), wide)
        out += [(before, fill)] if before else []
        if not drawn and reached + wide > start:
            out.append((TICK, ink))
            drawn = True
        out += [(after, fill)] if after else []
        reached += wide
    return out


def _small_chart(body: Body, goal: b.Goal) -> b.Chart:
    """The trend of a goal as a small multiple."""
    actual, target = body.labels["actual"], body.labels["target"]
    lines = [b.Series(actual, goal.series)]
    if goal.target_value is not None:
        lines.append(b.Series(target, (goal.target_value,) * len(goal.series), "target"))
    about = f"{goal.title}: {goal.actual}, {target} {goal.target}, {goal.status.word}"
    return b.Chart(
        "line", goal.title, "", goal.labels, tuple(lines), about, decimals=goal.decimals,
        level=goal.status.level,
    )  # fmt: skip


def _trend(goal: b.Goal) -> bool:
    return sum(v is not None for v in goal.series) > 1


def facts(body: Body, block: b.Facts) -> str:
    """What is known, one line each: what it is called heads its line."""
    size = 9.5 * body.wider
    called = max((width(name, size, True) for name, _ in block.items), default=0.0) / CM
    first = max(min(called + PADDING + 0.2, LABEL), INDENT)
    line = (body.theme.color("line"), 4)
    wide = [first, body.width - first]
    rows = [
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + body.cell(body.paragraph("TableText", body.run(name, bold=True)), first, bottom=line)
        + body.cell(body.content(cell), wide[1], bottom=line)
        + "</w:tr>"
        for name, cell in block.items
    ]
    kept = [*map(word_tables.with_next, rows[:-1]), *rows[-1:]] if len(rows) <= UNITS // 3 else rows
    table = body.wrap(wide, kept, body.labels["what"], headed=False) if rows else ""
    return body.spacer() + table + body.gap()


def shares(body: Body, block: b.Shares) -> str:
    """The parts of a sum as bars of one scale, each with its name before and its value behind."""
    size, whole = 9.5 * body.wider, max((part.value for part in block.items), default=0.0) or 1.0
    called = max((width(part.label, size, True) for part in block.items), default=0.0) / CM
    said = max((width(part.words, size, True) for part in block.items), default=0.0) / CM
    first = max(min(called + PADDING + 0.2, LABEL), INDENT)
    last = max(min(said + PADDING + 0.4, LABEL), WORDS)
    each = (body.width - first - last) / UNITS
    rows = []
    for part in block.items:
        token, strength = STATES[part.state]
        fill = mix(body.theme.color(token), min(strength * 4, 0.75))
        long = min(max(round(part.value / whole * UNITS), 1), UNITS)
        cells = body.cell(body.paragraph("TableText", body.run(part.label, bold=True)), first)
        cells += body.cell(body.spacer(), each * long, fill=fill, span=long, white=True)
        if long < UNITS:
            cells += body.cell(body.spacer(), each * (UNITS - long), span=UNITS - long)
        value = body.paragraph("TableText", body.run(part.words, bold=True), '<w:jc w:val="right"/>')  # fmt: skip
        cells += body.cell(value, last)
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    rows = [*map(word_tables.with_next, rows[:-1]), *rows[-1:]]
    wide = [first, *[each] * UNITS, last]
    table = body.wrap(wide, rows, block.label, headed=False) if rows else ""
    return body.spacer() + table + body.gap()
