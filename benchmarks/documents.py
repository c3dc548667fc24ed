"""Word documents: one account plan in a warm process, a hundred on two cores, and what others take.

    python benchmarks/documents.py [--count 100] [--sample 10] [--selftest]

An account plan of about 15 pages, with more than 12 tables and 4 charts, of as many accounts as are
asked for: with other names and other measured values, so that nothing but what a house has in common
is the same twice. Beside it, in the same run, on the same words without the charts: pandoc started
for each, one pandoc that makes them all, and python-docx used as its manual says. All begin with
words that are there: we with blocks, pandoc with Markdown. The bars are asked of CPU time, for wall
time is that of a machine others use too.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from costs import cost, row
from peer_words import as_markdown, cell_words
from portfolios import ROOT, TEMPLATE, write_portfolio

ALONE = [sys.executable, str(Path(__file__).resolve())]
DAY = date(2026, 11, 23)
CHAPTERS = ("summary", "profile", "stakeholders", "goals", "tasks", "risks", "reviews")
"""What the document holds: 14 pages of the 22 that the whole plan of the example has."""
TABLES, CHARTS = 12, 4
"""How many the document has at least."""
ONE, MANY, OF_PANDOC, OF_BATCH = 0.050, 4.0, 0.12, 0.5
"""The bars: CPU seconds of a document, wall seconds of a hundred on two cores, and the part of what
pandoc takes when it is started for each, and for all of them."""
BATCH = """
for _, name in ipairs(pandoc.system.list_directory('.')) do
  if name:match('%.md$') then
    local file = io.open(name, 'rb')
    local words = file:read('a')
    file:close()
    local out = io.open((name:gsub('%.md$', '.docx')), 'wb')
    out:write(pandoc.write(pandoc.read(words, 'markdown'), 'docx'))
    out:close()
  end
end
"""


def write_accounts(folder: Path, count: int) -> None:
    """So many complete accounts, each with a name and measured values of its own."""
    source = ROOT / "plans" / TEMPLATE
    files = tuple(
        p.relative_to(source).as_posix() for p in sorted(source.rglob("*")) if p.is_file()
    )
    write_portfolio(count, folder, files)
    for number in range(count):
        path = folder / "plans" / f"kunde-{number:04}" / "measurements.csv"
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
        value = rows[0].index("value")
        for cells in rows[1:]:
            whole, point, rest = cells[value].partition(".")
            if whole.isdecimal():
                cells[value] = f"{int(whole) + number}{point}{rest}"
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        path.write_text(out.getvalue(), "utf-8")


def views(folder: Path) -> list[Any]:
    """Each account as we see it."""
    from planwerk.audience import INTERNAL, project
    from planwerk.compose.view import view_of
    from planwerk.measure import measure
    from planwerk.read import read

    portfolio = read(folder, DAY).portfolio
    assert portfolio is not None
    asked = portfolio.workspace.documents.model_copy(update={"account_plan": CHAPTERS})
    house = portfolio.workspace.model_copy(update={"documents": asked})
    portfolio = measure(portfolio.model_copy(update={"workspace": house}))
    seen = [project(portfolio, INTERNAL, account.id) for account in portfolio.accounts]
    return [view_of(one, one.accounts[0]) for one in seen]


def made(folder: Path, slowness: float) -> dict[str, float]:
    """CPU seconds of a document out of blocks and out of the account, and the seconds that all take
    on two cores, in a process that has made one before; `slowness` is planted, in seconds."""
    from planwerk.compose.documents.plans import account_plan
    from planwerk.render.word import render_document
    from planwerk.theme import load_theme
    from planwerk.warm import documents as warm_up

    warm_up()
    theme, seen = load_theme(), views(folder)
    documents = [account_plan(view) for view in seen]
    render_document(documents[0], theme)

    def render(document: Any) -> bytes:
        begun = time.process_time()
        while time.process_time() - begun < slowness:
            pass
        return render_document(document, theme)

    begun = time.process_time()
    for document in documents[1:]:
        render(document)
    written = (time.process_time() - begun) / len(documents[1:])
    fresh = views(folder)[1:]  # nothing of them is known
    begun = time.process_time()
    for view in fresh:
        account_plan(view)
    composed = (time.process_time() - begun) / len(documents[1:])
    return {"written": written, "composed": composed, **_on_two_cores(documents, render)}


def _on_two_cores(documents: Sequence[Any], render: Any) -> dict[str, float]:
    """Wall and CPU seconds of all documents, by two processes that were forked for it."""
    before, begun = os.times(), time.perf_counter()
    for half in (0, 1):
        if os.fork() == 0:
            for document in documents[half::2]:
                render(document)
            os._exit(0)
    failed = [os.wait()[1] for _ in (0, 1)]
    assert not any(failed)
    after = os.times()
    cpu = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    return {"wall": time.perf_counter() - begun, "cpu": cpu}


def naive(folder: Path) -> None:
    """The same words by python-docx, as its manual says."""
    import docx

    from planwerk import blocks as b
    from planwerk.render.lower import lower_all

    for view, document in composed(folder):
        made_by_hand = docx.Document()
        for chapter in document.chapters:
            made_by_hand.add_heading(chapter.title, 1)
            made_by_hand.add_paragraph(chapter.lead)
            for block in lower_all(chapter.blocks, document.labels):
                if isinstance(block, b.Table):
                    table = made_by_hand.add_table(rows=1, cols=len(block.columns))
                    for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
                        cell.text = column.title
                    for line in block.rows:
                        cells = table.add_row().cells
                        for cell, said in zip(cells, line.cells, strict=False):
                            cell.text = cell_words(said)
                elif isinstance(block, b.Paragraph | b.Heading):
                    words = b.plain(block.text)
                    if isinstance(block, b.Heading):
                        made_by_hand.add_heading(words, 2)
                    else:
                        made_by_hand.add_paragraph(words)
        made_by_hand.save(str(folder / f"{view.account.id}-naive.docx"))


def composed(folder: Path) -> Iterator[tuple[Any, Any]]:
    """Each account with its account plan."""
    from planwerk.compose.documents.plans import account_plan

    for view in views(folder):
        yield view, account_plan(view)


def figures(folder: Path) -> tuple[int, int]:
    """How many tables and charts the document has."""
    from planwerk.render.word import render_document
    from planwerk.theme import load_theme

    _, document = next(composed(folder))
    with zipfile.ZipFile(io.BytesIO(render_document(document, load_theme()))) as package:
        words = package.read("word/document.xml").decode()
    return words.count("<w:tbl>"), words.count("<c:chart ")


def documents(count: int, sample: int, slowness: float = 0) -> list[str]:
    """The lines of the table; which bars were missed."""
    import pypandoc

    with tempfile.TemporaryDirectory(prefix="planwerk-bench-") as made_here:
        folder, few, words = (Path(made_here) / name for name in ("all", "few", "words"))
        write_accounts(folder, count)
        write_accounts(few, sample)
        words.mkdir()
        for view, document in composed(few):
            chapters = [(c.title, c.lead, c.blocks) for c in document.chapters]
            (words / f"{view.account.id}.md").write_text(as_markdown(chapters, document.labels), "utf-8")  # fmt: skip
        tables, charts = figures(few)
        assert tables >= TABLES and charts >= CHARTS, (tables, charts)
        command = [*ALONE, "--only", "made", "--folder", str(folder), "--slowness", str(slowness)]
        ours = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        pandoc = pypandoc.get_pandoc_path()
        single = cost([[pandoc, p.name, "-o", f"{p.stem}.docx"] for p in sorted(words.glob("*.md"))], words)  # fmt: skip
        (words / "batch.lua").write_text(BATCH, "utf-8")
        batch = cost([[pandoc, "lua", "batch.lua"]], words)
        by_hand = cost([[*ALONE, "--only", "naive", "--folder", str(few)]], words)
    print(f"an account plan, {tables} tables, {charts} charts: {ours['written'] * 1000:.0f} ms CPU, with composing it {(ours['written'] + ours['composed']) * 1000:.0f}")  # fmt: skip
    print(f"{f'  {count} of them on two cores':<44} {ours['wall']:8.2f} {ours['cpu']:8.2f}")
    for name, found in (("pandoc, started for each", single), ("one pandoc for all", batch), ("python-docx", by_hand)):  # fmt: skip
        row(f"  {name}, {sample} without charts", found)
    each = ours["written"]
    ratios = each / (single.cpu / sample), each / (batch.cpu / sample)
    print(f"  ratio ours / pandoc: CPU {ratios[0]:.3f} started for each, {ratios[1]:.2f} for all, python-docx {each / (by_hand.cpu / sample):.2f}\n", flush=True)  # fmt: skip
    bars = (("one", ours["written"], ONE), ("hundred", ours["cpu"] / 2 * 100 / count, MANY), ("pandoc", ratios[0], OF_PANDOC), ("batch", ratios[1], OF_BATCH))  # fmt: skip
    return [f"{name}: {found:.3f}, more than {bar}" for name, found, bar in bars if found > bar]


def selftest() -> None:
    """A planted slowness must be seen by every bar."""
    missed = documents(6, 3, slowness=0.5)
    assert len(missed) == 4, missed
    print("self-test: the planted slowness was seen in all four\n")


def main() -> int:
    """Print the lines; 1 where a bar was missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--sample", type=int, default=10, help="documents the others make")
    parser.add_argument("--selftest", action="store_true")
    parser.add_argument("--only", choices=("made", "naive"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--slowness", type=float, default=0, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.only == "made":
        print(json.dumps(made(asked.folder, asked.slowness)))
    elif asked.only == "naive":
        naive(asked.folder)
    elif asked.selftest:
        selftest()
    else:
        missed = documents(asked.count, asked.sample)
        print("\n".join(f"missed {one}" for one in missed) or "every bar is met")
        return 1 if missed else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
