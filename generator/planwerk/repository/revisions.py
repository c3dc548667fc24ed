"""From what a person types, a revision or a day, to a commit's id; ids are all that git gets."""

from __future__ import annotations

import re
from datetime import date

from planwerk.problems import Refusal, refuse
from planwerk.repository.log import day
from planwerk.repository.process import Git, reason
from planwerk.repository.text import readable
from planwerk.text.nearest import nearest

FULL = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
REVISION = re.compile(r"(?!-)(?!.*(?:@\{|\^\{|\.\.))[^\x00-\x20\x7f:?*\[\\]+", re.S)
"""What may name a revision. Git knows more: options, searches in messages, and `@{yesterday}`,
which means something else every day and on every machine."""
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.A)
GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.A)


def resolve(git: Git, words: str) -> str:
    """The full id of the commit that a revision or a day means; refuses (2) what means none."""
    words = words.strip()
    if wanted := day_meant(words):
        if any(name.split("/", 2)[2:] == [words] for name in _names(git, "%(refname)")):
            raise refuse("revision-or-day", "plans", found=words, day=wanted.isoformat())
        return _on(git, wanted)
    if not REVISION.fullmatch(words):
        raise _unknown(git, words)
    found, said = git.ask("rev-parse", "--verify", "--end-of-options", f"{words}^{{commit}}")
    if b"ambiguous" in said:
        raise refuse("revision-ambiguous", "plans", found=words, meant=_meant(git, words, said))
    revision = (found or b"").decode("utf-8", "replace").strip()
    if not FULL.fullmatch(revision):
        raise _unknown(git, words)
    return revision


def committed(git: Git, revision: str) -> date | None:
    """The day (UTC) at which a commit (a full id) was made, as its committer claimed it."""
    return day(git.run("log", "--no-walk", "--format=%ct", revision).strip())


def day_meant(words: str) -> date | None:
    """The day that words name; None for those of a revision. Refuses days of no calendar."""
    words = words.strip()
    try:
        if found := ISO_DAY.fullmatch(words):
            return date(*map(int, found.groups()))
        if found := GERMAN_DAY.fullmatch(words):
            return date(*map(int, reversed(found.groups())))
    except ValueError:  # 2026-02-30
        raise refuse("no-such-day", "plans", found=words) from None
    return None


def _on(git: Git, wanted: date) -> str:
    """The last commit of the main line that was made on that day or before."""
    first = None
    for line in git.lines("log", "--first-parent", "--format=%H %ct", resolve(git, "HEAD")):
        revision, _, seconds = line.partition(b" ")
        if made := day(seconds):
            if made <= wanted:
                return revision.decode()
            first = min(made, first or made)
    raise refuse("day-before-history", "plans", found=wanted.isoformat(), first=first.isoformat() if first else "")  # fmt: skip


def _unknown(git: Git, words: str) -> Refusal:
    names = [name for name in _names(git, "%(refname:lstrip=2)") if REVISION.fullmatch(name)]
    return refuse("revision-unknown", "plans", found=words, nearest=nearest(words, names) or "HEAD")


def _names(git: Git, form: str) -> list[str]:
    said = git.run("for-each-ref", f"--format={form}", "refs/heads", "refs/tags", "refs/remotes")
    return readable(said).splitlines()


def _meant(git: Git, words: str, said: bytes) -> str:
    """What an ambiguous name may mean: the commits git lists, or the references of that name."""
    commits = re.findall(rb"\b([0-9a-f]{4,64}) commit\b", said)
    if commits:
        return ", ".join(commit.decode() for commit in commits)
    names = [name for name in _names(git, "%(refname)") if name.split("/", 2)[2:] == [words]]
    return ", ".join(names) or reason(said)
