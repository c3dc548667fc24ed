"""Every word an output says: `words/<language>.yml`, found by a dotted key.

A text may hold `{placeholders}`; a text with the forms `one` and `other` (and
`zero`) is chosen by the fact `count`.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from planwerk.text.plain_front import read_plain

LANGUAGES = ("de", "en")
FURTHER = ("importing",)
"""Packages that keep the words of their own problems beside them, in words.yml."""


class Sections(Mapping[str, Any]):
    """What stands under each name at the margin of a file; read when it is asked for.

    A check says a handful of texts: reading all of them would take longer than looking whether
    anything changed.
    """

    def __init__(self, texts: str) -> None:
        _, *parts = re.split(r"^(?=[A-Za-z_]+:)", texts, flags=re.M)
        self._unread = {part.partition(":")[0]: part for part in parts}
        self._read: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._read:
            self._read[name] = _values(self._unread[name])[name]
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._unread)

    def __len__(self) -> int:
        return len(self._unread)

    def below(self, name: str) -> Sections:
        """What stands under a name, itself read name by name."""
        return Sections(textwrap.dedent(self._unread[name].partition("\n")[2]))


class _OfLanguage(Sections):
    """The texts of a language, among its problems those that other packages describe."""

    def __init__(self, language: str) -> None:
        super().__init__(Path(__file__).with_name(f"{language}.yml").read_text("utf-8"))
        self._language = language

    def __getitem__(self, name: str) -> Any:
        known = name in self._read
        found = super().__getitem__(name)
        for further in () if known or name != "problem" else FURTHER:
            beside = Path(__file__).parents[1] / further / "words.yml"
            found |= Sections(beside.read_text("utf-8"))[self._language].get("problem", {})
        return found


def _values(texts: str) -> Any:
    """What YAML says, all of it as texts (`on` is a key); libyaml is loaded only where it is needed."""
    if (plain := read_plain(texts)) is not None:
        return plain
    import yaml

    return yaml.load(texts, Loader=yaml.CBaseLoader)


class Words:
    """The texts of one language."""

    def __init__(self, language: str, texts: Mapping[str, Any]) -> None:
        self.language = language
        self._texts = texts
        self._found: dict[str, Any] = {}

    @property
    def all(self) -> Mapping[str, Any]:
        """Every text by its key."""
        return self._texts

    def __call__(self, key: str, **facts: object) -> str:
        """The text of `key` with its placeholders filled; KeyError for a key that is missing."""
        found: Any = self._find(key)
        if not isinstance(found, str):
            count = facts.get("count")
            form = "zero" if count == 0 and "zero" in found else "one" if count == 1 else "other"
            found = found[form]
        shown = {name: self.shown(fact) for name, fact in facts.items()}
        return str(found).format(**shown) if shown else str(found)

    def shown(self, fact: object) -> object:
        """A fact as its placeholder shows it: as it is."""
        return fact

    def has(self, key: str) -> bool:
        """Whether there is a text (or a group of texts) under `key`."""
        try:
            self._find(key)
        except KeyError:
            return False
        return True

    def group(self, key: str) -> Mapping[str, str]:
        """All texts under `key`, such as the labels of the portal."""
        found: Mapping[str, str] = self._find(key)
        return found

    def _find(self, key: str) -> Any:
        if key in self._found:
            return self._found[key]
        found: Any = self._texts
        for part in key.split("."):
            if not isinstance(found, Mapping) or part not in found:
                raise KeyError(f"{self.language}: {key}")
            found = found[part]
        self._found[key] = found
        return found


@lru_cache(maxsize=4)
def load_words(language: str) -> Words:
    """The words of `de` or `en`."""
    return Words(language, _OfLanguage(language))


@lru_cache(maxsize=4)
def load_manual_words(language: str) -> Words:
    """The words of the rules' manual (`rules.<language>.yml`), which only the manual needs."""
    path = Path(__file__).with_name(f"rules.{language}.yml")
    return Words(language, _values(path.read_text("utf-8")))


@lru_cache(maxsize=2)
def load_telling(language: str) -> Words:
    """The words of changes (`telling.<language>.yml`), which only a history needs."""
    path = Path(__file__).with_name(f"telling.{language}.yml")
    return Words(language, Sections(path.read_text("utf-8")))


@lru_cache(maxsize=2)
def load_logbook(language: str) -> Words:
    """The words of `planwerk history`, `diff` and `ci` (`logbook.<language>.yml`)."""
    path = Path(__file__).with_name(f"logbook.{language}.yml")
    return Words(language, _values(path.read_text("utf-8")))


@lru_cache(maxsize=2)
def load_pictures(language: str) -> Words:
    """The words of the page that shows every picture (`pictures.<language>.yml`)."""
    path = Path(__file__).with_name(f"pictures.{language}.yml")
    return Words(language, _values(path.read_text("utf-8")))


@lru_cache(maxsize=2)
def load_kpi_words(language: str) -> Words:
    """The words of the KPIs (`kpis.<language>.yml`): names, formulas, how a number came about."""
    path = Path(__file__).with_name(f"kpis.{language}.yml")
    return Words(language, Sections(path.read_text("utf-8")))


@lru_cache(maxsize=2)
def load_portfolio_words(language: str) -> Words:
    """The words of the pages over all accounts (`portfolio.<language>.yml`)."""
    path = Path(__file__).with_name(f"portfolio.{language}.yml")
    return Words(language, _values(path.read_text("utf-8")))
