"""Well-formed files, made from the models: every field of every record occurs in them."""

from __future__ import annotations

import csv
import io
import types as python
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from planwerk.model import types as t
from planwerk.model.discovery import Questions
from planwerk.model.logs import Training
from planwerk.model.meeting import Meeting
from planwerk.model.record import Record
from planwerk.model.workspace import Workspace
from planwerk.read import FRONT_MATTER, PERIOD, SHARED_FOLDERS, TABLES

Label = tuple[str, str]
"""A record and its field."""

FILES: dict[str, type[Record]] = {
    "workspace.yml": Workspace,
    "questions.md": Questions,
    "training.csv": Training,
    **{f"{folder}/one.md": kind for folder, kind in SHARED_FOLDERS.items()},
    **{f"nordwind/{name}": kind for name, kind in {**FRONT_MATTER, **TABLES}.items()},
    "nordwind/meetings/2026-09-14-one.md": Meeting,
    **{f"nordwind/2026-h2/{name}": kind for name, kind in PERIOD.items()},
}
"""Every kind of file there is, below plans/."""

WORDS = (
    "Nordwind AG",
    "Müller & Söhne",
    "Antwort in 8 Stunden",
    "99,5 %",
    "東京支社",
    "client:cio",
    "NO",
    "0815",
    "12:30",
)
IDS = ("brandt", "survey", "nps", "newsletter", "it", "cio", "logistics", "a", "x-1")
PROSE = "Ein Absatz mit **fett**, einer [Stelle](https://example.com) und @cio.\n\n- eins\n- zwei\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"


@dataclass(frozen=True)
class Line:
    """A line of a file, and the fields it holds."""

    words: str
    labels: frozenset[Label] = frozenset()


def _day(rng: Random) -> str:
    year, month, day = rng.randint(2024, 2027), rng.randint(1, 12), rng.randint(1, 28)
    return rng.choice((f"{year}-{month:02}-{day:02}", f"{day}.{month}.{year}"))


def _number(rng: Random) -> str:
    return rng.choice(("0", "1", "42", "180000", "95.8", "0.125", "-3", "1234,5", "1.234,56"))


def _money(rng: Random) -> str:
    return rng.choice(("180000", "EUR 1200", "950 EUR", "0"))


def _title(rng: Random) -> str:
    return rng.choice(WORDS)


def _due(rng: Random) -> str:
    return rng.choice((_day(rng), f"{rng.randint(1, 99)} days after start", "1 day before end"))


def _maybe(inner: Callable[[Random], str]) -> Callable[[Random], str]:
    return lambda rng: rng.choice(("offen", "open")) if rng.random() < 0.1 else inner(rng)


def _one_of(*words: str) -> Callable[[Random], str]:
    return lambda rng: rng.choice(words)


PERSON = _one_of("brandt", "client:cio", "partner:edgeline")
SCALARS: list[tuple[Any, Callable[[Random], str]]] = [
    (t.Id, _one_of(*IDS)),
    (t.Word, _one_of("grow", "win_back")),
    (t.PeriodId, _one_of("2026-h1", "2025-h2")),
    (t.Day, _day),
    (t.Number, _number),
    (t.Money, _money),
    (t.YesNo, _one_of("ja", "nein", "yes", "no")),
    (t.PersonId, PERSON),
    (t.Days, _one_of("90 days", "1 day")),
    (t.Prose, _title),
    (t.Title, _title),
    (t.Language, _one_of("de", "en")),
    (t.Url, _one_of("https://git.example/plaene")),
    (t.Email, _one_of("kundenteam@firma.example")),
    (t.Currency, _one_of("EUR", "GBP")),
    (t.LogDay, _day),
    (t.Due, _maybe(_due)),
    (t.MaybeDay, _maybe(_day)),
    (t.MaybeDays, _maybe(_one_of("30 days"))),
    (t.MaybeNumber, _maybe(_number)),
    (t.MaybeMoney, _maybe(_money)),
    (t.MaybeTitle, _maybe(_title)),
    (t.MaybeProse, _maybe(_title)),
    (t.MaybePerson, _maybe(PERSON)),
    (t.MaybeYesNo, _maybe(_one_of("ja", "nein"))),
    (int, _one_of("1", "3")),
]
"""What may stand in a value of each type of the format."""


def scalar(hint: Any, rng: Random) -> str:
    """A text that is valid for the type."""
    make = _maker(hint)
    assert make is not None, f"no text can stand for {hint}"
    return make(rng)


@cache
def _maker(hint: Any) -> Callable[[Random], str] | None:
    """What makes texts of a type, or None where a text is not what is wanted."""
    for known, make in SCALARS:
        if hint == known:
            return make
    if get_origin(hint) is Annotated:
        return _maker(get_args(hint)[0])
    if get_origin(hint) is Literal:
        return _one_of(*(word for word in get_args(hint) if isinstance(word, str)))
    if get_origin(hint) in (Union, python.UnionType):
        return next((m for part in get_args(hint) if (m := _maker(part))), None)
    return None


@cache
def fields(kind: type[Record]) -> dict[str, tuple[str, Any]]:
    """By key of the file: the label's field and the type, `body` left out."""
    hints = get_type_hints(kind, include_extras=True)
    return {f.alias or name: (name, hints[name]) for name, f in kind.model_fields.items() if name != "body"}  # fmt: skip


@cache
def inner(hint: Any) -> tuple[str, Any]:
    """What a type holds: `record`, `list`, `map` or `scalar`, and of what."""
    if isinstance(hint, type) and issubclass(hint, Record):
        return "record", hint
    origin = get_origin(hint)
    if origin is tuple:
        return "list", get_args(hint)[0]
    if origin is dict:
        return "map", get_args(hint)
    if origin is Annotated and (found := inner(get_args(hint)[0]))[0] != "scalar":
        return found
    if origin in (Union, python.UnionType):
        for part in get_args(hint):
            if (found := inner(part))[0] != "scalar":
                return found
    return "scalar", hint


@cache
def labels(kind: type[Record]) -> set[Label]:
    """Every field of a record and of the records within it."""
    found: set[Label] = {(kind.__name__, name) for name in kind.model_fields}
    for _, hint in fields(kind).values():
        shape, of = inner(hint)
        if shape == "list":
            shape, of = inner(of)
        if shape == "record":
            found |= labels(of)
    return found


def all_labels() -> list[Label]:
    """Every field of every record that a file can hold."""
    return sorted({label for kind in FILES.values() for label in labels(kind)})


def front(kind: type[Record], rng: Random, full: bool, indent: str = "") -> Iterator[Line]:
    """The details of a record as lines."""
    for key, (name, hint) in fields(kind).items():
        required = kind.model_fields[name].is_required()
        if not (full or required or rng.random() < 0.7):
            continue
        label = frozenset({(kind.__name__, name)})
        if name == "share":
            yield Line(f"{indent}{key}: client", label)
            continue
        shape, of = inner(hint)
        if shape == "scalar" or (shape == "map" and "" in get_args(of[0]) and rng.random() < 0.5):
            words = scalar(of[1] if shape == "map" else of, rng)
            if "\n" not in str(words) and rng.random() < 0.1 and hint in (t.Prose, t.MaybeProse):
                yield Line(f"{indent}{key}: |", label)
                yield Line(f"{indent}  {words}", label)
            else:
                yield Line(f"{indent}{key}: {words}", label)
            continue
        yield Line(f"{indent}{key}:", label)
        yield from _within(shape, of, rng, full, indent, label)


def _within(
    shape: str, of: Any, rng: Random, full: bool, indent: str, label: frozenset[Label]
) -> Iterator[Line]:
    if shape == "record":
        yield from front(of, rng, full, indent + "  ")
    elif shape == "map":
        keys = [k for k in get_args(of[0]) if k in ("de", "en")] or ["place"]
        for key in keys:
            yield Line(f"{indent}  {key}: {scalar(of[1], rng)}", label)
    else:
        for _ in range(rng.randint(1, 2)):
            kind, part = inner(of)
            if kind == "record":
                lines = list(front(part, rng, full, indent + "    "))
                first = lines[0]
                yield Line(f"{indent}  - {first.words.lstrip()}", first.labels | label)
                yield from lines[1:]
            else:
                yield Line(f"{indent}  - {scalar(part, rng)}", label)


def table(kind: type[Record], rng: Random) -> tuple[str, list[Line]]:
    """A table with every column, and the sign that separates them."""
    mark = rng.choice(",;")
    further: str = getattr(kind, "further", "")
    columns = {k: f for k, f in fields(kind).items() if f[0] != further}
    every = frozenset((kind.__name__, name) for name, _ in columns.values())
    rows = [list(columns)]
    decimals = rng.choice((",", "."))
    for _ in range(rng.randint(1, 4)):
        cells = [str(scalar(hint, rng)) for _, hint in columns.values()]
        rows.append([_in_notation(cell, decimals) for cell in cells])
    if further:
        every |= {(kind.__name__, further)}
        rows = [[*row, ("hansefracht", "yes", "no")[min(n, 2)]] for n, row in enumerate(rows)]
    lines = []
    for row in rows:
        out = io.StringIO()
        csv.writer(out, delimiter=mark, lineterminator="").writerow(row)
        lines.append(Line(out.getvalue(), every))
    return mark, lines


def _in_notation(cell: str, decimals: str) -> str:
    """A table writes its decimals in one way."""
    plain = cell.replace(".", "").replace(",", ".") if cell in ("1234,5", "1.234,56") else cell
    return plain.replace(".", decimals) if plain in ("95.8", "1234.5", "1234.56", "0.125") else cell


def document(name: str, rng: Random, full: bool = True) -> list[Line]:
    """The lines of a well-formed file of that kind."""
    kind = FILES[name]
    if name.endswith(".csv"):
        return table(kind, rng)[1]
    lines = list(front(kind, rng, full))
    if not name.endswith(".md"):
        return lines
    body = frozenset({(kind.__name__, "body")}) if "body" in kind.model_fields else frozenset()
    text = [Line(words, body) for words in PROSE.split("\n")] if body else []
    return [Line("---"), *lines, Line("---"), *text]
