"""The states of the example portfolio, and the commits that lead from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TypeAlias

from planwerk.repository import NewCommit
from planwerk.scaffold.demo.story import PLANS, Merge, Step, Story
from planwerk.scaffold.demo.undo import NEW, Misfit, undone

Files: TypeAlias = Mapping[str, bytes]
"""The files of a state by their name, from `plans/` on."""
Changed: TypeAlias = "dict[str, bytes | None]"
"""What is written; None for what is taken away."""


def states(last: Files, story: Story) -> list[Files]:
    """The state before the first step, which is empty, and the one after each step.

    Raises Misfit, naming the step, where a statement does not fit the plans.
    """
    found = [last]
    for step in reversed(story.steps):
        found.append(_before(found[-1], step))
    if found[-1]:
        raise Misfit(f"no step makes {', '.join(sorted(found[-1]))}")
    return found[::-1]


def _before(now: Files, step: Step) -> dict[str, bytes]:
    before = dict(now)
    for name, stated in step.changes.items():
        try:
            if name not in now:
                raise Misfit("no such file")
            if stated == NEW:  # pictures are no texts
                del before[name]
                continue
            was = undone(PurePosixPath(name), now[name].decode(), stated)
        except Misfit as misfit:
            raise Misfit(f"{step}: {name}: {misfit}") from None
        if was is None:
            del before[name]
        else:
            before[name] = was.encode()
    if step.renamed:
        old, new = (f"{PLANS}/{folder}/" for folder in step.renamed)
        return {_moved(name, new, old): content for name, content in before.items()}
    return before


def _moved(name: str, start: str, end: str) -> str:
    return end + name.removeprefix(start) if name.startswith(start) else name


def commits(last: Files, story: Story, others: Files) -> Iterator[NewCommit]:
    """The commits that end in the state `last`; the first one brings the files of `others` too.

    Raises Misfit where a statement does not fit, or the main line changes a file that an open
    pull request holds.
    """
    walk = states(last, story)
    differences = [_difference(before, after) for before, after in pairwise(walk)]
    differences[0] |= others
    events: list[tuple[Step | Merge, Changed]] = [
        *zip(story.steps, differences, strict=True),
        *((merge, {}) for merge in story.merges),
    ]
    events.sort(key=lambda event: event[0].at)
    return _Writer(events).commits()


def _difference(before: Files, after: Files) -> Changed:
    gone: Changed = dict.fromkeys(sorted(before.keys() - after.keys()))
    return gone | {name: after[name] for name in sorted(after) if before.get(name) != after[name]}


@dataclass(slots=True)
class _Branch:
    """A pull request that is open: its last commit, and what it changed so far."""

    head: int
    files: Changed = field(default_factory=dict)


class _Writer:
    """Commits in the order of time: the main line, and branches that are merged into it.

    A branch forks where its first step falls. While it is open the main line does not know what
    it holds, so no step of the main line may change a file that any step of the branch changes.
    """

    def __init__(self, events: Iterable[tuple[Step | Merge, Changed]]) -> None:
        self.events = list(events)
        self.held: dict[int, set[str]] = {}
        for event, files in self.events:
            if event.pull:
                self.held.setdefault(event.pull, set()).update(files)
        self.open: dict[int, _Branch] = {}
        self.head = 0

    def commits(self) -> Iterator[NewCommit]:
        for mark, (event, files) in enumerate(self.events, start=1):
            if isinstance(event, Merge):
                branch = self.open.pop(event.pull)
                yield _commit(mark, event, branch.files, (self.head, branch.head))
                self.head = mark
            else:
                yield self._step(mark, event, files)
        if self.open:
            raise Misfit(f"pull request {min(self.open)} is not merged")

    def _step(self, mark: int, step: Step, files: Changed) -> NewCommit:
        for pull in self.open.keys() - {step.pull}:
            if both := self.held[pull] & files.keys():
                raise Misfit(f"{step}: {min(both)} is in pull request {pull}")
        if not step.pull:
            parents = (self.head,) if self.head else ()
            self.head = mark
            return _commit(mark, step, files, parents)
        branch = self.open.setdefault(step.pull, _Branch(self.head))
        made = _commit(mark, step, files, (branch.head,))
        branch.head = mark
        branch.files |= files
        return made


def _commit(mark: int, event: Step | Merge, files: Changed, parents: tuple[int, ...]) -> NewCommit:
    return NewCommit(
        mark=mark,
        author=event.by.name,
        email=event.by.email,
        seconds=int(event.at.timestamp()),
        message=event.message,
        files=dict(files),
        parents=parents,
        zone=event.at.strftime("%z"),
    )
