"""The manual of the format: what holds everywhere, then each kind of file.

The first half is written by hand (`pages/format.<language>.md`), the second is made of the
models and their words. The same page is a file of the documentation and a page of the portal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from planwerk import blocks as b
from planwerk.compose.pages import shipped
from planwerk.compose.prose import parse_prose
from planwerk.model.forms import UNKNOWN, Form, Shape, shapes
from planwerk.model.kinds import KINDS, Kind, keys, records
from planwerk.model.record import Record
from planwerk.model.sharing import sharing
from planwerk.words import Words, load_words
from planwerk.words.fields import FieldWords, load_fields

LAST = ("share", "checked_on", "body")
"""What many records have comes after what is their own."""


def title_and_rules(language: str) -> tuple[str, str]:
    """The hand-written half: the title of the page, and what follows it, as Markdown."""
    title, body = shipped("format", language)
    return title, body.strip()


def format_page(language: str) -> b.Page:
    """The page of the portal; each kind of file is folded, for all of them fill 60 screens."""
    title, rules = title_and_rules(language)
    made = _Files(load_words(language), load_fields(language))
    blocks = (*parse_prose(rules, lambda _: None), *made.overviewed(KINDS), *made.folded(KINDS))
    return b.Page("format", title, title, blocks, prose=True)


def files(language: str, kinds: Sequence[Kind] = KINDS) -> tuple[b.Block, ...]:
    """The half made of the models: of some kinds of files, or of all with an overview."""
    return tuple(_Files(load_words(language), load_fields(language)).blocks(kinds))


class _Files:
    """Describes each record where it occurs first."""

    def __init__(self, words: Words, fields: FieldWords) -> None:
        self.words, self.fields = words, fields
        self.described: dict[str, str] = {}

    def say(self, key: str, **facts: object) -> str:
        return self.words(f"format.{key}", **facts)

    def blocks(self, kinds: Sequence[Kind]) -> Iterator[b.Block]:
        yield from self.overviewed(kinds)
        for kind in kinds:
            yield from self.file(kind)

    def overviewed(self, kinds: Sequence[Kind]) -> Iterator[b.Block]:
        if len(kinds) > 1:
            yield b.Heading(b.text(self.say("files")), 3)
            yield self.overview(kinds)

    def folded(self, kinds: Sequence[Kind]) -> Iterator[b.Fold]:
        for kind in kinds:
            head, *rest = self.file(kind)
            assert isinstance(head, b.Heading)
            yield b.Fold(b.plain(head.text), tuple(rest), head.anchor)

    def overview(self, kinds: Sequence[Kind]) -> b.Table:
        columns = tuple(b.Column(self.say(head)) for head in ("file", "name", "what"))
        rows = []
        for kind in kinds:
            named, link = self.fields.file(kind.name), f"#{kind.name}"
            name = b.Cell((b.Run(named.label, link=link),))
            rows.append(b.Row((b.Cell(_runs(f"`{kind.path}`")), name, b.Cell(_runs(named.text)))))
        return b.Table(columns, tuple(rows), self.say("files"))

    def file(self, kind: Kind) -> Iterator[b.Block]:
        named = self.fields.file(kind.name)
        yield b.Heading(b.text(f"{named.label}: {kind.file}"), 3, kind.name)
        yield b.Paragraph(_runs(named.text))
        yield b.Code(named.example.rstrip())
        for name, record in records(kind.record).items():
            if record is not kind.record:
                yield from self.head(name)
            if name not in self.described:
                self.described[name] = kind.file
                yield self.record(record)

    def head(self, name: str) -> Iterator[b.Block]:
        named = self.fields.record(name)
        assert named is not None, f"{name} has no words"
        yield b.Heading(b.text(named.label), 4)
        told = named.text
        if name in self.described:
            told = self.say("same", label=named.label, file=self.described[name])
        yield b.Paragraph(_runs(told))

    def record(self, record: type[Record]) -> b.Table:
        named = self.fields.record(record.__name__)
        heads = ("key", "label", "write", "takes", "required", "shared")
        rows = (self.field(record, key, name) for key, name in _in_order(record))
        return self.table(named.label if named else "", heads, rows)

    def field(self, record: type[Record], key: str, name: str) -> Sequence[str]:
        named = self.fields.field(record.__name__, key)
        assert named is not None, f"{record.__name__}.{key} has no words"
        shown = f" {self.say('for_example')}: `{named.example}`" if named.example else ""
        choices = self.fields.choices(record.__name__, key)
        return (
            self.say("body") if key == "body" else f"`{key}`",
            named.label,
            named.text + shown,
            self.takes(shapes(record)[name], choices, bool(shown)),
            self.say("yes" if record.model_fields[name].is_required() else "no"),
            "" if key == "share" else self.say(f"shared_word.{sharing(record, name).value}"),
        )

    def takes(self, shape: Shape, labels: Mapping[str, str], shown: bool) -> str:
        """The form of a value, or the words to choose from; `shown`: an example stands there."""
        either = f" {self.say('or')} "
        if shape.record is not None:
            return self.say("below" if shape.many else "below_one")
        if shape.words:
            may_be_open = "offen" in shape.words
            known = [w for w in shape.words if not (may_be_open and w in ("offen", "open"))]
            said = ", ".join(_choice(word, labels[word]) for word in known)
            said += either + self.form(UNKNOWN, shown) if may_be_open else ""
        else:
            said = either.join(self.form(form, shown) for form in shape.forms)
        return f"{said}; {self.say('list')}" if shape.many else said

    def form(self, form: Form, shown: bool) -> str:
        said = self.say(f"form.{form.name}")
        return f"{said} (`{form.example}`)" if form.example and not shown and "`" not in said else said  # fmt: skip

    def table(self, label: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> b.Table:
        columns = tuple(b.Column(self.say(head), wide=head == "write") for head in heads)
        cells = (tuple(b.Cell(_runs(cell)) for cell in row) for row in rows)
        return b.Table(columns, tuple(b.Row(row) for row in cells), label)


def _in_order(record: type[Record]) -> list[tuple[str, str]]:
    """Keys and names of a record's fields, its own first."""
    fields = keys(record)
    own = [(key, name) for key, name in fields.items() if key not in LAST]
    return own + [(key, fields[key]) for key in LAST if key in fields]


def _choice(word: str, label: str) -> str:
    same = label.lower() == word.replace("_", " ").lower()
    return f"`{word}`" if same else f"`{word}` {label}"


def _runs(words: str) -> b.Text:
    """The words, in which what stands in backticks is code."""
    parts = words.split("`")
    return tuple(b.Run(part, code=i % 2 == 1) for i, part in enumerate(parts) if part)
