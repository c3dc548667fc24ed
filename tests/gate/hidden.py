"""Everything that one client may not see, changed by chance: fields, records, names, their order.

Each change has a key of its own (`nordwind/periods/0/plan/goals/1/description`), and so has what
chance decides there. So changes that make a plan unsound can be left out one by one (`settled.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any, Literal, NamedTuple, TypeVar, get_args, get_origin

from gate.renamed import Renamer, named
from gate.sight import Key, Sight, inner, shown
from generated.plans import LINES, annotated
from planwerk.checks import RULES
from planwerk.checks.rule import Tier
from planwerk.model import types
from planwerk.model.computed import CATALOGUE
from planwerk.model.kinds import all_records, held
from planwerk.model.logs import Training
from planwerk.model.outputs import SECTIONS
from planwerk.model.portfolio import Account, Period, Portfolio
from planwerk.model.record import Record, Shared
from planwerk.model.types import OPEN, Unknown
from planwerk.model.workspace import Condition, HouseKpi
from planwerk.painted import PictureFile

R = TypeVar("R", bound=Record)
OFTEN, SELDOM = 0.35, 0.1
WORDS = ["Anlage", "Bremse", "Deckung", "Ernte", "Fuhre", "Garage", "Halde", "Insel", "Jacht", "Kante", "Laube", "Masse", "Nadel", "Orgel", "Probe"]  # fmt: skip
READS = {
    types._id: "name", types._word: "name", types._period: "name", types._person: "person",
    types._day: "day", types._log_day: "day", types._due: "day", types._number: "number",
    types._money: "number", types._yes_no: "yes", types._days: "days", types._text: "text",
    types._title: "text", types._url: "url", types._email: "email", types._currency: "currency",
    types._language: "language",
}  # fmt: skip


class Field(NamedTuple):
    """What a field takes: the form of its values, the words it is closed to, how it may be empty."""

    form: str
    choices: tuple[Any, ...]
    many: bool
    open: bool
    default: Any


@cache
def fields(kind: type[Record]) -> dict[str, Field]:
    """The fields of a record by name, read off its annotations."""
    out = {}
    for name, field in kind.model_fields.items():
        parts = [p for one in (field.annotation, *field.metadata) for p in annotated(one)]
        forms = [READS[p.read] for p in parts if isinstance(p, types.Reads) and p.read in READS]
        choices = tuple(c for p in parts if get_origin(p) is Literal for c in get_args(p))
        form = "records" if any(held(field.annotation)) else "choice" if choices else forms[0] if forms else ""  # fmt: skip
        if any(get_origin(p) is dict for p in parts):
            form = "words" if "" in choices else "table"
        if not form and int in parts:
            form = "count"
        default = ... if field.is_required() else field.get_default(call_default_factory=True)
        many = any(get_origin(p) is tuple for p in parts) or name == "share"
        out[name] = Field(form, choices, many, Unknown in parts, default)
    return out


@cache
def closed() -> frozenset[str]:
    """All words of the format: nothing that is called like one is renamed."""
    found = {str(c) for kind in all_records().values() for f in fields(kind).values() for c in f.choices}  # fmt: skip
    return frozenset({*found, *CATALOGUE, "start", "end", "client", "partner", "whole-company"})


@dataclass(frozen=True)
class Pool:
    """What there is to choose from: values of each field, records of each kind, people."""

    values: dict[tuple[str, str, str], list[Any]]
    records: dict[type[Record], list[Record]]
    people: dict[str, list[str]]

    @classmethod
    def of(cls, whole: Portfolio) -> Pool:
        """All that these plans hold."""
        pool = cls({}, {}, {"": [m.id for m in whole.workspace.team]})
        for account in whole.accounts:
            names = [f"client:{s.id}" for s in account.stakeholders]
            names += [f"partner:{p.id}" for q in account.periods for p in q.tasks.partners]
            pool.people[account.id] = [*pool.people[""], *dict.fromkeys(names)]
            pool._take(account, account.id)
        for record in (whole.workspace, *whole.personas.values(), *whole.forces.values(), whole.questions, *whole.training):  # fmt: skip
            pool._take(record, "")
        return pool

    def _take(self, record: Record, owner: str) -> None:
        self.records.setdefault(type(record), []).append(record)
        for name in type(record).model_fields:
            value = getattr(record, name)
            if inner(value) or (not isinstance(value, str | tuple | dict) and hasattr(value, "__len__")):  # fmt: skip
                for one in (value,) if isinstance(value, Record) else value:
                    if isinstance(one, Record):
                        self._take(one, owner)
            else:
                for one in value if isinstance(value, tuple | list) else (value,):
                    self.values.setdefault((owner, type(record).__name__, name), []).append(one)


class Varied:
    """What chance makes of a portfolio, but for what the client of `sight` sees of it.

    Where nobody will check it (`checked`), nothing becomes another of its kind by its name: two of
    one name would be one. Changes with the keys in `refused` are not made; `touched` are those that are, by key, and
    `made` says of every record, by its identity, where it comes from."""

    def __init__(self, sight: Sight, mine: str, seed: str, refused: Collection[str] = (), checked: bool = True) -> None:  # fmt: skip
        self.checked = checked
        self.sight, self.mine, self.seed, self.refused = sight, mine, seed, refused
        self.pool = Pool({}, {}, {})
        self.touched: dict[str, Key] = {}
        self.made: dict[int, tuple[str, Record]] = {}
        self.missing: dict[str, set[str]] = {}
        self.owner = mine
        self.foreign = False

    def portfolio(self, whole: Portfolio) -> Portfolio:
        """The whole, changed: names first, so that all that bears or uses one goes with it."""
        whole = self._renamed(whole)
        self.pool = Pool.of(whole)
        accounts = tuple(self._account(a) for a in whole.accounts)
        self.owner, self.foreign = "", False
        changes: dict[str, Any] = {"workspace": self.record(whole.workspace, "house", False), "accounts": accounts}  # fmt: skip
        changes["personas"] = {n: self.record(one, f"personas/{n}", False) for n, one in whole.personas.items()}  # fmt: skip
        theirs = {a.profile.industry for a in whole.accounts if a.id == self.mine}
        changes["forces"] = {}
        for n, one in whole.forces.items():
            self.owner, self.foreign = (self.mine, False) if n in theirs else ("industries", True)
            changes["forces"][n] = self.record(one, f"forces/{n}", False)
        self.owner, self.foreign = "", False
        changes["questions"] = self.record(whole.questions, "questions", False)
        changes["training"] = self._rows(whole.training, "training", False, "training")
        return whole.model_copy(update=changes)

    def _account(self, account: Account) -> Account:
        self.owner, self.foreign = account.id, account.id != self.mine
        changed = self.record(account, account.id, False)
        pictures = {n: self._picture(f"{account.id}/{n}", n, one) for n, one in account.pictures.items()}  # fmt: skip
        return changed.model_copy(update={"pictures": pictures})

    def _picture(self, path: str, name: str, one: PictureFile) -> PictureFile:
        """Another picture of the same name, where no text that is seen shows it."""
        if (not self.foreign and name.rpartition("/")[2] in self.sight.texts) or not self._does(path, ("PictureFile", "data")):  # fmt: skip
            return one
        others = [p for a in self.pool.records.get(Account, []) for p in a.pictures.values()]  # type: ignore[attr-defined]
        same = [p for p in others if p.data != one.data and p.data[:4] == one.data[:4]]
        return self._chance(path).choice(same) if same else one

    # --- records -----------------------------------------------------------------------------

    def record(self, record: R, path: str, above: bool) -> R:
        """The record with what is hidden of it changed; `above`: whether its holder's is seen."""
        seen = not self.foreign and shown(record, above, self.sight.house)
        if not self.owner and "id" in type(record).model_fields:
            seen = self.sight.known(record.id)  # type: ignore[attr-defined]
        if isinstance(record, Period):
            return self._period(record, path)
        changed: dict[str, Any] = {}
        for name, field in fields(type(record)).items():
            value, here = getattr(record, name), f"{path}/{name}"
            told = seen and name in type(record).released
            if type(record) is Account and field.form != "records":
                continue
            if self._untouchable(record, name, seen):
                if field.form == "records" and inner(value) and not self.sight.counts(record, name, seen):  # fmt: skip
                    changed[name] = self._inside(record, value, here, told, name)
                continue
            if field.form == "records":
                changed[name] = self._inside(record, value, here, told, name)
            else:
                changed[name] = self._value(record, name, field, value, here)
        for group in GROUPS.get(type(record).__name__, ()):
            changed |= self._together(record, group, changed, path)
        changed = {n: v for n, v in changed.items() if v is not getattr(record, n)}
        new = record.model_copy(update=changed)
        self.made[id(new)] = (path, new)
        return new

    def _together(self, record: Record, group: Sequence[str], free: dict[str, Any], path: str) -> dict[str, Any]:  # fmt: skip
        """Fields that only make sense together: as another record of the kind has them, or as they were."""
        if not all(name in free for name in group):
            return {n: getattr(record, n) for n in group if n in free}
        for name in group:
            self.touched.pop(f"{path}/{name}", None)
        others = [r for r in self.pool.records.get(type(record), []) if any(getattr(r, n) != getattr(record, n) for n in group)]  # fmt: skip
        other = self._chance(f"{path}/{group[0]}").choice(others) if others else record
        for name in group if others else ():
            if not self._does(f"{path}/{group[0]}", (type(record).__name__, name)):
                other = record
                break
        if other is not record:
            self.touched |= {f"{path}/{n}": (type(record).__name__, n) for n in group}
        return {n: getattr(other, n) for n in group}

    def _untouchable(self, record: Record, name: str, seen: bool) -> bool:
        """Whether a field has to stay what it is."""
        kind = type(record)
        if name in NAMING.get(kind.__name__, ()) and not self.checked:
            return True
        if self.foreign:
            return name == "id" and not isinstance(record, LINES)
        if not self.owner:  # the house: what is called like something seen may be seen
            named = "id" in kind.model_fields
            always = {"format", "organisation", "feedback", "language", "currency"}
            always |= {"documents", "decks"}  # of these the client's are told, see `_outputs`
            if kind.__name__ in ("Documents", "Decks"):
                return name in kind.released
            if kind.__name__ in ("Organisation", "PortalFeedback") or (seen and kind is HouseKpi):
                return True  # also how a KPI is counted: what is counted of our logs is not seen
            own = name == "id" and kind is not Training
            return own or (kind.__name__ == "Workspace" and name in always) or (named and seen and name in kind.released)  # fmt: skip
        return (name == "id" and not isinstance(record, LINES)) or self.sight.field(
            record, name, seen
        )

    def _period(self, period: Period, path: str) -> Period:
        changed: dict[str, Any] = {}
        seen = not self.foreign and self.sight.period(period)
        for name in ("plan", "tasks", "review", "risks", "slides"):
            value = getattr(period, name)
            if isinstance(value, Record):
                new = self.record(value, f"{path}/{name}", False)
                if name == "plan" and seen:
                    new = new.model_copy(update={"from_": value.from_, "to": value.to})  # type: ignore[attr-defined]
                changed[name] = new
        return period.model_copy(update=changed)

    def _inside(self, holder: Record, value: Any, path: str, told: bool, name: str) -> Any:
        """A record within a record, or a list of them."""
        if WHOLE & {*held(type(holder).model_fields[name].annotation)}:
            return value
        if isinstance(value, Record):
            field = fields(type(holder))[name]
            if field.default is None and not told and not _marked(value) and self._does(f"{path}-", (type(holder).__name__, name), SELDOM):  # fmt: skip
                return None
            return self.record(value, path, told)
        if value is None:
            return self._sample(holder, name, path)
        return self._rows(value, path, told, name, holder)

    def _sample(self, holder: Record, name: str, path: str) -> Any:
        """Something of that kind where nothing is, as somebody else has it."""
        (kind, *_) = held(type(holder).model_fields[name].annotation)
        known = self.pool.records.get(kind, [])
        key = (type(holder).__name__, name)
        if not known or not self._does(path, key):
            return None
        return unshared(self._chance(path).choice(known))

    def _rows(self, rows: Sequence[Any], path: str, told: bool, name: str, holder: Record | None = None) -> tuple[Any, ...]:  # fmt: skip
        """A list of records: each changed, those that are hidden fewer, more, and among the others."""
        kept: list[tuple[Any, bool]] = []
        key = (type(holder).__name__ if holder else "Portfolio", name)
        for number, row in enumerate(rows):
            here = f"{path}/{number}"
            seen = self._is_seen(row, told)
            if not seen and self._does(f"{here}-", key, SELDOM):
                self.missing.setdefault(_name(row), set()).add(f"{here}-")
                continue
            kept.append((self.record(row, here, told), seen))
            if not seen and _can_be_twice(row) and self._does(f"{here}+", key, SELDOM):
                kept.append((self.record(_again(row, self._chance(f"{here}+")), f"{here}+", told), False))  # fmt: skip
        if not rows and holder is not None and not told and self._does(f"{path}+", key, SELDOM):
            (kind, *_) = held(type(holder).model_fields[name].annotation)
            some = self.pool.records.get(kind, [])
            kept += [(unshared(one), False) for one in some[:1]]
        if name != "periods" and self._does(f"{path}~", key):
            kept = _among(kept, self._chance(f"{path}~"))
        return tuple(row for row, _ in kept)

    def _is_seen(self, row: Record, told: bool) -> bool:
        """Whether it counts for the client that this record is there, and before which others."""
        if self.foreign:
            return False
        if isinstance(row, Period):
            return self.sight.period(row)
        if not self.owner:
            return "id" in type(row).model_fields and self.sight.known(row.id)  # type: ignore[attr-defined]
        if type(row).__name__ == "Partner":
            return self.sight.known(row.id)  # type: ignore[attr-defined]
        return shown(row, told, self.sight.house) or self.sight.must_stay(row)

    # --- values ------------------------------------------------------------------------------

    def _chance(self, path: str) -> Random:
        return Random(f"{self.seed}/{path}")

    def _does(self, path: str, key: Key, often: float = OFTEN) -> bool:
        """Whether a change is made here; it is noted."""
        lightly = self.foreign and path[-1] in "+-"  # of others all is hidden anyway
        if lightly or path in self.refused or self._chance(f"{path}?").random() >= often:
            return False
        self.touched[path] = key
        return True

    def _value(self, record: Record, name: str, field: Field, value: Any, path: str) -> Any:
        rng, kind = self._chance(path), type(record).__name__
        if not field.form and name != "share":
            return value
        # one wrong name in a plan of others, and nothing is built of it: not often
        often = (
            SELDOM / 2
            if self.foreign
            and field.form in ("name", "choice", "currency")
            and (kind, name) not in REFERS
            else OFTEN
        )
        if not self._does(path, (kind, name), often):
            return value
        if not self._does(path, (kind, name)):
            return value
        if name == "share" and not type(record).sharable:
            new: Any = value
        elif name == "share":
            new = self._share(record, rng)
        elif field.many:
            some = [one for one in value if rng.random() < 0.7]
            some += [
                self._one(kind, name, field, rng, None) for _ in range(rng.choice((0, 1, 1, 2)))
            ]
            rng.shuffle(some)
            new = tuple(dict.fromkeys(one for one in some if one not in (None, "", OPEN)))
        elif field.default is not ... and rng.random() < 0.2:
            new = field.default
        elif field.open and rng.random() < 0.1:
            new = OPEN
        else:
            new = self._one(kind, name, field, rng, value)
        if new == value or (new is None and field.default is not None):
            self.touched.pop(path)
            return value
        return new

    def _share(self, record: Record, rng: Random) -> tuple[str, ...]:
        """Who else may see it: partners; of other clients' records those clients, too."""
        assert isinstance(record, Shared)
        if isinstance(
            record, HouseKpi
        ):  # the first of two keys: without the second it opens nothing
            turned = record.id not in self.pool.values.get((self.mine, "PlanKpi", "kpi"), ())
            return (("client",) if not record.share else ()) if turned else record.share
        partners = [p for p in self.pool.people.get(self.owner, ()) if p.startswith("partner:")]
        own = ("client",) if self.foreign else ()
        some = [who for who in (*own, *partners) if rng.random() < 0.5]
        mine = ("client",) if "client" in record.share and not self.foreign else ()
        return (*mine, *some)

    def _one(self, kind: str, name: str, field: Field, rng: Random, before: Any) -> Any:
        """One value that such a field may hold."""
        if field.form == "choice":
            return rng.choice(field.choices)
        if field.form == "text":
            return self._text(kind, name, rng)
        if field.form == "number":
            return Decimal(rng.choice((0, 1, 3, 7, 12, 40, 66, 250)))
        if field.form == "day":
            known = before if isinstance(before, date) else date(2026, 9, 1)
            return known + timedelta(days=rng.randint(-40, 40))
        if field.form == "yes":
            return not before
        if field.form in ("days", "count"):
            return rng.randint(1, 400)
        if field.form == "person":
            return rng.choice(self.pool.people.get(self.owner) or [None])
        if field.form == "url":
            return f"https://host-{rng.randrange(99)}.example/{rng.randrange(99)}"
        if field.form == "email":
            return f"x{rng.randrange(99)}@elsewhere.example"
        if field.form == "language":
            return rng.choice(("de", "en"))
        if field.form == "currency":
            return rng.choice(("USD", "GBP", "CHF", "SEK"))
        if field.form == "words":
            return {code: self._text(kind, name, rng) for code in rng.choice((("",), ("de", "en")))}
        if field.form == "table":
            return {n: self._text(kind, name, rng) if not field.choices else rng.choice(field.choices) for n in before or ()}  # fmt: skip
        return rng.choice(self._names(kind, name))

    def _names(self, kind: str, name: str) -> list[Any]:
        """Names that stand in such a field already, of this account before others."""
        own = self.pool.values.get((self.owner, kind, name), [])
        known = [v for v in own if isinstance(v, str) and v]
        if (kind, name) == ("Method", "rules"):
            return sorted(rule.NAME for rule in RULES if rule.TIER is Tier.BY_NAME)
        if (kind, name) in REFERS:
            return [v for (_, k, n), vs in self.pool.values.items() if (k, n) == REFERS[kind, name] for v in vs if v]  # fmt: skip
        if (kind, name) == ("OwnTitle", "section"):
            return sorted({section for deck in SECTIONS.values() for section in deck})
        return known if len({*known}) > 1 else [v for (_, k, n), vs in self.pool.values.items() if (k, n) == (kind, name) for v in vs if v] or [None]  # fmt: skip

    def _text(self, kind: str, name: str, rng: Random) -> str:
        if (kind, name) in NAMED:
            return str(rng.choice(self._names(kind, name)))
        more = rng.choices(WORDS, k=rng.choice((1, 3, 9)))
        return f"{' '.join(more)} {rng.randrange(16**6):06x}"

    # --- names -------------------------------------------------------------------------------

    def _renamed(self, whole: Portfolio) -> Portfolio:
        """What is hidden and has a name gets another one, wherever it is named."""
        names: dict[str, str] = {}
        for name, key in named(whole):
            known = self.sight.known(name) or name in closed() or name == self.mine
            if not known and name not in names and self._does(f"name/{name}", key, SELDOM):
                names[name] = f"n{self._chance(f'name/{name}').randrange(16**8):08x}"
        return whole if not names else Renamer(names).portfolio(whole)


REFERS = {("ClientProblem", "team"): ("Named", "id")}
"""What may be named where the examples name one thing only."""
NAMING = {
    "PlanKpi": ("kpi",), "Outcome": ("kpi",), "Commitment": ("step",), "Feature": ("feature",),
    "Force": ("force",), "Carried": ("from_",), "Cadence": ("kind",), "OwnTitle": ("deck", "section"),
    "Financials": ("year",), "Feedback": ("quote", "kind"), "Question": ("id",), "Service": ("offering",),
}  # fmt: skip
"""What tells a record from the others of its list, beside an `id`."""
NAMED = {
    ("Profile", "tier"), ("Goal", "answers"), ("Task", "answers"), ("Carried", "from_"), ("Carried", "as_"),
    ("NextStep", "for_"), ("Positioning", "because"), ("WayIn", "offering"), ("Revenue", "offering"),
    ("Measurement", "corrects"), ("Revenue", "corrects"), ("Interaction", "corrects"), ("SurveyAnswer", "corrects"),
    ("Training", "corrects"), ("Revenue", "currency"), ("WhiteSpaceCell", "competitor"), ("Persona", "buying_role"),
}  # fmt: skip
"""Texts that name something: others of their kind are chosen, none are made up."""


def _marked(record: Record) -> bool:
    """Whether a record, or one in it, says itself who sees it."""
    return isinstance(record, Shared) or any(
        issubclass(kind, Shared) for field in type(record).model_fields.values() for kind in held(field.annotation)
    )  # fmt: skip


def _name(row: Record) -> str:
    """What others call a record."""
    return next((str(getattr(row, n)) for n in ("id", "kpi", "feature") if n in type(row).model_fields), "")  # fmt: skip


def _can_be_twice(row: Record) -> bool:
    """Whether another such record has a name of its own, or needs none."""
    return type(row) is not Period and ("id" in type(row).model_fields or isinstance(row, LINES))


def _again(row: Record, rng: Random) -> Record:
    """The record once more, under a name of its own."""
    if not getattr(row, "id", ""):
        return row
    return row.model_copy(update={"id": f"more-{rng.randrange(16**6):06x}"})


def unshared(record: R) -> R:
    """The record, for nobody but us."""
    changed: dict[str, Any] = {"share": ()} if isinstance(record, Shared) else {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Record):
            changed[name] = unshared(value)
        elif isinstance(value, tuple | list) and value and isinstance(value[0], Record):
            changed[name] = tuple(unshared(one) for one in value)
    return record.model_copy(update=changed) if changed else record


def _among(kept: list[tuple[Any, bool]], rng: Random) -> list[tuple[Any, bool]]:
    """The same with what is hidden in another order, at other places among what is seen."""
    hidden = [one for one in kept if not one[1]]
    out = [one for one in kept if one[1]]
    rng.shuffle(hidden)
    for one in hidden:
        out.insert(rng.randint(0, len(out)), one)
    return out


GROUPS: dict[str, tuple[tuple[str, ...], ...]] = {
    "HouseKpi": (("count", "sum", "of", "where"),),
}
WHOLE = {Condition}
"""Records that only make sense as they are: another one takes their place, with all it holds."""
