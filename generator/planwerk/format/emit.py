"""Plain values into YAML text, through ruamel.yaml: block style, `- ` indented by two."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import StringIO
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.resolver import BaseResolver
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"
"""Values to write; a text may be of one of the classes below, which say how it is quoted."""

QUOTED: Mapping[str, type[str]] = {"'": SingleQuotedScalarString, '"': DoubleQuotedScalarString}


class TextOnly(BaseResolver):
    """No scalar is anything but its text: `0815`, `NO`, `12:30` and `3.10` stay what they are."""

    def __init__(self, version: Any = None, loader: Any = None) -> None:
        super().__init__(loader)

    @property
    def processing_version(self) -> tuple[int, int]:
        """The YAML that is read: 1.2."""
        return (1, 2)


@cache
def text_only() -> YAML:
    """The reader and writer of plain YAML."""
    yaml = YAML()
    yaml.Resolver = TextOnly
    yaml.preserve_quotes = True
    yaml.width = 1 << 30  # a text is never folded
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def emit(tree: Mapping[str, Tree]) -> str:
    """The text of a mapping; "" for an empty one. An empty text stands for no value at all."""
    if not tree:
        return ""
    out = StringIO()
    text_only().dump(CommentedMap(tree), out)
    return out.getvalue()


def text(words: str, quote: str | None = None) -> str:
    """`words` as they are written: after `|` if they run over lines or did so, else as quoted."""
    if quote == "|" or "\n" in words.strip():
        # no text keeps the space around it: the models strip it
        if words.strip():
            return _as(LiteralScalarString, words.strip() + "\n")
        quote = "'"
    if not words:
        return _as(SingleQuotedScalarString, "")
    return _as(QUOTED.get(quote or "", str), words)


def _as(style: type[str], words: str) -> str:
    return style(words)
