"""SARIF 2.1.0, which code hosts and editors of many makers read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from planwerk import __version__
from planwerk.manual import Entry, manual
from planwerk.problems import Problem
from planwerk.report.document import dump
from planwerk.report.gitlab import fingerprints
from planwerk.report.sources import Sources
from planwerk.report.telling import in_a_line, ordered, whole
from planwerk.words import Words

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "planwerk/v1"


def as_sarif(problems: Sequence[Problem], words: Words, sources: Sources) -> str:
    """One run: the rules that were met with their manual, and the findings."""
    found = ordered(problems)
    names = sorted({problem.rule for problem in found})
    entries = {entry.name: entry for entry in manual(words.language)}
    driver = {
        "name": "planwerk",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(entries[name], words) for name in names],
    }
    run = {
        "tool": {"driver": driver},
        "language": words.language,
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(problem, known, names.index(problem.rule), words, sources)
            for problem, known in fingerprints(found, sources)
        ],
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(entry: Entry, words: Words) -> dict[str, Any]:
    shown = [f"{words('ui.wrong')}:\n{entry.wrong}", f"{words('ui.right')}:\n{entry.right}"]
    return {
        "id": entry.name,
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": entry.why},
        "help": {"text": "\n\n".join([entry.why, *(shown if entry.wrong else [])])},
        "defaultConfiguration": {"level": entry.severity.word},
    }


def _result(
    problem: Problem, known: str, index: int, words: Words, sources: Sources
) -> dict[str, Any]:
    place = problem.place
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endColumn": place.column + place.width,
    }
    physical = {"artifactLocation": {"uri": _uri(sources.path(place))}, "region": region}
    return {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": problem.severity.word,
        "message": {"text": in_a_line(problem, words)},
        "locations": [{"physicalLocation": physical}],
        "partialFingerprints": {FINGERPRINT: known},
    }


def _uri(path: str) -> str:
    """A relative address; bytes of a name that are no text stay those bytes."""
    try:
        return quote(path, safe="/", errors="surrogateescape")
    except UnicodeEncodeError:
        return quote(whole(path), safe="/")
