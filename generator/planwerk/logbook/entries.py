"""Steps of a history made ready to be told: who did what, in sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from planwerk.history.context import Context
from planwerk.history.facts import Fact
from planwerk.history.groups import tell_all
from planwerk.history.running import learn
from planwerk.history.telling import Sentence
from planwerk.logbook.discretion import discreet_step
from planwerk.model.history import Change, Commit, Spot, Step
from planwerk.model.portfolio import Portfolio
from planwerk.problems import Problem

REVIEWED = ("reviewed-by",)
APPROVED = ("approved-by", "acked-by", "signed-off-by")
TOLD = frozenset({*REVIEWED, *APPROVED, "co-authored-by"})
ADDRESS = re.compile(r"\s*<[^<>]*>")


class Share(NamedTuple):
    """What one commit contributed to a step: of a merge, one from the side, or the merge itself."""

    commit: Commit
    sentences: tuple[Sentence, ...]


class Entry(NamedTuple):
    """A step of an account's history, told. `shares` are empty where only the form changed."""

    account: str
    step: Step
    shares: tuple[Share, ...]

    @property
    def commit(self) -> Commit:
        """What the main line moved to."""
        return self.step.commit

    @property
    def unread(self) -> tuple[Problem, ...]:
        """The files of this state that nobody can read."""
        return self.step.unread

    @property
    def subject(self) -> str:
        """What it is called: a pull request by its title, which its merge says after the subject
        that the host wrote."""
        return self._title or self.commit.subject

    @property
    def reason(self) -> str:
        """Why, in the author's words; lines such as `Agreed-with: …` at its end belong to it."""
        body = self.commit.body
        if self._title and body:
            body = body.partition("\n")[2].strip("\n")
        said = [f"{k}: {v}" for k, v in self.commit.trailers if k.lower() not in TOLD and f"{k}: {v}" != self._title]  # fmt: skip
        return "\n\n".join(filter(None, (body, *said)))

    @property
    def _title(self) -> str:
        """The title of the pull request that a merge brought in, if it says one.

        A title like `Nordwind: new deadline`, alone at the end of a message, looks like a line
        that names a reviewer.
        """
        commit = self.commit
        if len(commit.parents) < 2 or not commit.pull_request:
            return ""
        first = commit.body.partition("\n")[0]
        if not first and commit.trailers and "-" not in commit.trailers[0][0]:
            first = ": ".join(commit.trailers[0])
        return first

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Who looked at it, as the message says."""
        return people_in(self.commit, REVIEWED)

    @property
    def approvers(self) -> tuple[str, ...]:
        """Who agreed to it, as the message says."""
        return people_in(self.commit, APPROVED)


def people_in(commit: Commit, keys: Collection[str]) -> tuple[str, ...]:
    """The people whom the lines at a message's end name under one of `keys`, without addresses."""
    named = (ADDRESS.sub("", value).strip() or value for key, value in commit.trailers if key.lower() in keys)  # fmt: skip
    return tuple(dict.fromkeys(named))


def entries(
    account: str, all_: Iterable[Step], shown: Collection[Step], portfolio: Portfolio, language: str
) -> Iterator[Entry]:
    """`shown`, which are steps of `all_` or part of them, told oldest first; what is gone is
    called as it was called last, which all the steps before tell."""
    wanted = {step.commit: step for step in shown}
    known: dict[Spot, Fact] = {}
    context = Context(portfolio, language)
    for step in all_:
        known = learn(known, (told.change for told in step.told))
        if step.commit in wanted:
            yield told_step(account, wanted[step.commit], context.when(dict(known)))


def told_step(account: str, step: Step, context: Context) -> Entry:
    """A step in sentences, one share for each commit that contributed, in their order."""
    step = discreet_step(step)
    by: dict[Commit, list[Change]] = {}
    for told in step.told:
        by.setdefault(told.commit, []).append(told.change)
    shares = (Share(commit, tell_all(changes, context)) for commit, changes in by.items())
    return Entry(account, step, tuple(share for share in shares if share.sentences))
