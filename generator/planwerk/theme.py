"""A brand: `themes/<name>/brand.yml` and the files beside it, read once for all formats."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

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
    word_template: str = ""
    """A Word file beside brand.yml; "" for word.docx or word.dotx, where there is one."""
    word_styles: Mapping[str, str] = field(default_factory=dict)
    """What the template calls its styles, by our names for their roles."""
    deck_template: str = ""
    """A PowerPoint file beside brand.yml; "" for deck.pptx or deck.potx, where there is one."""
    deck_layouts: Mapping[str, str] = field(default_factory=dict)
    """What the template calls its layouts, by our names for their roles."""

    def file(self, name: str) -> Path:
        """The path of a file of the brand."""
        return self.folder / name

    @property
    def template(self) -> Path | None:
        """The Word template: the one that is named, else word.docx or word.dotx beside brand.yml."""
        return self._first(self.word_template, "word.docx", "word.dotx")

    @property
    def deck_file(self) -> Path | None:
        """The PowerPoint template: the one that is named, else deck.pptx or deck.potx."""
        return self._first(self.deck_template, "deck.pptx", "deck.potx")

    def _first(self, named: str, *usual: str) -> Path | None:
        names = (named,) if named else usual
        return next((self.file(name) for name in names if self.file(name).is_file()), None)

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
    """Where `themes`, `plans` or `site` (the example's own pages) lies: in the installed package, else in the checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "_data" / name
    return installed if installed.is_dir() else package.parents[1] / name


BUILT_IN = "planwerk"


def find_brand(name: str, root: Path) -> str:
    """What `load_theme` takes for a brand's name: the workspace's own, in `themes/` beside
    `plans/`, comes before one that ships."""
    own = root / "themes" / name
    return str(own.resolve()) if (own / "brand.yml").is_file() else name


@lru_cache(maxsize=8)
def load_theme(name: str = BUILT_IN) -> Theme:
    """The brand that ships under that name, or lies in that folder (an absolute path).

    Refuses (exit code 2) one that is missing, broken or incomplete.
    """
    folder = Path(name) if Path(name).is_absolute() else data_folder("themes") / name
    shown = f"themes/{folder.name}/brand.yml"
    try:
        brand = yaml.load((folder / "brand.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    except OSError:
        raise refuse("missing-brand", shown, nearest=", ".join(shipped())) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise refuse("brand-broken", shown, found=str(error).splitlines()[0]) from None

    def said(*keys: str) -> Any:
        value = brand
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        if value in (None, "", {}):
            raise refuse("brand-key-missing", shown, found=": ".join(keys))
        return value

    light, dark = (_colors(said("colors", scheme), shown) for scheme in ("light", "dark"))
    files = said("fonts", "portal", "files")
    if not isinstance(files, dict) or not all(str(weight).isdigit() for weight in files):
        raise refuse("brand-key-missing", shown, found="fonts: portal: files: 400")
    word, styles = _template_of(brand, "word", "styles", "heading1: Heading 1", shown)
    deck, layouts = _template_of(brand, "deck", "layouts", "title: Title Slide", shown)
    return Theme(
        name=str(said("name")),
        folder=folder,
        light=light,
        dark=dark,
        portal_font=str(said("fonts", "portal", "family")),
        font_files={int(weight): str(file) for weight, file in files.items()},
        font_licence=str(said("fonts", "portal", "licence")),
        office_font=str(said("fonts", "office")),
        logo=str(said("logo", "light")),
        logo_dark=str(said("logo", "dark")),
        office_logo=str(said("logo", "office")),
        office_logo_dark=str(said("logo", "office_dark")),
        word_template=word,
        word_styles=styles,
        deck_template=deck,
        deck_layouts=layouts,
    )


def _template_of(
    brand: Mapping[str, Any], kind: str, names: str, example: str, shown: str
) -> tuple[str, dict[str, str]]:
    """The template that is named for a kind of file, and what it calls what plays our roles."""
    said = brand.get(kind) or {}
    known = said.get(names) or {} if isinstance(said, dict) else None
    if not isinstance(known, dict):
        raise refuse("brand-key-missing", shown, found=f"{kind}: {names}: {example}")
    return str(said.get("template") or ""), {str(role): str(name) for role, name in known.items()}


def _colors(scheme: Mapping[str, Any], shown: str) -> dict[str, str]:
    """The colours of a scheme as six hex digits; refuses a missing one."""
    for token in REQUIRED:
        if not isinstance(scheme, dict) or not re.fullmatch(
            r"[0-9A-Fa-f]{6}", str(scheme.get(token, ""))
        ):
            raise refuse("brand-colour-missing", shown, token=token)
    return {str(token): str(color) for token, color in scheme.items()}


def shipped() -> tuple[str, ...]:
    """The names of the brands that ship."""
    return tuple(sorted(path.parent.name for path in data_folder("themes").glob("*/brand.yml")))
