"""A history for a person at a terminal: by day, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from planwerk import formats
from planwerk.history.passages import Passage
from planwerk.history.telling import Sentence
from planwerk.logbook.discretion import discreet
from planwerk.logbook.entries import Entry, Share
from planwerk.logbook.wrap import COLOURS, END, Run, lines
from planwerk.model.history import Commit
from planwerk.model.hosts import commit_address, request_address, request_name
from planwerk.model.workspace import Host
from planwerk.problems import Problem
from planwerk.report.excerpt import columns_of, printable
from planwerk.report.telling import in_a_line
from planwerk.words import Words, load_logbook, load_words

DOT = " · "
HERE = "."
"""What one types for what all accounts have in common."""


class Last(NamedTuple):
    """What the list of all accounts says of one: its last step, and how many there are."""

    account: str
    name: str
    commit: Commit
    steps: int
    gone: bool = False


class Page:
    """Writes in one language, with or without colour; `host` is where commits can be looked at."""

    def __init__(self, language: str, color: bool, host: Host | None = None) -> None:
        self.language, self.color, self.host = language, color, host
        self.say: Words = load_logbook(language)

    # --- one account -------------------------------------------------------------------------

    def history(self, name: str, entries: Sequence[Entry], total: int) -> Iterator[str]:
        """All of an account's history that was asked for; `total` counts the steps there are."""
        yield lines([Run(self.say("history.head", name=name), "bold")], self.color)
        yield lines([Run(self._extent(entries, total), "dim")], self.color)
        day: date | str | None = ""
        for entry in reversed(entries):
            if entry.commit.day != day:
                day = entry.commit.day
                yield "\n" + lines([Run(self.long_day(day), "place")], self.color)
            yield "\n"
            yield from self._entry(entry)
        yield "\n"

    def _extent(self, entries: Sequence[Entry], total: int) -> str:
        days = [entry.commit.day for entry in entries if entry.commit.day]
        if not entries:
            return self.say("history.none", total=total)
        span = self.say("history.span", first=self.day(min(days)), last=self.day(max(days))) if days else ""  # fmt: skip
        if len(entries) == total:
            return self.say("history.count", count=total) + span
        return self.say("history.part", count=len(entries), total=total) + span

    def day(self, day: date | None) -> str:
        """A day in full, or that no calendar knows it."""
        return formats.full_day(day, self.language) if day else self.say("undated")

    def long_day(self, day: date | None) -> str:
        """A day in words."""
        return formats.long_day(day, self.language) if day else self.say("undated")

    def _entry(self, entry: Entry) -> Iterator[str]:
        commit = entry.commit
        if commit.id:
            yield from self._heading(entry)
        for share in entry.shares:
            if share.commit.id != commit.id:
                yield lines([Run(self._whose(share, commit), "dim")], self.color, "  ", "    ")
            for sentence in share.sentences:
                yield from self.sentence(sentence, "  ")
        if not entry.shares and not entry.unread:
            yield lines([Run(self.say("history.form_only"), "dim")], self.color, "  ")
        for problem in entry.unread:
            yield self.problem(problem, "  ")

    def _heading(self, entry: Entry) -> Iterator[str]:
        commit = entry.commit
        yield lines([Run(entry.subject or self.say("history.no_subject"), "bold")], self.color, "  ", "  ")  # fmt: skip
        about = [commit.author or self.say("history.nobody")]
        if commit.pull_request:
            about.append(request_name(self.host, commit.pull_request))
        for key, people in (("reviewed", entry.reviewers), ("approved", entry.approvers)):
            if people:
                about.append(self.say(f"history.{key}", who=", ".join(people)))
        address = commit_address(self.host, commit.id)
        if not address:
            about.append(commit.id[:10])
        yield lines([Run(DOT.join(about), "dim")], self.color, "  ", "    ")
        for link in filter(None, (address, request_address(self.host, commit.pull_request))):
            yield lines([Run(link, "dim")], self.color, "  ", "    ")
        for paragraph in filter(None, entry.reason.split("\n\n")):
            yield lines([Run(paragraph)], self.color, "  ", "  ")

    def _whose(self, share: Share, merge: Commit) -> str:
        commit = share.commit
        day = formats.short_day(commit.day, self.language) if commit.day else self.say("undated")
        return self.say("history.from_side", who=commit.author, day=day, subject=commit.subject)

    def sentence(self, sentence: Sentence, indent: str, mark: str = "") -> Iterator[str]:
        """A sentence as an item; texts that changed follow word by word."""
        runs = [Run(part.words, part.role) for part in sentence.parts]
        if mark:
            runs = [Run(f"{mark} ", "warning"), *runs]
        yield lines(runs, self.color, f"{indent}- ", f"{indent}  ")
        for passage in sentence.passages:
            yield lines(_told(passage, self.color), self.color, f"{indent}    ", f"{indent}    ")

    def problem(self, problem: Problem, indent: str = "") -> str:
        """Something that cannot be known, in one paragraph."""
        place = f"{problem.place.path}: " if problem.rule.startswith("version-") else ""
        told = in_a_line(problem, load_words(self.language))
        return lines([Run("! ", "warning"), Run(f"{place}{told}")], self.color, indent, f"{indent}  ")  # fmt: skip

    def unknown(self, problems: Iterable[Problem]) -> str:
        """What cannot be known, at the end."""
        return "".join(map(self.problem, problems))

    # --- all accounts ------------------------------------------------------------------------

    def all(self, accounts: Sequence[Last]) -> Iterator[str]:
        """One line for each account: when it changed last, how many steps, who, its name."""
        rows = [
            (
                self.day(last.commit.day),
                printable(last.account or HERE),
                self.say("history.count", count=last.steps),
                printable(discreet(last.commit.author)),
                printable(
                    discreet(self.say("history.gone", name=last.name) if last.gone else last.name)
                ),
            )
            for last in accounts
        ]
        widths = [max(map(columns_of, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = [cell + " " * (width - columns_of(cell)) for cell, width in zip(row, widths, strict=True)]  # fmt: skip
            cells[1] = f"{COLOURS['bold']}{cells[1]}{END}" if self.color else cells[1]
            yield "  ".join(cells).rstrip() + "\n"


def _told(passage: Passage, color: bool) -> Iterator[Run]:
    if passage.heading:
        yield Run(f"{passage.heading}: ", "dim")
    signs = {"removed": ("[-", "-]"), "added": ("{+", "+}")}
    for number, run in enumerate(passage.runs):
        before, after = ("", "") if color else signs.get(run.way, ("", ""))
        space = " " if number else ""
        colour = run.way if run.way in signs else "dim"
        yield Run(space)
        yield Run(f"{before}{run.words}{after}", colour)
