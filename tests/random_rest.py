"""Random clients as their files would have them: people, cells, periods, reviews, meetings.

Plain dictionaries of texts, as the front matter of a file holds them; what nobody wrote is not in
them, and what nobody knows is `offen`.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

FIRST = date(2025, 1, 1)
OURS = ("brandt", "vogt", "keller")
SECTIONS = (
    "profile", "objectives", "client_kpis", "departments", "service", "contract", "stakeholders",
    "interview", "insights", "journey", "white_space", "competition", "features", "plan", "goals",
    "kpis", "tasks", "risks", "review", "meetings", "measurements",
)  # fmt: skip
STATES = (
    "unknown", "not_applicable", "blocked", "internal", "competitor",
    "gap", "idea", "opportunity", "won", "won", "lost", "at_risk",
)  # fmt: skip


class Dice:
    """Random values of the kinds that files hold."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def day(self, days: int = 730) -> str:
        return str(FIRST + timedelta(days=self.rng.randrange(days)))

    def maybe(self, **fields: object) -> dict[str, Any]:
        """Each field as it is, or open, or not there."""
        out: dict[str, Any] = {}
        for name, value in fields.items():
            fate = self.rng.random()
            if fate < 0.75:
                out[name] = value
            elif fate < 0.85:
                out[name] = "offen"
        return out

    def some(self, chance: float = 0.5) -> bool:
        return self.rng.random() < chance

    def number(self, high: int) -> str:
        return str(self.rng.randrange(high))


def random_house(rng: random.Random) -> dict[str, Any]:
    """What the method of a house asks for, and its log of training."""
    dice = Dice(rng)

    def demands() -> dict[str, Any]:
        limited = rng.sample(SECTIONS, rng.randrange(9))
        return {
            "sections": rng.sample(SECTIONS, rng.randrange(12)),
            "fresh": [{"section": s, "within": f"{rng.randrange(1, 500)} days"} for s in limited],
        }

    nothing = {"sections": [], "fresh": []}
    training: list[dict[str, Any]] = [
        {"date": dice.day(), "who": rng.choice([*OURS, "offen"]), "topic": "A",
         "planned": rng.choice(["ja", "ja", "nein"]), "done": rng.choice(["ja", "nein"])}
        for _ in range(rng.choice([0, 5, 20, 40]))
    ]  # fmt: skip
    for i in range(len(training) // 6):
        training[2 * i]["id"] = training[2 * i + 1]["corrects"] = f"t-{i}"
    return {
        "method": demands() if dice.some(0.8) else nothing,
        "tiers": [{"id": "key", "name": "K", **demands()}, {"id": "small", "name": "S", **nothing}],
        "plan_types": [{"id": "grow", "name": "G", "sections": rng.sample(SECTIONS, 4)}],
        "kpis": [{"id": "entered", "name": "E"}, {"id": "counted", "name": "C", "count": "revenue"}],
        "training": training,
    }  # fmt: skip


def random_rest(rng: random.Random, name: str, industry: str) -> dict[str, Any]:
    """All of an account but the logs of revenue, contacts and deals."""
    dice = Dice(rng)
    departments = [
        {"id": f"d-{i}", "name": "D", **dice.maybe(contacted=rng.choice(["ja", "nein"])),
         "ways_in": [{"title": "T"}] if dice.some(0.3) else []}
        for i in range(rng.randrange(4))
    ]  # fmt: skip
    profile = {
        "name": name, "industry": industry, "owner": rng.choice([*OURS, "offen"]),
        **dice.maybe(tier=rng.choice(["key", "small"]), customer_since=dice.day(900), checked_on=dice.day(),
                     headquarters="Kiel", business_model="Handel", employees=dice.number(900)),
        **({"customer_until": dice.day(900)} if dice.some(0.3) else {}),
        "target_markets": ["DE"] if dice.some() else [],
        "objectives": [{"id": "o", "text": "T"}] if dice.some() else [],
        "client_kpis": [{"id": "c", "name": "N"}] if dice.some() else [],
        "service": [{"offering": "a"}] if dice.some() else [],
        "departments": departments,
    }  # fmt: skip
    if dice.some():
        profile["contract"] = dice.maybe(end=dice.day(), notice="30 days")
    return {
        "profile": profile,
        "people": {"stakeholders": people(dice), **dice.maybe(checked_on=dice.day())},
        "whitespace": cells(dice),
        "measurements": [
            {"date": dice.day(700), "kpi": rng.choice(["entered", "other"]), "value": "1"}
            for _ in range(rng.randrange(4))
        ],
        "interview": {
            "questions": [{"id": f"q-{i}", **dice.maybe(asked_on=dice.day())} for i in range(rng.randrange(3))],
            "insights": [{"id": "i", "kind": "goal", "text": "T"}] if dice.some() else [],
        },
        "journey": {"stages": [{"id": "s", "name": "N"}] if dice.some() else [], **dice.maybe(checked_on=dice.day())},
        "competition": {
            "competitors": [{"id": "c", "name": "N"}] if dice.some() else [],
            "positioning": [{"area": "product", "text": "T"}] if dice.some() else [],
            **dice.maybe(checked_on=dice.day()),
        },
        "features": [{"feature": "f", "name": "F"}] if dice.some() else [],
        "meetings": [{"on": dice.day(), "kind": "regular"} for _ in range(rng.choice([0, 0, 1, 3]))],
        "periods": periods(dice) if dice.some(0.8) else [],
    }  # fmt: skip


def people(dice: Dice) -> list[dict[str, Any]]:
    """The client's people and who of us knows them."""
    levels = ["none", "vendor", "credible_source", "problem_solver", "trusted_advisor", "offen"]
    return [
        {
            "id": f"p-{i}", "name": "N",
            **dice.maybe(influence=str(dice.rng.randrange(1, 6)), disposition=str(dice.rng.randrange(-2, 3)),
                         buying_role="user", checked_on=dice.day()),
            "wants": ["W"] if dice.some(0.8) else [],
            "relationships": [
                {"with": dice.rng.choice(OURS), "level": dice.rng.choice(levels),
                 **({"target": dice.rng.choice(levels[1:5])} if dice.some(0.7) else {})}
                for _ in range(dice.rng.randrange(3))
            ],
        }
        for i in range(dice.rng.randrange(6))
    ]  # fmt: skip


def cells(dice: Dice) -> list[dict[str, Any]]:
    """The white space: some cells of departments that nobody listed as such."""
    every = [(f"d-{d}", offering) for d in range(4) for offering in ("a", "b")]
    return [
        {"department": department, "offering": offering, "state": dice.rng.choice(STATES),
         **dice.maybe(ours=dice.number(900), potential=dice.number(900),
                      probability=f"0.{dice.rng.randrange(100):02}", checked_on=dice.day())}
        for department, offering in dice.rng.sample(every, dice.rng.choice([0, 1, 3, 6]))
    ]  # fmt: skip


def periods(dice: Dice) -> list[dict[str, Any]]:
    """Half-years with tasks, risks and reviews, some of them held."""
    halves = [("2025-h2", "2025-07-01", "2025-12-31"), ("2026-h1", "2026-01-01", "2026-06-30"), ("2026-h2", "2026-07-01", "2026-12-31")]  # fmt: skip
    out = []
    for name, start, end in halves[dice.rng.randrange(3) :]:
        names = ["entered", "other", "revenue", "counted"]
        plan = {
            "from": start, "to": end, "type": dice.rng.choice(["grow", "keep"]),
            **dice.maybe(vision="V"),
            "goals": [{"id": "g", "title": "T", "owner": "brandt"}] if dice.some(0.7) else [],
            "kpis": [{"kpi": kpi} for kpi in dice.rng.sample(names, dice.rng.randrange(4))],
        }  # fmt: skip
        period: dict[str, Any] = {
            "id": name,
            "plan": plan,
            "tasks": {"tasks": tasks(dice)},
            "risks": {
                "risks": [{"id": "r", "reason": "other", "probability": "1", "severity": "1"}] if dice.some() else [],
                **dice.maybe(checked_on=dice.day()),
            },
        }  # fmt: skip
        if dice.some(0.7):
            period["review"] = {
                **dice.maybe(planned_for=dice.day(), held_on=dice.day()),
                "commitments": [
                    {"step": f"s-{i}", "result": dice.rng.choice(["achieved", "partly", "missed"])}
                    for i in range(dice.rng.randrange(4))
                ],
            }
        out.append(period)
    return out


def tasks(dice: Dice) -> list[dict[str, Any]]:
    """Tasks of all sides; some done before, on and after the day, some on a span's last."""
    out: list[dict[str, Any]] = []
    for i in range(dice.rng.choice([0, 2, 12])):
        due = dice.rng.choice([dice.day(), dice.day(), dice.day(), "2026-12-31", "2026-08-17"])
        done = date.fromisoformat(due) + timedelta(days=dice.rng.choice([-9, -1, 0, 0, 1, 30]))
        side = dice.rng.choice(["brandt", "client:cio", "partner:edge"])
        task = {"id": f"t-{i}", "title": "T", "accountable": side, "due": due if dice.some(0.9) else "offen"}  # fmt: skip
        out.append(task | dice.maybe(done_on=str(done)))
    return out


def moods(dice: Dice) -> list[dict[str, Any]]:
    """Lines of the survey log that say how a person stood to us on a day."""
    lines: list[dict[str, Any]] = [
        {"date": dice.day(), "instrument": "sentiment", "by": "us",
         "score": dice.rng.choice(["-2", "-1", "0", "1", "2", "offen"]),
         "with": f"client:p-{dice.rng.randrange(6)}", "id": "", "corrects": ""}
        for _ in range(dice.rng.choice([0, 6, 12]))
    ]  # fmt: skip
    for i in range(len(lines) // 6):
        lines[i]["id"] = lines[-1 - i]["corrects"] = f"mood-{i}"
    return lines
