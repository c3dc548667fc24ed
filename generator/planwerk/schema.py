"""JSON Schema (draft 2020-12) of each kind of file, for editors, forms and other programs.

A schema speaks of the details between the `---` lines, or of one line of a table without its
empty cells. It accepts what the reader accepts; what only other files can tell (is there such
a person?) is left to `planwerk check`.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path, PurePosixPath
from typing import Any

from planwerk.model.forms import ID, PLAIN, Shape, shapes
from planwerk.model.kinds import BY_NAME, KINDS, Kind, keys
from planwerk.model.record import Record
from planwerk.model.sharing import sharing
from planwerk.problems import refuse
from planwerk.text.front_matter import read_front_matter
from planwerk.text.nearest import nearest
from planwerk.text.source import Source, split
from planwerk.words import LANGUAGES, Words
from planwerk.words.fields import FieldWords, load_fields

DRAFT = "https://json-schema.org/draft/2020-12/schema"
FORMAT = 1


def find_kind(name: str) -> Kind:
    """The kind of file of that name; refuses (exit code 2) one that does not exist."""
    if name not in BY_NAME:
        near, allowed = nearest(name, BY_NAME) or "", ", ".join(BY_NAME)
        raise refuse("unknown-kind", name, found=name, nearest=near, allowed=allowed)
    return BY_NAME[name]


def schema(kind: Kind, words: Words) -> dict[str, Any]:
    """The JSON Schema of a kind of file, with titles, descriptions and examples in words."""
    return _Schema(kind, words, load_fields(words.language)).document()


def write_schemas(kinds: tuple[Kind, ...], words: Words, folder: Path) -> list[Path]:
    """`<kind>.schema.json` for each kind, below `folder`; the paths written."""
    texts = {f"{kind.name}.schema.json": as_json(schema(kind, words)) for kind in kinds}
    return _write(folder, texts)


def write_pages(kinds: tuple[Kind, ...], folder: Path) -> list[Path]:
    """The reference page in every language, below `folder`; the paths written."""
    return _write(folder, {f"format.{name}.md": page(kinds, name) for name in LANGUAGES})


def page(kinds: tuple[Kind, ...], language: str) -> str:
    """The reference page as Markdown; of some kinds only, their part of it."""
    from planwerk.compose.reference import files, title_and_rules
    from planwerk.render.markdown import write_markdown

    made = write_markdown(files(language, kinds))
    return "# {}\n\n{}\n\n{}".format(*title_and_rules(language), made) if kinds == KINDS else made


def _write(folder: Path, texts: dict[str, str]) -> list[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise refuse("cannot-write", str(folder), 6, found=error.strerror or "") from None
    return [folder / name for name in texts]


def as_json(document: dict[str, Any]) -> str:
    """The document as it is written."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def list_kinds(words: Words) -> str:
    """Every kind of file with what it is."""
    fields = load_fields(words.language)
    wide = max(len(kind.name) for kind in KINDS)
    lines = [f"  {k.name:<{wide}}  {fields.file(k.name).label}: {fields.file(k.name).text}" for k in KINDS]  # fmt: skip
    return "\n".join([words("ui.kinds") + ":", *lines]) + "\n"


def example(kind: Kind, words: FieldWords) -> dict[str, Any]:
    """The values of a kind's example: the details of the file, or its first line."""
    text = words.file(kind.name).example
    if kind.shape == "table":
        line = next(csv.DictReader(text.splitlines()))
        return {key: cell for key, cell in line.items() if cell}
    path = PurePosixPath(kind.file)
    source = split(path, text) if kind.shape == "front matter" else Source(path, text, "", 1, 1)
    assert isinstance(source, Source)
    return dict(read_front_matter(path, source.front)[0].value)


class _Schema:
    """Writes one schema; records within the outermost one become definitions."""

    def __init__(self, kind: Kind, words: Words, fields: FieldWords) -> None:
        self.kind, self.words, self.fields = kind, words, fields
        self.definitions: dict[str, Any] = {}

    def document(self) -> dict[str, Any]:
        named = self.fields.file(self.kind.name)
        text = f"{named.text} {self.words('format.line')}" if self.kind.shape == "table" else named.text  # fmt: skip
        return {
            "$schema": DRAFT,
            "$id": f"urn:planwerk:format:{FORMAT}:{self.kind.name}",
            **self.object(self.kind.record),
            "title": f"{named.label} ({self.kind.file})",
            "description": text,
            "examples": [example(self.kind, self.fields)],
            "$defs": self.definitions,
        }

    def object(self, record: type[Record]) -> dict[str, Any]:
        named = self.fields.record(record.__name__)
        further = getattr(record, "further", None)
        fields = {k: n for k, n in keys(record).items() if n not in ("body", further)}
        out: dict[str, Any] = {
            "title": named.label if named else record.__name__,
            "description": named.text if named else "",
            "type": "object",
            "properties": {key: self.field(record, key, name) for key, name in fields.items()},
            "required": [
                key for key, name in fields.items() if record.model_fields[name].is_required()
            ],
            "additionalProperties": False,
        }
        if further:
            out["propertyNames"] = {"pattern": ID.json["pattern"]}
            out["additionalProperties"] = self.field(record, further, further)["additionalProperties"]  # fmt: skip
        return out

    def field(self, record: type[Record], key: str, name: str) -> dict[str, Any]:
        shape, kept = shapes(record)[name], sharing(record, name)
        named = self.fields.field(record.__name__, key)
        assert named is not None, f"{record.__name__}.{key} has no words"
        told = named.text if key == "share" else f"{named.text} {self.words(f'format.sharing.{kept.value}')}"  # fmt: skip
        out = {
            "title": named.label,
            "description": told,
            **self.value(shape, self.fields.choices(record.__name__, key)),
            "x-planwerk-shared": kept.value,
        }
        if said := named.example or (shape.forms[0].example if shape.forms else ""):
            out["examples"] = [_of_shape(said, shape)]
        return out

    def value(self, shape: Shape, labels: Any) -> dict[str, Any]:
        """The schema of what may stand there."""
        one = self.one(shape, labels)
        if shape.many:
            return {"type": "array", "items": one}
        if shape.by_key:
            return {"type": "object", "propertyNames": {"pattern": ID.json["pattern"]}, "additionalProperties": one}  # fmt: skip
        if shape.may_be_empty:
            return {"anyOf": [one, {"type": "null"}]}
        return one

    def one(self, shape: Shape, labels: Any) -> dict[str, Any]:
        if shape.record is not None:
            return {"$ref": f"#/$defs/{self.define(shape.record)}"}
        if shape.words:
            return {"oneOf": [{"enum": _values(word), "title": labels[word]} for word in shape.words]}  # fmt: skip
        schemas = [form.json for form in shape.forms]
        takes_all = schemas[0].get("type") == PLAIN  # `offen` is a text too
        return dict(schemas[0]) if takes_all or len(schemas) == 1 else {"anyOf": schemas}

    def define(self, record: type[Record]) -> str:
        name = record.__name__
        if name not in self.definitions:
            self.definitions[name] = {}  # named before it is made, so that records may nest
            self.definitions[name] = self.object(record)
        return name


def _values(word: str) -> list[str | int]:
    """The word as it may arrive: editors make numbers of digits."""
    return [word, int(word)] if word.lstrip("-").isdecimal() else [word]


def _of_shape(said: str, shape: Shape) -> Any:
    if shape.many:
        return [said]
    return {"area": said} if shape.by_key else said
