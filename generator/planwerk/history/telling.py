"""Changes as sentences: with labels instead of keys, names instead of ids, and proper verbs.

Which phrase tells what stands in `words/telling.<language>.yml`, under what happened, the kind
of record and the field; what has no phrase of its own is told by the general ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from planwerk.history.context import INTERNAL, Context
from planwerk.history.passages import Passage, passages
from planwerk.history.values import day, is_text, listed, shape_of, shortened, shown, title_of
from planwerk.model.history import Change, Spot, Value
from planwerk.model.types import Unknown

Role = Literal["", "title", "old", "new"]
LONG = 60
"""Signs from which a text is told by what changed in it."""
OPTIONAL = re.compile(r"\[([^\]]*)\]")
"""Part of a phrase that is left out where a value in it is missing."""
PLACE = re.compile(r"\{(\w+)\}")
OF_PERIODS = ("Plan", "TaskFile", "RiskFile", "Review", "SlideFile")
"""Records of files that are called after their period."""
UNSAID = "other without old"
"""The phrase for `other`, if it goes without what held before."""


class Part(NamedTuple):
    """Words of a sentence: a title, what held before, what holds now, or what is in between."""

    words: str
    role: Role = ""


class Sentence(NamedTuple):
    """What one change, or a group of them, says. `passages` tell what changed within texts."""

    parts: tuple[Part, ...]
    passages: tuple[Passage, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def plain(self) -> str:
        """The sentence as text, without the passages."""
        return "".join(part.words for part in self.parts)


def tell(change: Change, context: Context) -> Sentence:
    """The sentence for one change."""
    spot = change.spot
    title = title_of(change.kind, change.title, spot, context)
    facts = {"title": title, "record": record_name(change.kind, spot, context)}
    if change.what == "changed":
        return _field(change, facts, context)
    values = dict(change.values)
    facts |= {f"of_{name.partition('.')[0]}": shown(v, change.kind, name, spot, context) for name, v in values.items()}  # fmt: skip
    if change.what == "moved" and change.before is not None:
        facts["from_period"] = context.period(spot.account, change.before.of) if change.before.of else ""  # fmt: skip
        facts["to_period"] = context.period(spot.account, spot.of) if spot.of else ""
        whole = not spot.path
        return said(phrase((change.what, change.kind), ("file" if whole else "entry",), context), facts, context, (change,))  # fmt: skip
    if change.what == "renamed" and change.before is not None:
        before = (*change.before.path, "")
        facts |= {"old": before[-2] if len(before) > 1 else "", "new": spot.path[-1] if spot.path else ""}  # fmt: skip
    return said(phrase((change.what, change.kind), ("one",), context), facts, context, (change,))


def _field(change: Change, facts: dict[str, str], context: Context) -> Sentence:
    kind, name, spot = change.kind, change.field, change.spot
    old, new = change.old, change.new
    facts["label"] = label(kind, name, context)
    facts["old"], facts["new"] = (shown(v, kind, name, spot, context) for v in (old, new))
    if isinstance(old, date) and isinstance(new, date):
        facts["old"] = day(old, context, beside=new)
    facts["times"] = _times(change.times, context)
    if isinstance(old, tuple) or isinstance(new, tuple):
        before, after = (v if isinstance(v, tuple) else () for v in (old, new))
        for role, parts in (("added", _without(after, before)), ("removed", _without(before, after))):  # fmt: skip
            facts[role] = listed([shown(v, kind, name, spot, context) for v in parts], context)
    for other in _named(change, context):
        facts.setdefault(f"of_{other[0]}", other[1])
    cases = tuple(cases_of(change))
    told = phrase((change.what, kind, name.partition(".")[0]), cases, context)
    inside: tuple[Passage, ...] = ()
    if "text" in cases and isinstance(old, str) and isinstance(new, str):
        inside = passages(context.words(spot.account, old), context.words(spot.account, new))
    elif name == "body" or is_text(kind, name):
        inside = _whole(old, new, change, context)
    return said(told, facts, context, (change,), inside)


def _whole(old: Value, new: Value, change: Change, context: Context) -> tuple[Passage, ...]:
    """A text that came or went, where a sentence cannot repeat all of it."""
    words = [
        context.words(change.spot.account, v) if isinstance(v, str) else "" for v in (old, new)
    ]
    short = all(shortened(w) == " ".join(w.split()) for w in words)
    return () if short and change.field != "body" else passages(*words)


def _named(change: Change, context: Context) -> Iterator[tuple[str, str]]:
    """The other fields of the record, as phrases may use them."""
    fact = context.facts.get(change.spot)
    for name, value in fact.fields.items() if fact else ():
        if name not in (change.field, "body"):
            yield name, shown(value, change.kind, name, change.spot, context)


def cases_of(change: Change) -> Iterator[str]:
    """What happened to a field, the most special case first."""
    old, new = change.old, change.new
    if isinstance(new, str):
        yield f"to_{new}".replace(":", "_").replace("-", "_")
    if isinstance(new, bool):
        yield "said_yes" if new else "said_no"
    if isinstance(old, tuple) or isinstance(new, tuple):
        yield from _of_lists(old, new)
        return
    if old is None or new is None or isinstance(new, Unknown):
        yield from _of_gaps(old, new)
        return
    if isinstance(old, Unknown):
        yield from ("known", "set", UNSAID)
        return
    if isinstance(old, date) and isinstance(new, date):
        yield "later" if new > old else "earlier"
    elif (difference := _difference(old, new, change)) is not None:
        yield "up" if difference > 0 else "down"
    elif isinstance(old, str) and isinstance(new, str) and _long(old, new, change):
        yield "text"
    yield "other"


def _of_gaps(old: Value, new: Value) -> tuple[str, ...]:
    """What happened where nothing stood before, or nothing is known now."""
    if new is None:
        return ("gone",)
    if isinstance(new, Unknown):
        return ("asked",) if old is None else ("opened", "gone")
    return ("set", UNSAID)


def _of_lists(old: Value, new: Value) -> Iterator[str]:
    before, after = (v if isinstance(v, tuple) else () for v in (old, new))
    added, removed = _without(after, before), _without(before, after)
    if added and removed:
        yield "swapped"
    elif added or removed:
        yield "more" if added else "less"
    else:
        yield "order"


def _difference(old: Value, new: Value, change: Change) -> Decimal | None:
    """How much more it is now; None for what is no number and no grade of a scale."""
    if isinstance(old, bool) or isinstance(new, bool):
        return None
    if isinstance(old, str) and isinstance(new, str):
        words = shape_of(change.kind, change.field).words
        if old not in words or new not in words or not words[0].lstrip("-").isdigit():
            return None
        return Decimal(new) - Decimal(old)
    if isinstance(old, Decimal | int) and isinstance(new, Decimal | int):
        return Decimal(new) - Decimal(old)
    return None


def _long(old: str, new: str, change: Change) -> bool:
    wordy = change.field == "body" or is_text(change.kind, change.field)
    return (wordy and " " in new) or max(len(old), len(new)) > LONG


def _without(parts: tuple[Value, ...], others: tuple[Value, ...]) -> list[Value]:
    return [part for part in parts if part not in others]


def _times(times: int, context: Context) -> str:
    """ " zum dritten Mal"; nothing for the first time."""
    if times < 2:
        return ""
    ordinals: Mapping[str, str] = context.phrases.group("times")
    return ordinals.get(str(times)) or ordinals["more"].format(times=times)


def record_name(kind: str, spot: Spot, context: Context) -> str:
    """What a kind of record is called; of one that several lists hold, by its list."""
    for_others = {} if context.portfolio.audience == INTERNAL else context.phrases.group("records_for_client")  # fmt: skip
    records = context.phrases.group("records")
    own = for_others.get(kind) or records.get(f"{kind}_in_{spot.path[0]}" if spot.path else kind) or records.get(kind)  # fmt: skip
    named = context.fields.record(kind)
    return own or (named.label if named else kind)


def label(kind: str, name: str, context: Context) -> str:
    """What a field is called; of a text by language or id that as well."""
    key, _, part = name.partition(".")
    named = context.fields.field(kind, key)
    words = named.label if named else key
    if context.phrases("labels_within") == "lower case" and words[1:2].islower():
        words = words[:1].lower() + words[1:]
    return f"{words} ({part})" if part else words


def phrase(keys: tuple[str, ...], cases: tuple[str, ...], context: Context) -> str:
    """The phrase for what happened: of the field or kind itself, else of such a field anywhere,
    else the general one."""
    what, kind, *field = keys
    places = [(what, kind, *field), (what, "any", *field)] if field else [(what, kind)]
    for place in (*places, (what, "general")):
        for case in cases:
            key = ".".join((*place, case.partition(" ")[0]))
            if context.phrases.has(key):
                told = context.phrases(key)
                if case != UNSAID or "{old}" not in OPTIONAL.sub("", told):
                    return told
    raise KeyError(f"{context.language}: {keys} {cases}")


def said(
    told: str,
    facts: Mapping[str, str],
    context: Context,
    changes: tuple[Change, ...],
    inside: tuple[Passage, ...] = (),
) -> Sentence:
    """A phrase with its places filled; what is optional only where all of it is known."""
    facts = {**facts, "what": ""}
    if "{what}" in told:
        key = "what_period" if changes[0].kind in OF_PERIODS else "what"
        key = key if facts.get("title") else "what_untitled"
        told = told.replace("{what}", context.phrases(key))
    told = OPTIONAL.sub(lambda m: m[1] if all(facts.get(p) for p in PLACE.findall(m[1])) else "", told)  # fmt: skip
    roles: dict[str, Role] = {"title": "title", "old": "old", "removed": "old", "new": "new", "added": "new"}  # fmt: skip
    parts: list[Part] = []
    at = 0
    for place in PLACE.finditer(told):
        if place.start() > at:
            parts.append(Part(told[at : place.start()]))
        if words := facts.get(place[1], ""):
            parts.append(Part(words, roles.get(place[1], "")))
        at = place.end()
    if at < len(told):
        parts.append(Part(told[at:]))
    first = parts[0].words
    parts[0] = parts[0]._replace(words=first[:1].upper() + first[1:])
    return Sentence(tuple(parts), inside, changes)
