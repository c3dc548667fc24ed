"""The words that say what a value is, and what a passage is about, in both languages."""

from __future__ import annotations

import re

ROLES = {
    "actual": {"ist", "istwert", "actual", "heute", "now"},
    "target": {"ziel", "zielwert", "target", "target of", "statt", "instead of", "against"},
    "baseline": {"ausgang", "ausgangswert", "baseline"},
    "then": {"damals", "then"},
    "due": {"frist", "due"},
}
"""What columns, and words before a value, say that it is."""
ROLE_BEFORE = re.compile(r"(?:^|[\s,;(])(" + "|".join(sorted((w for r in ROLES.values() for w in r), key=len, reverse=True)) + r")\s$", re.I)  # fmt: skip
GAP_ROLES = {**{name: (name,) for name in ("numerator", "denominator", "n", "minimum", "left_out")}, "actual": ("actual",), "target": ("target", "step"), "baseline": ("baseline",), "level": ("influence", "strength"), "strength": ("strength",)}  # fmt: skip
"""What stands in a gap of a sentence, by the gap's name."""
CURRENCY = re.compile(r"(EUR|GBP|USD|CHF|[€£])\s?$")
WRONG = {
    "de": re.compile(r"\b(EUR|GBP|USD|CHF)\s\d"),
    "en": re.compile(r"\d\s(EUR|GBP|USD|CHF)\b"),
}
"""Money as the language does not write it."""
INSTEAD = re.compile(r"\s(statt|instead of|against)\s")
PRESENT = ("teilnehmende", "present", "attendees")
WHO = {"wer", "who", "verantwortlich", "responsible", "entscheidet", "decides"}
"""Columns that hold the one who is accountable."""
LEADS = {"Task": ("Goal", "PlanKpi", "Milestone", "Figure"), "Goal": ("Figure",), "PlanKpi": ("Figure",)}  # fmt: skip
"""A record that a passage is about, and those that are only named beside it."""
SAME_GOAL = ("zum selben Ziel", "for the same goal")
"""A row of a further KPI of the goal above."""
SPOKEN_OF = {"Insight", "Feedback", "Task", "Goal", "PlanKpi", "Decision", "NextStep", "Risk", "Objective", "Question", "Action", "ClientProblem", "Meeting", "Review", "ReviewDecision"}  # fmt: skip
"""Records in whose rows only their own people stand."""
PAST = ("nachbesprech", "debrief", "auswertung", "review", "letzten plan", "last plan", "verfehl", "missed", "erreicht", "reached", "gelungen", "went well", "not work", "zugesagt", "promise", "since", "seit", "then", "damals")  # fmt: skip
"""Words of passages that may speak of a period before the one that runs."""
