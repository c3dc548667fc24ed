"""The forms of values: what can stand in a field, as other programs and people are told it.

`model/types.py` reads values; here the same is said as JSON Schema. It stands apart because
types that carry their schema would make every command start later. A plan's reader takes each
value as the text that stands there; editors and YAML libraries may have made numbers or
booleans of it, so wherever text can stand, those can too.
"""

from __future__ import annotations

from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from planwerk.model import types as t
from planwerk.model.currencies import codes
from planwerk.model.record import Record, Share
from planwerk.model.workspace import Count, Words


class Form(NamedTuple):
    """One form of a value: its name (`form.<name>` in the words), its JSON Schema, an example."""

    name: str
    json: dict[str, Any]
    example: str = ""


def _text(name: str, pattern: str, example: str = "") -> Form:
    return Form(name, {"type": "string", "pattern": pattern}, example)


PLAIN: list[str] = ["string", "number", "boolean"]
_ID = "[a-z][a-z0-9-]{0,62}"
ID = _text("id", f"^{_ID}$")
WORD = _text("word", "^[a-z][a-z0-9_-]{0,62}$")
PERIOD = _text("period", "^[a-z0-9][a-z0-9-]{0,62}$", "2026-h1")
URL = _text(
    "url",
    r"^\s*https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/+@%-]*)?\s*$",
    "https://git.example/plaene",
)
EMAIL = _text("email", r'^\s*[^\s@<>"]{1,64}@[^\s@<>"]{1,255}\s*$', "kundenteam@firma.example")
PERSON = _text("person", f"^(client:|partner:)?{_ID}$", "client:cio")
DAY = _text(
    "day",
    r"^((1[89]|2[01])\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    r"|(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.(1[89]|2[01])\d{2})$",
    "2026-11-23",
)
MONTH = _text(
    "month",
    r"^((1[89]|2[01])\d{2}-(0[1-9]|1[0-2])|(0?[1-9]|1[0-2])\.(1[89]|2[01])\d{2})$",
    "2026-09",
)
DISTANCE = _text("distance", rf"^\s*\d{{1,3}} days? (after|before) {_ID}\s*$", "14 days after start")  # fmt: skip
CURRENCY = Form("currency", {"type": "string", "enum": sorted(codes())}, "EUR")
DAYS = _text("days", r"^\d{1,4} days?$", "90 days")
UNKNOWN = _text("unknown", r"^\s*([oO][fF][fF][eE][nN]|[oO][pP][eE][nN])\s*$", "offen")
NUMBER = Form(
    "number",
    {
        "type": ["string", "number"],
        "pattern": r"^\s*(?!-?[1-9]\d{0,2}([.,]\d{3})+\s*$)"
        r"-?(\d{1,15}([.,]\d{1,6})?|\d{1,3}(\.\d{3}){1,4},\d{1,6})\s*$",
    },
    "180000",
)
_NOT_AMBIGUOUS = r"(?!\s*([A-Z]{3}|€)?\s?-?[1-9]\d{0,2}([.,]\d{3})+\s?([A-Z]{3}|€)?\s*$)"
MONEY = Form(
    "money",
    {
        "type": ["string", "number"],
        "pattern": rf"^{_NOT_AMBIGUOUS}\s*(([A-Z]{{3}}|€)\s?)?"
        r"-?(\d{1,15}([.,]\d{1,6})?|\d{1,3}(\.\d{3}){1,4},\d{1,6})(\s?([A-Z]{3}|€))?\s*$",
    },
    "180000",
)
COUNT = Form("count", {"type": ["string", "integer"], "pattern": "^[0-9]{1,3}$", "minimum": 0, "maximum": 999}, "2")  # fmt: skip
YES_NO = Form(
    "yes_no",
    {
        "type": ["boolean", "string"],
        "pattern": "^([jJ][aA]|[nN][eE][iI][nN]|[yY][eE][sS]|[nN][oO]"
        "|[tT][rR][uU][eE]|[fF][aA][lL][sS][eE])$",
    },
    "ja",
)
TITLE = Form("title", {"type": PLAIN, "pattern": r"^\s*([^<>\s]([^<>\n]*[^<>\s])?)?\s*$"})
PROSE = Form("prose", {"type": PLAIN})
LANGUAGES = ("de", "en")
WORDS = Form(
    "words",
    {
        "anyOf": [
            TITLE.json,
            {
                "type": "object",
                "properties": {"de": TITLE.json, "en": TITLE.json},
                "additionalProperties": False,
            },
        ]
    },
)
_AUDIENCE = {"type": "string", "pattern": f"^(client|partner:{_ID})$"}
AUDIENCE = Form("audience", {"anyOf": [_AUDIENCE, {"type": "array", "items": _AUDIENCE}]}, "client")  # fmt: skip
FORMS: dict[Any, tuple[Form, ...]] = {
    t.Id: (ID,),
    t.Url: (URL,),
    t.Email: (EMAIL,),
    t.Word: (WORD,),
    t.PeriodId: (PERIOD,),
    t.Day: (DAY,),
    t.LogDay: (DAY, MONTH),
    t.MaybeDay: (DAY, UNKNOWN),
    t.Due: (DAY, DISTANCE, UNKNOWN),
    t.Currency: (CURRENCY,),
    t.Days: (DAYS,),
    t.MaybeDays: (DAYS, UNKNOWN),
    t.Number: (NUMBER,),
    t.MaybeNumber: (NUMBER, UNKNOWN),
    t.Money: (MONEY,),
    t.MaybeMoney: (MONEY, UNKNOWN),
    t.YesNo: (YES_NO,),
    t.MaybeYesNo: (YES_NO, UNKNOWN),
    t.PersonId: (PERSON,),
    t.MaybePerson: (PERSON, UNKNOWN),
    t.Title: (TITLE,),
    t.MaybeTitle: (TITLE, UNKNOWN),
    t.Prose: (PROSE,),
    t.MaybeProse: (PROSE, UNKNOWN),
    Share: (AUDIENCE,),
    Words: (WORDS,),
    Count: (COUNT,),
}


class Shape(NamedTuple):
    """What a field takes: values of some forms or fixed words, a record; one, many, by key."""

    forms: tuple[Form, ...] = ()
    words: tuple[str, ...] = ()
    record: type[Record] | None = None
    many: bool = False
    by_key: bool = False
    may_be_empty: bool = False
    """Whether nothing may stand behind the colon."""


@lru_cache(maxsize=256)
def shapes(record: type[Record]) -> dict[str, Shape]:
    """What each field of a record takes, by its name in the code."""
    hints = get_type_hints(record, include_extras=True)
    return {name: _shape(hints[name]) for name in record.model_fields}


def _shape(hint: Any) -> Shape:
    origin, parts = get_origin(hint), get_args(hint)
    if hint in FORMS:
        return Shape(FORMS[hint])
    if hint == t.Language:
        return Shape(words=LANGUAGES)
    if origin in (Union, UnionType):
        return _union(parts)
    if origin is Literal:
        return Shape(words=tuple(dict.fromkeys(map(str, parts))))
    if origin is tuple:
        return _shape(parts[0])._replace(many=True)
    if origin is dict:
        return _shape(parts[1])._replace(by_key=True)
    if origin is Annotated:
        return _shape(parts[0])
    if isinstance(hint, type) and issubclass(hint, Record):
        return Shape(record=hint)
    raise TypeError(f"no form for {hint}")


def _union(parts: tuple[Any, ...]) -> Shape:
    shapes = [_shape(part) for part in parts if part is not NoneType]
    if len(shapes) == 1:
        return shapes[0]._replace(may_be_empty=NoneType in parts)
    forms = tuple(dict.fromkeys(form.name for shape in shapes for form in shape.forms))
    by_name = {form.name: form for shape in shapes for form in shape.forms}
    return Shape(tuple(by_name[name] for name in forms), may_be_empty=NoneType in parts)
