"""What all pictures are drawn with: shapes, lines and texts of inline SVG, in CSS variables.

Colours are names of the brand's tokens, so light, dark and print agree; sizes are pixels at
the width a picture is drawn for.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Mapping, Sequence

from planwerk import blocks as b

COLORS = ("var(--pw-c1)", "var(--pw-c3)", "var(--pw-c6)", "var(--pw-c5)", "var(--pw-c4)")
TEXT_COLORS = ("var(--pw-c1)", "var(--pw-c3-text)", "var(--pw-c6)", "var(--pw-c5)", "var(--pw-c4)")
SHAPES: Mapping[b.Level, str] = {
    "good": '<circle cx="6" cy="6" r="5" fill="currentColor"/>',
    "warn": '<path d="M6 .8 11.5 11H.5z" fill="currentColor"/>',
    "bad": '<path d="M1 1h10v10H1z" fill="currentColor"/>',
    "run": '<circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M6 1.5a4.5 4.5 0 0 1 0 9z" fill="currentColor"/>',
    "plan": '<circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.6"/>',
    "open": '<circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" stroke-width="1.4" stroke-dasharray="2 1.8"/>',
    "done": '<path d="M1.5 6.5 4.8 10 10.5 2.5" fill="none" stroke="currentColor" stroke-width="2"/>',
    "neutral": '<circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M3.4 6h5.2" stroke="currentColor" stroke-width="1.8"/>',
    "chance": '<path d="M6 .5 11.5 6 6 11.5.5 6z" fill="currentColor"/>',
    "no": '<path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" stroke-width="2"/>',
}  # fmt: skip
LEVEL_COLORS: Mapping[b.Level, str] = {
    "good": "var(--pw-good)", "done": "var(--pw-good)", "warn": "var(--pw-warn)",
    "bad": "var(--pw-bad)", "run": "var(--pw-link)", "chance": "var(--pw-ink)",
}  # fmt: skip


def icon(level: b.Level) -> str:
    """A status shape to stand before its word."""
    return f'<svg viewBox="0 0 12 12" aria-hidden="true">{SHAPES[level]}</svg>'


def num(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "", fill: str = "") -> str:
    """Words at a point; `kind`: b strong, m muted, s small (12 px), l large (15 px), halo."""
    more = (f' text-anchor="{anchor}"' if anchor else "") + (
        f' fill="{fill}"' if fill else ""  # no style: the policy of pages allows none
    )
    name = f' class="{kind}"' if kind else ""
    return f'<text x="{num(x)}" y="{num(y)}"{name}{more}>{html.escape(words)}</text>'


def line(
    x1: float, y1: float, x2: float, y2: float, color: str = "var(--pw-line)", width: float = 1,
    dash: str = "",
) -> str:  # fmt: skip
    more = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{num(x1)}" y1="{num(y1)}" x2="{num(x2)}" y2="{num(y2)}" stroke="{color}" stroke-width="{width}"{more}/>'


def rect(
    x: float, y: float, width: float, height: float, fill: str = "none", stroke: str = "none",
    radius: float = 2, dash: str = "", stroke_width: float = 1.5,
) -> str:  # fmt: skip
    """A rectangle with or without an edge."""
    more = f' stroke-dasharray="{dash}"' if dash else ""
    edge = f' stroke="{stroke}" stroke-width="{stroke_width}"' if stroke != "none" else ""
    return f'<rect x="{num(x)}" y="{num(y)}" width="{num(max(width, 0))}" height="{num(height)}" rx="{radius}" fill="{fill}"{edge}{more}/>'


def card(
    x: float, y: float, width: float, height: float, fill: str = "var(--pw-bg)",
    stroke: str = "var(--pw-line)", dash: str = "", stroke_width: float = 1.2,
) -> str:  # fmt: skip
    """A box that holds text: nothing of it may stand out, no two may touch."""
    drawn = rect(x, y, width, height, fill, stroke, 5, dash, stroke_width)
    return drawn.replace("<rect ", '<rect class="card" ', 1)


def lines_of(
    x: float, y: float, lines: Iterable[str], step: float, kind: str = "", anchor: str = ""
) -> str:
    """Lines of text below each other, the first one's foot at `y`."""
    return "".join(text(x, y + step * i, words, kind, anchor) for i, words in enumerate(lines))


def path(
    points: Sequence[tuple[float, float]],
    color: str,
    width: float = 1.5,
    dash: str = "",
    radius: float = 0,
) -> str:
    """A line through points, its corners rounded by `radius`."""
    more = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{_through(points, radius)}" fill="none" stroke="{color}" stroke-width="{width}"{more}/>'


def paths(ways: Iterable[Sequence[tuple[float, float]]], color: str, width: float = 1.5) -> str:
    """Several lines as one: where they lie on each other they are no darker."""
    d = "".join(_through(way, 0) for way in ways)
    return f'<path d="{d}" fill="none" stroke="{color}" stroke-width="{width}"/>' if d else ""


def _through(points: Sequence[tuple[float, float]], radius: float) -> str:
    out = f"M{num(points[0][0])} {num(points[0][1])}"
    for before, at, after in zip(points, points[1:], points[2:], strict=False):
        a, z = _towards(at, before, radius), _towards(at, after, radius)
        out += f"L{num(a[0])} {num(a[1])}" + (
            f"Q{num(at[0])} {num(at[1])} {num(z[0])} {num(z[1])}" if radius else ""
        )
    return out + f"L{num(points[-1][0])} {num(points[-1][1])}"


def _towards(
    start: tuple[float, float], end: tuple[float, float], most: float
) -> tuple[float, float]:
    """A point on the way, at most half of it."""
    far = math.hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    share = min(most, far / 2) / far
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def arrow(
    tip: tuple[float, float], origin: tuple[float, float], color: str, size: float = 9
) -> str:
    """An arrow's head at `tip`, as it comes from `origin`."""
    far = math.hypot(tip[0] - origin[0], tip[1] - origin[1]) or 1.0
    ux, uy = (tip[0] - origin[0]) / far, (tip[1] - origin[1]) / far
    back, half = (tip[0] - ux * size, tip[1] - uy * size), size / 2
    ends = ((back[0] - uy * half, back[1] + ux * half), (back[0] + uy * half, back[1] - ux * half))
    return polygon((tip, *ends), color)


def polygon(points: Iterable[tuple[float, float]], fill: str) -> str:
    """A filled shape."""
    return f'<polygon points="{" ".join(f"{num(x)},{num(y)}" for x, y in points)}" fill="{fill}"/>'


def dot(x: float, y: float, radius: float, fill: str, stroke: str = "", width: float = 1.5) -> str:
    """A circle."""
    edge = f' stroke="{stroke}" stroke-width="{width}"' if stroke else ""
    return f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(radius)}" fill="{fill}"{edge}/>'


def mark(level: b.Level, x: float, y: float, size: float = 11) -> str:
    """A status shape with its colour around a point."""
    color = LEVEL_COLORS.get(level, "var(--pw-muted)")
    corner = f"translate({num(x - size / 2)} {num(y - size / 2)})"
    return f'<g transform="{corner} scale({size / 12:.3f})" color="{color}">{SHAPES[level]}</g>'


def svg(width: float, height: float, body: str, title: str, about: str, kind: str = "") -> str:
    """A whole picture with its title and the sentence for those who cannot see it."""
    name = f' class="{kind}"' if kind else ""
    words = f"<title>{html.escape(title)}</title><desc>{html.escape(about)}</desc>"
    return f'<svg viewBox="0 0 {num(width)} {num(height)}" role="img"{name}>{words}{body}</svg>'
