"""Changes made by chance, without those that make a plan unsound: those are found and left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from gate.hidden import Varied
from gate.sight import Key
from planwerk.checks import BY_NAME, RULES, identities
from planwerk.checks.rule import House, Tier
from planwerk.model.portfolio import Portfolio
from planwerk.model.record import Record
from planwerk.problems import ISOLATION, Severity
from planwerk.read import Reading


class Wrong(NamedTuple):
    """An error of a check: the record and the key in it, and whose it is."""

    rule: str
    record: Record
    keys: tuple[Any, ...]
    account: str | None
    facts: Mapping[str, str]


def wrong(whole: Portfolio) -> list[Wrong]:
    """What would stop a build of these plans, or a part of one."""
    reading = Reading(portfolio=whole, accounts_seen=tuple(a.id for a in whole.accounts))
    house = House(whole, identities(reading), frozenset(BY_NAME))
    out = []
    for rule in RULES:
        if rule.SEVERITY is not Severity.ERROR or rule.TIER is not Tier.ALWAYS:
            continue
        if hasattr(rule, "check_house"):
            out += [
                Wrong(rule.NAME, f.record, tuple(f.keys), None, f.facts)
                for f in rule.check_house(house)
            ]
        for account in whole.accounts if hasattr(rule, "check") else ():
            out += [
                Wrong(rule.NAME, f.record, tuple(f.keys), account.id, f.facts)
                for f in rule.check(house, account)
            ]
    return out


ROUNDS, FOR_OTHERS = 10, 4


def settled(mine: str, vary: Callable[[Collection[str]], tuple[Portfolio, Varied]]) -> tuple[Portfolio, dict[str, Key]]:  # fmt: skip
    """What `vary` makes when it leaves out the changes that make the plans of `mine` unsound; those
    of others may stay so in the end, for then only their outputs are stopped; but a leak stops all."""
    refused: set[str] = set()
    often: Counter[str] = Counter()
    for number in range(2 * ROUNDS):
        whole, varied = vary(refused)
        found = wrong(whole)
        if number >= FOR_OTHERS:
            found = [f for f in found if f.account in (None, mine) or f.rule in ISOLATION]
        if not found:
            return whole, varied.touched
        if number >= ROUNDS:  # hardly ever: then only words and numbers of it are others
            refused |= {
                k for k in varied.touched if number > ROUNDS + 2 or k[-1] in "+-~" or "name/" in k
            }
        for fault in found:
            refused |= _blamed(fault, varied, often)
    raise AssertionError(f"not sound: {found[:3]}")


def _blamed(fault: Wrong, varied: Varied, often: Counter[str]) -> set[str]:
    """The changes to take back for a fault: of the field; then of the record; then of ever more
    around it, for it may be another record that is missed."""
    for name in re.split("[:/]", str(fault.facts.get("found", "")))[::-1]:
        if gone := varied.missing.get(name):
            return gone
    top = fault.account or "house"
    path = varied.made.get(id(fault.record), (top, fault.record))[0]
    touched = varied.touched
    often[path] += 1
    if often[path] == 1 and fault.keys:
        name = next((n for n, f in type(fault.record).model_fields.items() if fault.keys[0] in (n, f.alias)), "")  # fmt: skip
        if (key := f"{path}/{name}") in touched:
            return {key}
    wide = path.split("/")[: max(1, len(path.split("/")) - max(0, often[path] - 2))]
    around = "/".join(wide).rstrip("+")
    blamed = {key for key in touched if key == f"{around}+" or key.startswith((f"{around}/", f"{around}+"))}  # fmt: skip
    if often[path] > 3:  # what the house has it name
        blamed |= {key for key in touched if key.startswith(("house/", "questions/", "name/"))}
    return blamed
