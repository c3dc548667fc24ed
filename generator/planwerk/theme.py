"""A brand: `themes/<name>/brand.yml` and the files beside it, read once for all formats."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from planwerk.problems import refuse

REQUIRED = (
    "bg", "surface", "ink", "muted", "line", "edge", "primary", "on-primary", "link", "accent",
    "accent-text", "good", "good-soft", "warn", "warn-soft", "bad", "bad-soft", "info-soft",
    "flat-soft", "c1", "c2", "c3", "c4", "c5", "c6", "c3-text", "on-c", "header", "header-text",
    "header-active",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours (six hex digits by token, light and dark), fonts and files of one brand."""

    name: str
    folder: Path
    light: Mapping[str, str]
    dark: Mapping[str, str]
    portal_font: str
    font_files: Mapping[int, str]
    font_licence: str
    office_font: str
    logo: str
    logo_dark: str
    office_logo: str
    office_logo_dark: str

    def file(self, name: str) -> Path:
        """The path of a file of the brand."""
        return self.folder / name

    def color(self, token: str) -> str:
        """A light colour as six hex digits, as Office files want it."""
        return self.light[token]


def mix(color: str, share: float, ground: str = "FFFFFF") -> str:
    """`color` at `share` (0-1) over `ground`; all as six hex digits."""
    pairs = ((int(color[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (0, 2, 4))
    return "".join(f"{round(c * share + g * (1 - share)):02X}" for c, g in pairs)


def contrast(first: str, second: str) -> float:
    """The WCAG 2 contrast ratio of two colours, 1 to 21."""

    def luminance(color: str) -> float:
        channels = [int(color[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def data_folder(name: str) -> Path:
    """Where `themes` or `site` lies: in the installed package, else in the checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "_data" / name
    return installed if installed.is_dir() else package.parents[1] / name


@lru_cache(maxsize=8)
def load_theme(name: str = "planwerk") -> Theme:
    """The brand of that name; refuses (exit code 2) one that is missing or incomplete."""
    folder = data_folder("themes") / name
    try:
        brand = yaml.load((folder / "brand.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    except FileNotFoundError:
        raise refuse("missing-brand", f"themes/{name}/brand.yml") from None
    light, dark = brand["colors"]["light"], brand["colors"]["dark"]
    for scheme in (light, dark):
        for token in REQUIRED:
            if not re.fullmatch(r"[0-9A-Fa-f]{6}", str(scheme.get(token, ""))):
                raise refuse("brand-colour-missing", f"themes/{name}/brand.yml", token=token)
    portal, logo = brand["fonts"]["portal"], brand["logo"]
    return Theme(
        name=brand["name"],
        folder=folder,
        light=light,
        dark=dark,
        portal_font=portal["family"],
        font_files=portal["files"],
        font_licence=portal["licence"],
        office_font=brand["fonts"]["office"],
        logo=logo["light"],
        logo_dark=logo["dark"],
        office_logo=logo["office"],
        office_logo_dark=logo["office_dark"],
    )
