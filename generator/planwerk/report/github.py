"""GitHub: workflow commands that become annotations beside the changed lines."""

from __future__ import annotations

from collections.abc import Sequence

from planwerk.problems import Problem, Severity
from planwerk.report.sources import Sources
from planwerk.report.telling import in_a_line, ordered, whole
from planwerk.words import Words

LIMIT = 10
"""GitHub shows ten annotations of a kind and step; the rest is counted."""


def as_github(problems: Sequence[Problem], words: Words, sources: Sources) -> str:
    """Annotations, worst first and by place, ten of each kind; a notice counts the rest.

    The count is a notice because an eleventh error or warning would not be shown.
    """
    out: list[str] = []
    rest: list[str] = []
    for severity in (Severity.ERROR, Severity.WARNING):
        chosen = [p for p in ordered(problems) if p.severity is severity]
        out += [_annotation(problem, words, sources) for problem in chosen[:LIMIT]]
        if len(chosen) > LIMIT:
            rest.append(words(f"ui.more_{severity.word}s", count=len(chosen) - LIMIT))
    if rest:
        out.append(f"::notice title=planwerk::{message(', '.join(rest))}\n")
    return "".join(out)


def _annotation(problem: Problem, words: Words, sources: Sources) -> str:
    place = problem.place
    properties = {
        "file": sources.path(place),
        "line": str(place.line),
        "col": str(place.column),
        "endColumn": str(place.column + place.width),
        "title": problem.rule,
    }
    named = ",".join(f"{key}={value_of(value)}" for key, value in properties.items())
    return f"::{problem.severity.word} {named}::{message(in_a_line(problem, words))}\n"


def message(words: str) -> str:
    """The words of a command: one line, whatever they hold."""
    words = whole(words).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in words)


def value_of(words: str) -> str:
    """The value of a command's property, which `:` and `,` would end."""
    return message(words).replace(":", "%3A").replace(",", "%2C")
