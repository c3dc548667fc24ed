"""What documents say as Markdown, for programs that make files of that."""

from __future__ import annotations

from collections.abc import Sequence


def as_markdown(parts: Sequence[tuple[str, str, tuple[object, ...]]], labels: object) -> str:
    """Chapters (title, lead, blocks) in words and tables; pictures as the tables that say the same."""
    from planwerk import blocks as b
    from planwerk.render.lower import lower_all

    out = []
    for title, lead, blocks in parts:
        out += [f"# {title}", lead]
        for block in lower_all(blocks, labels):  # type: ignore[arg-type]
            if isinstance(block, b.Table):
                head = "| " + " | ".join(c.title or "-" for c in block.columns) + " |"
                rows = (
                    "| " + " | ".join(cell_words(c) for c in r.cells) + " |" for r in block.rows
                )
                out.append("\n".join((head, "|" + "---|" * len(block.columns), *rows)))
            elif isinstance(block, b.Paragraph | b.Heading):
                out.append(("## " if isinstance(block, b.Heading) else "") + b.plain(block.text))
    return "\n\n".join(out)


def cell_words(cell: object) -> str:
    """All that stands in a cell, on one line."""
    from planwerk import blocks as b

    assert isinstance(cell, b.Cell)
    words = [
        b.plain(cell.text),
        cell.note,
        cell.status.word if cell.status else "",
        cell.person.name if cell.person else "",
    ]
    return " ".join(w for w in words if w).replace("|", "/") or " "
