"""Records written as files: what is read back from them is equal to what was written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from planwerk.format.emit import Tree, emit, text
from planwerk.format.form import with_body
from planwerk.format.shape import Kind, Slot, slots
from planwerk.model.record import Record
from planwerk.model.types import OPEN
from planwerk.text.table import AMBIGUOUS

WORDS: Mapping[str, tuple[str, str, str]] = {
    "de": ("offen", "ja", "nein"),
    "en": ("open", "yes", "no"),
}


def dump(record: Record, language: str = "de") -> str:
    """The file that holds `record`, in canonical form; what is left at its default is left out.

    `language` chooses the words for unknown, yes and no.
    """
    return with_body(dump_front(record, language), getattr(record, "body", ""))


def dump_front(record: Record, language: str = "de") -> str:
    """The front matter alone, as workspace.yml holds it."""
    return emit(_record(record, language))


def _record(record: Record, language: str) -> dict[str, Tree]:
    fields = type(record).model_fields
    out: dict[str, Tree] = {}
    spare: dict[str, Tree] = {}
    for key, slot in slots(type(record)).items():
        value = getattr(record, slot.name)
        if not fields[slot.name].is_required() and value == fields[slot.name].get_default(call_default_factory=True):  # fmt: skip
            if isinstance(value, str | bool) and not spare:
                spare[key] = _value(value, slot, language)
            continue
        out[key] = _value(value, slot, language)
    # an entry with nothing below it would read as no value: something has to stand there
    return out or spare


def _value(value: object, slot: Slot, language: str) -> Tree:
    unknown, yes, no = WORDS[language]
    if isinstance(value, Record):
        return _record(value, language)
    if isinstance(value, tuple):
        if slot.key == "share" and len(value) == 1:
            return text(value[0])
        return [_value(part, slot, language) for part in value]
    if isinstance(value, Mapping):
        if set(value) == {""}:
            return text(value[""])
        return {str(key): _value(part, slot, language) for key, part in value.items()}
    if value is OPEN:
        return unknown
    if isinstance(value, bool):
        return yes if value else no
    return text(_words(value, slot))


def _words(value: object, slot: Slot) -> str:
    if isinstance(value, Decimal):
        words = f"{value:f}"
        # 1.234 might mean a thousand: with a further digit it cannot
        return f"{words}0" if AMBIGUOUS.fullmatch(words) else words
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and slot.kind is Kind.DAYS:
        return "1 day" if value == 1 else f"{value} days"
    return str(value)
