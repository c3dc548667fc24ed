"""Completeness and freshness a second time: what the method asks for, looked up in the files.

An answer is how many sections are as they should be, of how many; None where nothing is asked.
"""

from __future__ import annotations

from datetime import date
from typing import Any

Files = dict[str, Any]
"""What files say: an account by file, a record by field."""
COUNTED = ("revenue", "counted")
"""The KPIs in random plans whose values nobody enters."""


def day(said: Any) -> date | None:
    """The day that a text says; None where it is open or missing."""
    return None if said in (None, "", "offen") else date.fromisoformat(said)


def filled(record: Files, *names: str) -> bool:
    """Whether all of these are there and not open."""
    return all(record.get(name) not in (None, "", "offen", []) for name in names)


def tier_of(account: Files, house: Files) -> Files:
    mine = [tier for tier in house["tiers"] if tier["id"] == account["profile"].get("tier")]
    return mine[0] if mine else {"sections": [], "fresh": []}


def running(account: Files, today: date) -> Files:
    """The plan's period that runs: the last one begun, else the first; empty without any."""
    found: Files = {}
    for period in account["periods"]:
        if not found or period["plan"]["from"] <= str(today):
            found = period
    return found


def complete(account: Files, house: Files, today: date) -> tuple[int, int] | None:
    """Sections that lack nothing, of those that the house, the tier and the plan's kind ask for."""
    period = running(account, today)
    asked = set(house["method"]["sections"]) | set(tier_of(account, house)["sections"])
    for kind in house["plan_types"]:
        if period and kind["id"] == period["plan"]["type"]:
            asked |= set(kind["sections"])
    if not asked:
        return None
    whole = whole_sections(account, period)
    return sum(whole[section] for section in asked), len(asked)


def whole_sections(account: Files, period: Files) -> dict[str, bool]:
    """Of every section, whether it lacks nothing."""
    profile, people = account["profile"], account["people"]["stakeholders"]
    plan, review = period.get("plan", {}), period.get("review", {})
    measured = {line["kpi"] for line in account["measurements"]}
    entered = {k["kpi"] for k in plan.get("kpis", []) if k["kpi"] not in COUNTED}
    contract = profile.get("contract", {})
    rival = account["competition"]
    return {
        "profile": filled(profile, "business_model", "target_markets", "headquarters", "employees", "customer_since"),
        "objectives": filled(profile, "objectives"),
        "client_kpis": filled(profile, "client_kpis"),
        "service": filled(profile, "service"),
        "departments": filled(profile, "departments") and all(
            d.get("contacted", "nein") == "ja" or d["ways_in"] for d in profile["departments"]
        ),
        "contract": filled(contract, "end", "notice"),
        "stakeholders": bool(people) and all(
            filled(p, "buying_role", "influence", "disposition", "wants") for p in people
        ),
        "interview": filled(account["interview"], "questions"),
        "insights": filled(account["interview"], "insights"),
        "journey": filled(account["journey"], "stages"),
        "white_space": filled(account, "whitespace"),
        "competition": filled(rival, "competitors", "positioning"),
        "features": filled(account, "features"),
        "plan": filled(plan, "vision", "goals", "kpis"),
        "goals": filled(plan, "goals"),
        "kpis": filled(plan, "kpis"),
        "tasks": filled(period.get("tasks", {}), "tasks"),
        "risks": filled(period.get("risks", {}), "risks"),
        "review": filled(review, "planned_for") or filled(review, "held_on"),
        "meetings": filled(account, "meetings"),
        "measurements": entered <= measured,
    }  # fmt: skip


def fresh(account: Files, house: Files, today: date) -> tuple[int, int] | None:
    """Sections of which nothing known is too old, of those with a limit in which something is
    known; the tier's limit goes first."""
    limits = {}
    for limit in house["method"]["fresh"] + tier_of(account, house)["fresh"]:
        limits[limit["section"]] = int(limit["within"].split()[0])
    if not limits:
        return None
    seen = looked_at(account, running(account, today))
    young, known = 0, 0
    for section, within in limits.items():
        looks = [day(said) for said in seen.get(section, [])]
        known += bool(looks)
        young += bool(looks) and all(on is not None and (today - on).days <= within for on in looks)
    return (young, known) if known else None


def looked_at(account: Files, period: Files) -> dict[str, list[Any]]:
    """Of what is known in each section, the day it was last looked at; None for never."""
    people, whole = account["people"]["stakeholders"], account["people"].get("checked_on")
    questions, risks = account["interview"]["questions"], period.get("risks", {"risks": []})
    journey, rival = account["journey"], account["competition"]
    entered = [k["kpi"] for k in period.get("plan", {}).get("kpis", []) if k["kpi"] not in COUNTED]

    def last(*days: Any) -> Any:
        return max((on for on in days if day(on)), default=None)

    return {
        "profile": [account["profile"].get("checked_on")],
        "stakeholders": [last(whole, p.get("checked_on")) for p in people],
        "interview": [last(*(q.get("asked_on") for q in questions))] if questions else [],
        "journey": [journey.get("checked_on")] if journey["stages"] else [],
        "white_space": [
            c.get("checked_on") for c in account["whitespace"] if c["state"] not in ("unknown", "not_applicable")
        ],
        "competition": [rival.get("checked_on")] if rival["competitors"] else [],
        "risks": [risks.get("checked_on")] if risks["risks"] else [],
        "measurements": [last(*(m["date"] for m in account["measurements"] if m["kpi"] == kpi)) for kpi in entered],
        "meetings": [last(*(m["on"] for m in account["meetings"]))],
    }  # fmt: skip
