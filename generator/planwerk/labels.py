"""Problems with the words of the format: facts name keys and records, people read labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher

from planwerk.text.nearest import nearest
from planwerk.words import LANGUAGES, Words
from planwerk.words.fields import FieldWords, load_fields

SHOWN = 8
"""How many keys or words a message lists at most."""


def with_labels(rule: str, facts: Mapping[str, str], words: Words) -> dict[str, str]:
    """The facts of a problem, said with labels in the language of `words`."""
    return _LABELLED[rule](defaultdict(str, facts), words, load_fields(words.language))


def _unknown_key(facts: dict[str, str], words: Words, fields: FieldWords) -> dict[str, str]:
    record, key = facts["kind"], facts["key"]
    keys = sorted(_listed(facts), key="share".__eq__)  # what all records have comes last
    labels = {k: _field(record, k, fields) for k in keys}
    near = (
        _by_any_label(key, record, keys, 1) or facts["nearest"] or _by_any_label(key, record, keys)
    )
    shown = _few(near or key, labels)
    facts["labelled"] = ", ".join(_one(k, labels[k], words) for k in shown)
    facts["labelled"] += ", …" if len(shown) < len(labels) else ""
    facts["nearest"] = _one(near, labels.get(near, ""), words) if near else ""
    return facts


def _missing_key(facts: dict[str, str], words: Words, fields: FieldWords) -> dict[str, str]:
    named = fields.field(facts["kind"], facts["key"])
    facts["labelled"] = _one(facts["key"], named.label if named else "", words)
    facts["meaning"] = f" {named.text}" if named else ""
    return facts


def _unknown_word(facts: dict[str, str], words: Words, fields: FieldWords) -> dict[str, str]:
    choices = fields.choices(facts["kind"], facts["key"])
    listed = _listed(facts)
    if {"offen", "open"} <= {*listed}:  # the same in two languages: one is enough
        listed = [w for w in listed if w not in ("offen", "open")] + [words("word.open")]
    labels = {word: choices.get(word, "") for word in listed}
    for language in LANGUAGES:
        said = load_fields(language).choices(facts["kind"], facts["key"])
        if near := _by_label(facts["found"], {word: said.get(word, "") for word in listed}):
            facts["nearest"] = near
            break
    shown = _few(facts["found"], labels)
    facts["allowed"] = ", ".join(_one(word, labels[word], words) for word in shown)
    facts["allowed"] += ", …" if len(shown) < len(labels) else ""
    return facts


def _never_shared(facts: dict[str, str], words: Words, fields: FieldWords) -> dict[str, str]:
    kind = facts["kind"]
    record = fields.record({"kpi": "PlanKpi"}.get(kind, kind))
    facts["kind"] = record.label if record else fields.choices("Goal", "kind").get(kind, kind)
    return facts


_LABELLED = {
    "unknown-key": _unknown_key,
    "missing-key": _missing_key,
    "unknown-word": _unknown_word,
    "never-shared": _never_shared,
}


def _listed(facts: Mapping[str, str]) -> list[str]:
    return [word for word in facts["allowed"].split(", ") if word]


def _field(record: str, key: str, fields: FieldWords) -> str:
    named = fields.field(record, key)
    return named.label if named else ""


def _by_any_label(found: str, record: str, keys: list[str], alike: float = 0.6) -> str:
    """The key whose label in some language somebody wrote, or something `alike`."""
    for language in LANGUAGES:
        fields = load_fields(language)
        if key := _by_label(found, {k: _field(record, k, fields) for k in keys}, alike):
            return key
    return ""


def _by_label(found: str, labels: Mapping[str, str], alike: float = 0.6) -> str:
    """The key whose label somebody wrote instead: `verantwortlich` for `owner`."""
    keys = {label.lower(): key for key, label in labels.items() if label}
    return keys.get(nearest(found.replace("_", " "), keys, alike) or "", "")


def _few(like: str, labels: Mapping[str, str]) -> list[str]:
    """The keys most like what was written, else the first, in the order of the format."""
    if len(labels) <= SHOWN:
        return list(labels)

    def far(key: str) -> float:
        alike = SequenceMatcher(None, like, key).ratio()
        return -alike if alike > 0.5 else 0

    return sorted(labels, key=far)[:SHOWN]


def _one(key: str, label: str, words: Words) -> str:
    same = not label or label.lower() == key.lower()
    return key if same else words("ui.labelled", word=key, label=label)
