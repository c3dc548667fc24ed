"""What files say, as facts: each record by its identity, with the fields that say something.

The same content gives the same facts, however it is written: lines may be wrapped anew, entries
and the members of lists may change places. Fields that are empty, or hold what they would hold
if nothing stood there, are no facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeAlias, get_args

from planwerk.history.identity import IDENTITIES, By, Identity, key_of
from planwerk.history.prose import unwrapped
from planwerk.model.history import Spot, Value
from planwerk.model.kinds import BY_NAME, Kind, held
from planwerk.model.outputs import Decks, Documents
from planwerk.model.portfolio import Account, Portfolio
from planwerk.model.record import Record
from planwerk.model.types import OPEN, OPEN_WORDS, Unknown


class Fact(NamedTuple):
    """What is known of one record: the name of its class, what people call it, its fields.

    Fields are named as in the file; of texts by language or by id, one field each
    (`name.de`, `slots.area`).
    """

    kind: str
    title: str
    fields: Mapping[str, Value]


Facts: TypeAlias = Mapping[Spot, Fact]
Found: TypeAlias = "list[tuple[tuple[str, ...], Fact]]"
"""Facts by their paths within a file, in the order of the file."""

ORDERED = frozenset(
    {
        ("Meeting", "agenda"),
        *(("Documents", name) for name in Documents.model_fields),
        *(("Decks", name) for name in Decks.model_fields),
    }
)
"""The lists of plain values whose order says something."""
IN_ORDER = frozenset({("Journey", "stages")})
"""The lists of records whose order says something: it is a fact of the record that holds them."""
NO_FACTS = frozenset({("Workspace", "format")})
"""What is about the files, not about the plans."""


class Plain(NamedTuple):
    """A field that holds values: its name, its key in the file, what it holds by default."""

    name: str
    key: str
    default: Any
    ordered: bool
    may_be_open: bool


class Inner(NamedTuple):
    """A field that holds records: its name, its key, whether they are many, and in an order."""

    name: str
    key: str
    record: type[Record]
    many: bool
    in_order: bool


class Form(NamedTuple):
    """How a kind of record is taken apart."""

    kind: str
    identity: Identity
    plain: tuple[Plain, ...]
    inner: tuple[Inner, ...]


@cache
def form_of(record: type[Record]) -> Form:
    """How records of this class are taken apart, read off its annotations."""
    kind = record.__name__
    plain: list[Plain] = []
    inner: list[Inner] = []
    for name, field in record.model_fields.items():
        key = field.alias or name
        if (kind, name) in NO_FACTS:
            continue
        if records := list(held(field.annotation)):
            many = getattr(field.annotation, "__origin__", None) is tuple
            inner.append(Inner(name, key, records[0], many, (kind, name) in IN_ORDER))
        else:
            default = None if field.is_required() else field.get_default(call_default_factory=True)
            open_ = set(OPEN_WORDS) <= set(_words(field.annotation))
            plain.append(Plain(name, key, default, (kind, name) in ORDERED, open_))
    return Form(kind, IDENTITIES[kind], tuple(plain), tuple(inner))


def _words(annotation: Any) -> Iterator[Any]:
    """The fixed words that an annotation allows."""
    for part in get_args(annotation):
        if isinstance(part, str):
            yield part
        else:
            yield from _words(part)


def gather(record: Record, form: Form, path: tuple[str, ...], found: Found) -> None:
    """Add the facts of a record at `path` and of all within it."""
    values = record.__dict__
    fields: dict[str, Value] = {}
    for name, key, default, ordered, may_be_open in form.plain:
        value = values[name]
        if value is None or value is default or value == default or value == "" or value == ():
            continue
        if type(value) is str:
            if may_be_open and value in OPEN_WORDS:
                value = OPEN
            elif "\n" in value:
                value = unwrapped(value)
            elif isinstance(default, int):
                value = int(value)
                if value == default:
                    continue
        elif type(value) is tuple:
            parts = [unwrapped(v) if type(v) is str and "\n" in v else v for v in value]
            value = tuple(parts if ordered else sorted(parts, key=str))
        elif type(value) is dict:
            fields |= {f"{key}.{k}" if k else key: v for k, v in value.items()}
            continue
        fields[key] = value
    fact = Fact(form.kind, _title(values, form.identity), fields)
    at = len(found)
    found.append((path, fact))
    for name, key, kind, many, in_order in form.inner:
        if value := values[name]:
            inside = form_of(kind)
            if many:
                keys = list_of(value, inside, (*path, key), found)
                if in_order:
                    fields[key] = tuple(keys)
            else:
                gather(value, inside, (*path, key), found)
    if form.identity.by is By.PLACE and not fields:
        del found[at]


def list_of(records: Iterable[Record], form: Form, path: tuple[str, ...], found: Found) -> list[str]:  # fmt: skip
    """Add the facts of the records of a list; what each is known by."""
    seen: dict[str, int] = {}
    keys = []
    for record in records:
        key = numbered(key_of(record, form.identity), seen)
        keys.append(key)
        gather(record, form, (*path, key), found)
    return keys


def numbered(key: str, seen: dict[str, int]) -> str:
    """The key, with a number from its second time on."""
    count = seen[key] = seen.get(key, 0) + 1
    return key if count == 1 else f"{key}#{count}"


def _title(values: Mapping[str, Any], identity: Identity) -> str:
    title = values[identity.title] if identity.title else ""
    if isinstance(title, dict):
        title = title.get("") or next(iter(title.values()), "")
    return "" if title is None or isinstance(title, Unknown) else " ".join(title.split())


def facts_of_file(record: Record) -> Found:
    """The facts of the record of a file, by their paths."""
    found: Found = []
    gather(record, form_of(type(record)), (), found)
    return found


def facts_of_lines(kind: type[Record], lines: Iterable[Record]) -> Found:
    """The facts of the lines of a table, by their paths."""
    found: Found = []
    list_of(lines, form_of(kind), (), found)
    return found


def placed(found: Found, account: str, topic: str, of: str = "") -> dict[Spot, Fact]:
    """The facts of one file, each at its spot."""
    return {Spot(account, topic, of, path): fact for path, fact in found}


def facts_of(account: Account) -> Facts:
    """All that an account in memory says: of what an audience may see, exactly that.

    Meetings are told apart by their day, for nobody outside knows the names of files. Days told
    by other tasks are days of the calendar here.
    """
    facts: dict[Spot, Fact] = {}

    def add(topic: str, record: Record | None, of: str = "") -> None:
        if record is not None:
            facts.update(placed(facts_of_file(record), account.id, topic, of))

    add("account", account.profile)
    add("client", account.client)
    add("stakeholders", account.people)
    add("interview", account.interview)
    add("journey", account.journey)
    add("competition", account.competition)
    for name in ("whitespace", "measurements", "revenue", "opportunities", "features", "interactions", "surveys"):  # fmt: skip
        lines = facts_of_lines(BY_NAME[name].record, getattr(account, name))
        facts.update(placed(lines, account.id, name))
    seen: dict[str, int] = {}
    for meeting in account.meetings:
        add("meeting", meeting, numbered(meeting.on.isoformat(), seen))
    for period in account.periods:
        add("plan", period.plan, period.id)
        add("tasks", period.tasks, period.id)
        add("risks", period.risks, period.id)
        add("review", period.review, period.id)
        add("slides", period.slides, period.id)
    return facts


def facts_of_house(portfolio: Portfolio) -> Facts:
    """All that the accounts have in common."""
    facts = placed(facts_of_file(portfolio.workspace), "", "workspace")
    for name, persona in sorted(portfolio.personas.items()):
        facts |= placed(facts_of_file(persona), "", "persona", name)
    for name, industry in sorted(portfolio.forces.items()):
        facts |= placed(facts_of_file(industry), "", "industry", name)
    facts |= placed(facts_of_file(portfolio.questions), "", "questions")
    kind: Kind = BY_NAME["training"]
    return facts | placed(facts_of_lines(kind.record, portfolio.training), "", "training")
