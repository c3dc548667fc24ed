"""GitLab: a Code Quality report, shown beside the changed lines of a merge request."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from planwerk.checks import TIERS
from planwerk.checks.rule import Tier
from planwerk.problems import ISOLATION, Problem, Severity
from planwerk.report.document import dump
from planwerk.report.sources import Sources
from planwerk.report.telling import in_a_line, ordered, whole
from planwerk.words import Words

STEADY = ("key", "found", "kind", "by", "id", "missing")
"""Facts that say which finding it is; others (days, lines, limits) change by themselves."""


def as_gitlab(problems: Sequence[Problem], words: Words, sources: Sources) -> str:
    """A JSON list of findings, each with a fingerprint that survives when lines move."""
    rows = []
    for problem, fingerprint in fingerprints(ordered(problems), sources):
        rows.append(
            {
                "description": in_a_line(problem, words),
                "check_name": problem.rule,
                "fingerprint": fingerprint,
                "severity": severity(problem),
                "location": {
                    "path": sources.path(problem.place),
                    "lines": {"begin": problem.place.line},
                },
            }
        )
    return dump(rows)


def severity(problem: Problem) -> str:
    """GitLab's word: leaks block, errors are critical, warnings fall with the rule's tier."""
    if problem.severity is Severity.ERROR:
        return "blocker" if problem.rule in (*ISOLATION, "secret-in-plan") else "critical"
    tiers = {Tier.ALWAYS: "major", Tier.STRICT: "minor", Tier.BY_NAME: "info"}
    return tiers[TIERS.get(problem.rule, Tier.ALWAYS)]


def fingerprints(problems: Sequence[Problem], sources: Sources) -> Iterator[tuple[Problem, str]]:
    """Each problem with what it is known by: rule, file, the words it is about, never its line."""
    seen: Counter[tuple[str, ...]] = Counter()
    for problem in problems:
        line = (sources.line(problem.place) or "").strip()
        facts = (f"{key}={problem.facts[key]}" for key in STEADY if key in problem.facts)
        about = (problem.rule, str(problem.place.path), sources.underlined(problem.place), line, *facts)  # fmt: skip
        seen[about] += 1
        known = whole("\0".join((*about, str(seen[about]))))
        yield problem, hashlib.sha256(known.encode()).hexdigest()[:32]
