"""Names of a CRM: ids made of them, and the name that a misspelt one probably means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from planwerk.importing.report import Notes
from planwerk.model.types import suggest_id
from planwerk.problems import Place
from planwerk.read import DEVICES

VERY_SIMILAR = 0.9
"""From this likeness (0 to 1) a misspelling is corrected without asking."""
SIMILAR = 0.7
"""From this likeness a name is worth proposing."""
RESERVED = frozenset({"offen", "open", "personas", "industries", "whole-company"})
"""Words that mean something else where ids stand."""


def slug(name: str) -> str:
    """An id made of a name: `Müller & Söhne` gives `mueller-soehne`."""
    # umlauts become two letters in suggest_id, other accents are dropped here
    parts = (
        letter if letter in "äöüß" else unicodedata.normalize("NFKD", letter)[:1]
        for letter in unicodedata.normalize("NFC", name.lower())
    )
    words = suggest_id("".join(parts))
    if words in RESERVED or DEVICES.fullmatch(words) or not words[0].isalpha():
        words = f"id-{words}"[:63].rstrip("-")
    return words


class Ids:
    """Gives each name of a scope (`account`, `offering`, …) its id, the same in every import."""

    def __init__(self, known: Mapping[str, Mapping[str, str]], notes: Notes) -> None:
        self.by_name = {scope: dict(names) for scope, names in known.items()}
        self.notes = notes

    def of(self, scope: str, name: str, place: Place | None = None) -> str:
        """The id of `name`; one that would clash gets a number, which is noted."""
        names = self.by_name.setdefault(scope, {})
        plain = slug(name)
        if name not in names:
            taken, number, free = set(names.values()), 2, plain
            while free in taken:
                free, number = f"{plain[:58].rstrip('-')}-{number}", number + 1
            names[name] = free
        if names[name] != plain:
            self.notes.add("decided", "id-suffixed", place, name=name, id=names[name], taken=plain)
        return names[name]


@dataclass(frozen=True, slots=True)
class Match:
    """What a word means: the `name` if that is certain enough, else the `nearest` to propose."""

    name: str = ""
    nearest: str = ""


class Finder:
    """Finds the name that a word of another table means.

    The same letters count as the same name, whatever the case, spaces and marks between
    them. With `near` a misspelling is taken too if one name, and only one, is very similar.
    """

    def __init__(self, names: Iterable[str], near: bool = False) -> None:
        self.names = list(names)
        self.near = near
        self.squeezed: dict[str, list[str]] = {}
        for name in self.names:
            self.squeezed.setdefault(squeeze(name), []).append(name)
        self.known = {name: Match(name) for name in self.names}

    def find(self, word: str) -> Match:
        """What `word` means."""
        if word not in self.known:
            self.known[word] = self._find(word)
        return self.known[word]

    def _find(self, word: str) -> Match:
        tight = squeeze(word)
        alike = self.squeezed.get(tight, []) if tight else []
        if len(alike) == 1:
            return Match(alike[0])
        ranked = sorted(((likeness(tight, squeeze(n)), n) for n in self.names), reverse=True)
        close = [name for ratio, name in ranked if ratio >= VERY_SIMILAR]
        if self.near and len(close) == 1 and digits(close[0]) == digits(word):
            return Match(close[0])
        best = ranked[0] if ranked else (0.0, "")
        return Match(nearest=best[1] if best[0] >= SIMILAR else "")


def squeeze(name: str) -> str:
    """A name without case, spaces and marks."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFC", name).casefold())


def digits(name: str) -> list[str]:
    """The numbers in a name: `GTK 500` and `GTK 50` are two products, not one misspelt."""
    return re.findall(r"\d+", name)


def likeness(one: str, other: str) -> float:
    """How alike two words are, from 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
