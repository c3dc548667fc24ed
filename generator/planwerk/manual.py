"""The manual of every finding: what it asks, why, a wrong and a right plan, who may allow it.

What a rule asks stands in the docstring of its module; the German, and all about the findings
of reading, building and importing, in `words/rules.<language>.yml`. Both `planwerk explain`
and the portal show this.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from textwrap import dedent
from types import ModuleType

from planwerk.checks import GROUPS, TIERS
from planwerk.checks.allowances import ALLOWABLE_ERRORS, OUTPUT_ERRORS
from planwerk.checks.rule import Tier
from planwerk.problems import Severity
from planwerk.words import load_manual_words

WITHOUT_MODULE = ("reading", "running", "typing", "importing")
"""The groups of findings that are no rules: their manual is all in the words."""
WARNINGS = frozenset({
    "allowance-broken", "allowance-expired", "allowance-unused", "brand-colours-alike",
    "brand-font-unknown", "brand-logo-small", "commit-undated", "footnote-missing",
    "crm-row-too-long", "duplicate-account", "git-unreadable", "header-misplaced",
    "header-repeated", "hint-left", "history-partial", "history-shallow", "html-in-prose",
    "import-record-broken", "invisible-character", "line-twice", "page-unfinished",
    "picture-unused", "picture-without-words", "secret-in-plan",
    "text-too-long", "unknown-file", "version-missing", "version-not-written",
    "version-too-large", "version-unreadable", "windows-1252",
})  # fmt: skip
"""Those of them that are warnings; all others are errors."""
ALLOWABLE = frozenset({"hint-left", "html-in-prose", "unknown-file", *OUTPUT_ERRORS})
"""Those of them that can be allowed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding's page; `wrong` and `right` are files, empty where there is no example."""

    name: str
    group: str
    tier: Tier
    severity: Severity
    title: str
    why: str
    wrong: str = ""
    right: str = ""
    allowable: bool = False


@lru_cache(maxsize=2)
def manual(language: str) -> tuple[Entry, ...]:
    """Every finding in the order of the manual: the groups of rules, then those without."""
    return (*_rules(language), *_others(language))


def groups(language: str) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """The title of each chapter and its entries."""
    words = load_manual_words(language)
    for group in (*GROUPS, *WITHOUT_MODULE):
        yield words(f"groups.{group}"), tuple(e for e in manual(language) if e.group == group)


def _rules(language: str) -> Iterator[Entry]:
    words = load_manual_words(language)
    for group, rules in GROUPS.items():
        for rule in rules:
            title, why, wrong, right = _page(rule)
            if words.has(f"checks.{rule.NAME}"):
                title, why = (words(f"checks.{rule.NAME}.{part}") for part in ("title", "why"))
            allowable = rule.SEVERITY is Severity.WARNING or rule.NAME in ALLOWABLE_ERRORS
            yield Entry(
                rule.NAME, group, rule.TIER, rule.SEVERITY, title, why, wrong, right, allowable
            )


def _others(language: str) -> Iterator[Entry]:
    words = load_manual_words(language)
    for group in WITHOUT_MODULE:
        for name in sorted(words.group(group)):
            title, why = (words(f"{group}.{name}.{part}") for part in ("title", "why"))
            tier = TIERS.get(name, Tier.ALWAYS)
            severity = Severity.WARNING if name in WARNINGS else Severity.ERROR
            yield Entry(name, group, tier, severity, title, why, allowable=name in ALLOWABLE)


def _page(rule: ModuleType) -> tuple[str, str, str, str]:
    """A docstring's parts: first sentence, explanation, wrong and right files."""
    text, _, shown = (rule.__doc__ or "").strip().partition("\n\nWrong:\n")
    title, _, why = text.partition("\n\n")
    wrong, _, right = shown.partition("\n\nRight:\n")
    paragraphs = (" ".join(part.split()) for part in why.split("\n\n"))
    return " ".join(title.split()), "\n\n".join(paragraphs), dedent(wrong), dedent(right)
