"""The bank of open interview questions that ships: by purpose, in German and English.

`wording` is the one place that says what a question of an interview reads like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from planwerk.model.discovery import HouseQuestion, Question

LANGUAGES = ("de", "en")
PURPOSES = ("industry", "pressure", "success", "culture", "announcement", "people", "service")
SLOT = re.compile(r"\{([a-z][a-z0-9-]*)\}")
"""A gap in a question, filled by the interview."""


class BankQuestion(NamedTuple):
    """An open question by language; `{slots}` in its text are filled by the interview."""

    id: str
    purpose: str
    text: dict[str, str]


@lru_cache(maxsize=1)
def questions() -> dict[str, BankQuestion]:
    """All questions of the bank by id."""
    import yaml  # hardly a check names one of them

    path = Path(__file__).with_name("questions.yml")
    rows = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    found = (
        BankQuestion(row["id"], row["purpose"], {code: row[code] for code in LANGUAGES})
        for row in rows
    )
    return {question.id: question for question in found}


def texts(question: Question, house: Iterable[HouseQuestion]) -> Mapping[str, str]:
    """The texts of a question by language ("" for all), gaps unfilled; empty if nobody knows it.

    Its own text comes first, then the house's question of that id, then the bank's.
    """
    if isinstance(question.text, str) and question.text:
        return {"": question.text}
    for known in house:
        if known.id == question.id:
            return {str(code): text for code, text in known.text.items()}
    shipped = questions().get(question.id)
    return shipped.text if shipped else {}


def slots(question: Question, house: Iterable[HouseQuestion]) -> tuple[str, ...]:
    """The gaps of a question in any language, in their order."""
    found = (name for text in texts(question, house).values() for name in SLOT.findall(text))
    return tuple(dict.fromkeys(found))


def wording(
    question: Question,
    house: Iterable[HouseQuestion],
    language: str,
    known: Mapping[str, str],
    gap: Callable[[str], str],
) -> str:
    """What the question reads like in `language`: its id if nobody knows its text.

    A gap takes what the interview says, else what is `known` (the client's name), else the
    word that `gap` makes of the slot.
    """
    by_language = texts(question, house)
    text = by_language.get(language) or by_language.get("") or next(iter(by_language.values()), "")

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        return question.slots.get(name) or known.get(name) or gap(name)

    return SLOT.sub(fill, text) or question.id
