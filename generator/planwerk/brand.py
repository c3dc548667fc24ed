"""Is a brand fit for use: contrast of every pair of colours, good and bad told apart, its files.

Contrast is that of WCAG 2 (4.5 for text, 3 for graphics). How colours look to people who see
few colours is reckoned after Viénot, Brettel and Mollon (1999); how far apart two are, as the
distance in CIELAB (1976).
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from planwerk.problems import Place, Problem, Refusal, Severity
from planwerk.text.nearest import nearest
from planwerk.theme import Theme, contrast, mix

TEXT, GRAPHICS = 4.5, 3.0
GROUNDS = ("bg", "surface")
WORDS = ("ink", "muted", "primary", "link", "accent-text", "good", "warn", "bad", "c3-text")
"""What is written on the grounds of a page."""
LINES = ("edge", "accent", "c1", "c2", "c3", "c4", "c5", "c6")
"""What is drawn on them."""
PAIRS = (
    *((word, ground, TEXT) for word in WORDS for ground in GROUNDS),
    *((line, ground, GRAPHICS) for line in LINES for ground in GROUNDS),
    *((level, f"{level}-soft", TEXT) for level in ("good", "warn", "bad")),
    *(("ink", ground, TEXT) for ground in ("info-soft", "flat-soft", "good-soft", "warn-soft", "bad-soft")),
    *(("muted", ground, TEXT) for ground in ("info-soft", "flat-soft")),
    ("on-primary", "primary", TEXT), ("on-c", "c1", TEXT),
    ("header-text", "header", TEXT), ("header-active", "header", TEXT),
)  # fmt: skip
"""Which colour stands on which, and the contrast it needs."""
SIGHTS: Mapping[str, tuple[tuple[float, float, float], ...]] = {
    "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}
"""Linear light as seen without the red, or the green, receptors."""
APART = 12.0
"""How far good and bad have to lie apart: a difference is seen at a glance from about 10 on, and
shapes and words tell them, too."""
LESSER = ("brand-style-unknown", "brand-layout-unknown")
"""What is wrong with a template and stops no build: ours is taken."""
LOGO = 200
"""Pixels that an Office logo has at least, each way."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at: how many pairs of colours, and what is wrong."""

    pairs: int
    problems: tuple[Problem, ...]


def look_at(theme: Theme) -> Looked:
    """All that is wrong with a brand, in the order of its file."""
    schemes = {"light": theme.light, "dark": theme.dark}
    found = [
        *_contrasts(theme, schemes),
        *_alike(theme, schemes),
        *_files(theme),
        *_templates(theme),
    ]
    return Looked(len(PAIRS) * len(schemes), tuple(found))


def look_at_templates(theme: Theme) -> Looked:
    """All that is wrong with a brand's templates alone."""
    return Looked(0, tuple(_templates(theme)))


def _templates(theme: Theme) -> Iterator[Problem]:
    yield from _template(theme)
    yield from _deck(theme)


def _contrasts(theme: Theme, schemes: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    for scheme, colors in schemes.items():
        for front, ground, least in PAIRS:
            ratio = contrast(colors[front], colors[ground])
            if ratio < least:
                better = _towards(colors[front], colors[ground], least)
                facts = {
                    "token": front, "ground": ground, "scheme": scheme, "found": colors[front],
                    "ratio": f"{ratio:.2f}", "least": f"{least:.1f}", "better": better,
                }  # fmt: skip
                yield Problem("brand-contrast", _place(theme, scheme, front), facts=facts)


def _towards(color: str, ground: str, least: float) -> str:
    """The colour nearest to this one on its way to black or white that has enough contrast."""
    ends = [end for end in ("000000", "FFFFFF") if contrast(end, ground) >= least]
    for share in range(1, 101):
        for end in ends:
            mixed = mix(end, share / 100, color)
            if contrast(mixed, ground) >= least:
                return mixed
    return ends[0] if ends else color


def _alike(theme: Theme, schemes: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    for scheme, colors in schemes.items():
        good, bad = colors["good"], colors["bad"]
        apart = min(distance(seen(good, sight), seen(bad, sight)) for sight in SIGHTS)
        if apart < APART:
            facts = {"scheme": scheme, "found": good, "other": bad, "apart": f"{apart:.0f}", "least": f"{APART:.0f}"}  # fmt: skip
            yield Problem("brand-colours-alike", _place(theme, scheme, "good"), Severity.WARNING, facts)  # fmt: skip


def seen(color: str, sight: str) -> tuple[float, float, float]:
    """A colour as linear light, as somebody sees it who lacks a kind of receptors."""
    light = _linear(color)
    red, green, blue = (sum(a * b for a, b in zip(row, light, strict=True)) for row in SIGHTS[sight])  # fmt: skip
    return (red, green, blue)


def _linear(color: str) -> tuple[float, float, float]:
    channels = (int(color[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)  # fmt: skip
    return (red, green, blue)


def distance(first: tuple[float, float, float], second: tuple[float, float, float]) -> float:
    """How far apart two colours (linear light) look: the distance in CIELAB."""
    return math.dist(_lab(first), _lab(second))


def _lab(light: tuple[float, float, float]) -> tuple[float, float, float]:
    """CIELAB under D65."""
    red, green, blue = light
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883

    def f(t: float) -> float:
        return t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116

    return 116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))


def _files(theme: Theme) -> Iterator[Problem]:
    """Logos, fonts and the fonts' licence: there, and what they should be."""
    named = {
        "light": theme.logo, "dark": theme.logo_dark, "office": theme.office_logo,
        "office_dark": theme.office_logo_dark, "licence": theme.font_licence,
        **{str(weight): name for weight, name in theme.font_files.items()},
    }  # fmt: skip
    begins = {".svg": b"<", ".png": b"\x89PNG", ".woff2": b"wOF2"}
    for key, name in named.items():
        place = _place(theme, "", key)
        try:
            raw = theme.file(name).read_bytes()
        except OSError:
            yield Problem("brand-file-missing", place, facts={"found": name})
            continue
        if not raw.lstrip()[:8].startswith(begins.get(PurePosixPath(name).suffix, b"")) or not raw:
            yield Problem("brand-file-wrong", place, facts={"found": name})
        elif raw.startswith(b"\x89PNG"):
            wide, high = struct.unpack(">II", raw[16:24])
            if min(wide, high) < LOGO:
                facts = {"found": name, "size": f"{wide} × {high}", "least": str(LOGO)}
                yield Problem("brand-logo-small", place, Severity.WARNING, facts)


def refuse_broken_template(theme: Theme) -> None:
    """Refuse (exit code 2) to build with a template that is named and missing, or unreadable."""
    problems = [p for p in _templates(theme) if p.severity is Severity.ERROR and p.rule not in LESSER]  # fmt: skip
    if problems:
        raise Refusal(problems, 2)


def refuse_broken(theme: Theme) -> None:
    """Refuse (exit code 2) a brand with which no page can be made: a file is missing or another."""
    problems = [p for p in _files(theme) if p.severity is Severity.ERROR]
    if problems:
        raise Refusal(problems, 2)
    refuse_broken_template(theme)


def _template(theme: Theme) -> Iterator[Problem]:
    """The Word template: there, readable, and with the styles that are named."""
    place = _place(theme, "", "template")
    if theme.template is None:
        if theme.word_template:
            yield Problem("brand-file-missing", place, facts={"found": theme.word_template})
        return
    from planwerk.render.foreign import Broken
    from planwerk.render.word_adopted import ROLES
    from planwerk.render.word_template import read_template

    try:
        styles = read_template(theme.template.read_bytes(), theme, "de").styles
    except Broken:
        yield Problem("brand-template-broken", place, facts={"found": theme.template.name})
        return
    assert styles is not None
    for role in styles.unknown:
        found = theme.word_styles[role]
        if role not in ROLES:
            facts = {"found": role, "nearest": nearest(role, ROLES) or "", "allowed": ", ".join(ROLES)}  # fmt: skip
            yield Problem("brand-style-role", _place(theme, "", role), facts=facts)
        else:
            facts = {"found": found, "role": role, "nearest": nearest(found, styles.names) or "", "allowed": ", ".join(styles.names)}  # fmt: skip
            yield Problem("brand-style-unknown", _place(theme, "", role), facts=facts)


def _deck(theme: Theme) -> Iterator[Problem]:
    """The PowerPoint template: there, readable, of a fit size, with the layouts that are named."""
    place, path = _place(theme, "", "deck"), theme.deck_file
    if path is None:
        if theme.deck_template:
            yield Problem("brand-file-missing", place, facts={"found": theme.deck_template})
        return
    from planwerk.render.deck_layout import ROLES
    from planwerk.render.deck_template import Unsuited, read_deck
    from planwerk.render.foreign import Broken

    try:
        found = read_deck(path.read_bytes(), theme, theme.deck_layouts, "de", None)
    except Unsuited as unsuited:
        facts = {"found": path.name, "size": str(unsuited)}
        yield Problem("brand-deck-format", place, facts=facts)
        return
    except Broken:
        yield Problem("brand-deck-broken", place, facts={"found": path.name})
        return
    names = found.roles.names
    for role in found.roles.unknown:
        at, name = _place(theme, "", role), theme.deck_layouts[role]
        if role not in ROLES:
            facts = {"found": role, "nearest": nearest(role, ROLES) or "", "allowed": ", ".join(ROLES)}  # fmt: skip
            yield Problem("brand-layout-role", at, facts=facts)
        else:
            facts = {"found": name, "role": role, "nearest": nearest(name, names) or "", "allowed": ", ".join(names)}  # fmt: skip
            yield Problem("brand-layout-unknown", at, facts=facts)
    for font in found.unknown:
        yield Problem("brand-font-unknown", place, Severity.WARNING, {"found": font})


def _place(theme: Theme, scheme: str, key: str) -> Place:
    """Where a key stands in brand.yml; a template that was named alone is its own place."""
    alone = Path(theme.deck_template if key == "deck" else theme.word_template)
    if key in ("deck", "template") and alone.is_absolute():
        return Place(PurePosixPath(alone.name))
    path = theme.folder / "brand.yml"
    within = not scheme
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        plain = line.strip()
        within = within or plain == f"{scheme}:"
        if within and plain.startswith(f"{key}:"):
            column = line.index(key) + 1
            return Place(_shown(path), number, column, len(key))
    return Place(_shown(path))


def _shown(path: Path) -> PurePosixPath:
    return PurePosixPath(*path.parts[-3:])
