"""Client portals that are not made: one of the house's pages in them is not filled in yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from planwerk.model.house_page import FOLDER
from planwerk.model.portfolio import Portfolio
from planwerk.problems import Problem, Severity

RULE = "page-unfinished"


def waiting(portfolio: Portfolio, accounts: Iterable[str], language: str | None) -> dict[str, str]:
    """Those of `accounts` whose client's portal waits for a page, each with its language.

    `language` is that of all outputs, None where each client reads its own.
    """
    house = portfolio.workspace.language
    open_ = {page.language for page in portfolio.pages if page.unfinished}
    read = {name: language or portfolio.account(name).profile.language or house for name in accounts}  # fmt: skip
    return {name: code for name, code in read.items() if code in open_}


def refused(problems: Iterable[Problem], read: Iterable[Problem], portals: Mapping[str, str]) -> list[Problem]:  # fmt: skip
    """The problems of a build that does not make `portals` (by account the language): what
    reading found unfinished in their languages is an error now, whoever allowed it."""
    codes = set(portals.values())
    stops = [p for p in read if p.rule == RULE and _language(p) in codes]
    places = {p.place for p in stops}
    others = [p for p in problems if p.rule != RULE or p.place not in places]
    return [*others, *(replace(p, severity=Severity.ERROR) for p in stops)]


def _language(problem: Problem) -> str:
    name = problem.place.path
    return name.stem.rpartition(".")[2] if name.parts[0] == FOLDER else ""
