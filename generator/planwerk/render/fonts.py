"""What is known of fonts: how wide their letters are and how high their lines.

Calibri, Arial and Times are known letter by letter, from fonts of the same widths (see
planwerk.render.measure). Of others it is known how much wider they are than one of these,
rather too much than too little; of all that are not here, only that they may be wide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Family = Literal["calibri", "arial", "times"]


@dataclass(frozen=True, slots=True)
class Font:
    """A font as it is measured: `scale` times as wide as its family, a line `line` times its size."""

    name: str = "Calibri"
    family: Family = "calibri"
    scale: float = 1.0
    line: float = 1.2207
    known: bool = True


CALIBRI = Font()
_LIKE: tuple[tuple[Family, float, float, tuple[str, ...]], ...] = (
    ("calibri", 1.0, 1.2207, ("Calibri", "Carlito", "Calibri Light")),
    ("arial", 1.0, 1.15, ("Arial", "Liberation Sans", "Helvetica", "Arimo", "Helvetica Neue")),
    ("arial", 1.0, 1.21, ("Tahoma", "Trebuchet MS", "Lato", "Roboto")),
    ("arial", 1.0, 1.33, ("Segoe UI", "Aptos", "Source Sans Pro", "Source Sans 3")),
    ("arial", 1.08, 1.37, ("Open Sans", "Noto Sans")),
    ("arial", 1.2, 1.22, ("Verdana", "DejaVu Sans", "Century Gothic", "Montserrat")),
    ("times", 1.0, 1.15, ("Times New Roman", "Liberation Serif", "Tinos", "Garamond")),
    ("times", 1.12, 1.18, ("Cambria", "Georgia")),
    ("times", 1.25, 1.18, ("DejaVu Serif",)),
)  # fmt: skip
FONTS: Mapping[str, Font] = {
    name.lower(): Font(name, family, scale, line)
    for family, scale, line, names in _LIKE
    for name in names
}
"""Fonts by their names in small letters."""
WIDER: Mapping[str, float] = {
    "Calibri": 1.0, "Carlito": 1.0, "Times New Roman": 1.02, "Liberation Serif": 1.02, "Garamond": 1.0,
    "Cambria": 1.08, "Arial": 1.12, "Liberation Sans": 1.12, "Helvetica": 1.12, "Segoe UI": 1.12,
    "Aptos": 1.1, "Georgia": 1.15, "Verdana": 1.3,
}  # fmt: skip
"""How much wider than Calibri fonts are on the whole: for columns of Word tables."""
UNKNOWN = Font("", "arial", 1.15, 1.3, known=False)


def font_of(name: str) -> Font:
    """The font of that name; one on the wide side where it is not known."""
    found = FONTS.get(name.strip().lower())
    return found or Font(name, UNKNOWN.family, UNKNOWN.scale, UNKNOWN.line, known=False)
