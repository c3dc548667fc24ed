"""`@cio` in any text: a name for readers who may see it, a finding where they may not."""

from __future__ import annotations

from pathlib import Path

import rule_cases
from planwerk.audience import CLIENT, INTERNAL, project
from planwerk.checks import check
from planwerk.compose.view import view_of
from planwerk.read import read

TASK = """\
tasks:
  - id: talk
    title: Mit @cio und @brandt über @coo sprechen, dann an hilfe@brandt.example
    accountable: brandt
    due: 2026-12-01
    share: client
"""


def titles(root: Path, audience: str) -> list[str]:
    portfolio = read(root).portfolio
    assert portfolio is not None
    seen = project(portfolio, audience, "nordwind")
    view = view_of(seen, seen.accounts[0])
    assert view.period is not None
    return [task.title for task in view.period.tasks.tasks]


def test_we_read_names(tmp_path: Path) -> None:
    root = rule_cases.write(tmp_path, {"plans/nordwind/2026-h2/tasks.md": TASK})
    (title,) = titles(root, INTERNAL)
    assert title == "Mit Dr. Anna Keller und Maren Brandt über Jens Möller sprechen, dann an hilfe@brandt.example"  # fmt: skip


def test_the_client_reads_the_names_it_may_see(tmp_path: Path) -> None:
    root = rule_cases.write(tmp_path, {"plans/nordwind/2026-h2/tasks.md": TASK})
    (title,) = titles(root, CLIENT)
    assert title.startswith("Mit Dr. Anna Keller und Maren Brandt über @coo sprechen")


def test_a_mention_that_the_client_may_not_understand_is_found(tmp_path: Path) -> None:
    root = rule_cases.write(tmp_path, {"plans/nordwind/2026-h2/tasks.md": TASK})
    found = [p for p in check(read(root)) if p.rule == "shared-refers-to-internal"]
    assert [(p.facts["found"], p.place.line, p.place.width) for p in found] == [("@coo", 4, 4)]
