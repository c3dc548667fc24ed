"""Prose into blocks. `@cio` becomes a name only where the reader may see it: the caller says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown_it.token import Token

from planwerk import blocks as b
from planwerk.model.walk import MENTION
from planwerk.painted import PictureFile
from planwerk.text.prose import ALLOWED_LINK, parse, pictures_of, stands_alone, words_of
from planwerk.text.quotes import quoted

Mention = Callable[[str], str | None]
Find = Callable[[str], PictureFile | None]
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
OTHER = "\ufffc"
"""Stands for what is no text, where quotation marks are looked at."""
TICK = re.compile(r"\[([ xX])\]\s+(?=\S)")
"""How an item of a list begins that can be ticked off."""


def parse_prose(
    body: str, mention: Mention, picture: Find = lambda target: None, language: str = ""
) -> tuple[b.Block, ...]:
    """The blocks of `body`; `mention` gives the name for `@id`, or None to leave it as it is, and
    `picture` the file that a picture's address means, or None where its words must do. Straight
    quotation marks become those of `language`; with none they stay."""
    if not body.strip():
        return ()
    walk = _Walk(parse(body), mention, picture, language)
    blocks = walk.blocks()
    return (*blocks, b.Notes(tuple(walk.notes.values()))) if walk.notes else blocks


def _definitions(tokens: Sequence[Token]) -> dict[str, Sequence[Token]]:
    """What each footnote says, by its label; the first one counts."""
    found: dict[str, Sequence[Token]] = {}
    label, begin = "", 0
    for index, token in enumerate(tokens):
        if token.type == "footnote_reference_open":
            label, begin = token.meta["label"], index + 1
        elif token.type == "footnote_reference_close":
            found.setdefault(label, tokens[begin:index])
    return found


class _Walk:
    """Turns a token stream into blocks, one pass, by a position."""

    def __init__(
        self, tokens: Sequence[Token], mention: Mention, picture: Find, language: str,
        footnotes: bool = True,
    ) -> None:  # fmt: skip
        self.tokens, self.at, self.mention, self.picture = tokens, 0, mention, picture
        self.language = language
        self.defined = _definitions(tokens) if footnotes else {}
        self.notes: dict[str, b.Note] = {}
        """The footnotes that were referred to, in the order of their numbers, by label."""

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
            if stands_alone(self.tokens[self.at]):
                return self.pictures()
            return (b.Paragraph(self.inline()),)
        if kind == "footnote_reference_open":  # said where it is referred to
            while self.tokens[self.at].type != "footnote_reference_close":
                self.at += 1
            self.at += 1
            return ()
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

    def pictures(self) -> tuple[b.Block, ...]:
        """The pictures of a paragraph; their words where a picture cannot be had."""
        found = pictures_of(self.tokens[self.at])
        self.at += 2
        return tuple(block for token in found if (block := self.shown(token)))

    def shown(self, token: Token) -> b.Block | None:
        """A picture, or its words; None for one that is not there and has none."""
        file = self.picture(str(token.attrs.get("src", "")))
        words = words_of(token)
        if file is None:
            return b.Paragraph(b.text(words)) if words else None
        caption = " ".join(str(token.attrs.get("title", "")).split())
        return b.Image(file.kind, file.width, file.height, file.data, words or caption, caption)

    def note(self, label: str) -> b.Run | None:
        """The reference to a footnote; None where there is no such one."""
        if label not in self.defined:
            return None
        if label not in self.notes:
            inside = _Walk(self.defined[label], self.mention, self.picture, self.language, False)
            self.notes[label] = b.Note(len(self.notes) + 1, inside.blocks())
        note = self.notes[label]
        return b.Run(str(note.number).translate(RAISED), note=note)

    def tick(self) -> bool | None:
        """Whether the item that begins here is ticked off, its box taken out of its words; None
        for one without a box."""
        if self.tokens[self.at].type != "paragraph_open":
            return None
        children = self.tokens[self.at + 1].children or []
        if not children or children[0].type != "text":
            return None
        box = TICK.match(children[0].content)
        if box is None:
            return None
        children[0].content = children[0].content[box.end() :]
        return box[1] != " "

    def listing(self, ordered: bool, start: int) -> b.Bullets:
        items: list[tuple[b.Block, ...]] = []
        done: list[bool | None] = []
        close = "ordered_list_close" if ordered else "bullet_list_close"
        while (token := self.tokens[self.at]).type != close:
            self.at += 1
            if token.type == "list_item_open":
                done.append(self.tick())
                items.append(self.blocks("list_item_close"))
        self.at += 1
        boxes = tuple(done) if any(d is not None for d in done) else ()
        return b.Bullets(tuple(items), ordered, start, boxes)

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
                inline = self.tokens[self.at].children or []
                row.append(b.Cell(self.runs(inline, noted=token.type == "td_open")))
        self.at += 1
        heads = [b.plain(cell.text) for cell in rows[0]]
        columns = tuple(b.Column(h, a) for h, a in zip(heads, aligns, strict=True))
        return b.Table(columns, tuple(b.Row(r) for r in rows[1:]), heads[0] if heads else "")

    def runs(self, tokens: Sequence[Token], noted: bool = True) -> b.Text:
        """The text of inline tokens; the heads of columns refer to no footnotes (`noted`)."""
        out: list[b.Run] = []
        strong = emphasis = 0
        link: str | None = None
        for token, said in zip(tokens, self.worded(tokens), strict=True):
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
                case "footnote_ref":
                    label = str(token.meta["label"])
                    note = self.note(label) if noted else None
                    out.append(note or b.Run(f"[^{label}]", strong > 0, emphasis > 0))
                case "text" | "code_inline" | "softbreak" | "hardbreak" | "image":
                    words = said
                    if token.type == "image":
                        words = words_of(token)
                    if token.type == "text":
                        words = MENTION.sub(self.named, words)
                    if words:
                        code = token.type == "code_inline"
                        out.append(b.Run(words, strong > 0, emphasis > 0, code, link))
        return tuple(out)

    def worded(self, tokens: Sequence[Token]) -> list[str]:
        """The words of inline tokens, quotation marks seen over all of them: code has its own."""
        words = [" " if t.type.endswith("break") else t.content for t in tokens]
        shown = [
            w if t.type in ("text", "softbreak", "hardbreak") else OTHER * bool(w)
            for t, w in zip(tokens, words, strict=True)
        ]
        whole = "".join(shown)
        if not self.language or (marked := quoted(whole, self.language)) == whole:
            return words
        at = 0
        for number, (token, part) in enumerate(zip(tokens, shown, strict=True)):
            if token.type == "text":
                words[number] = marked[at : at + len(part)]
            at += len(part)
        return words

    def named(self, found: re.Match[str]) -> str:
        return self.mention(found.group(1)) or found.group()
