"""Prose into blocks. `@cio` becomes a name only where the reader may see it: the caller says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown_it.token import Token

from planwerk import blocks as b
from planwerk.model.walk import MENTION
from planwerk.text.prose import ALLOWED_LINK, parse


def parse_prose(body: str, mention: Callable[[str], str | None]) -> tuple[b.Block, ...]:
    """The blocks of `body`; `mention` gives the name for `@id`, or None to leave it as it is."""
    if not body.strip():
        return ()
    return _Walk(parse(body), mention).blocks()


class _Walk:
    """Turns a token stream into blocks, one pass, by a position."""

    def __init__(self, tokens: Sequence[Token], mention: Callable[[str], str | None]) -> None:
        self.tokens, self.at, self.mention = tokens, 0, mention

    def blocks(self, until: str = "") -> tuple[b.Block, ...]:
        out: list[b.Block] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == until:
                break
            out.extend(self.block(token))
        return tuple(out)

    def block(self, token: Token) -> tuple[b.Block, ...]:
        kind = token.type
        if kind == "paragraph_open":
            return (b.Paragraph(self.inline()),)
        if kind == "heading_open":
            return (b.Heading(self.inline(), max(3, int(token.tag[1]) + 1)),)
        if kind in ("bullet_list_open", "ordered_list_open"):
            start = token.attrs.get("start", 1)
            return (self.listing(kind == "ordered_list_open", int(start)),)
        if kind == "blockquote_open":
            return (b.Quotation(self.blocks("blockquote_close")),)
        if kind in ("fence", "code_block"):
            return (b.Code(token.content.rstrip("\n")),)
        if kind == "hr":
            return (b.Break(),)
        if kind == "table_open":
            return (self.table(),)
        return ()

    def inline(self) -> b.Text:
        """The text of the inline token here; passes the closing token after it."""
        runs = self.runs(self.tokens[self.at].children or [])
        self.at += 2
        return runs

    def listing(self, ordered: bool, start: int) -> b.Bullets:
        items: list[tuple[b.Block, ...]] = []
        close = "ordered_list_close" if ordered else "bullet_list_close"
        while (token := self.tokens[self.at]).type != close:
            self.at += 1
            if token.type == "list_item_open":
                items.append(self.blocks("list_item_close"))
        self.at += 1
        return b.Bullets(tuple(items), ordered, start)

    def table(self) -> b.Table:
        rows: list[tuple[b.Cell, ...]] = []
        aligns: list[b.Align] = []
        row: list[b.Cell] = []
        while (token := self.tokens[self.at]).type != "table_close":
            self.at += 1
            if token.type == "tr_open":
                row = []
            elif token.type == "tr_close":
                rows.append(tuple(row))
            elif token.type in ("th_open", "td_open"):
                if token.type == "th_open":
                    style = str(token.attrs.get("style", ""))
                    aligns.append("right" if "right" in style else "center" if "center" in style else "left")  # fmt: skip
                row.append(b.Cell(self.runs(self.tokens[self.at].children or [])))
        self.at += 1
        heads = [b.plain(cell.text) for cell in rows[0]]
        columns = tuple(b.Column(h, a) for h, a in zip(heads, aligns, strict=True))
        return b.Table(columns, tuple(b.Row(r) for r in rows[1:]), heads[0] if heads else "")

    def runs(self, tokens: Sequence[Token]) -> b.Text:
        out: list[b.Run] = []
        strong = emphasis = 0
        link: str | None = None
        for token in tokens:
            match token.type:
                case "strong_open" | "strong_close":
                    strong += 1 if token.nesting > 0 else -1
                case "em_open" | "em_close":
                    emphasis += 1 if token.nesting > 0 else -1
                case "link_open":
                    target = str(token.attrs.get("href", ""))
                    link = target if ALLOWED_LINK.fullmatch(target) else None
                case "link_close":
                    link = None
                case "text" | "code_inline" | "softbreak" | "hardbreak" | "image":
                    words = " " if token.type.endswith("break") else token.content
                    if token.type == "text":
                        words = MENTION.sub(self.named, words)
                    if words:
                        code = token.type == "code_inline"
                        out.append(b.Run(words, strong > 0, emphasis > 0, code, link))
        return tuple(out)

    def named(self, found: re.Match[str]) -> str:
        return self.mention(found.group(1)) or found.group()
