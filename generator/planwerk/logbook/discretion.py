"""Credentials that somebody wrote into a plan or a message: no log, comment or export repeats them.

More people read those than the plans. Changes lose them before they are told, for a text that
is told word by word no longer shows what a word was; whatever is written loses them once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from planwerk.model.history import Change, Commit, Step, Told, Value
from planwerk.text.secrets import secrets


def discreet(words: str) -> str:
    """The words without what looks like a credential."""
    for _, start, end in secrets(words):
        words = f"{words[:start]}{'•' * (end - start)}{words[end:]}"
    return words


def discreet_data(data: Any) -> Any:
    """Plain data (what JSON can say) without credentials in any of its texts."""
    if isinstance(data, str):
        return discreet(data)
    if isinstance(data, dict):
        return {key: discreet_data(part) for key, part in data.items()}
    return [discreet_data(part) for part in data] if isinstance(data, list | tuple) else data


def discreet_changes(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes without credentials in what they tell."""
    return tuple(map(_change, changes))


def discreet_step(step: Step) -> Step:
    """A step without credentials in its messages and changes."""
    told = tuple(Told(_change(t.change), discreet_commit(t.commit)) for t in step.told)
    return Step(discreet_commit(step.commit), told, step.unread)


def discreet_commit(commit: Commit) -> Commit:
    """A commit without credentials in its message or its author's name."""
    trailers = tuple((key, discreet(words)) for key, words in commit.trailers)
    author, email, subject, body = map(discreet, (commit.author, commit.email, commit.subject, commit.body))  # fmt: skip
    found = replace(commit, author=author, email=email, subject=subject, body=body, trailers=trailers)  # fmt: skip
    return commit if found == commit else found


def _change(change: Change) -> Change:
    values = tuple((name, _value(value)) for name, value in change.values)
    title, old, new = discreet(change.title), _value(change.old), _value(change.new)
    if (title, old, new, values) == (change.title, change.old, change.new, change.values):
        return change
    return replace(change, title=title, old=old, new=new, values=values)


def _value(value: Value) -> Value:
    if isinstance(value, str):
        return discreet(value)
    return tuple(map(_value, value)) if isinstance(value, tuple) else value
