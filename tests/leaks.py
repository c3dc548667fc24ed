"""Words planted where a reader may not see them, and looked for in every byte of an output."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, get_origin

from planwerk.model.record import Record, Shared
from planwerk.model.types import Unknown
from planwerk.result.found import Pieces, Search
from planwerk.result.opened import everything
from planwerk.text.names import Names
from planwerk.text.plain import plain_text

TEXT_FIELDS = {
    "name", "title", "text", "body", "note", "evidence", "wants", "needs", "cause", "lesson",
    "highlight", "waived_because", "quote", "what", "answer", "description", "business_model",
    "target_markets", "source", "use_case", "vision", "rationale", "reason", "consequence",
    "recommendation", "question", "workflow_gaps", "stage", "competitor", "agreed", "actual",
    "headquarters", "website", "tier", "parent_name", "contact", "client_goal", "pains",
    "touchpoints", "client_position", "opening", "strategy", "performance", "strengths",
    "weaknesses", "warning_signs", "resolution", "agenda", "decisions", "topic", "message",
    "lowered_because", "aims", "objections",
}  # fmt: skip


def found(folder: Path, tokens: Iterable[str]) -> set[tuple[str, str]]:
    """Which tokens (or names) occur where, as every build looks for them."""
    named = {"".join(plain_text(token)): token for token in tokens}
    names = Names((token, plain_text(token)) for token in named.values())
    search = Search(Pieces(names), lambda name, whose: False)
    search.look(everything(folder))
    return {(hit.place, named.get(hit.name, hit.name)) for hit in search.hits()}


class Planter:
    """Puts a token into every text of a record that `audience` may not see."""

    def __init__(self, audience: str) -> None:
        self.audience = audience
        self.tokens: list[str] = []

    def plant(self, record: Record, visible: bool = True) -> Record:
        """The record with tokens in it; a record that is not shared is planted throughout."""
        if isinstance(record, Shared):
            visible = record.visible_to(self.audience)
        kind = type(record)
        kept = kind.released | getattr(kind, "identity", frozenset())
        changed: dict[str, object] = {}
        for name in kind.model_fields:
            value = getattr(record, name)
            inside = not visible or (name not in kept and not _holds_records(value))
            if isinstance(value, Record):
                changed[name] = self.plant(value, visible)
            elif isinstance(value, tuple) and _holds_records(value):
                changed[name] = tuple(self.plant(part, visible) for part in value)
            elif inside and name in TEXT_FIELDS - _closed(kind) and not (getattr(kind, "identity", None) and name == "name"):  # fmt: skip
                changed[name] = self.marked(value)
        return record.model_copy(update=changed)

    def marked(self, value: object) -> object:
        """A text (or texts) with a token of its own behind it."""
        if isinstance(value, tuple):
            return tuple(self.marked(part) for part in value)
        if value is None or isinstance(value, Unknown) or not isinstance(value, str):
            return value
        token = f"KAMX{len(self.tokens):08x}{'feedface'}"
        self.tokens.append(token)
        return f"{value} {token}".strip()


def _closed(kind: type[Record]) -> set[str]:
    """The fields that take words of the format only: nobody can write a token there."""
    fields = kind.model_fields.items()
    return {name for name, field in fields if get_origin(field.annotation) is Literal}


def _holds_records(value: object) -> bool:
    return isinstance(value, Record) or (
        isinstance(value, tuple) and any(isinstance(part, Record) for part in value)
    )
