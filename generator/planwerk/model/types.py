"""The types of the format's values: every value arrives as the text that stands in the file.

A wrong text raises `PydanticCustomError` whose type is the rule's name and whose context are
the facts of the problem; `model/validate.py` turns it into a `Problem` at its place.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Annotated, Any, TypeAlias, get_args

from pydantic import ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from planwerk.model.currencies import is_currency, meant
from planwerk.text.table import AMBIGUOUS, COMMA, NO_NOTATION, POINT, Notation


class Unknown(Enum):
    """A value nobody knows yet: written `offen` or `open`, shown as that word, never as zero."""

    OPEN = "open"


OPEN = Unknown.OPEN
OPEN_WORDS = ("offen", "open")

ID = re.compile(r"[a-z][a-z0-9-]{0,62}")
WORD = re.compile(r"[a-z][a-z0-9_-]{0,62}")
PERIOD_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.A)
GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.A)
ISO_MONTH = re.compile(r"(\d{4})-(\d{2})", re.A)
GERMAN_MONTH = re.compile(r"(\d{1,2})\.(\d{4})", re.A)
FIRST_YEAR, LAST_YEAR = 1800, 2199
"""Days outside are slips of the pen (0026-11-23), and no calendar has room to reckon with them."""
DIGITS = 15
NUMBER = re.compile(rf"-?\d{{1,{DIGITS}}}(\.\d{{1,6}})?", re.A)
AMOUNT = re.compile(r"(?:([A-Z]{3}|€)\s?)?(-?[\d.,]+)(?:\s?([A-Z]{3}|€))?", re.A)
RELATIVE = re.compile(
    r"(?P<days>\d{1,3}) days? (?P<side>after|before) (?P<of>[a-z][a-z0-9-]{0,62})", re.A
)
URL = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/+@%-]*)?")
EMAIL = re.compile(r"[^\s@<>\"]{1,64}@[^\s@<>\"]{1,255}")
PERSON = re.compile(r"(client:|partner:)?[a-z][a-z0-9-]{0,62}")


@dataclass(frozen=True, slots=True)
class After:
    """A day told by another record: so many `days` after (negative: before) the day of `of`.

    `of` is the id of a task or milestone of the same period, or `start` or `end` of it.
    """

    days: int
    of: str

    def __str__(self) -> str:
        side = "after" if self.days >= 0 else "before"
        unit = "day" if abs(self.days) == 1 else "days"
        return f"{abs(self.days)} {unit} {side} {self.of}"


class Reads:
    """What a type is annotated with: the one function that makes its value of what stands there.

    What the annotated type says beside is for people and programs that look at the models:
    pydantic asks nothing but the function. `of_surroundings` gives it what is known of the file.
    """

    def __init__(self, read: Callable[..., Any], of_surroundings: bool = False) -> None:
        self.read, self.of_surroundings = read, of_surroundings

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        if self.of_surroundings:
            return core_schema.with_info_plain_validator_function(self.read)
        return core_schema.no_info_plain_validator_function(self.read)


def _wrong(rule: str, value: object, **facts: str) -> PydanticCustomError:
    return PydanticCustomError(rule, rule, {"found": str(value), **facts})


def _id(value: Any) -> Any:
    if not isinstance(value, str) or not _is_id(value):
        raise _wrong("wrong-id", value, suggestion=suggest_id(str(value)))
    return value


@lru_cache(maxsize=1 << 14)  # the same ids come again and again
def _is_id(words: str) -> bool:
    return ID.fullmatch(words) is not None


def _word(value: Any) -> Any:
    if not isinstance(value, str) or not WORD.fullmatch(value):
        raise _wrong("wrong-id", value, suggestion=suggest_id(str(value)))
    return value


def _period(value: Any) -> Any:
    if not isinstance(value, str) or not PERIOD_ID.fullmatch(value):
        raise _wrong("wrong-id", value, suggestion=suggest_id(str(value)))
    return value


def suggest_id(words: str) -> str:
    """A lower-case id made of somebody's words: `Einkauf Süd` gives `einkauf-sued`."""
    plain = words.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", words).lower()
        for letter, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
            plain = plain.replace(letter, letters)
        apart = unicodedata.normalize("NFD", plain)
        plain = "".join(c for c in apart if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:63].rstrip("-") or "name"


def _day(value: Any) -> Any:
    return value if isinstance(value, date) else _day_of(str(value))


@lru_cache(maxsize=1 << 14)  # the same days come again and again
def _day_of(words: str) -> date:
    german = GERMAN_DAY.fullmatch(words)
    if not german and not ISO_DAY.fullmatch(words):
        raise _wrong("wrong-date", words)
    try:
        parts = reversed(german.groups()) if german else words.split("-")
        day = date(*map(int, parts))
    except ValueError:
        raise _wrong("no-such-day", words) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _wrong("unlikely-day", words, first=str(FIRST_YEAR), last=str(LAST_YEAR))
    return day


class MonthSum(date):
    """A month as the day of a line that is its sum: written `2026-03`, and as a day its last."""

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def _log_day(value: Any) -> Any:
    return value if isinstance(value, date) else _log_day_of(str(value))


@lru_cache(maxsize=1 << 14)
def _log_day_of(words: str) -> date:
    if found := ISO_MONTH.fullmatch(words):
        year, month = found[1], found[2]
    elif found := GERMAN_MONTH.fullmatch(words):
        month, year = found[1].zfill(2), found[2]
    else:
        return _day_of(words)
    first = _day_of(f"{year}-{month}-01")
    return MonthSum.fromordinal(month_end(first.year, first.month).toordinal())


def _number(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, Decimal):
        return value
    words = str(value).strip()
    if words.isdecimal() and words.isascii() and len(words) <= DIGITS:
        return Decimal(words)  # as most are: no sign in it that could mean two things
    plain = plain_number(words, (info.context or {}).get("notation") or NO_NOTATION)
    if plain is None:
        mark = "." if "." in words else ","
        raise _wrong(
            "ambiguous-number",
            words,
            whole=words.replace(".", "").replace(",", ""),
            fraction=f"{words.replace(mark, '.', 1).rstrip('0')}0",
        )
    if not NUMBER.fullmatch(plain):
        raise _wrong("wrong-number", words)
    return Decimal(plain)


def plain_number(words: str, notation: Notation = NO_NOTATION) -> str | None:
    """A number as it is written with a point and without separators; other words as they stand.

    None where it could be read in two ways, and nothing in its file says which.
    """
    if AMBIGUOUS.fullmatch(words):
        marks = set(words) & {".", ","}
        if marks == {notation.mark} and words.count(notation.mark) == 1:
            return words.replace(notation.mark, ".")
        if notation.shown and len(marks) == 1 and notation.mark not in marks:
            return words.replace(marks.pop(), "")
        return None
    if notation.mark == "." and POINT.fullmatch(words):
        return words.replace(",", "")
    return words.replace(".", "").replace(",", ".") if COMMA.fullmatch(words) else words


def _money(value: Any, info: ValidationInfo) -> Any:
    """An amount; `EUR 1200` only where that is the workspace's currency."""
    if isinstance(value, str) and (found := AMOUNT.fullmatch(value.strip())):
        currency = (info.context or {}).get("currency") or "EUR"
        for named in filter(None, (found[1], found[3])):
            if {"€": "EUR"}.get(named, named) != currency:
                raise _wrong("foreign-currency", value, currency=currency)
        value = found[2]
    return _number(value, info)


def _yes_no(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    answers = {"ja": True, "yes": True, "true": True, "nein": False, "no": False, "false": False}
    answer = answers.get(str(value).lower())
    if answer is None:
        raise _wrong("wrong-yes-no", value)
    return answer


def _is_open(value: Any) -> bool:
    """Whether nobody knows the value yet."""
    if isinstance(value, str):
        first = value[:1]  # tells of most texts that they are not, and is all that is asked
        return (first in "oO" or first.isspace()) and value.strip().lower() in OPEN_WORDS
    if isinstance(value, dict) and len(value) == 1:  # a text that became `key: value` by its colon
        raise PydanticCustomError("wrong-shape", "wrong-shape", {"expected": "text"})
    return value is OPEN


def _maybe(kind: Any) -> Reads:
    """What reads a value of `kind`, or that nobody knows it yet."""
    known: Reads = get_args(kind)[1]
    read = known.read
    if known.of_surroundings:
        return Reads(lambda value, info: OPEN if _is_open(value) else read(value, info), True)
    return Reads(lambda value: OPEN if _is_open(value) else read(value))


def _person(value: Any) -> Any:
    if not isinstance(value, str) or not PERSON.fullmatch(value):
        raise _wrong("wrong-person", value)
    return value


def _days(value: Any) -> Any:
    if isinstance(value, int):
        return value
    found = re.fullmatch(r"([0-9]{1,4}) days?", str(value))
    if not found:
        raise _wrong("wrong-duration", value)
    return int(found[1])


def _due(value: Any) -> Any:
    if isinstance(value, str) and (found := RELATIVE.fullmatch(value.strip())):
        days = int(found["days"])
        return After(days if found["side"] == "after" else -days, found["of"])
    return value if isinstance(value, After) else OPEN if _is_open(value) else _day(value)


def _text(value: Any) -> Any:
    if value is None or isinstance(value, list | dict):
        raise PydanticCustomError("wrong-shape", "wrong-shape", {"expected": "text"})
    return str(value).strip()


def _title(value: Any) -> Any:
    words = _text(value)
    if "<" in words or ">" in words:
        raise _wrong("angle-bracket-in-title", words)
    if "\n" in words:
        raise _wrong("title-over-lines", words.split("\n")[0])
    return words


def are_plain_titles(words: list[str]) -> bool:
    """Whether each of these is a title that stands as it is: none is open, none is refused."""
    together = "\n".join(words)
    plain = "<" not in together and ">" not in together and together.count("\n") < len(words)
    return plain and not any(word.lower() in OPEN_WORDS for word in words if len(word) < 6)


def is_text(mark: object) -> bool:
    """Whether it is what marks a type for texts that people write."""
    return isinstance(mark, Reads) and mark.read in (_text, _title)


def _url(value: Any) -> Any:
    if not isinstance(value, str) or not URL.fullmatch(value.strip()):
        raise _wrong("wrong-url", value)
    return value.strip().rstrip("/")


def _email(value: Any) -> Any:
    if not isinstance(value, str) or not EMAIL.fullmatch(value.strip()):
        raise _wrong("wrong-email", value)
    return value.strip()


def _currency(value: Any) -> Any:
    code = _text(value)
    if not is_currency(code):
        raise _wrong("wrong-currency", code, nearest=meant(code))
    return code


def _language(value: Any) -> Any:
    if value not in ("de", "en"):
        raise _wrong("unknown-word", value, allowed="de, en", nearest="de")
    return value


Id: TypeAlias = Annotated[str, Reads(_id)]
"""Lower case, worded, with `-`; 63 characters at most."""
Word: TypeAlias = Annotated[str, Reads(_word)]
"""A word of the house, such as a kind of plan: lower case, with `_` or `-`."""
Day: TypeAlias = Annotated[date, Reads(_day)]
"""A day: 2026-11-23, or 23.11.2026."""
LogDay: TypeAlias = Annotated[date, Reads(_log_day)]
"""A day of a log; or a month (2026-03), where the line is the sum of all that the month held."""
Number: TypeAlias = Annotated[Decimal, Reads(_number, of_surroundings=True)]
"""A number without thousands separators; a decimal comma is understood where it is clear."""
Money: TypeAlias = Annotated[Decimal, Reads(_money, of_surroundings=True)]
"""An amount in the workspace's currency, which may be named: `1200` or `EUR 1200`."""
YesNo: TypeAlias = Annotated[bool, Reads(_yes_no)]
PersonId: TypeAlias = Annotated[str, Reads(_person)]
"""`brandt` (our team), `client:cio` (this account's people), `partner:edgeline`."""
Days: TypeAlias = Annotated[int, Reads(_days)]
"""A duration, written `90 days`; held as a number of days."""
Prose: TypeAlias = Annotated[str, Reads(_text)]
"""Text that may run over lines."""
Title: TypeAlias = Annotated[str, Reads(_title)]
"""One line of text without angle brackets: it becomes a page title or heading."""
Url: TypeAlias = Annotated[str, Reads(_url)]
"""The address of a page, by https and without a question in it."""
Email: TypeAlias = Annotated[str, Reads(_email)]
"""An e-mail address alone, without a name."""
Currency: TypeAlias = Annotated[str, Reads(_currency)]
"""The three letters of a currency: `EUR`."""
Language: TypeAlias = Annotated[str, Reads(_language)]
PeriodId: TypeAlias = Annotated[str, Reads(_period)]
"""A period: the name of its folder, such as `2026-h1`."""
MaybeDay: TypeAlias = Annotated[Unknown | Day, _maybe(Day)]
Due: TypeAlias = Annotated[After | Unknown | Day, Reads(_due)]
"""A day, or `14 days after consent-text`, which reading resolves; or open."""
MaybeDays: TypeAlias = Annotated[Unknown | Days, _maybe(Days)]
MaybeNumber: TypeAlias = Annotated[Unknown | Number, _maybe(Number)]
MaybeMoney: TypeAlias = Annotated[Unknown | Money, _maybe(Money)]
MaybeTitle: TypeAlias = Annotated[Unknown | Title, _maybe(Title)]
MaybeProse: TypeAlias = Annotated[Unknown | Prose, _maybe(Prose)]
MaybePerson: TypeAlias = Annotated[Unknown | PersonId, _maybe(PersonId)]
MaybeYesNo: TypeAlias = Annotated[Unknown | YesNo, _maybe(YesNo)]
