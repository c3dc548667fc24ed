"""What an approval stands for: goals, targets, vision and rationale, and nothing else."""

from __future__ import annotations

import hashlib
import json

from planwerk.model.plan import Plan

DIGITS = 12


def fingerprint(plan: Plan) -> str:
    """The digest of what was approved: 12 hexadecimal digits.

    Changes of owners, tasks or the plan's narrative leave it as it is; a changed goal, target,
    vision or rationale does not.
    """
    approved = {
        "vision": _plain(plan.vision),
        "rationale": _plain(plan.rationale),
        "goals": [
            [goal.id, goal.title, goal.kind, _plain(goal.description), list(goal.kpis)]
            for goal in plan.goals
        ],
        "targets": [
            [kpi.kpi, str(kpi.baseline), str(kpi.target), [[str(i.on), str(i.target)] for i in kpi.interim]]
            for kpi in plan.kpis
        ],
    }  # fmt: skip
    words = json.dumps(approved, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:DIGITS]


def _plain(words: object) -> str:
    """The words without their line breaks: wrapping a paragraph anew changes nothing."""
    return " ".join(str(words).split())
