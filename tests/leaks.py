"""Looking for words in every byte of an output: files, names, and what is packed in them."""

from __future__ import annotations

import gzip
import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, get_origin

from planwerk.model.record import Record, Shared
from planwerk.model.types import Unknown

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


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below `folder` by name, with what is packed inside it, and the names."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        yield name, name.encode()
        yield from _unpacked(name, path.read_bytes())


def _unpacked(name: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, raw
    if raw[:2] == b"\x1f\x8b":
        yield from _unpacked(name + "!", gzip.decompress(raw))
    elif raw[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            yield name, package.comment
            for entry in package.infolist():
                yield f"{name}!{entry.filename}", entry.filename.encode() + entry.extra
                yield from _unpacked(f"{name}!{entry.filename}", package.read(entry))


def found(folder: Path, tokens: Iterable[str]) -> set[tuple[str, str]]:
    """Which tokens occur where; case and HTML entities do not hide them."""
    pattern = re.compile("|".join(re.escape(t.lower()) for t in sorted(tokens)))
    out = set()
    for name, raw in contents(folder):
        words = raw.decode("utf-8", "replace").lower()
        for text in (words, html.unescape(words), raw.decode("utf-16-le", "replace").lower()):
            out |= {(name, hit) for hit in pattern.findall(text)}
    return out


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
