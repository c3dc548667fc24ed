"""Blocks as Markdown, for pages that are read on a git host: headings, text, code, tables."""

from __future__ import annotations

from collections.abc import Iterable

from planwerk import blocks as b

ABOVE = 1
"""Blocks begin at level 3, since pages and sections own 1 and 2; a file has only its title."""


def write_markdown(blocks: Iterable[b.Block]) -> str:
    """The blocks one after another; TypeError for one that Markdown cannot say."""
    return "\n\n".join(map(_block, blocks)) + "\n"


def _block(block: b.Block) -> str:
    match block:
        case b.Heading():
            anchor = f'<a id="{block.anchor}"></a>\n\n' if block.anchor else ""
            return f"{anchor}{'#' * (block.level - ABOVE)} {_text(block.text)}"
        case b.Paragraph():
            return _text(block.text)
        case b.Code():
            return f"```\n{block.text}\n```"
        case b.Table():
            return "\n".join(_table(block))
    raise TypeError(f"no Markdown for {type(block).__name__}")


def _table(table: b.Table) -> Iterable[str]:
    yield _line(column.title for column in table.columns)
    yield _line("---" for _ in table.columns)
    for row in table.rows:
        yield _line(_text(cell.text) for cell in row.cells)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _text(text: b.Text) -> str:
    return "".join(map(_run, text))


def _run(run: b.Run) -> str:
    words = f"`{run.text}`" if run.code else run.text.replace("<", "\\<")
    return f"[{words}]({run.link})" if run.link else words
