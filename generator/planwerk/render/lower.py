"""Every rich block said with simple ones, so that a new format is complete with a few.

What comes out is made of Paragraph, Heading, Bullets, Quotation, Code, Break and Table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import assert_never

from planwerk import blocks as b
from planwerk.render import picture_lists

Simple = b.Paragraph | b.Heading | b.Bullets | b.Quotation | b.Code | b.Break | b.Table

MARKS: Mapping[b.Level, str] = {
    "good": "●", "warn": "▲", "bad": "■", "run": "◐", "plan": "○", "open": "◌",
    "done": "✓", "neutral": "⊖", "chance": "◆", "no": "✕",
}  # fmt: skip
"""The shapes of a status as characters, where a format has no drawing of its own."""


def mark(status: b.Status) -> str:
    """Shape and word of a status, kept on one line."""
    return f"{MARKS[status.level]}\u00a0{status.word}"


def lower(block: b.Block, labels: Mapping[str, str]) -> tuple[Simple, ...]:
    """The simple blocks that say the same; `labels` are the output's own words."""
    match block:
        case b.Paragraph() | b.Heading() | b.Bullets() | b.Quotation() | b.Code() | b.Break():
            return (block,)
        case b.Image():
            return picture_lines(block, labels)
        case b.Notes():
            return note_lines(block, labels)
        case b.Table():
            return (block,)
        case b.Facts():
            return (_facts(block, labels),)
        case b.Cards():
            return (_cards(block, labels), *_note(block.explanation))
        case b.Goals():
            return (_goals(block, labels), *_note(block.rule))
        case b.Chart():
            return (chart_table(block, labels),)
        case b.Shares():
            rows = tuple((item.label, item.words) for item in block.items)
            return (_plain_table(("", labels["value"]), rows, block.label),)
        case b.Matrix():
            return (matrix_table(block),)
        case b.Ribbon():
            return _note(block.description)
        case b.Timeline():
            return (timeline_table(block, labels),)
        case b.DatedList():
            return (_dated(block, labels),) if block.items else _note(block.empty)
        case b.Sides():
            return tuple(part for column in block.columns for part in _side(column, labels))
        case b.Callout():
            words = " ".join(w for w in (block.title, block.text, block.who) if w)
            return (b.Paragraph(b.text(words), "lead"),)
        case b.Quotes():
            return tuple(_quote(item) for item in block.items)
        case b.Lessons():
            return (lessons_table(block),)
        case b.Decisions():
            return (decisions_table(block, labels),)
        case b.BigNumber():
            return (b.Paragraph(b.text(f"{block.value} {block.words}"), "lead"),)
        case b.Links():
            return (b.Bullets(tuple((b.Paragraph(b.text(f"{i.label} ({i.kind})")),) for i in block.items)),)  # fmt: skip
        case b.Log():
            return (log_table(block),)
        case b.Filter():  # a document is read, not filtered
            return ()
        case b.Fold():
            return (b.Heading(b.text(block.title)), *lower_all(block.blocks, labels))
        case b.Empty():
            return _note(block.words)
        case b.Room():  # only paper has room to write on
            return ()
        case b.Section():
            inside = lower_all(block.blocks, labels)
            return (b.Heading(b.text(block.title)), *_note(block.subtitle), *inside)
        case b.Beside():
            return tuple(simple for part in block.parts for simple in lower_all(part, labels))
        case b.Coverage():
            return (coverage_table(block), *_note(block.note))
        case (
            b.OrgChart() | b.InfluenceGrid() | b.StrategyMap() | b.Forces() | b.RiskMatrix()
            | b.Journey()
        ):  # fmt: skip
            unplaced = block.unplaced if isinstance(block, b.InfluenceGrid | b.RiskMatrix) else ""
            return (*lower_all(picture_lists.said(block), labels), *_note(unplaced))
        case _:
            assert_never(block)


def lower_all(blocks: Iterable[b.Block], labels: Mapping[str, str]) -> tuple[Simple, ...]:
    """All blocks, lowered, in order."""
    return tuple(simple for block in blocks for simple in lower(block, labels))


def in_words(blocks: Iterable[b.Block], labels: Mapping[str, str]) -> tuple[b.Block, ...]:
    """Blocks with the pictures and footnotes of texts said in words, at any depth."""
    return tuple(inner for block in blocks for inner in _in_words(block, labels))


def _in_words(block: b.Block, labels: Mapping[str, str]) -> tuple[b.Block, ...]:
    match block:
        case b.Image() | b.Notes():
            return lower(block, labels)
        case b.Section() | b.Fold() | b.Quotation():
            return (replace(block, blocks=in_words(block.blocks, labels)),)
        case b.Beside():
            return (replace(block, parts=tuple(in_words(part, labels) for part in block.parts)),)
        case b.Bullets():
            return (replace(block, items=tuple(in_words(item, labels) for item in block.items)),)
        case _:
            return (block,)


def picture_lines(block: b.Image, labels: Mapping[str, str]) -> tuple[b.Paragraph, ...]:
    """A picture said in its words, where none can be shown."""
    words = " · ".join(dict.fromkeys(w for w in (block.caption, block.words) if w))
    return _note(f"{labels['picture']}: {words}")


def note_lines(block: b.Notes, labels: Mapping[str, str]) -> tuple[Simple, ...]:
    """Footnotes as small lines below their text, each behind its number."""
    out: list[Simple] = []
    for note in block.items:
        sign = b.Run(f"{note.number} ")
        head = note.blocks[0] if note.blocks else None
        words = head.text if isinstance(head, b.Paragraph) else ()
        rest = note.blocks[1:] if isinstance(head, b.Paragraph) else note.blocks
        out.append(b.Paragraph((sign, *words), "note"))
        out += [simple for block in rest for simple in lower(block, labels)]
    return tuple(out)


def _note(words: str) -> tuple[b.Paragraph, ...]:
    return (b.Paragraph(b.text(words), "note"),) if words else ()


def _plain_table(heads: Iterable[str], rows: Iterable[Iterable[str]], label: str) -> b.Table:
    columns = tuple(b.Column(head, wide=i == 0) for i, head in enumerate(heads))
    body = tuple(b.Row(tuple(b.Cell(b.text(words)) for words in row)) for row in rows)
    return b.Table(columns, body, label)


def _facts(block: b.Facts, labels: Mapping[str, str]) -> b.Table:
    rows = tuple(b.Row((b.Cell(b.text(name)), cell)) for name, cell in block.items)
    return b.Table((b.Column(labels["what"]), b.Column(labels["value"], wide=True)), rows, labels["what"])  # fmt: skip


def _cards(block: b.Cards, labels: Mapping[str, str]) -> b.Table:
    heads = ("what", "actual", "target", "period", "status")
    aligns: tuple[b.Align, ...] = ("left", "right", "left", "left", "left")
    columns = tuple(b.Column(labels[h], a, h == "what") for h, a in zip(heads, aligns, strict=True))
    rows = tuple(
        b.Row(
            (
                b.Cell(b.text(card.label)),
                b.Cell(b.text(card.figure), strong=True, unknown=card.unknown),
                b.Cell(b.text(card.target_line)),
                b.Cell(b.text(card.period)),
                b.Cell(status=card.status),
            ),
            origin=card.origin,
        )
        for card in block.items
    )
    return b.Table(columns, rows, block.label)


def _goals(block: b.Goals, labels: Mapping[str, str]) -> b.Table:
    columns = (
        b.Column(labels["goal_and_kpi"], wide=True),
        b.Column(labels["baseline"], "right"),
        b.Column(labels["actual"], "right"),
        b.Column(labels["target"], "right"),
        b.Column(labels["status"]),
        b.Column(block.us),
        b.Column(block.client),
    )
    rows = tuple(
        b.Row(
            (
                b.Cell(b.text(goal.title), note=goal.kpi),
                b.Cell(b.text(goal.baseline)),
                b.Cell(b.text(goal.actual), strong=True, unknown=goal.unknown),
                b.Cell(b.text(goal.target)),
                b.Cell(status=goal.status),
                b.Cell(person=goal.ours),
                b.Cell(person=goal.theirs),
            ),
            origin=goal.origin,
        )
        for goal in block.items
    )
    return b.Table(columns, rows, block.label)


def chart_table(block: b.Chart, labels: Mapping[str, str]) -> b.Table:
    """A chart's data: one row a category, one column a series; a gap is a gap."""
    unit = f" ({block.unit})" if block.unit else ""
    columns = (
        b.Column(labels["month"], wide=True),
        *(b.Column(series.name + unit, "right") for series in block.series),
    )
    rows = tuple(
        b.Row(
            (
                b.Cell(b.text(name)),
                *(
                    b.Cell(b.text(written(series.values[i], block.decimals, labels)))
                    for series in block.series
                ),
            ),
            sources=tuple(filter(None, block.lines[i : i + 1])),
        )
        for i, name in enumerate(block.categories)
    )
    return b.Table(columns, rows, block.title)


def written(value: float | None, decimals: int, labels: Mapping[str, str]) -> str:
    """A chart's value as words, as every chart and its table write it.

    Rounded as all other numbers are (half away from zero): the bar, the sentence above it and
    the chart in PowerPoint say the same. Separators follow the language's own label.
    """
    if value is None:
        return labels["unknown"]
    exact = Decimal(repr(round(value, 9)))  # a sum of floats carries dust
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0  # no minus before 0
    plain = f"{rounded:,}".replace("-", "\u2212")
    if labels.get("decimal_comma"):
        plain = plain.replace(",", "_").replace(".", ",").replace("_", ".")
    return plain


def matrix_table(block: b.Matrix) -> b.Table:
    """The grid as a table: state, value and note in words."""
    columns = [b.Column(block.corner, wide=True)]
    columns += [b.Column(name) for name in block.columns]
    if block.row_totals:
        columns.append(b.Column(block.total_word, "right"))
    rows = []
    for i, name in enumerate(block.rows):
        cells = [b.Cell(b.text(name))]
        for cell in block.cells[i]:
            words = f"{cell.word} {cell.value}".strip()
            cells.append(b.Cell(b.text(words), note=cell.note))
        if block.row_totals:
            cells.append(b.Cell(b.text(block.row_totals[i]), strong=True))
        rows.append(b.Row(tuple(cells)))
    if block.column_totals:
        last = [b.Cell(b.text(block.total_word)), *(b.Cell(b.text(t)) for t in block.column_totals)]
        if block.row_totals:
            last.append(b.Cell(b.text(block.total), strong=True))
        rows.append(b.Row(tuple(last), "total"))
    return b.Table(tuple(columns), tuple(rows), block.label, block.caption)


def timeline_table(block: b.Timeline, labels: Mapping[str, str]) -> b.Table:
    """The tasks of a timeline by side, then its milestones."""
    task, who, due = block.heads
    columns = (b.Column(task, wide=True), b.Column(who), b.Column(due), b.Column(labels["status"]))
    rows: list[b.Row] = []
    for lane in block.lanes:
        head = f"{lane.name} · {lane.summary}" if lane.summary else lane.name
        rows.append(b.Row((b.Cell(b.text(head)), b.Cell(), b.Cell(), b.Cell()), "group"))
        rows += [
            b.Row(
                (
                    b.Cell(b.text(bar.label)),
                    b.Cell(b.text(bar.who)),
                    b.Cell(b.text(bar.due_words)),
                    b.Cell(status=bar.status),
                ),
                origin=bar.origin,
            )
            for bar in lane.bars
        ]
    if block.milestones:
        rows.append(b.Row((b.Cell(b.text(labels["milestones"])), b.Cell(), b.Cell(), b.Cell()), "group"))  # fmt: skip
        rows += [
            b.Row((b.Cell(b.text(m.label)), b.Cell(), b.Cell(b.text(m.when)), b.Cell()))
            for m in block.milestones
        ]
    return b.Table(columns, tuple(rows), block.label)


def _dated(block: b.DatedList, labels: Mapping[str, str]) -> b.Table:
    named = {**labels, "due": block.days} if block.days else labels
    return dated_table(block.items, block.label, named)


def dated_table(items: tuple[b.Dated, ...], label: str, labels: Mapping[str, str]) -> b.Table:
    """Things with their days as a table; columns that would be empty are left out."""
    names = ["due"] if any(item.when for item in items) else []
    names.append("what")
    names += ["who"] if any(item.who for item in items) else []
    names += ["status"] if any(item.status for item in items) else []
    columns = tuple(b.Column(labels[name], wide=name == "what") for name in names)
    rows = []
    for item in items:
        cells = {
            "due": b.Cell(b.text(item.when)),
            "what": b.Cell(b.text(item.what), note=item.detail),
            "who": b.Cell(b.text(item.who)),
            "status": b.Cell(status=item.status),
        }
        rows.append(b.Row(tuple(cells[name] for name in names), origin=item.origin))
    return b.Table(columns, tuple(rows), label)


def _side(column: b.SideColumn, labels: Mapping[str, str]) -> tuple[Simple, ...]:
    head = f"{column.name} · {column.summary}" if column.summary else column.name
    heading = b.Heading(b.text(head))
    if not column.items:
        return (heading, *_note(column.empty))
    return (heading, dated_table(column.items, column.name, labels))


def _quote(item: b.Quote) -> b.Quotation:
    by = ", ".join(w for w in (item.person.name, item.person.detail, item.when) if w)
    return b.Quotation((b.Paragraph(b.text(item.words)), b.Paragraph(b.text(by), "note")))


def log_table(block: b.Log) -> b.Table:
    """What changed, one row a change; day, person and reason stand where they are new. Columns
    that would be empty are left out."""
    day, what, who, why = block.heads
    persons = any(entry.who for entry in block.items)
    reasons = any(entry.why for entry in block.items)
    columns = [b.Column(day), b.Column(what, wide=True)]
    columns += [b.Column(who)] if persons else []
    columns += [b.Column(why, wide=True)] if reasons else []
    rows = []
    day_before = ""
    for entry in block.items:
        for number, said in enumerate(entry.items):
            first = number == 0
            when = entry.when if entry.when != day_before else ""
            day_before = entry.when
            cells = [b.Cell(b.text(when)), b.Cell(said_text(said))]
            cells += [b.Cell(person=entry.who if first else None)] if persons else []
            cells += [_reason(entry) if first else b.Cell()] if reasons else []
            rows.append(b.Row(tuple(cells)))
    return b.Table(tuple(columns), tuple(rows), block.label)


def _reason(entry: b.LogEntry) -> b.Cell:
    """Why something was changed, with all else that is known of it."""
    further = " · ".join(words for words in (entry.more, b.plain(entry.about)) if words)
    return b.Cell(b.text(entry.why), note=further)


def said_text(said: b.Said) -> b.Text:
    """A change with what it changed within texts, in one paragraph."""
    return (*said.text, *(run for line in said.inside for run in (b.Run(" "), *line)))


def lessons_table(block: b.Lessons) -> b.Table:
    """Misses with cause, lesson and step."""
    columns = tuple(b.Column(head, wide=i > 0) for i, head in enumerate(block.heads))
    rows = tuple(
        b.Row(
            (
                b.Cell(b.text(row.kpi), note=f"{row.actual} {row.target}", status=row.status),
                b.Cell(b.text(row.cause)),
                b.Cell(b.text(row.lesson)),
                b.Cell(b.text(row.step), note=", ".join(w for w in (row.who, row.due) if w)),
            ),
            origin=row.origin,
        )
        for row in block.items
    )
    return b.Table(columns, rows, block.label)


def decisions_table(block: b.Decisions, labels: Mapping[str, str]) -> b.Table:
    """Questions with recommendation, who decides and until when."""
    columns = (
        b.Column(block.label, wide=True),
        b.Column(block.decides),
        b.Column(labels["due"]),
        b.Column(labels["status"]),
    )
    rows = tuple(
        b.Row(
            (
                b.Cell(b.text(item.question), note=item.recommendation),
                b.Cell(b.text(item.who)),
                b.Cell(b.text(item.when)),
                b.Cell(status=item.status),
            ),
            origin=item.origin,
        )
        for item in block.items
    )
    return b.Table(columns, rows, block.label)


def coverage_table(block: b.Coverage) -> b.Table:
    """Who of us knows whom in words; a dot where nobody entered anything."""
    person, wants, needs, stands, contact = block.heads
    columns = (
        b.Column(person), b.Column(wants, wide=True), b.Column(needs, wide=True),
        b.Column(stands), *(b.Column(name) for name in block.ours), b.Column(contact, "right"),
    )  # fmt: skip
    rows = tuple(
        b.Row(
            (
                b.Cell(b.text(row.person), note=row.title), row.wants, row.needs,
                b.Cell(status=row.status),
                *(b.Cell(b.text(knows.word if knows else "·")) for knows in row.knows),
                row.contact,
            ),
            origin=row.origin,
        )
        for row in block.rows
    )  # fmt: skip
    return b.Table(columns, rows, block.label)
