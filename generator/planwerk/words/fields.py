"""What files, records and fields of the format are called: `fields.<language>.yml`.

Loaded only where somebody asks: a check that finds nothing never does.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from planwerk.words import Sections


class Named(NamedTuple):
    """What something is called (`label`), what it is or what to write (`text`), an example."""

    label: str
    text: str
    example: str = ""


class FieldWords:
    """The names and meanings of the format in one language.

    A record is named by its class, a field by its key in the file; what fields of several
    records have in common stands once, under `anywhere`.
    """

    def __init__(self, texts: Sections) -> None:
        self.files: Mapping[str, Any] = texts.below("files")
        self.anywhere: Mapping[str, Any] = texts.below("anywhere")
        self.records: Mapping[str, Any] = texts.below("records")

    def file(self, kind: str) -> Named:
        """What a kind of file is called; its example is a whole file."""
        return Named(**self.files[kind])

    def record(self, record: str) -> Named | None:
        """What a record is called; None for one that is not of the format."""
        found = self.records.get(record)
        return Named(found["label"], found["text"]) if found else None

    def field(self, record: str, key: str) -> Named | None:
        """What a field is called and what to write there; None for one that is not known."""
        found = self._field(record, key)
        return Named(found["label"], found["text"], found.get("example", "")) if found else None

    def choices(self, record: str, key: str) -> Mapping[str, str]:
        """The labels of the words that can stand there; `open` is understood everywhere."""
        found = (self._field(record, key) or {}).get("choices", {})
        if isinstance(found, str):  # the same words as another field
            found = self._field(*found.split("."))["choices"]
        return {**self.anywhere["choices"], **found}

    def _field(self, record: str, key: str) -> Any:
        own = self.records.get(record, {}).get("fields", {})
        return own.get(key) or (self.anywhere["fields"].get(key) if own else None)


@lru_cache(maxsize=2)
def load_fields(language: str) -> FieldWords:
    """The names and meanings in `de` or `en`."""
    path = Path(__file__).with_name(f"fields.{language}.yml")
    return FieldWords(Sections(path.read_text("utf-8")))
