"""JSON: a stable document for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from planwerk.problems import Problem
from planwerk.report.telling import ordered, tell, whole
from planwerk.words import Words


def as_json(problems: Sequence[Problem], words: Words) -> str:
    """A stable document: rule names and keys in English, words in the language."""
    rows = []
    for problem in ordered(problems):
        wrong, fix = tell(problem, words)
        rows.append(
            {
                "rule": problem.rule,
                "severity": problem.severity.word,
                "path": str(problem.place.path),
                "line": problem.place.line,
                "column": problem.place.column,
                "width": problem.place.width,
                "account": problem.account,
                "message": wrong,
                "fix": fix,
                "facts": dict(problem.facts),
            }
        )
    return dump({"version": 1, "problems": rows})


def dump(document: object) -> str:
    """JSON in ASCII: every console and pipe can carry it; unpaired surrogates become U+FFFD."""
    return json.dumps(_whole(document), indent=2) + "\n"


def _whole(value: object) -> object:
    match value:
        case str():
            return whole(value)
        case dict():
            return {whole(key): _whole(item) for key, item in value.items()}
        case list() | tuple():
            return [_whole(item) for item in value]
        case _:
            return value
