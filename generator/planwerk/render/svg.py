"""The portal's own charts: small inline SVG in CSS variables, so light, dark and print agree.

Each chart carries a title and a sentence for those who cannot see it. Wide pictures have a
second, narrow drawing for phones (`only-n`) instead of being shrunk.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from planwerk import blocks as b
from planwerk.render.lower import written
from planwerk.render.svg_draw import COLORS, LEVEL_COLORS, TEXT_COLORS
from planwerk.render.svg_draw import icon as icon
from planwerk.render.svg_draw import line as _line
from planwerk.render.svg_draw import mark as _mark
from planwerk.render.svg_draw import num as _num
from planwerk.render.svg_draw import rect as _rect
from planwerk.render.svg_draw import svg as _svg
from planwerk.render.svg_draw import text as _text
from planwerk.render.svg_timeline import timeline as timeline

# --- line charts -----------------------------------------------------------------------------


def _ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Round values from at or below `low` to at or above `high`, at least two."""
    span = (high - low) or abs(high) or 1.0
    raw = span / count
    size = 10 ** math.floor(math.log10(raw))
    step = next(s * size for s in (1, 2, 2.5, 5, 10) if s * size >= raw * 0.999)
    first = math.floor(low / step) * step
    ticks = [first]
    while ticks[-1] < high - step * 1e-9:
        ticks.append(ticks[-1] + step)
    if len(ticks) == 1:  # a figure that never moved, on a round value: its line is in the middle
        return [first - step, first, first + step] if first else [0.0, 1.0]
    return ticks


def chart(block: b.Chart, labels: Mapping[str, str]) -> str:
    """A chart in its wide and its narrow form."""
    draw = _line_chart if block.kind == "line" else _column_chart
    wide = draw(block, labels, 792, 262, "only-w")
    return wide + " " + draw(block, labels, 350, 220, "only-n")


def _line_chart(
    block: b.Chart, labels: Mapping[str, str], width: int, height: int, kind: str
) -> str:
    narrow = kind == "only-n"
    left, right, top, bottom = (46, 128, 20, 26) if not narrow else (42, 14, 18, 26)
    known = [v for s in block.series for v in s.values if v is not None]
    if not known:
        return ""
    known += [block.ahead.value] if block.ahead else []
    pad = (max(known) - min(known)) * 0.12
    low = min(known)
    ticks = _ticks(max(low - pad, 0.0) if low > 0 else low, max(known) + pad)
    *x, far = _positions(block, left, width - right)

    def y(value: float) -> float:
        share = (value - ticks[0]) / ((ticks[-1] - ticks[0]) or 1)
        return top + (height - top - bottom) * (1 - share)

    def say(value: float | None) -> str:
        return written(value, block.decimals, labels)

    decimals = max(block.decimals, 1 if (ticks[1] - ticks[0]) % 1 else 0)
    body = "".join(
        _line(left, y(t), width - right, y(t), "var(--pw-line)" if i else "var(--pw-edge)")
        + _text(left - 8, y(t) + 4, written(t, decimals, labels), "m s", "end")
        for i, t in enumerate(ticks)
    )
    names = [*block.categories, *([block.ahead.label] if block.ahead else [])]
    marks = [*x, far][: len(names)]
    every = max(1, math.ceil(len(marks) / (6 if narrow else 12)))
    free = math.inf
    for i in reversed(range(len(marks))):  # the newest first: where days are close, it stays
        half = 3.2 * len(names[i])
        if (len(marks) - 1 - i) % every == 0 and marks[i] + half + 6 < free:
            body += _text(marks[i], height - 6, names[i], "m s", "middle")
            free = marks[i] - half
    ends: list[tuple[float, str, str]] = []
    for series in block.series:
        body += _series(series, x, y, far)
        last = max((i for i, v in enumerate(series.values) if v is not None), default=None)
        if last is None:
            continue
        value = series.values[last]
        assert value is not None
        color = "var(--pw-accent-text)" if series.role == "target" else "var(--pw-c1)"
        ends.append((y(value), f"{series.name} {say(value)}", color))
        if series.role == "actual" and block.ahead:
            end = y(block.ahead.value)
            body += f'<path d="M{_num(x[last])} {_num(y(value))}L{_num(far)} {_num(end)}" fill="none" stroke="var(--pw-c1)" stroke-width="2.5" stroke-dasharray="1.5 4" stroke-linecap="round"/>'
            body += f'<circle cx="{_num(far)}" cy="{_num(end)}" r="4.5" fill="var(--pw-bg)" stroke="var(--pw-c1)" stroke-width="2"/>'
            ends.append((end, f"{block.ahead.name} {say(block.ahead.value)}", color))
        if series.role == "actual":
            body += f'<circle cx="{_num(x[last])}" cy="{_num(y(value))}" r="5.5" fill="var(--pw-c1)" stroke="var(--pw-bg)" stroke-width="2"/>'
    if not narrow:
        body += _end_labels(ends, width - right + 14)
    else:
        words = "  ·  ".join(words for _, words, _ in ends)
        body += _text(left, 11, words, "b s")
    return _svg(width, height, body, block.title, block.description, kind)


def _positions(block: b.Chart, left: float, right: float) -> list[float]:
    """Where each category stands, and last where lines end: in true time where there are days,
    up to the day of a forecast, else evenly."""
    count = len(block.categories)
    if len(block.days) == count and count > 1:
        last = max(block.days[-1], block.ahead.day) if block.ahead else block.days[-1]
        span = (last - block.days[0]).days or 1
        inner = right - left - 36
        return [
            left + 18 + inner * (day - block.days[0]).days / span for day in (*block.days, last)
        ]
    step = (right - left) / max(count, 1)
    places = [left + step * (i + 0.5) for i in range(count)]
    return [*places, places[-1]]


def _series(series: b.Series, x: Sequence[float], y: Callable[[float], float], far: float) -> str:
    """A line with gaps where values are not known, and small points."""
    parts: list[list[str]] = [[]]
    dots = ""
    for i, value in enumerate(series.values):
        if value is None:
            parts.append([])
            continue
        parts[-1].append(f"{_num(x[i])},{_num(y(value))}")
        dots += f'<circle cx="{_num(x[i])}" cy="{_num(y(value))}" r="2.6" fill="var(--pw-c1)"/>'
    target = series.role == "target"
    if target and parts[-1]:
        parts[-1].append(f"{_num(far)},{parts[-1][-1].partition(',')[2]}")
    color = "var(--pw-c2)" if target else "var(--pw-c1)"
    look = f'fill="none" stroke="{color}" stroke-width="{2 if target else 2.5}" stroke-linejoin="round"'
    look += ' stroke-dasharray="6 4"' if target else ""
    lines = "".join(f'<polyline points="{" ".join(p)}" {look}/>' for p in parts if len(p) > 1)
    return lines + ("" if target else dots)


def _end_labels(ends: list[tuple[float, str, str]], x: float) -> str:
    """Names at the ends of the lines, at least 17 px apart."""
    ends = sorted(ends)
    ys = [end[0] for end in ends]
    for i in range(1, len(ys)):
        ys[i] = max(ys[i], ys[i - 1] + 17)
    pairs = zip(ys, ends, strict=True)
    return "".join(_text(x, y + 4, words, "b", "", color) for y, (_, words, color) in pairs)


# --- columns ---------------------------------------------------------------------------------


def _column_chart(
    block: b.Chart, labels: Mapping[str, str], width: int, height: int, kind: str
) -> str:
    narrow = kind == "only-n"
    left, right, top, bottom = (40, 104, 26, 26) if not narrow else (36, 4, 40, 26)
    stacks = [s for s in block.series if s.role != "target"]
    targets = [s for s in block.series if s.role == "target"]
    sums = [sum(max(s.values[i] or 0, 0) for s in stacks) for i in range(len(block.categories))]
    highest = max([*sums, *(v or 0 for s in targets for v in s.values), 1])
    ticks = _ticks(0, highest)
    bar = (width - left - right) / len(block.categories)

    def y(value: float) -> float:
        return top + (height - top - bottom) * (1 - value / ticks[-1])

    body = _text(0, 10, block.unit, "m s")
    for i, tick in enumerate(ticks):
        body += _line(
            left, y(tick), width - right, y(tick), "var(--pw-line)" if i else "var(--pw-edge)"
        )
        body += _text(left - 8, y(tick) + 4, written(tick, 0, labels), "m s", "end")
    for i, name in enumerate(block.categories):
        x, wide = left + i * bar + bar * 0.16, bar * 0.68
        below = 0.0
        for k, series in enumerate(stacks):
            value = series.values[i] or 0
            if value > 0:
                gap = 1 if below else 0
                body += _rect(
                    x,
                    y(below + value) + gap,
                    wide,
                    y(below) - y(below + value) - gap,
                    COLORS[k % 5],
                    radius=0,
                )
                below += value
        if i == len(sums) - 1 or not narrow:
            strong = "b halo" if i == len(sums) - 1 else "s m halo"
            body += _text(
                x + wide / 2, y(below) - 6, written(below, block.decimals, labels), strong, "middle"
            )
        body += _text(x + wide / 2, height - 8, name, "m s", "middle")
        for series in targets:
            if (mark := series.values[i]) is not None:
                body += _line(x - 4, y(mark), x + wide + 4, y(mark), "var(--pw-c2)", 2.5)
    body += _stack_names(stacks, targets, y, width - right + 8, narrow)
    if not narrow:  # what the last column lacks has no end to be named at
        begin = 80.0
        for k, series in enumerate(stacks):
            if not series.values[-1]:
                body += _rect(begin, 1, 9, 9, COLORS[k % 5], radius=1)
                body += _text(begin + 13, 10, series.name, "s")
                begin += 30 + 7 * len(series.name)
    return _svg(width, height, body, block.title, block.description, kind)


def _stack_names(
    stacks: Sequence[b.Series],
    targets: Sequence[b.Series],
    y: Callable[[float], float],
    x: float,
    narrow: bool,
) -> str:
    """The names of the parts at the last column; above the plot on a phone."""
    if narrow:
        at, out = 0.0, ""
        for k, series in enumerate(stacks):
            out += _rect(at, 18, 9, 9, COLORS[k % 5], radius=1) + _text(
                at + 13, 27, series.name, "s"
            )
            at += 24 + 7 * len(series.name)
        return out
    ends, below = [], 0.0
    for k, series in enumerate(stacks):
        value = max(series.values[-1] or 0, 0)
        if value:
            ends.append((y(below + value / 2), series.name, TEXT_COLORS[k % 5]))
            below += value
    for series in targets:
        last = series.values[-1] if series.values else None
        if last is not None:
            ends.append((y(last), series.name, "var(--pw-accent-text)"))
    return _end_labels(ends, x)


# --- small pictures --------------------------------------------------------------------------


def sparkline(card: b.Card) -> str:
    """The trend of a key figure without axis: target dashed, last point marked."""
    known = [v for v in card.series if v is not None]
    if len(known) < 2:
        dotted = '<line x1="0" x2="200" y1="20" y2="20" stroke="var(--pw-edge)" stroke-dasharray="2 5" vector-effect="non-scaling-stroke"/>'
        return f'<svg class="spark" viewBox="0 0 200 40" preserveAspectRatio="none" aria-hidden="true">{dotted}</svg>'
    all_ = known + ([card.target] if card.target is not None else [])
    low, span = min(all_), (max(all_) - min(all_)) or 1

    def y(value: float) -> float:
        return 35 - (value - low) / span * 30

    step = 194 / max(len(card.series) - 1, 1)
    body = ""
    if card.target is not None:
        t = _num(y(card.target))
        body += f'<line x1="0" x2="200" y1="{t}" y2="{t}" stroke="var(--pw-c2)" stroke-width="1.5" stroke-dasharray="4 3" vector-effect="non-scaling-stroke"/>'
    points = [(2 + i * step, y(v)) for i, v in enumerate(card.series) if v is not None]
    line = " ".join(f"{_num(a)},{_num(c)}" for a, c in points)
    body += f'<polyline points="{line}" fill="none" stroke="var(--pw-c1)" stroke-width="2" stroke-linejoin="round" vector-effect="non-scaling-stroke"/>'
    # a zero-length round line stays round when the picture is stretched
    x, last = points[-1]
    body += f'<line x1="{_num(x)}" x2="{x + 0.01:.2f}" y1="{_num(last)}" y2="{_num(last)}" stroke="var(--pw-c1)" stroke-width="7" stroke-linecap="round" vector-effect="non-scaling-stroke"/>'
    return f'<svg class="spark" viewBox="0 0 200 40" preserveAspectRatio="none" aria-hidden="true">{body}</svg>'


def track(goal: b.Goal) -> str:
    """The way from baseline (edge tick) to target (accent tick), and where it stands today."""
    x0, x1 = 60.0, 262.0

    def x(share: float) -> float:
        return x0 + (x1 - x0) * max(-0.25, min(share, 1.02))

    body = _rect(x0, 8, x1 - x0, 4, "var(--pw-line)")
    if goal.progress is not None:
        color = LEVEL_COLORS.get(goal.status.level, "var(--pw-c1)")
        low, high = sorted((x(0), x(goal.progress)))
        body += _rect(low, 7, high - low, 6, color)
    body += _line(x0, 3, x0, 17, "var(--pw-edge)", 1.5) + _line(x1, 3, x1, 17, "var(--pw-c2)", 2.5)
    if goal.expected is not None and goal.progress is not None and goal.expected < 1:
        at = x(goal.expected)
        body += f'<path d="M{_num(at)} 5l-4-5h8z" fill="var(--pw-muted)"/>'
    if goal.progress is not None:
        body += f'<circle cx="{_num(x(goal.progress))}" cy="10" r="5.5" fill="{color}" stroke="var(--pw-bg)" stroke-width="1.5"/>'
    return f'<svg class="track" viewBox="0 0 270 20" aria-hidden="true">{body}</svg>'


def ribbon(block: b.Ribbon) -> str:
    """The period as a line, wide, narrow and for paper."""
    forms = ((1216, "only-w"), (350, "only-n"), (690, "only-p"))
    return " ".join(_ribbon(block, width, kind) for width, kind in forms)


def _ribbon(block: b.Ribbon, width: int, kind: str) -> str:
    narrow = kind == "only-n"
    end = max([block.end, *(event.day for event in block.events)])
    days = (end - block.start).days + 3

    def x(day: date) -> float:
        return max(0.0, min(width, (day - block.start).days / days * width))

    y = 44.0
    body = ""
    for i, month in enumerate(block.months):
        body += _line(x(month.day), y, x(month.day), y + 8, "var(--pw-edge)")
        if not narrow or i % 2 == 0:
            body += _text(x(month.day) + 5, y + 23, month.label if narrow else month.when, "m s")
    body += _rect(0, y - 2, x(block.end), 4, "var(--pw-line)")
    if end > block.end:
        body += _line(x(block.end), y, width, y, "var(--pw-edge)", 1.2, "2 4")
    if block.today > block.start:
        body += _rect(0, y - 2, x(min(block.today, block.end)), 4, "var(--pw-primary)")
    body += _line(x(block.end), y - 7, x(block.end), y + 7, "var(--pw-ink)", 2)
    return _svg(
        width,
        72,
        body + _ribbon_events(block, x, y, width, narrow),
        block.description,
        block.description,
        kind,
    )


def _ribbon_events(
    block: b.Ribbon, x: Callable[[date], float], y: float, width: int, narrow: bool
) -> str:
    """Marks on the line; names above it, in a second row where they would touch."""
    body, taken = "", [(-1e9, -1e9), (-1e9, -1e9)]
    here = block.start <= block.today <= block.end
    marks = [
        (x(e.day), e.level, f"{e.label} {e.when}" if not narrow else e.when, "s", "")
        for e in block.events
    ]
    if here:
        marks.append((x(block.today), "run", block.today_word, "s b", "var(--pw-accent-text)"))
    for at, level, words, style, color in sorted(marks, key=lambda m: m[0]):
        wide = 6.4 * len(words)
        begin = min(max(at - wide / 2, 0), width - wide)
        row = next((r for r in (0, 1) if begin > taken[r][1] + 8 and not (narrow and r)), None)
        body += f'<circle cx="{_num(min(max(at, 7), width - 7))}" cy="{_num(y)}" r="8" fill="var(--pw-bg)"/>'
        if color:
            body += f'<circle cx="{_num(at)}" cy="{_num(y)}" r="6" fill="var(--pw-accent)"/>'
        else:
            body += _mark(level, min(max(at, 7), width - 7), y)
        if row is not None:
            taken[row] = (begin, begin + wide)
            body += _text(begin, y - 16 - 15 * row, words, style, "", color)
    return body


def shares(block: b.Shares) -> str:
    """A sum split into its parts in one row; names above, values inside."""
    looks = {
        "won": ("var(--pw-c1)", "none", "var(--pw-on-c)"),
        "opportunity": ("var(--pw-info-soft)", "var(--pw-c1)", "var(--pw-ink)"),
        "gap": ("var(--pw-bg)", "var(--pw-accent)", "var(--pw-ink)"),
    }
    whole = sum(item.value for item in block.items) or 1
    at, body, free = 0.0, "", 0.0
    for item in block.items:
        wide = item.value / whole * 380
        fill, edge, ink = looks.get(item.state, ("var(--pw-flat-soft)", "none", "var(--pw-ink)"))
        body += _rect(at + 0.75, 34, wide - 3, 26, fill, edge)
        if wide > 7 * len(item.words) + 6:
            body += _text(at + wide / 2 - 1, 52, item.words, "b", "middle", ink)
        words = item.label if wide > 7 * len(item.words) + 6 else f"{item.label} {item.words}"
        name = 6.2 * len(words)
        begin = min(at, 380 - name)
        row = 26 if begin >= free else 12
        free = begin + name + 8 if row == 26 else free
        body += _text(begin, row, words, "s m")
        at += wide
    about = ", ".join(f"{item.label} {item.words}" for item in block.items)
    return _svg(380, 64, body, block.label, about)
