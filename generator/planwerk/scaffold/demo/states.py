"""The states of the example portfolio, and the commits that lead from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import TypeAlias

from planwerk.scaffold.demo.story import Merge, Person, Step, Story
from planwerk.scaffold.demo.undo import Misfit, undone
from planwerk.theme import data_folder

Files: TypeAlias = Mapping[str, bytes]
"""The files of a state by their name, from `plans/` on."""
Changes: TypeAlias = Mapping[str, "bytes | None"]
"""What a commit writes; None for what it takes away."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit to be made; `parents` and itself are known by number, the first is 0."""

    number: int
    parents: tuple[int, ...]
    by: Person
    at: datetime
    message: str
    files: Changes


def tip() -> dict[str, bytes]:
    """The files of the example portfolio."""
    folder = data_folder("plans")
    return {
        f"plans/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(p.startswith(".") for p in path.relative_to(folder).parts)
    }


def states(last: Files, story: Story) -> list[dict[str, bytes]]:
    """The state before the first step (which is empty), and the one after each step.

    Raises Misfit, naming the step, where a statement does not fit.
    """
    found = [dict(last)]
    for step in reversed(story.steps):
        found.append(_before(found[-1], step))
    if left := found[-1]:
        raise Misfit(f"no step makes {', '.join(sorted(left))}")
    return found[::-1]


def _before(now: Files, step: Step) -> dict[str, bytes]:
    before = dict(now)
    try:
        for name, stated in step.changes.items():
            if name not in now:
                raise Misfit(f"{name}: is not there")
            was = undone(PurePosixPath(name), now[name].decode(), stated)
            if was is None:
                del before[name]
            else:
                before[name] = was.encode()
    except Misfit as misfit:
        raise Misfit(f"{step}: {misfit}") from None
    if step.renamed:
        old, new = (f"plans/{folder}/" for folder in step.renamed)
        before = {
            old + name.removeprefix(new) if name.startswith(new) else name: words
            for name, words in before.items()
        }
    return before


@dataclass(slots=True)
class _Branch:
    """A pull request that is open: where it forked, what it holds, its last commit."""

    head: int
    files: dict[str, bytes | None] = field(default_factory=dict)


def revisions(last: Files, story: Story, others: Files) -> Iterator[Revision]:
    """The commits of the history; the first one also brings the files of `others`.

    Raises Misfit where the main line touches a file that an open pull request changes.
    """
    walk = states(last, story)
    differences = {
        id(step): _difference(walk[n], walk[n + 1]) for n, step in enumerate(story.steps)
    }
    held = {m.pull: {f for s in story.steps if s.pull == m.pull for f in differences[id(s)]} for m in story.merges}  # fmt: skip
    head, number = -1, 0
    open_ones: dict[int, _Branch] = {}
    for event in sorted((*story.steps, *story.merges), key=lambda e: e.at):
        if isinstance(event, Merge):
            branch = open_ones.pop(event.pull)
            yield Revision(number, (head, branch.head), event.by, event.at, event.message, branch.files)  # fmt: skip
            head = number
        else:
            files = differences[id(event)]
            for pull in open_ones:
                if pull != event.pull and (both := held[pull] & set(files)):
                    raise Misfit(f"{event}: {min(both)} is in pull request {pull}")
            branch_of = open_ones.setdefault(event.pull, _Branch(head)) if event.pull else None
            start = branch_of.head if branch_of else head
            parents = () if start < 0 else (start,)
            new = files if parents else {**others, **files}
            yield Revision(number, parents, event.by, event.at, event.message, new)
            if branch_of:
                branch_of.head = number
                branch_of.files |= files
            else:
                head = number
        number += 1
    if open_ones:
        raise Misfit(f"pull request {min(open_ones)} is not merged")


def _difference(before: Files, after: Files) -> dict[str, bytes | None]:
    gone: dict[str, bytes | None] = dict.fromkeys(sorted(before.keys() - after.keys()))
    return gone | {n: after[n] for n in sorted(after) if before.get(n) != after[n]}


