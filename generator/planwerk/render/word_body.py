"""Blocks as WordprocessingML text: paragraphs, tables, charts; parsed once by render/word.py."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple, assert_never
from xml.sax.saxutils import escape, unescape

from planwerk import blocks as b
from planwerk.render import word_figures, word_tables, word_timeline
from planwerk.render.lower import MARKS, lower
from planwerk.render.office_chart import ChartParts, chart_parts
from planwerk.render.typography import kept_together
from planwerk.render.word_figures import LEVELS, STATES
from planwerk.render.word_styles import BULLETS, HANGING, INDENT, NUMBERS, STEP, twips
from planwerk.render.word_tables import PADDING
from planwerk.theme import Theme, mix

EMU = 360000
RULED = 0.9
"""Centimetres from one ruled line to the next."""
MARKS_FROM = 10_000
"""Bookmarks of chapters are numbered below."""
DOTS = 96 / 2.54
"""The dots of a picture in a centimetre, where there is room for it."""
TALLEST = 13.0
"""Centimetres that a picture is high at most."""
REFERENCE = re.compile(r'<refers to="([^"]*)">(.*?)</refers>')
"""Where a number of a caption goes that is not known yet; no text can hold it, for `<` is escaped."""
LISTS = '<w:spacing w:before="280"/>'
BOXES = {True: "\u2611", False: "\u2610"}
BOX_FONT = "Segoe UI Symbol"
CHANGES = {"added": "good", "removed": "muted"}
"""The colour of what came and what went in a compared text; a line says the same."""


class Caption(NamedTuple):
    """A caption that was written: its kind, label and number, words, and bookmark."""

    kind: str
    number: str
    words: str
    mark: str


@dataclass
class Body:
    """Collects a document's XML, its charts and its lists; `width` is the text width in cm."""

    theme: Theme
    language: str
    labels: Mapping[str, str]
    width: float = 16.6
    charts: list[ChartParts] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    lists: int = 0
    wider: float = 1.0
    """How much wider the template's font is than the one that is measured."""
    first: int = 0
    """The highest id of the lists that the template has."""
    starts: dict[int, int] = field(default_factory=dict)
    identity: int = 100
    images: list[b.Image] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    named: dict[str, Caption] = field(default_factory=dict)
    """Captions by the keys of what stands below them."""
    notes: list[b.Note] = field(default_factory=list)
    """The footnotes in the order in which they are referred to first."""
    marks: int = MARKS_FROM
    """The highest id of the bookmarks so far."""
    indent: float = INDENT
    """How far running text stands in."""

    # --- text --------------------------------------------------------------------------------

    def run(
        self,
        words: str,
        *,
        bold: bool = False,
        italic: bool = False,
        code: bool = False,
        color: str = "",
        size: float = 0,
        change: str = "",
    ) -> str:
        """A run; tabs and line ends become what Word calls them."""
        return _run(words, bold, italic, code, color, size, change)

    def runs(self, text: b.Text, *, bold: bool = False, color: str = "") -> str:
        """A Text as runs; https and mailto links are real ones."""
        out = []
        for run in text:
            if run.refers:
                name = escape(run.refers, {chr(34): "&quot;"})
                out.append(f'<refers to="{name}">{self.run(run.text) if run.text else ""}</refers>')
                continue
            if run.note is not None:
                out.append(self.noted(run.note))
                continue
            words = self.run(
                run.text, bold=bold or run.strong, italic=run.emphasis, code=run.code,
                color=self.theme.color(CHANGES[run.change]) if run.change else color,
                change=run.change,
            )  # fmt: skip
            if run.link and run.link.startswith(("https://", "mailto:")):
                self.links.append(run.link)
                words = f'<w:hyperlink r:id="link{len(self.links)}">{words}</w:hyperlink>'
            out.append(words)
        return "".join(out)

    def noted(self, note: b.Note) -> str:
        """The reference to a footnote; what was referred to before is referred to again."""
        raised = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        if note in self.notes:
            number = self.notes.index(note) + 1
            return self.field(f"NOTEREF _RefNote{number} \\h", str(number), raised)
        self.notes.append(note)
        number = len(self.notes)
        reference = f'<w:r>{raised}<w:footnoteReference w:id="{number}"/></w:r>'
        return self.marked(f"_RefNote{number}", reference)

    def marked(self, name: str, runs: str) -> str:
        """Runs that a field can refer to by name."""
        self.marks += 1
        return f'<w:bookmarkStart w:id="{self.marks}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{self.marks}"/>'

    def box(self, done: bool) -> str:
        """A box to tick, which Word lets readers tick; its title says how it stands."""
        states = "".join(
            f'<w14:{kind}State w14:val="{ord(BOXES[ticked]):04X}" w14:font="{BOX_FONT}"/>'
            for kind, ticked in (("checked", True), ("unchecked", False))
        )
        self.marks += 1
        words = escape(self.labels["ticked" if done else "unticked"])
        fonts = "".join(f' w:{kind}="{BOX_FONT}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{words}"/><w:id w:val="{self.marks}"/>'
            f'<w14:checkbox><w14:checked w14:val="{int(done)}"/>{states}</w14:checkbox></w:sdtPr>'
            f"<w:sdtContent><w:r><w:rPr><w:rFonts{fonts}/></w:rPr><w:t>{BOXES[done]}</w:t></w:r>"
            "</w:sdtContent></w:sdt>"
        )

    def image(self, block: b.Image) -> str:
        """A picture under its caption, no wider than the text; alt text says what it shows."""
        room = self.width - (self.indent if self.width > 2 * self.indent else 0)
        wide, high = block.width / DOTS, block.height / DOTS
        share = min(1.0, room / wide, TALLEST / high)
        size = f'cx="{max(round(wide * share * EMU), 1)}" cy="{max(round(high * share * EMU), 1)}"'
        if block not in self.images:
            self.images.append(block)
        number = self.images.index(block) + 1
        self.identity += 2
        said = escape(block.words, {chr(34): "&quot;"})
        name = f"{escape(self.labels['picture'])} {number}"
        drawn = (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr id="{self.identity}" name="{name}" descr="{said}"/><wp:cNvGraphicFramePr/><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            f'<pic:nvPicPr><pic:cNvPr id="{self.identity + 1}" name="{name}" descr="{said}"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="image{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
        above = self.caption("figure", block.caption) if block.caption else ""
        return above + self.paragraph("BodyText", drawn)

    def paragraph(self, style: str, runs: str, more: str = "") -> str:
        """A paragraph of that style; `more` are further properties."""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'

    def status(self, status: b.Status, size: float = 0) -> str:
        """Shape and word in the status colour."""
        color = self.theme.color(LEVELS.get(status.level, "muted"))
        return self.run(
            f"{MARKS[status.level]}\u00a0{status.word}",
            bold=status.level not in ("plan", "open"),
            color=color,
            size=size,
        )

    def spacer(self) -> str:
        """The paragraph that must follow a table; it stays with what comes next."""
        return '<w:p><w:pPr><w:pStyle w:val="Spacer"/><w:keepNext/></w:pPr></w:p>'

    def field(self, code: str, cached: str, look: str = "") -> str:
        """A field with its result already there, in its own look where it has one."""
        kinds = ("begin", "separate", "end")
        begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds)
        said = f"<w:r>{look}<w:t>{escape(cached)}</w:t></w:r>" if look else self.run(cached)
        return f'{begin}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{separate}{said}{end}'

    def caption(self, kind: str, words: str, key: str = "") -> str:
        """A numbered caption that stays with what follows; texts refer to it by its bookmark."""
        self.counts[kind] = number = self.counts.get(kind, 0) + 1
        label = self.labels[kind]
        muted = self.theme.color("muted")
        caption = Caption(kind, f"{label}\u00a0{number}", words, f"_Ref{kind.title()}{number:04}")
        self.captions.append(caption)
        if key:
            self.named.setdefault(key, caption)
        counted = self.run(f"{label}\u00a0", color=muted) + self.field(
            f"SEQ {label} \\* ARABIC", str(number)
        )
        return self.paragraph(
            "Caption", self.marked(caption.mark, counted) + self.run(f"   {words}")
        )

    def referred(self, words: str) -> str:
        """XML with the numbers of captions where texts refer to them: they are known at the end."""

        def said(found: re.Match[str]) -> str:
            caption = self.named.get(unescape(found[1], {"&quot;": '"'}))
            if caption is None:
                return found[2]
            return self.field(f"REF {caption.mark} \\h", caption.number)

        return REFERENCE.sub(said, words)

    def listed(self, kind: str) -> str:
        """A list of all captions of a kind, complete on opening; nothing where there are none."""
        found = [caption for caption in self.captions if caption.kind == kind]
        entries = [
            self.paragraph(
                "TableofFigures",
                f'<w:hyperlink w:anchor="{c.mark}" w:history="1">{self.run(f"{c.number}   {c.words}")}</w:hyperlink>',
            )
            for c in found
        ]
        if not entries:
            return ""
        field = field_around(f'TOC \\n \\h \\z \\c "{self.labels[kind]}"', entries)
        return (
            self.paragraph("TOCHeading", self.run(self.labels[f"list_of_{kind}s"]), LISTS) + field
        )

    # --- blocks ------------------------------------------------------------------------------

    def all(self, blocks: Iterable[b.Block]) -> str:
        """Blocks one after another."""
        out: list[str] = []
        blocks = tuple(blocks)
        for block, after in zip_longest(blocks, blocks[1:]):
            said = self.block(block) if block else ""
            if isinstance(block, b.Paragraph) and isinstance(
                after, b.Room
            ):  # a question and its lines
                said = said.replace("/>", "/><w:keepNext/>", 1)
            out.append(said)
        return "".join(out)

    def block(self, block: b.Block) -> str:
        """One block."""
        match block:
            case b.Paragraph():
                style = {"body": "BodyText", "lead": "Lead", "note": "SourceText"}[block.role]
                return self.paragraph(style, self.runs(block.text))
            case b.Heading():
                return self.paragraph("Heading3", self.runs(block.text))
            case b.Bullets():
                return self.bullets(block, 0)
            case b.Quotation():
                return "".join(self.quoted(part) for part in block.blocks)
            case b.Code():
                return self.paragraph("Code", self.run(block.text))
            case b.Break():
                edge = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="{self.theme.color("line")}"/></w:pBdr>'
                return self.paragraph("BodyText", "", edge)
            case b.Image():
                return self.image(block)
            case b.Notes():  # they stand at the feet of pages
                return ""
            case b.Room():
                return self.room(block.lines)
            case b.Table():
                return self.table(block)
            case b.Cards():
                return self.cards(block)
            case b.Goals():
                return word_figures.goals(self, block)
            case b.Chart():
                return self.chart(block, self.width, 6.2)
            case b.Facts():
                return word_figures.facts(self, block)
            case b.Shares():
                return word_figures.shares(self, block)
            case b.Matrix():
                return self.matrix(block)
            case b.Timeline():
                return word_timeline.timeline(self, block)
            case b.Quotes():
                return "".join(self.quote(item) for item in block.items)
            case b.Section():
                subtitle = (
                    self.paragraph("SourceText", self.run(block.subtitle), "<w:keepNext/>")
                    if block.subtitle
                    else ""
                )
                return (
                    self.paragraph("Heading2", self.run(block.title))
                    + subtitle
                    + self.all(block.blocks)
                )
            case b.Beside():
                return "".join(self.all(part) for part in block.parts)
            case (
                b.Ribbon() | b.DatedList() | b.Sides() | b.Callout()
                | b.Lessons() | b.Decisions() | b.BigNumber() | b.Links() | b.Empty()
                | b.Log() | b.Filter() | b.Fold()
                | b.OrgChart() | b.InfluenceGrid() | b.Coverage() | b.StrategyMap() | b.Forces()
                | b.RiskMatrix() | b.Journey()
            ):  # fmt: skip
                return self.all(lower(block, self.labels))
            case _:
                assert_never(block)

    def blank(self) -> str:
        """A line to write one word or name on."""
        line = f'w:val="single" w:sz="4" w:space="1" w:color="{self.theme.color("muted")}"'
        return self.paragraph(
            "HeadFact", "", f'<w:pBdr><w:bottom {line}/></w:pBdr><w:ind w:right="{twips(0.6)}"/>'
        )

    def room(self, lines: int) -> str:
        """Ruled lines, far enough apart to write on, on one page with what is asked above them."""
        line, blank = (self.theme.color("line"), 4), self.paragraph("TableText", "")
        cells = self.cell("", self.indent) + self.cell(blank, self.width - self.indent, bottom=line)
        row = f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{twips(RULED)}" w:hRule="exact"/></w:trPr>{cells}</w:tr>'
        rows = [word_tables.with_next(row)] * (lines - 1) + [row]
        return self.wrap([self.indent, self.width - self.indent], rows, self.labels["room"], headed=False) + self.gap()  # fmt: skip

    def quoted(self, block: b.Block) -> str:
        """A block inside a quotation."""
        if isinstance(block, b.Paragraph):
            return self.paragraph(
                "Quote" if block.role != "note" else "SourceText", self.runs(block.text)
            )
        return self.block(block)

    def quote(self, item: b.Quote) -> str:
        """Somebody's words, then name and day."""
        marks = ("„", "“") if self.language == "de" else ("“", "”")
        by = ", ".join(w for w in (item.person.name, item.person.detail, item.when) if w)
        kind = f"{item.kind}: " if item.kind else ""
        said = self.paragraph("Quote", self.run(f"{marks[0]}{item.words}{marks[1]}"))
        return said + self.paragraph("SourceText", self.run(kind, bold=True) + self.run(by))

    def bullets(self, block: b.Bullets, level: int) -> str:
        """A list; ordered ones begin at their own number."""
        number = BULLETS + self.first
        if block.ordered:
            number = NUMBERS + self.first + self.lists
            self.lists += 1
            self.starts[number] = block.start
        out = []
        for item, done in zip_longest(block.items, block.done):
            head, rest = (item[0], item[1:]) if item else (b.Paragraph(()), ())
            words = self.runs(head.text) if isinstance(head, b.Paragraph) else ""
            properties = (
                f'<w:numPr><w:ilvl w:val="{min(level, 8)}"/><w:numId w:val="{number}"/></w:numPr>'
            )
            if done is not None and block.ordered:
                words = f"{self.box(done)}{self.run(chr(160))}{words}"
            elif done is not None:  # the box stands where the bullet would
                words = f"{self.box(done)}<w:r><w:tab/></w:r>{words}"
                left = twips(self.indent) + STEP * (min(level, 8) + 1)
                properties = f'<w:ind w:left="{left}" w:hanging="{HANGING}"/>'
            out.append(self.paragraph("ListBullet", words, properties))
            rest = rest if isinstance(head, b.Paragraph) else item
            out += [
                self.bullets(part, level + 1) if isinstance(part, b.Bullets) else self.block(part)
                for part in rest
            ]
        return "".join(out)

    # --- tables ------------------------------------------------------------------------------

    def table(self, block: b.Table) -> str:
        """A data table: head repeated, rows unbroken, columns as wide as their words need."""
        block = word_tables.told(block, self.named)
        measured = self.measured(block)
        widths = measured.widths(self.width)
        head = "".join(
            self.cell(
                self.paragraph("TableHead", self.run(c.title), _jc(c.align)),
                w,
                bottom=(self.theme.color("primary"), 12),
                anchor="bottom",
            )
            for c, w in zip(block.columns, widths, strict=True)
        )
        rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
        rows += [self.row(row, block.columns, widths) for row in block.rows]
        rows = word_tables.together(rows, measured.height(widths, word_tables.KEPT))
        caption = self.caption("table", block.caption) if block.caption else self.spacer()
        note = self.paragraph("Source", self.run(block.note)) if block.note else self.gap()
        return caption + self.wrap(widths, rows, block.label) + note

    def gap(self) -> str:
        """A little room after a table."""
        return '<w:p><w:pPr><w:pStyle w:val="Spacer"/><w:spacing w:before="0" w:after="120"/></w:pPr></w:p>'

    def wrap(self, widths: list[float], rows: list[str], label: str, *, headed: bool = True) -> str:
        """Rows as a table of fixed columns with a name for screen readers; it has a row of heads,
        or a column of them."""
        heads = (
            'w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
            if headed
            else 'w:val="0080" w:firstRow="0" w:lastRow="0" w:firstColumn="1"'
        )
        grid = "".join(f'<w:gridCol w:w="{twips(w)}"/>' for w in widths)
        properties = f'<w:tblW w:w="{sum(twips(w) for w in widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="{twips(0.07)}" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="{twips(0.07)}" w:type="dxa"/><w:right w:w="{twips(PADDING)}" w:type="dxa"/></w:tblCellMar><w:tblLook {heads} w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{escape(label, {chr(34): "&quot;"})}"/>'
        return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"

    def cell(
        self,
        paragraphs: str,
        wide: float,
        *,
        bottom: tuple[str, int] | None = None,
        fill: str = "",
        left: tuple[str, int] | None = None,
        white: bool = False,
        anchor: str = "top",
        span: int = 1,
        inset: float = 0,
        tight: bool = False,
    ) -> str:
        """A table cell; children in the order the schema asks for."""
        properties = _cell(wide, bottom, fill, left, white, anchor, span, inset, tight)
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs or self.paragraph('TableText', '')}</w:tc>"

    def row(self, row: b.Row, columns: tuple[b.Column, ...], widths: list[float]) -> str:
        """A row; a group row spans all columns and stays with the next."""
        line = (self.theme.color("line"), 4)
        if row.kind == "group":
            words = self.paragraph(
                "TableText",
                self.runs(row.cells[0].text, bold=True, color=self.theme.color("primary")),
                '<w:keepNext/><w:spacing w:before="120"/>',
            )
            head = self.cell(
                words, sum(widths), bottom=(self.theme.color("edge"), 4), span=len(columns)
            )
            return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{head}</w:tr>"
        cells = []
        for i, (cell, column, wide) in enumerate(zip(row.cells, columns, widths, strict=False)):
            bold = i == 0 or row.kind == "total"
            cells.append(self.cell(self.content(cell, _jc(column.align), bold), wide, bottom=line))
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"

    def content(self, cell: b.Cell, align: str = "", bold: bool = False) -> str:
        """What stands in a cell, as paragraphs."""
        out = []
        muted = self.theme.color("muted")
        if cell.text:
            out.append(
                self.paragraph(
                    "TableText",
                    self.runs(
                        cell.text,
                        bold=(bold or cell.strong) and not cell.unknown,
                        color=muted if cell.unknown else "",
                    ),
                    align,
                )
            )
        if cell.person:
            out.append(self.paragraph("TableText", self.run(cell.person.name, bold=bold), align))
        if cell.note:
            out.append(self.paragraph("TableNote", self.run(cell.note), align))
        if cell.status:
            out.append(self.paragraph("TableText", self.status(cell.status), align))
        return "".join(out)

    def measured(self, block: b.Table) -> word_tables.Measured:
        """The words of a table in the size that tables have here."""
        return word_tables.measured(block, 9.5 * self.wider)

    # --- figures -----------------------------------------------------------------------------

    def cards(self, block: b.Cards) -> str:
        """Key figures in rows of three."""
        rows = []
        gap = 0.3
        wide = (self.width - 2 * gap) / 3
        for start in range(0, len(block.items), 3):
            part = block.items[start : start + 3]
            cells = []
            for i in range(3):
                if i:
                    cells.append(self.cell("", gap))
                cells.append(self.card(part[i], wide) if i < len(part) else self.cell("", wide))
            rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
            rows.append(
                f'<w:tr><w:trPr><w:trHeight w:val="{twips(gap)}" w:hRule="exact"/></w:trPr>'
                + "".join(self.cell(self.spacer(), w) for w in (wide, gap, wide, gap, wide))
                + "</w:tr>"
            )
        note = (
            self.paragraph("Source", self.run(block.explanation))
            if block.explanation
            else self.gap()
        )
        return self.spacer() + self.wrap([wide, gap, wide, gap, wide], rows, block.label) + note

    def card(self, card: b.Card, wide: float) -> str:
        """One key figure on its quiet ground."""
        color = self.theme.color(LEVELS.get(card.status.level, "muted"))
        figure = self.run(card.value, color=self.theme.color("muted") if card.unknown else "")
        if card.unit:
            words = f"{card.unit}\u00a0" if card.unit_first else f"\u00a0{card.unit}"
            unit = self.run(words, size=12, color=self.theme.color("muted"))
            figure = unit + figure if card.unit_first else figure + unit
        words = (
            self.paragraph(
                "TableText", self.run(card.label, bold=True, color=self.theme.color("primary"))
            )
            + self.paragraph("KeyFigure", figure)
            + self.paragraph("TableNote", self.run(card.target_line))
            + self.paragraph("TableText", self.status(card.status))
        )
        return self.cell(
            words, wide, fill=self.theme.color("surface"), left=(color, 24), inset=0.25
        )

    def chart(self, block: b.Chart, wide: float, high: float) -> str:
        """A native chart under its finding."""
        source = (
            f"{block.subtitle}. {self.labels['source']}: {block.source}."
            if block.source
            else f"{block.subtitle}."
        )
        return (
            self.caption("figure", block.title, block.key)
            + self.drawing(block, wide, high, block.title, small=False)
            + self.paragraph("Source", self.run(source))
        )

    def drawing(
        self, block: b.Chart, wide: float, high: float, name: str, small: bool = True
    ) -> str:
        """The paragraph that holds a chart."""
        self.charts.append(
            chart_parts(
                block,
                self.theme,
                language=self.language,
                size=8 if small else 9,
                small=small,
                wide=wide,
            )
        )
        number = len(self.charts)
        self.identity += 1
        quote = {chr(34): "&quot;"}
        inline = (
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{round(wide * EMU)}" cy="{round(high * EMU)}"/>'
            f'<wp:docPr id="{self.identity}" name="{escape(self.labels["figure"])} {number}" descr="{escape(block.description, quote)}"/><wp:cNvGraphicFramePr/>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            f'<c:chart r:id="chart{number}"/></a:graphicData></a:graphic></wp:inline>'
        )
        return f'<w:p><w:pPr><w:pStyle w:val="TableText"/><w:keepNext/></w:pPr><w:r><w:drawing>{inline}</w:drawing></w:r></w:p>'

    def matrix(self, block: b.Matrix) -> str:
        """The white-space grid: tinted cells with white borders and no rules."""
        first, last = 3.6, 2.0 if block.row_totals else 0.0
        wide = (self.width - first - last) / max(len(block.columns), 1)
        widths = [first, *[wide] * len(block.columns), *([last] if last else [])]
        heads = (block.corner, *block.columns, *((block.total_word,) if last else ()))
        head = "".join(
            self.cell(
                self.paragraph("TableHead", self.run(h), _jc("right") if last and n == len(heads) - 1 else ""),
                w, anchor="bottom", inset=0.15 if n else 0,
            )
            for n, (h, w) in enumerate(zip(heads, widths, strict=True))
        )  # fmt: skip
        rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
        for i, name in enumerate(block.rows):
            cells = self.cell(
                self.paragraph("TableText", self.run(name, bold=True)), first, anchor="center"
            )
            cells += "".join(self.state(cell, wide) for cell in block.cells[i])
            if last:
                cells += self.cell(
                    self.paragraph(
                        "TableText", self.run(block.row_totals[i], bold=True), _jc("right")
                    ),
                    last,
                    anchor="center",
                )
            rows.append(
                f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{twips(1.15)}" w:hRule="atLeast"/></w:trPr>{cells}</w:tr>'
            )
        if block.column_totals:
            totals = (block.total_word, *block.column_totals, *((block.total,) if last else ()))
            cells = "".join(
                self.cell(
                    self.paragraph(
                        "TableText",
                        self.run(t, bold=True),
                        _jc("right") if i == len(totals) - 1 and last else "",
                    ),
                    w,
                    inset=0.15 if i else 0,
                )
                for i, (t, w) in enumerate(zip(totals, widths, strict=True))
            )
            rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
        return (
            self.caption("table", block.caption or block.label)
            + self.wrap(
                widths, word_tables.together(rows, word_tables.GRID * len(rows)), block.label
            )
            + self.gap()
        )

    def state(self, cell: b.MatrixCell, wide: float) -> str:
        """One cell of the grid."""
        token, share = STATES[cell.state]
        strong = {"won": "c1", "at_risk": "bad"}.get(cell.state, "ink" if share > 0.06 else "muted")
        words = self.paragraph(
            "TableNote", self.run(cell.word, bold=share > 0.06, color=self.theme.color(strong))
        )
        if cell.value:
            words += self.paragraph("TableText", self.run(cell.value, bold=True, size=12))
        if cell.note:
            words += self.paragraph("TableNote", self.run(cell.note))
        return self.cell(
            words,
            wide,
            fill=mix(self.theme.color(token), share),
            white=True,
            anchor="center",
            inset=0.15,
        )


def field_around(code: str, paragraphs: list[str]) -> str:
    """A field whose result are these paragraphs; there is at least one."""
    begin = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    first, last = paragraphs[0].replace("</w:pPr>", "</w:pPr>" + begin, 1), paragraphs[-1]
    if len(paragraphs) == 1:
        return first.removesuffix("</w:p>") + end + "</w:p>"
    return first + "".join(paragraphs[1:-1]) + last.removesuffix("</w:p>") + end + "</w:p>"


@lru_cache(maxsize=8192)  # names, days, states and heads come again and again
def _run(
    words: str, bold: bool, italic: bool, code: bool, color: str, size: float, change: str
) -> str:
    look = "".join(
        (
            '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>'
            if code
            else "",
            "<w:b/><w:bCs/>" if bold else "",
            "<w:i/><w:iCs/>" if italic else "",
            "<w:strike/>" if change == "removed" else "",
            f'<w:color w:val="{color}"/>' if color else "",
            f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else "",
            '<w:u w:val="single"/>' if change == "added" else "",
        )
    )
    style = f"<w:rPr>{look}</w:rPr>" if look else ""
    words = words if code else kept_together(words)
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else '<w:t xml:space="preserve"/>'
        for line in words.split("\n")
    )
    return f"<w:r>{style}{lines}</w:r>"


@lru_cache(maxsize=2048)
def _cell(
    wide: float, bottom: tuple[str, int] | None, fill: str, left: tuple[str, int] | None,
    white: bool, anchor: str, span: int, inset: float, tight: bool,
) -> str:  # fmt: skip
    """The properties of a cell; children in the order the schema asks for."""
    edges = ""
    if white:
        edges = "".join(
            f'<w:{side} w:val="single" w:sz="18" w:space="0" w:color="FFFFFF"/>'
            for side in ("top", "left", "bottom", "right")
        )
    else:
        edges += (
            f'<w:left w:val="single" w:sz="{left[1]}" w:space="0" w:color="{left[0]}"/>'
            if left
            else ""
        )
        edges += (
            f'<w:bottom w:val="single" w:sz="{bottom[1]}" w:space="0" w:color="{bottom[0]}"/>'
            if bottom
            else ""
        )
    margins = f'<w:left w:w="{twips(inset)}" w:type="dxa"/>' if inset else ""
    margins += '<w:right w:w="0" w:type="dxa"/>' if tight else ""
    return "".join(
        (
            f'<w:tcW w:w="{twips(wide)}" w:type="dxa"/>',
            f'<w:gridSpan w:val="{span}"/>' if span > 1 else "",
            f"<w:tcBorders>{edges}</w:tcBorders>" if edges else "",
            f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else "",
            f"<w:tcMar>{margins}</w:tcMar>" if margins else "",
            f'<w:vAlign w:val="{anchor}"/>',
        )
    )


def _jc(align: b.Align) -> str:
    return "" if align == "left" else f'<w:jc w:val="{align}"/>'


def _trend(goal: b.Goal) -> bool:
    return sum(v is not None for v in goal.series) > 1
