"""What is written reads back equal: every record, by both YAML readers, formatted or not.

`make test` tries few instances; `pytest tests/test_roundtrip.py --hypothesis-profile=deep` many.
"""

from __future__ import annotations

import types
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwerk.format.dump import dump, dump_front
from planwerk.format.emit import text_only
from planwerk.format.files import AT_THE_TOP, plan_files
from planwerk.format.form import formed
from planwerk.format.front import canonical
from planwerk.model import types as model_types
from planwerk.model.meeting import Meeting
from planwerk.model.outputs import Each
from planwerk.model.plan import TaskFile
from planwerk.model.record import Record, Share
from planwerk.model.types import ID, OPEN, OPEN_WORDS, PERIOD_ID, PERSON, URL, WORD, After, Unknown
from planwerk.model.validate import validate
from planwerk.model.workspace import Words, Workspace
from planwerk.read import FRONT_MATTER, PERIOD, SHARED_FOLDERS
from planwerk.text.front_matter import read_front_matter
from planwerk.text.source import FORBIDDEN, Source, decode, split

KINDS = sorted(
    {
        *FRONT_MATTER.values(), *PERIOD.values(), *SHARED_FOLDERS.values(), Meeting,
        AT_THE_TOP["questions.md"], Workspace,
    },
    key=lambda kind: kind.__name__,
)  # fmt: skip

# --- instances out of the annotations ------------------------------------------------------------

NASTY = ["#", " #", ": ", ":", "- ", "-", "? ", "@", "`", "%", "&a", "*a", "!", "|", ">", "'", '"', "\\", "{", "}", "[", "]", ",", "~", "=", "---", "...", "Ä", "ß", "é", "0815", "NO", "12:30", "1.234", "\t", "\xa0", "\u200b", "\ufeff", "😀", "<!--", "client:cio", "offen", "null", " ", "  "]  # fmt: skip
letters = st.sampled_from("abäöüßzé019 ")
pieces = st.lists(st.one_of(st.sampled_from(NASTY), letters, st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])), max_size=6)  # fmt: skip


def allowed(words: str) -> bool:
    """Whether a file may hold these words."""
    return not FORBIDDEN.search(words) and words.lower() not in OPEN_WORDS


lines_ = pieces.map(lambda parts: "".join(parts).strip()).filter(allowed)
titles = lines_.map(lambda words: words.replace("<", "").replace(">", "").strip()).filter(allowed)
texts = st.lists(st.tuples(st.sampled_from(["", "  ", "\t", "- "]), lines_, st.sampled_from(["", "", "  "])), max_size=4).map(
    lambda rows: "\n".join("".join(row) for row in rows).strip()
).filter(allowed)  # fmt: skip
numbers = st.decimals(min_value=-(10**14), max_value=10**14, places=3) | st.integers(-5000, 5000).map(Decimal)  # fmt: skip
days = st.dates(date(1800, 1, 1), date(2199, 12, 31))


def words_like(pattern: Any) -> st.SearchStrategy[str]:
    return st.from_regex(pattern, fullmatch=True).filter(lambda words: words not in OPEN_WORDS)


MARKED: list[tuple[Any, st.SearchStrategy[Any]]] = [
    (get_args(alias)[1], strategy)
    for alias, strategy in (
        (model_types.Id, words_like(ID)),
        (model_types.Word, words_like(WORD)),
        (model_types.PeriodId, words_like(PERIOD_ID)),
        (model_types.PersonId, words_like(PERSON)),
        (model_types.Email, st.from_regex(r"[a-z0-9.+]{1,9}@[a-z0-9-]{1,9}\.example", fullmatch=True)),
        (model_types.Url, st.from_regex(URL, fullmatch=True).map(lambda words: words.rstrip("/"))),
        (model_types.Day, days),
        (model_types.Number, numbers),
        (model_types.YesNo, st.booleans()),
        (model_types.Days, st.integers(0, 9999)),
        (model_types.Prose, texts),
        (model_types.Title, titles),
        (model_types.Currency, st.sampled_from(["EUR", "CHF", "SEK", "JPY"])),
        (model_types.Language, st.sampled_from(["de", "en"])),
        (Share, st.lists(st.sampled_from(["client", "partner:edgeline", "partner:b"]), max_size=3, unique=True).map(tuple)),
        (Words, titles.map(lambda t: {"": t}) | st.dictionaries(st.sampled_from(["de", "en"]), titles, min_size=1)),
    )
]  # fmt: skip
CLASSES: dict[Any, st.SearchStrategy[Any]] = {
    Unknown: st.just(OPEN),
    After: st.builds(After, st.integers(-999, 999), words_like(ID)),
    type(None): st.none(),
    int: st.integers(0, 999),
    date: days,
    Decimal: numbers,
}


def strategy(annotation: Any) -> st.SearchStrategy[Any]:
    """Values of an annotation of the models."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        if Each in inner[1:]:
            return st.lists(strategy(get_args(inner[0])[0]), max_size=2, unique=True).map(tuple)
        marked = [s for mark, s in MARKED if mark in inner[1:]]
        return marked[0] if marked else strategy(inner[0])
    if origin in (Union, types.UnionType):
        return st.one_of([strategy(part) for part in inner])
    if origin is Literal:
        return st.sampled_from([word for word in inner if isinstance(word, str)])
    if origin is tuple:
        return st.lists(strategy(inner[0]), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(strategy(inner[0]), strategy(inner[1]), max_size=2)
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return st.deferred(lambda: instances(annotation))
    return CLASSES[annotation]


@cache
def instances(kind: type[Record]) -> st.SearchStrategy[Record]:
    """Instances of a record: each field at its default or at a value of its own."""
    fields = {}
    for name, field in kind.model_fields.items():
        if name == "body":
            fields[name] = st.lists(lines_, max_size=3).map(lambda rows: "\n\n".join(rows).strip())
            continue
        whole = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation  # type: ignore[valid-type]  # fmt: skip
        own = strategy(whole)
        default = field.get_default(call_default_factory=True)
        fields[name] = own if field.is_required() else st.just(default) | own
    return st.fixed_dictionaries(fields).map(lambda values: kind.model_construct(**values))


# --- reading back --------------------------------------------------------------------------------


def read_back(kind: type[Record], text: str) -> Record:
    """The record that a file of this text holds."""
    name = PurePosixPath("workspace.yml" if kind is Workspace else "x.md")
    words = decode(name, text.encode())
    assert isinstance(words, str), words
    source = Source(name, words, "", 1, 1) if kind is Workspace else split(name, words)
    assert isinstance(source, Source), source
    located, problems = read_front_matter(name, source.front, source.front_line)
    assert not problems, problems
    agree(source.front)
    record, problems = validate(kind, located, name)
    assert record is not None, problems
    if "body" in kind.model_fields:
        record = record.model_copy(update={"body": source.body.strip()})
    return record


def agree(front: str) -> None:
    """Both YAML readers read the same, character by character."""
    located, problems = read_front_matter(PurePosixPath("x"), front)
    assert not problems
    assert plain(text_only().load(front) or {}) == located.value


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return None if value == "" and type(value) is str else str(value)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_any_record_reads_back_equal(kind: type[Record], data: st.DataObject) -> None:
    record = data.draw(instances(kind))
    language = data.draw(st.sampled_from(["de", "en"]))
    name = PurePosixPath("workspace.yml" if kind is Workspace else "x.md")
    text = dump_front(record, language) if kind is Workspace else dump(record, language)
    assert read_back(kind, text) == record
    assert formed(name, text.encode(), kind) == text


remarks = st.tuples(st.integers(0, 200), st.sampled_from(["", "  ", "    ", "      ", "        "]), st.sampled_from(["# Wort", "#", "", "# - id: x", "# allow a-b until 2026-12-31: c"]), st.booleans())  # fmt: skip


@given(record=instances(TaskFile), loose=st.lists(remarks, max_size=8))
def test_comments_anywhere_survive(record: Record, loose: list[tuple[int, str, str, bool]]) -> None:
    rows = dump_front(record).split("\n")[:-1] or [""]
    for number, indent, words, behind in loose:
        at = number % len(rows)
        if behind and words:
            rows[at] += f" {words}"
        else:
            rows.insert(at, indent + words if words else "")
    front = "\n".join(rows) + "\n"
    before, problems = read_front_matter(PurePosixPath("x"), front)
    if problems:
        return
    out = canonical(front, TaskFile)
    after, problems = read_front_matter(PurePosixPath("x"), out)
    assert not problems
    assert stripped(after.value) == stripped(before.value)
    assert sorted(front.split()) == sorted(out.split()) or '"' in front or "'" in front
    assert canonical(out, TaskFile) == out


def stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: stripped(part) for key, part in value.items()}
    if isinstance(value, list):
        return [stripped(part) for part in value]
    return value.strip() if isinstance(value, str) else value


def test_both_readers_agree_on_the_examples_which_read_back_equal(examples: Path) -> None:
    for file in plan_files(examples)[0]:
        if not file.is_table:
            record = read_back(file.kind, file.path.read_text("utf-8"))
            text = dump_front(record) if file.kind is Workspace else dump(record)
            assert read_back(file.kind, text) == record
