"""Blocks into HTML for the portal: each block one line, every text escaped.

MkDocs' Markdown tears blocks of several lines apart, and its search glues words that have no
space between their cells; so a block is one line, with a space between cells and items.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import assert_never

from planwerk import blocks as b
from planwerk.render import html_pictures, svg
from planwerk.render.lower import chart_table

LEVEL_CLASS: Mapping[b.Level, str] = {
    "good": "good", "done": "good", "warn": "warn", "bad": "bad", "run": "run", "plan": "plan",
    "open": "unknown", "neutral": "plan", "chance": "run", "no": "unknown",
}  # fmt: skip
STATE_LEVEL: Mapping[b.CellState, b.Level] = {
    "unknown": "open", "not_applicable": "no", "blocked": "no", "internal": "neutral",
    "competitor": "bad", "gap": "plan", "idea": "plan", "opportunity": "run", "won": "done",
    "lost": "no", "at_risk": "warn",
}  # fmt: skip


PICTURES = "assets/pictures"
"""Where the pictures of texts lie in a portal."""
LEVELS: tuple[b.Level, ...] = ("bad", "warn", "chance", "run", "plan", "neutral", "good", "done", "no", "open")  # fmt: skip
"""The order in which a table is sorted by how things stand: what needs somebody comes first."""
TALLEST = 520
"""How high a picture stands at most, in pixels."""
A_LINE = 8
"""How many places fit into the line below a drawing."""
CHANGED = {"added": "ins", "removed": "del"}
"""The elements for what came and what went; each has a line of its own, so colour says nothing
alone."""


def escape(words: str) -> str:
    """Text for HTML; braces too, so that no template language ever sees one."""
    return html.escape(words).replace("{", "&#123;").replace("}", "&#125;").replace("\n", " ")


class Writer:
    """Writes blocks with an output's own words; `account_link` turns account ids into links."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels
        self.depth = 0
        self.regions: dict[str, int] = {}
        self.anchors: dict[str, int] = {}
        self.files: dict[str, bytes] = {}
        """The pictures that were shown, by the names that pages ask for."""
        self.noted: dict[int, int] = {}
        """How often the text referred to each footnote since the last ones were said."""
        self.feet = 1

    def all(self, blocks: Iterable[b.Block]) -> str:
        """Blocks one after another, a space between them."""
        return " ".join(self.block(block) for block in blocks)

    def block(self, block: b.Block) -> str:
        """One block."""
        match block:
            case b.Paragraph():
                kind = {"lead": ' class="lede"', "note": ' class="sm"', "body": ""}[block.role]
                return f"<p{kind}>{self.text(block.text)}{self.source(block.source)}</p>"
            case b.Heading():
                level = min(max(block.level, 3) - 1 + self.depth, 6)
                name = self.anchor(block.anchor, b.plain(block.text))
                return f"<h{level}{name}>{self.text(block.text)}</h{level}>"
            case b.Bullets():
                tag = "ol" if block.ordered else "ul"
                start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
                kind = ' class="ticks"' if block.done else ""
                items = " ".join(
                    f"<li>{self.box(done)}{self.item(item)}</li>"
                    for item, done in zip_longest(block.items, block.done)
                )
                return f"<{tag}{start}{kind}>{items}</{tag}>"
            case b.Quotation():
                return f"<blockquote>{self.all(block.blocks)}</blockquote>"
            case b.Code():
                # a block is one line: line ends are written as references; no <pre>, which
                # Material's script would give an id and a button of its own
                lines = "&#10;".join(escape(line) for line in block.text.split("\n"))
                return f'<p class="code"><code class="language-text">{lines}</code></p>'
            case b.Break():
                return "<hr>"
            case b.Image():
                return self.image(block)
            case b.Notes():
                return self.notes(block)
            case b.Table():
                return self.table(block)
            case b.Facts():
                rows = " ".join(
                    f"<div><dt>{escape(k)}</dt> <dd>{self.cell(v)}</dd></div>"
                    for k, v in block.items
                )
                return f'<dl class="facts">{rows}</dl>'
            case b.Cards():
                items = " ".join(self.card(card) for card in block.items)
                return (
                    f'<ul class="kpis" aria-label="{escape(block.label)}">{items}</ul>'
                    + self.note(block.explanation)
                )
            case b.Goals():
                return self.goals(block)
            case b.Chart():
                return self.chart(block)
            case b.Shares():
                return f'<figure class="ch shares">{_hidden(svg.shares(block))}</figure>'
            case b.Matrix():
                return self.matrix(block)
            case b.Ribbon():
                return f'<figure class="ch ribbon">{_hidden(svg.ribbon(block))}</figure>'
            case b.Timeline():
                return self.timeline(block)
            case b.DatedList():
                return self.dated(block.items, block.empty)
            case b.Sides():
                columns = " ".join(self.side(column) for column in block.columns)
                return f'<div class="pw-row pw-n{len(block.columns)}">{columns}</div>'
            case b.Callout():
                return self.callout(block)
            case b.Quotes():
                return (
                    '<div class="quotes">' + " ".join(self.quote(q) for q in block.items) + "</div>"
                )
            case b.Lessons():
                return self.lessons(block)
            case b.Decisions():
                items = " ".join(self.decision(d, block.decides) for d in block.items)
                return f'<ul class="rows two">{items}</ul>'
            case b.BigNumber():
                return f'<p class="big"><b>{escape(block.value)}</b> {escape(block.words)}</p>'
            case b.Links():
                items = " ".join(
                    f'<li><span>{escape(i.label)}</span> <a href="{escape(i.target)}">{escape(i.kind)}</a></li>'
                    for i in block.items
                )
                return f'<ul class="rows two">{items}</ul>'
            case b.Log():
                items = " ".join(self.entry(entry) for entry in block.items)
                return f'<ol class="log" aria-label="{escape(block.label)}">{items}</ol>'
            case b.Filter():
                return self.filter(block)
            case b.Fold():
                return self.fold(block)
            case b.Empty():
                return f'<p class="sm">{escape(block.words)}</p>'
            case b.Room():
                return ""
            case b.Section():
                return self.section(block)
            case b.Beside():
                weights = "-".join(str(w) for w in block.weights)
                parts = " ".join(f"<div>{self.all(part)}</div>" for part in block.parts)
                return f'<div class="pw-row pw-w{weights}">{parts}</div>'
            case b.Coverage():
                return html_pictures.coverage(block, self)
            case (
                b.OrgChart() | b.InfluenceGrid() | b.StrategyMap() | b.Forces() | b.RiskMatrix()
                | b.Journey()
            ):  # fmt: skip
                return html_pictures.figure(block, self)
            case _:
                assert_never(block)

    def region(self, label: str, table: str, kind: str = "tw") -> str:
        """A table that may scroll by itself, reachable by keyboard, its name unique on the page."""
        self.regions[label] = count = self.regions.get(label, 0) + 1
        name = label if count == 1 else f"{label} ({count})"
        return f'<div class="{kind}" role="region" tabindex="0" aria-label="{escape(name)}">{table}</div>'

    def anchor(self, given: str, title: str) -> str:
        """Where a link can lead: the block's own anchor, else one of its title's words.

        Those begin with `s-`, which no anchor of ours does, and are numbered where they repeat.
        """
        if given:
            return f' id="{escape(given)}"'
        words = "s-" + "-".join(re.findall(r"[^\W_]+", title.lower()))[:60]
        self.anchors[words] = count = self.anchors.get(words, 0) + 1
        return f' id="{words}-{count}"' if count > 1 else f' id="{words}"'

    # --- inside a line -----------------------------------------------------------------------

    def source(self, source: b.Source | None) -> str:
        """A quiet link to where something was written, or nothing; its sign is the style sheet's."""
        if source is None:
            return ""
        words = escape(source.words)
        return f'<a class="origin" href="{escape(target(source.address))}" aria-label="{words}" title="{words}"></a>'

    def written(self, places: Iterable[tuple[str, b.Source | None]]) -> str:
        """A line below a drawing: where what it shows was written, as far as that is known."""
        known = dict.fromkeys((name, source) for name, source in places if source)
        if not known:
            return ""
        words = " ".join(f"<span>{escape(n)}{self.source(s)}</span>" for n, s in known)
        label = escape(self.labels["written_in"])
        if len(known) > A_LINE:  # a drawing of many: a list that is opened
            head = f"{label.rstrip(':')} ({len(known)})"
            return f' <details class="data written only-w"><summary>{head}</summary> <p class="src">{words}</p></details>'
        return f' <p class="src written only-w"><span>{label}</span> {words}</p>'

    def text(self, content: b.Text) -> str:
        """Runs with their manner; links only to https, mailto, anchors and accounts."""
        out = []
        for run in content:
            if run.note is not None:
                out.append(self.reference(run.note))
                continue
            words = escape(run.text)
            words = f"<code>{words}</code>" if run.code else words
            words = f"<strong>{words}</strong>" if run.strong else words
            words = f"<em>{words}</em>" if run.emphasis else words
            words = f"<{CHANGED[run.change]}>{words}</{CHANGED[run.change]}>" if run.change else words  # fmt: skip
            if run.link:
                words = f'<a href="{escape(target(run.link))}">{words}</a>'
            out.append(words)
        return "".join(out)

    def reference(self, note: b.Note) -> str:
        """The raised number that leads to a footnote."""
        number = note.number
        self.noted[number] = count = self.noted.get(number, 0) + 1
        words = escape(self.labels["footnote"].format(number=number))
        return (
            f'<sup id="fr-{self.feet}-{number}-{count}"><a href="#fn-{self.feet}-{number}" '
            f'aria-label="{words}">{number}</a></sup>'
        )

    def notes(self, block: b.Notes) -> str:
        """The footnotes of the text before, each with the way back to where it is referred to."""
        back, items = escape(self.labels["footnote_back"]), []
        foot, noted = self.feet, self.noted
        self.feet, self.noted = foot + 1, {}
        for note in block.items:
            number = note.number
            links = "".join(
                f' <a href="#fr-{foot}-{number}-{count}" aria-label="{back}{f" ({count})" if count > 1 else ""}" '
                'data-search-exclude="1">↩</a>'
                for count in range(1, noted.get(number, 0) + 1)
            )
            items.append(f'<li id="fn-{foot}-{number}">{self.item(note.blocks)}{links}</li>')
        label = escape(self.labels["footnotes"])
        return f'<ol class="feet" aria-label="{label}">{" ".join(items)}</ol>'

    def box(self, done: bool | None) -> str:
        """A box, ticked or not, with what it means in words; nothing for an item without one."""
        if done is None:
            return ""
        words = escape(self.labels["ticked" if done else "unticked"])
        return f'<span class="tick" role="img" aria-label="{words}">{"☑" if done else "☐"}</span> '

    def image(self, block: b.Image) -> str:
        """A picture out of a file of its own; what it is called tells nothing."""
        digest = hashlib.sha256(block.data).hexdigest()[:20]
        name = f"{PICTURES}/{digest}.{block.kind}"
        self.files[name] = block.data
        caption = f" <figcaption>{escape(block.caption)}</figcaption>" if block.caption else ""
        # its place is kept before it is read, so that no line below it jumps
        scale = min(1.0, TALLEST / block.height)
        size = f'width="{round(block.width * scale)}" height="{round(block.height * scale)}"'
        return (
            f'<figure class="photo"><img src="{name}" alt="{escape(block.words)}" {size} '
            f'loading="lazy">{caption}</figure>'
        )

    def item(self, blocks: tuple[b.Block, ...]) -> str:
        """A list item: a lone paragraph without its tags."""
        if len(blocks) == 1 and isinstance(blocks[0], b.Paragraph):
            return self.text(blocks[0].text) + self.source(blocks[0].source)
        return self.all(blocks)

    def linked(self, words: str, link: str) -> str:
        """Words, as a link where there is one."""
        return self.text((b.Run(words, link=link or None),))

    def note(self, words: str) -> str:
        """A small muted line, or nothing."""
        return f' <p class="sm">{escape(words)}</p>' if words else ""

    def status(self, status: b.Status) -> str:
        """Shape, word and colour."""
        return f'<span class="st {LEVEL_CLASS[status.level]}">{svg.icon(status.level)} {escape(status.word)}</span>'

    def chip(self, person: b.Person) -> str:
        """Initials in the shape of the person's side, and the name."""
        return f'<span class="chip {person.side}"><i aria-hidden="true">{escape(person.initials)}</i> <span>{escape(person.name)}</span></span>'

    def cell(self, cell: b.Cell, sources: Iterable[b.Source] = ()) -> str:
        """What stands in a cell, and where its row was written."""
        parts = []
        if cell.text:
            words = self.text(cell.text)
            words = f"<strong>{words}</strong>" if cell.strong else words
            parts.append(f'<span class="unknown-word">{words}</span>' if cell.unknown else words)
        if cell.person:
            parts.append(self.chip(cell.person))
        if cell.status:
            parts.append(self.status(cell.status))
        said = " ".join(parts) + "".join(map(self.source, sources))
        note = f'<small class="note">{escape(cell.note)}</small>' if cell.note else ""
        return f"{said} {note}".strip()

    # --- tables ------------------------------------------------------------------------------

    def table(self, block: b.Table) -> str:
        """A data table in its scroll region."""
        heads = " ".join(
            f'<th scope="col" class="{_align(c.align)}"{_tools(c) if block.tools else ""}>{self.linked(c.title, c.link)}</th>'
            for c in block.columns
        )
        # what adds up all rows stands below them, in whatever order they are
        sums = [row for row in block.rows if row.kind == "total" and block.tools]
        stack = _stacks(block)
        rows = " ".join(
            self.row(r, block.columns, block.tools, stack) for r in block.rows if r not in sums
        )
        foot = " ".join(self.row(row, block.columns, stack=stack) for row in sums)
        foot = f" <tfoot>{foot}</tfoot>" if foot else ""
        tools = f' data-tools="{escape(block.tools)}"' if block.tools else ""
        caption = f"<caption>{escape(block.caption)}</caption> " if block.caption else ""
        return self.region(
            block.label,
            f'<table class="dt{_kind(block)}"{tools}>{caption}<thead><tr>{heads}</tr></thead> <tbody>{rows}</tbody>{foot}</table>',
        ) + self.note(block.note)

    def row(
        self, row: b.Row, columns: tuple[b.Column, ...], tools: str = "", stack: bool = False
    ) -> str:
        """A table row; a group row spans all columns; with `tools`, cells say what they sort by,
        with `stack`, what they are, for phones, where the heads of columns are gone."""
        if row.kind == "group":
            words = self.cell(row.cells[0])
            return (
                f'<tr class="group"><th scope="rowgroup" colspan="{len(columns)}">{words}</th></tr>'
            )
        cells = []
        # not in the head of the row, which readers that speak say with each of its cells
        sources = dict.fromkeys((*(cell.source for cell in row.cells if cell.source), *row.sources))
        last = max((i for i, c in enumerate(columns) if c.align != "right"), default=0)
        for i, (cell, column) in enumerate(zip(row.cells, columns, strict=False)):
            words = self.cell(cell, sources if i == last else ())
            # what stands in the row above is not said again: then nothing heads the row
            tag = 'th scope="row"' if i == 0 and words else "td"
            value = _value(cell) if tools else ""
            # what does not apply takes no line on a phone
            less = "wd" if column.wide else "na" if words == "·" else ""
            kinds = " ".join(filter(None, (_align(column.align), less if stack else "")))
            said = f' data-l="{escape(column.title)}"' if stack and i and column.title else ""
            cells.append(f'<{tag} class="{kinds}"{value}{said}>{words}</{tag.split()[0]}>')
        kind = f' class="{row.kind}"' if row.kind != "normal" else ""
        return f"<tr{kind}>{' '.join(cells)}</tr>"

    def goals(self, block: b.Goals) -> str:
        """Goal rows: title and KPI, baseline, track, actual, target, status, people."""
        words = self.labels
        way = f'{escape(words["way"])} <span aria-hidden="true">(▾ {escape(words["expected_today"])})</span>'
        heads = [
            words["goal_and_kpi"],
            words["baseline"],
            "",
            words["actual"],
            words["target"],
            words["status"],
            block.us,
            block.client,
        ]
        kinds = ["", "r", "", "r", "r", "", "", ""]
        head = " ".join(
            f'<th scope="col" class="{k}">{way if not w and i == 2 else escape(w)}</th>'
            for i, (w, k) in enumerate(zip(heads, kinds, strict=True))
        )
        rows = " ".join(self.goal(goal) for goal in block.items)
        table = f'<table class="dt mid goals"><thead><tr>{head}</tr></thead> <tbody>{rows}</tbody></table>'
        return self.region(block.label, table) + self.note(block.explanation)

    def goal(self, goal: b.Goal) -> str:
        """One goal row; on a phone it becomes a small stack."""
        words = self.labels
        actual = (
            f'<span class="unknown-word">{escape(goal.actual)}</span>'
            if goal.unknown
            else f"<strong>{escape(goal.actual)}</strong>"
        )
        people = "".join(
            f' <td class="hide">{self.chip(p) if p else ""}</td>' for p in (goal.ours, goal.theirs)
        )
        return (
            f'<tr><th scope="row" class="full">{escape(goal.title)} <small class="note">{escape(goal.kpi)}</small></th>'
            f' <td class="r mu hide">{escape(goal.baseline)}</td> <td class="full way">{svg.track(goal)}</td>'
            f' <td class="r big" data-l="{escape(words["actual"])}">{actual}</td>'
            f' <td class="r" data-l="{escape(words["target"])}">{escape(goal.target)}</td>'
            f' <td class="sc">{self.status(goal.status)}{self.source(goal.source)}</td>{people}</tr>'
        )

    def matrix(self, block: b.Matrix) -> str:
        """The white-space grid; states as shape, word and ground."""
        head = " ".join(f'<th scope="col">{escape(c)}</th>' for c in (block.corner, *block.columns))
        head += (
            f' <th scope="col" class="r">{escape(block.total_word)}</th>'
            if block.row_totals
            else ""
        )
        rows = []
        for i, name in enumerate(block.rows):
            cells = " ".join(self.matrix_cell(cell) for cell in block.cells[i])
            total = (
                f' <td class="tot">{escape(block.row_totals[i])}</td>' if block.row_totals else ""
            )
            rows.append(f'<tr><th scope="row">{escape(name)}</th> {cells}{total}</tr>')
        if block.column_totals:
            sums = " ".join(f'<td class="tot">{escape(t)}</td>' for t in block.column_totals)
            last = f' <td class="tot">{escape(block.total)}</td>' if block.row_totals else ""
            rows.append(
                f'<tr class="sum"><th scope="row">{escape(block.total_word)}</th> {sums}{last}</tr>'
            )
        table = f'<table class="mx"><thead><tr>{head}</tr></thead> <tbody>{" ".join(rows)}</tbody></table>'
        return self.region(block.label, table, "mx-scroll")

    def matrix_cell(self, cell: b.MatrixCell) -> str:
        """One cell of the grid."""
        level = STATE_LEVEL[cell.state]
        value = f"<b>{escape(cell.value)}</b> " if cell.value else ""
        note = f' <small class="note">{escape(cell.note)}</small>' if cell.note else ""
        return f'<td class="{cell.state}">{value}<span class="st">{svg.icon(level)} {escape(cell.word)}</span>{note}{self.source(cell.source)}</td>'

    # --- figures -----------------------------------------------------------------------------

    def card(self, card: b.Card) -> str:
        """One key figure of the strip."""
        value = (
            f'<span class="unknown-word">{escape(card.value)}</span>'
            if card.unknown
            else escape(card.value)
        )
        unit = f"<small>{escape(card.unit)}</small>" if card.unit else ""
        figure = " ".join(filter(None, (unit, value) if card.unit_first else (value, unit)))
        spark = svg.sparkline(card) if card.series or card.unknown else ""
        return (
            f'<li><span class="k"><span>{self.linked(card.label, card.link)}</span> <span>{escape(card.period)}</span></span>'
            f' <span class="v">{figure}</span> <span class="z">{escape(card.target_line)}{self.source(card.source)}</span>'
            f" <span>{spark} {self.status(card.status)}</span></li>"
        )

    def chart(self, block: b.Chart) -> str:
        """Finding, measure, picture in two widths, source, and the data as a table."""
        table = self.table(chart_table(block, self.labels))
        data = f'<details class="data"><summary>{escape(self.labels["data_as_table"])}</summary> {table}</details>'
        source = (
            f"<span>{escape(self.labels['source'])}: {escape(block.source)}</span> "
            if block.source
            else ""
        )
        files = "".join(map(self.source, block.files))
        source += f"<span>{files}</span> " if files else ""
        return (
            f'<section class="pw-sec"{self.anchor("", block.title)}><h2>{escape(block.title)}</h2> <p class="sub">{escape(block.subtitle)}</p>'
            f' <figure class="ch">{_hidden(svg.chart(block, self.labels))}</figure> <div class="src">{source}{data}</div></section>'
        )

    def timeline(self, block: b.Timeline) -> str:
        """The Gantt chart, and on a phone (and for readers who cannot see) the same as lists."""
        level = 2 + min(self.depth, 1)
        lists = " ".join(
            f"<h{level}>{escape(lane.name)}</h{level}> "
            + self.dated(
                tuple(
                    b.Dated(
                        bar.due_words,
                        bar.label,
                        "; ".join(filter(None, (bar.who, bar.note))),
                        bar.status,
                        source=bar.source,
                    )
                    for bar in lane.bars
                )
            )
            for lane in block.lanes
        )
        ahead = tuple(b.Dated(m.when, m.label, source=m.source) for m in block.milestones)
        if ahead:
            lists += (
                f" <h{level}>{escape(self.labels['milestones'])}</h{level}> {self.dated(ahead)}"
            )
        words = " ".join(f"<span>{escape(sign)}</span>" for sign in block.legend)
        legend = f' <div class="src only-w">{words}</div>' if words else ""
        legend += self.written((m.label, m.source) for m in block.milestones)
        return f'<figure class="ch wide">{_hidden(svg.timeline(block))}{legend}</figure> <div class="only-n">{lists}</div>'

    # --- lists -------------------------------------------------------------------------------

    def dated(self, items: tuple[b.Dated, ...], empty: str = "") -> str:
        """Things with their days as rows."""
        if not items:
            return f'<p class="sm">{escape(empty)}</p>'
        plain = " plain" if not any(item.when for item in items) else ""
        rows = " ".join(
            "<li>"
            + (f'<span class="d">{escape(i.when)}</span> ' if not plain else "")
            + f"<span>{self.linked(i.what, i.link)}{self.source(i.source)}"
            + (f' <span class="w">{escape(i.who)}</span>' if i.who else "")
            + "</span>"
            + (f" {self.status(i.status)}" if i.status else "")
            + "</li>"
            for i in items
        )
        return f'<ul class="rows{plain}">{rows}</ul>'

    def side(self, column: b.SideColumn) -> str:
        """One side's column."""
        return (
            f'<section class="pw-sec quiet"{self.anchor("", column.name)}><h2>{escape(column.name)}</h2> <p class="sub">{escape(column.summary)}</p>'
            f" {self.dated(column.items, column.empty)}</section>"
        )

    # --- what is folded, and what changed ----------------------------------------------------

    def fold(self, block: b.Fold) -> str:
        """Blocks behind their title."""
        level = min(2 + self.depth, 6)
        title = escape(block.title)
        head = f'<h{level} id="{escape(block.anchor)}">{title}</h{level}>' if block.anchor else title  # fmt: skip
        return f'<details class="fold"><summary>{head}</summary> {self.all(block.blocks)}</details>'

    def entry(self, entry: b.LogEntry) -> str:
        """What was changed at once: the day, the reason, the changes, who and where."""
        topics = " ".join(dict.fromkeys(f"t-{said.topic}" for said in entry.items))
        why = f'<p class="why">{escape(entry.why)}</p> ' if entry.why else ""
        more = f'<p class="more">{escape(entry.more)}</p> ' if entry.more else ""
        items = " ".join(self.said(said) for said in entry.items)
        by = [self.chip(entry.who)] if entry.who else []
        by += [f"<span>{self.text(entry.about)}</span>"] if entry.about else []
        foot = f' <p class="by">{" ".join(by)}</p>' if by else ""
        return (
            f'<li class="{topics}"><span class="d">{escape(entry.when)}</span>'
            f' <div>{why}{more}<ul class="said">{items}</ul>{foot}</div></li>'
        )

    def said(self, said: b.Said) -> str:
        """One change; longer texts word by word below it."""
        inside = "".join(f' <p class="diff">{self.text(line)}</p>' for line in said.inside)
        tag = f' <span class="topic">{escape(said.tag)}</span>' if said.tag else ""
        return f'<li class="t-{escape(said.topic)}"><span>{self.text(said.text)}</span>{tag}{inside}</li>'

    def filter(self, block: b.Filter) -> str:
        """Radio buttons that the style sheet answers; without it, everything is shown."""
        choices = " ".join(
            f'<label><input type="radio" name="topic" id="f-{escape(c.topic)}"{" checked" if c is block.every else ""}>'
            f" <span>{escape(c.word)} <small>{c.count}</small></span></label>"
            for c in (block.every, *block.items)
        )
        return (
            f'<fieldset class="filter"><legend>{escape(block.label)}</legend> {choices}</fieldset>'
        )

    def callout(self, block: b.Callout) -> str:
        """The one thing to act on."""
        text = f"<p>{escape(block.text)}</p>" if block.text else ""
        who = f'<p class="sm">{escape(block.who)}</p>' if block.who else ""
        return f'<div class="call {LEVEL_CLASS[block.level]}">{svg.icon(block.level)} <div><strong>{escape(block.title)}</strong> {text} {who}</div></div>'

    def quote(self, quote: b.Quote) -> str:
        """Somebody's words with name and day."""
        by = ", ".join(w for w in (quote.person.name, quote.person.detail, quote.when) if w)
        kind = f'<span class="tag">{escape(quote.kind)}</span> ' if quote.kind else ""
        marks = ("„", "“") if self.labels.get("decimal_comma") else ("“", "”")
        return f'<div class="quote"><p class="said">{marks[0]}{escape(quote.words)}{marks[1]}</p> <p class="sm">{kind}{escape(by)}{self.source(quote.source)}</p></div>'

    def lessons(self, block: b.Lessons) -> str:
        """Misses on their way to the next plan."""
        head = " ".join(f'<th scope="col">{escape(h)}</th>' for h in block.heads)
        rows = " ".join(
            f'<tr><th scope="row">{escape(r.kpi)} <small class="note">{escape(r.actual)} {escape(r.target)}</small> {self.status(r.status)}</th>'
            f" <td>{escape(r.cause)}</td> <td>{escape(r.lesson)}</td>"
            f' <td><strong>{escape(r.step)}</strong>{self.source(r.source)} <small class="note">{escape(", ".join(w for w in (r.who, r.due) if w))}</small></td></tr>'
            for r in block.items
        )
        return self.region(
            block.label,
            f'<table class="dt lessons"><thead><tr>{head}</tr></thead> <tbody>{rows}</tbody></table>',
        )

    def decision(self, decision: b.Decision, decides: str) -> str:
        """A question with its recommendation, who decides and until when."""
        who = ", ".join(
            w for w in (f"{decides}: {decision.who}" if decision.who else "", decision.when) if w
        )
        return f'<li><span><strong>{escape(decision.question)}</strong>{self.source(decision.source)} <span class="w">{escape(decision.recommendation)}</span> <span class="w">{escape(who)}</span></span> {self.status(decision.status)}</li>'

    def section(self, block: b.Section) -> str:
        """Blocks under a heading."""
        name = self.anchor(block.anchor, block.title)
        quiet = " quiet" if block.quiet else ""
        self.depth += 1
        inside = self.all(block.blocks)
        self.depth -= 1
        below = escape(block.subtitle) + self.source(block.source)
        sub = f' <p class="sub">{below}</p>' if below else ""
        return f'<section class="pw-sec{quiet}"{name}><h2>{escape(block.title)}</h2>{sub} {inside}</section>'


def target(link: str) -> str:
    """A link's address; that of accounts and pages in our portal over all accounts."""
    kind, _, name = link.partition(":")
    first, _, inside = name.partition("/")
    if kind == "#account" and name:  # a heading may be called so too
        return f"accounts/{first}/{inside or 'index'}.html"
    if kind == "#page":
        return f"{first}.html#{inside}" if inside else f"{first}.html"
    return link if link.startswith(("https://", "mailto:", "#")) else "#"


def _hidden(pictures: str) -> str:
    """Pictures whose words are kept out of the search: tables and sentences carry them."""
    return pictures.replace("<svg ", '<svg data-search-exclude="1" ')


def _stacks(block: b.Table) -> bool:
    """Whether the cells of a row stand below one another on phones: tables of words do, where
    columns of text would be as tall as they are out of sight; tables of figures are compared
    along their columns."""
    figures = sum(column.align == "right" for column in block.columns)
    return len(block.columns) > 2 and 2 * figures <= len(block.columns)


def _kind(block: b.Table) -> str:
    """The classes of a table beside its first: of words, or of figures in parts."""
    if _stacks(block):
        return " stack"
    return " parts" if any(row.kind == "group" for row in block.rows) else ""


def _tools(column: b.Column) -> str:
    """What may be done with a column of a table with tools."""
    return " data-choose" * column.choose + " data-still" * column.still


def _value(cell: b.Cell) -> str:
    """What a cell is sorted by, where that is not its text; "" for what is not known."""
    if cell.value is not None:
        return f' data-v="{cell.value:.12g}"'
    if cell.unknown:
        return ' data-v=""'
    if cell.status:
        rank = LEVELS.index(cell.status.level)
        return f' data-v="{"" if cell.status.level == "open" else rank}"'
    return ""


def _align(align: b.Align) -> str:
    return {"left": "", "right": "r", "center": "c"}[align]
