"""What all commands share: where and how to speak, and which state of the plans to look at.

Beside `cli.py` the only place that may look at the surroundings and the clock.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from planwerk.help import spoken

if TYPE_CHECKING:
    from planwerk.problems import Problem
    from planwerk.repository import Repository
    from planwerk.words import Words


class Settings:
    """What holds for every command: the folder, the language, colour, how much to say."""

    def __init__(self, folder: Path, language: str | None, color: bool | None, level: int) -> None:
        self.folder, self.asked, self.color_asked, self.level = folder, language, color, level

    @property
    def language(self) -> str:
        """The language of messages: asked for, else the surroundings', else German."""
        return spoken(self.asked)

    @property
    def words(self) -> Words:
        """The words of that language."""
        from planwerk.words import load_words

        return load_words(self.language)

    @property
    def color(self) -> bool:
        """Whether to use colour on stdout."""
        if self.color_asked is not None:
            return self.color_asked
        return "NO_COLOR" not in os.environ and sys.stdout.isatty()

    @property
    def day(self) -> date | None:
        """The day to look from; None where the workspace fixes one."""
        return day_from_git(self.folder)[0]

    def note(self, words: str) -> None:
        """A line about the run, on stderr, unless it was to be quiet."""
        if self.level >= 0:
            from planwerk.report import say

            say(words + "\n", sys.stderr)

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, int, int], None]]:
        """A bar on a terminal once the work takes longer than a second; else nothing."""
        if self.level < 0 or not sys.stderr.isatty():
            yield lambda what, done, total: None
            return
        import time

        from rich.console import Console
        from rich.progress import Progress

        began, words = time.monotonic(), self.words
        # no thread of its own: work that forks must find none
        with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
            tasks: dict[str, Any] = {}

            def step(what: str, done: int, total: int) -> None:
                if what not in tasks and time.monotonic() - began > 1:
                    tasks[what] = bar.add_task(words(f"ui.{what}"), total=total)
                if what in tasks:
                    bar.update(tasks[what], completed=done, total=total, refresh=True)

            yield step


pass_settings = click.make_pass_decorator(Settings)
at_option = click.option("--at", metavar="REV|DAY", help="The plans as they were: a revision (main, v1, HEAD~3, an id) or a day such as 2026-06-30.")  # fmt: skip


class Then(NamedTuple):
    """The plans as they are, or were: `root` is the folder that holds them.

    `revision` is the commit they are of (a full id), "" for the working tree as it lies there.
    `day` is the day to look from, None where the plans fix one themselves. `problems` are what
    of the history could not be read.
    """

    root: Path
    revision: str
    day: date | None
    problems: list[Problem]


@contextmanager
def at(folder: Path, words: str | None) -> Iterator[Then]:
    """The plans of the workspace `folder` as they were at `words`, a revision or a day; as they
    lie there for None.

    What was is written into a folder of our own, which is gone when the block ends, however it
    ends. Refuses (exit code 2) where there is no history, no such state, or no plans in it.
    """
    if words is None:
        day, problems = day_from_git(folder)
        yield Then(folder, "", day, problems)
        return
    repository = history_of(folder)
    moment = repository.moment(words)
    with written_out(repository, moment.revision, words) as root:
        day = None if fixed(root) else moment.day
        yield Then(root, moment.revision, day, repository.problems)


@contextmanager
def written_out(repository: Repository, revision: str, words: str) -> Iterator[Path]:
    """The plans of a commit (a full id) in a folder of our own, which is gone afterwards.

    Refuses (exit code 2) if it holds none; `words` are what the commit was asked for by.
    """
    import tempfile

    from planwerk.problems import refuse

    with tempfile.TemporaryDirectory(prefix="planwerk-", ignore_cleanup_errors=True) as made:
        root = Path(made)
        repository.check_out(revision, root)
        if not (root / "plans").is_dir():
            raise refuse("no-plans-then", "plans", found=words, commit=revision[:10])
        yield root


def history_of(folder: Path) -> Repository:
    """The repository of the workspace; refuses (exit code 2) where there is none."""
    from planwerk.problems import refuse
    from planwerk.repository import open_repository

    repository = open_repository(folder)
    if repository is None:
        raise refuse("no-history", str(folder), found=str(folder))
    return repository


def day_of(words: str | None) -> date | None:
    """The day that `--as-of` names."""
    if words is None:
        return None
    from planwerk.scaffold.house import day

    return day("--as-of", words)


def day_from_git(folder: Path) -> tuple[date | None, list[Problem]]:
    """The day of the last commit to the plans; today for what is not committed. And what of
    the history could not be read.

    Only asked where the workspace fixes no day: the one place that may look at the clock,
    because the day is an argument of everything after it.
    """
    if fixed(folder):
        return None, []
    from planwerk.repository import standing

    found = standing(folder)
    day = found.day if found.day and not found.changed else date.today()
    return day, list(found.problems)


def fixed(folder: Path) -> bool:
    """Whether the workspace says itself from which day it is looked at."""
    try:
        words = (folder / "plans" / "workspace.yml").read_text("utf-8", "replace")
    except OSError:
        return True
    return any(line.startswith("as_of:") for line in words.splitlines())
