"""The bank of open interview questions that ships: by purpose, in German and English."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

LANGUAGES = ("de", "en")


class BankQuestion(NamedTuple):
    """An open question by language; `{slots}` in its text are filled by the interview."""

    id: str
    purpose: str
    text: dict[str, str]


@lru_cache(maxsize=1)
def questions() -> dict[str, BankQuestion]:
    """All questions of the bank by id."""
    path = Path(__file__).with_name("questions.yml")
    rows = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    found = (
        BankQuestion(row["id"], row["purpose"], {code: row[code] for code in LANGUAGES})
        for row in rows
    )
    return {question.id: question for question in found}
