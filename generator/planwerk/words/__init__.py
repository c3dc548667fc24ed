"""Every word an output says: `words/<language>.yml`, found by a dotted key.

A text may hold `{placeholders}`; a text with the forms `one` and `other` (and
`zero`) is chosen by the fact `count`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("de", "en")
FURTHER = ("importing",)
"""Packages that keep the words of their own problems beside them, in words.yml."""


class Words:
    """The texts of one language."""

    def __init__(self, language: str, texts: Mapping[str, Any]) -> None:
        self.language = language
        self._texts = texts

    def __call__(self, key: str, **facts: object) -> str:
        """The text of `key` with its placeholders filled; KeyError for a key that is missing."""
        found: Any = self._find(key)
        if isinstance(found, dict):
            count = facts.get("count")
            form = "zero" if count == 0 and "zero" in found else "one" if count == 1 else "other"
            found = found[form]
        return str(found).format(**facts) if facts else str(found)

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
        found: Any = self._texts
        for part in key.split("."):
            if not isinstance(found, dict) or part not in found:
                raise KeyError(f"{self.language}: {key}")
            found = found[part]
        return found


@lru_cache(maxsize=4)
def load_words(language: str) -> Words:
    """The words of `de` or `en`."""
    path = Path(__file__).with_name(f"{language}.yml")
    texts = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    for further in FURTHER:
        beside = Path(__file__).parents[1] / further / "words.yml"
        own = yaml.load(beside.read_text("utf-8"), Loader=yaml.CSafeLoader)[language]
        texts["problem"] |= own.get("problem", {})
    return Words(language, texts)


@lru_cache(maxsize=4)
def load_manual_words(language: str) -> Words:
    """The words of the rules' manual (`rules.<language>.yml`), which only the manual needs."""
    path = Path(__file__).with_name(f"rules.{language}.yml")
    return Words(language, yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))


@lru_cache(maxsize=2)
def load_telling(language: str) -> Words:
    """The words of changes (`telling.<language>.yml`), which only a history needs."""
    path = Path(__file__).with_name(f"telling.{language}.yml")
    return Words(language, yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))
