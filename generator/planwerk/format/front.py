"""Front matter in canonical form: the order of the model, block style, plain numbers and days.

No word is lost: comments stay with what they speak of, every value stays the text it is but
for numbers and days that the model takes as such.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from pathlib import PurePosixPath

import yaml

from planwerk.format.emit import Tree, emit, text
from planwerk.format.remarks import ALLOW, key_of, layout, put_back, split
from planwerk.format.shape import Kind, Slot, slots
from planwerk.model.record import Record
from planwerk.model.types import GERMAN_DAY, GERMAN_MONTH, plain_number
from planwerk.text.front_matter import Path, read_front_matter
from planwerk.text.plain_front import Value
from planwerk.text.table import AMBIGUOUS, NO_NOTATION, Notation


def canonical(front: str, kind: type[Record]) -> str:
    """The front matter of a `kind` of file, which reads without a problem, in canonical form."""
    lines = front.split("\n")
    node = yaml.compose(front, Loader=yaml.CSafeLoader)
    remarks = split(lines[:-1] if lines[-1] == "" else lines, layout(node, lines))
    pinned = {r.path for r in remarks if any(map(ALLOW.match, r.lines)) and not r.below}
    tree = _mapping(node, kind, (), pinned) if isinstance(node, yaml.MappingNode) else {}
    out = put_back(emit(tree), remarks)
    _keeps_all(out, tree, [words for r in remarks for words in r.lines if words])
    return out


def canonical_value(words: str, kind: Kind, notation: Notation = NO_NOTATION) -> str:
    """A number with a point, a day as 2026-11-23; anything else as it stands."""
    if kind is Kind.NUMBER:
        plain = plain_number(words, notation)
        if plain is None or plain == words:
            return words
        if AMBIGUOUS.fullmatch(
            plain
        ):  # three decimals look like thousands where nothing else tells
            plain = plain.rstrip("0").rstrip(".")
        return f"{plain}0" if AMBIGUOUS.fullmatch(plain) else plain
    if kind is Kind.DAY and (day := GERMAN_DAY.fullmatch(words)):
        try:
            return date(int(day[3]), int(day[2]), int(day[1])).isoformat()
        except ValueError:
            return words
    if kind is Kind.DAY and (month := GERMAN_MONTH.fullmatch(words)):
        return f"{month[2]}-{int(month[1]):02}"
    return words


def _mapping(
    node: yaml.MappingNode, kind: type[Record] | None, path: Path, pinned: Collection[Path]
) -> dict[str, Tree]:
    """The entries in the order of the model, unknown ones at the end."""
    known = slots(kind) if kind else {}
    order = {key: number for number, key in enumerate(known)}
    pairs = [(key_of(key), value) for key, value in node.value]
    first = pairs[:1] if path in pinned and isinstance(path[-1], int) else []
    # an allowance speaks of the line below it: that line stays the first of its item
    rest = sorted(pairs[len(first) :], key=lambda p: order.get(p[0], len(order)) if known else 0)
    return {k: _value(v, known.get(k), (*path, k), pinned) for k, v in (*first, *rest)}


def _value(node: yaml.Node, slot: Slot | None, path: Path, pinned: Collection[Path]) -> Tree:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, slot.record if slot else None, path, pinned)
    if isinstance(node, yaml.SequenceNode):
        return [_value(part, slot, (*path, n), pinned) for n, part in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    words: str = node.value
    if not words and not node.style:
        return ""
    if slot and (plain := canonical_value(words, slot.kind)) != words:
        return plain
    return text(words, node.style)


def _keeps_all(out: str, tree: dict[str, Tree], remarks: list[str]) -> None:
    """Fail (it is our bug) rather than write what reads differently, or without a comment."""
    read, problems = read_front_matter(PurePosixPath("written"), out)
    if problems or read.value != _plain(tree):
        raise RuntimeError("what was formatted reads differently")
    lines = Counter(line.strip() for line in out.split("\n"))
    if any(lines[words] < count for words, count in Counter(remarks).items()):
        raise RuntimeError("formatting lost a comment")


def _plain(tree: Tree) -> Value:
    if isinstance(tree, dict):
        return {key: _plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_plain(part) for part in tree]
    return None if tree == "" and type(tree) is str else str(tree)
