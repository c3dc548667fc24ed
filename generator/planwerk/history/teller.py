"""The steps of one account's history: what its files held before and after each move, compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from planwerk.history.archive import State, as_json
from planwerk.history.codec import change_row, problem_row, step_row
from planwerk.history.compare import compare
from planwerk.history.facts import Fact, Facts
from planwerk.history.line import File, Stage
from planwerk.history.version import Reader
from planwerk.model.history import Change, Commit, Spot
from planwerk.problems import Place, Problem, Severity

if TYPE_CHECKING:
    from planwerk.repository import Repository

AT_ONCE = 50
"""Stages whose contents are read together."""

UNREADABLE = "version-unreadable"
"""What is told of a version that cannot be read at all; its facts stay what they were."""


class Work(NamedTuple):
    """What is to be told of an account: its stages, its state before them, what is known."""

    account: str
    stages: list[Stage]
    state: State
    known: dict[str, Any]


@dataclass(slots=True)
class History:
    """What was told of an account, as it is kept: each step's row and the key of what changed
    between the contents of its files; the state after them; what is now known of which keys, and
    the long texts in it. All rows are JSON: so they are handed from process to process."""

    account: str
    steps: list[tuple[str, str]] = field(default_factory=list)
    state: State = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


class _Pair(NamedTuple):
    """A file before and after: its names and the ids of its contents."""

    old: str
    old_blob: str
    new: str
    new_blob: str


def keys(stages: Iterable[Stage]) -> Iterator[str]:
    """The keys of all comparisons of these stages, if every version can be read."""
    for stage in stages:
        for files in (stage.files, *(own for _, own in stage.side)):
            yield _key(_as_they_are(files))


def _as_they_are(files: Iterable[File]) -> list[_Pair]:
    return [_Pair(f.old, f.old_blob, f.new, f.new_blob) for f in files]


def _key(pairs: Iterable[_Pair]) -> str:
    words = "\0".join(chain.from_iterable(sorted(pairs)))
    return sha256(words.encode(errors="surrogateescape")).hexdigest()[:32]


class Teller:
    """Tells one account at a time; reads contents from `repository`, each only once."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.contents = repository.contents()

    def tell(self, work: Work) -> History:
        """The steps of an account's stages."""
        out = History(work.account, state=dict(work.state))
        telling = _Telling(self, work, out)
        for start in range(0, len(work.stages), AT_ONCE):
            portion = work.stages[start : start + AT_ONCE]
            telling.fetch(portion)
            out.steps += [telling.step(stage) for stage in portion]
        return out


class _Telling:
    """One account being told."""

    def __init__(self, teller: Teller, work: Work, out: History) -> None:
        self.contents, self.begins, self.out = teller.contents, teller.repository.begins, out
        self.account, self.known = work.account, dict(work.known)
        self.blobs: dict[str, bytes] = {}
        self.versions: dict[tuple[str, str], tuple[Facts | None, tuple[Problem, ...]]] = {}
        self.reader = Reader()

    def fetch(self, stages: Sequence[Stage]) -> None:
        """Have the contents ready that have to be compared in these stages."""
        kept = set(self.out.state.items())
        self.versions = {at: v for at, v in self.versions.items() if at in kept}
        known = {blob for _, blob in self.versions}
        wanted: dict[str, None] = {}
        for stage in stages:
            for files in (stage.files, *(own for _, own in stage.side)):
                pairs = _as_they_are(files)
                if _key(pairs) not in self.known:
                    wanted |= dict.fromkeys(
                        blob for p in pairs for blob in (p.old_blob, p.new_blob)
                    )
        self.blobs = dict(self.contents.of(blob for blob in wanted if blob and blob not in known))

    def step(self, stage: Stage) -> tuple[str, str]:
        """What one stage changed, and by which commits, as it is kept."""
        state = self.out.state
        pairs = [_Pair(f.old, state.get(f.old, ""), f.new, f.new_blob) for f in stage.files]
        key = _key(pairs)
        between = self.compared(pairs, key)
        failed = {file for file, problem in between[1] if problem[0] == UNREADABLE}
        for pair in pairs:
            before = state.pop(pair.old, "") if pair.old != pair.new else state.get(pair.old, "")
            if pair.new and (pair.new not in failed or before):
                state[pair.new] = before if pair.new in failed else pair.new_blob
            elif not pair.new:
                state.pop(pair.old, None)
        own = (_renamed(self.account, *stage.renamed),) if stage.renamed else ()
        begins = stage.commit.id in self.begins
        changes = [] if begins else between[0]  # nothing came there, it is all that is known
        commits, who = [stage.commit], [0] * (len(own) + len(changes))
        if stage.side:
            sides = [(commit, self.compared(own, _key(own))[0]) for commit, files in stage.side for own in (_as_they_are(files),)]  # fmt: skip
            made_by = [stage.commit for _ in own] + [_author(c, sides, stage.commit) for c in changes]  # fmt: skip
            commits = list(dict.fromkeys([stage.commit, *made_by]))
            who = [commits.index(commit) for commit in made_by]
        return as_json(step_row(commits, who, own)), key

    def compared(self, pairs: list[_Pair], key: str) -> Any:
        """What changed between the contents of these files, and what cannot be read of it."""
        row = self.known.get(key)
        if row is None:
            row = self.known[key] = self.row(pairs)
            self.out.rows[key] = as_json(row)
        return row

    def row(self, pairs: Iterable[_Pair]) -> Any:
        """The comparison of these files as it is kept: the changes, and what cannot be read."""
        before: dict[Spot, Fact] = {}
        after: dict[Spot, Fact] = {}
        unread = []
        for pair in pairs:
            was = self.facts(pair.old, pair.old_blob)[0] if pair.old else None
            now, problems = self.facts(pair.new, pair.new_blob) if pair.new else (None, ())
            unread += [[pair.new, problem_row(problem)] for problem in problems]
            before |= was or {}
            if pair.new and now is None:  # nobody can read it: its facts stay what they were
                now = was
            after |= now or {}
        return [[change_row(change, self.out.texts) for change in compare(before, after)], unread]

    def facts(self, file: str, blob: str) -> tuple[Facts | None, tuple[Problem, ...]]:
        """What a version of a file holds; nothing where there is none."""
        if not blob:
            return {}, ()
        if (file, blob) not in self.versions:
            if blob not in self.blobs:
                self.blobs |= dict(self.contents.of([blob]))
            self.versions[file, blob] = self.read(file, blob)
        return self.versions[file, blob]

    def read(self, file: str, blob: str) -> tuple[Facts | None, tuple[Problem, ...]]:
        """What a version says, and what of it cannot be read."""
        path = PurePosixPath(self.account.partition("@")[0], file)
        if blob not in self.blobs:  # git does not have it here
            return None, (Problem(UNREADABLE, Place(PurePosixPath("plans", path)), Severity.WARNING, {"because": "version-missing", "found": blob}),)  # fmt: skip
        version = self.reader.read(path, self.blobs[blob])
        return ({}, ()) if version is None else (version.facts, version.problems)


def _renamed(account: str, old: str, new: str) -> Change:
    """The account, which lies under its last name, was called `new` from here on."""
    return Change("renamed", Spot(account, "account"), "Profile", new, before=Spot(old, "account"))


def _author(change: list[Any], sides: Iterable[tuple[Commit, list[Any]]], merge: Commit) -> Commit:
    """The commit from the side that last made this change; the merge itself if none did.

    Changes are rows here: what, spot, kind, title, field, old, new.
    """
    near = None
    for commit, changes in sides:
        for other in changes:
            if (other[1], other[4]) == (change[1], change[4]):
                near = commit if (other[0], other[6]) == (change[0], change[6]) else near
    return near or merge
