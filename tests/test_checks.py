"""Every rule has a wrong plan that it finds, at its place, and a right one that it leaves alone."""

from __future__ import annotations

import pytest

from conftest import ACCOUNT, PLAN, WORKSPACE, Write
from planwerk.checks import RULES, check
from planwerk.read import read
from planwerk.words import load_words

STAKEHOLDERS = """\
---
stakeholders:
  - id: cio
    name: Dr. Anna Keller
    share: client
  - id: buyer
    name: Petra Lindner
---
"""
TASKS = """\
---
tasks:
  - id: consent
    title: Einwilligung prüfen
    goal: loyalty
    accountable: client:cio
    due: 2026-12-01
    share: client
---
"""
SHARED_PLAN = PLAN.replace("owner: brandt", "owner: brandt\n    share: client", 1)
REVIEW = """\
---
held_on: 2026-11-01
outcomes:
  - kpi: nps
    cause: Zwei Standorte antworten kaum
next_steps:
  - id: visit
    for: kpi:nps
    title: Standorte besuchen
    accountable: brandt
    due: 2026-12-01
---
"""
CLOSED = PLAN.replace("2026-07-01", "2026-01-01").replace("2026-12-31", "2026-06-30")
VALUES = "date,kpi,value\n2026-06-30,nps,30\n"

CASES: dict[str, tuple[dict[str, str | bytes | None], dict[str, str | bytes | None], str]] = {
    "duplicate-id": (
        {"nordwind/2026-h2/plan.md": PLAN.replace("goals:\n", "goals:\n  - id: loyalty\n    title: Doppelt\n    kpis:\n      - nps\n    owner: brandt\n")},
        {}, "2026-h2/plan.md:10",
    ),
    "unknown-person": (
        {"nordwind/account.md": ACCOUNT.replace("brandt", "brand")}, {}, "account.md:4",
    ),
    "unknown-reference": (
        {"nordwind/account.md": ACCOUNT.replace("logistics", "logistic")}, {}, "account.md:3",
    ),
    "period-order": (
        {"nordwind/2026-h2/plan.md": PLAN.replace("to: 2026-12-31", "to: 2026-06-30")},
        {}, "plan.md:3",
    ),
    "kpi-without-target": (
        {"nordwind/2026-h2/plan.md": PLAN.replace("    target: 40\n", "")},
        {"nordwind/2026-h2/plan.md": PLAN.replace("target: 40", "target: offen")}, "plan.md:11",
    ),
    "kpi-without-owner": (
        {"nordwind/2026-h2/plan.md": PLAN.replace("    kpis:\n      - nps\n", "    kpis:\n      - margin\n")},
        {}, "plan.md:11",
    ),
    "goal-without-kpi": (
        {"nordwind/2026-h2/plan.md": PLAN.replace("    kpis:\n      - nps\n", "")}, {}, "plan.md:5",
    ),
    "never-shared": (
        {"nordwind/2026-h2/plan.md": PLAN.replace("    owner: brandt", "    kind: ours\n    share: client\n    owner: brandt")},
        {}, "plan.md:10",
    ),
    "shared-refers-to-internal": (
        {"nordwind/2026-h2/tasks.md": TASKS, "nordwind/stakeholders.md": STAKEHOLDERS},
        {"nordwind/2026-h2/tasks.md": TASKS, "nordwind/stakeholders.md": STAKEHOLDERS,
         "nordwind/2026-h2/plan.md": PLAN.replace("owner: brandt", "owner: brandt\n    share: client").replace("baseline: 31", "baseline: 31\n    share: client")},
        "tasks.md:5",
    ),
    "task-for-client-not-shared": (
        {"nordwind/2026-h2/tasks.md": TASKS.replace("    share: client\n", ""), "nordwind/stakeholders.md": STAKEHOLDERS},
        {}, "tasks.md:6",
    ),
    "disposition-without-evidence": (
        {"nordwind/stakeholders.md": STAKEHOLDERS.replace("    name: Petra Lindner\n", "    name: Petra Lindner\n    disposition: -1\n")},
        {"nordwind/stakeholders.md": STAKEHOLDERS.replace("    name: Petra Lindner\n", "    name: Petra Lindner\n    disposition: -1\n    evidence: Hat zweimal abgelehnt\n")},
        "stakeholders.md:8",
    ),
    "miss-without-next-step": (
        {"nordwind/2026-h2/plan.md": CLOSED, "nordwind/measurements.csv": VALUES,
         "nordwind/2026-h2/review.md": REVIEW.replace("kpi:nps", "kpi:margin")},
        {"nordwind/2026-h2/plan.md": CLOSED, "nordwind/measurements.csv": VALUES, "nordwind/2026-h2/review.md": REVIEW},
        "review.md",
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", [rule.NAME for rule in RULES])
def test_the_rule_finds_the_wrong_plan_and_leaves_the_right_one_alone(
    rule: str, workspace: Write
) -> None:
    wrong, right, place = CASES[rule]
    found = [p for p in check(read(workspace(wrong))) if p.rule == rule]
    assert found, f"{rule} did not find its planted fault"
    assert place in str(found[0].place)
    cleared = dict.fromkeys(wrong) | dict(right)
    root = workspace(cleared)
    for name in wrong:
        if name not in right and name not in ("nordwind/account.md", "nordwind/2026-h2/plan.md"):
            (root / "plans" / name).unlink()
    defaults = {"nordwind/account.md": ACCOUNT, "nordwind/2026-h2/plan.md": PLAN}
    workspace({n: right.get(n, c) for n, c in defaults.items()})
    assert [p for p in check(read(root)) if p.rule == rule] == []


def test_every_rule_has_words_in_both_languages_and_a_manual() -> None:
    for rule in RULES:
        assert "Wrong:" in (rule.__doc__ or "")
        assert "Right:" in (rule.__doc__ or "")
        for language in ("de", "en"):
            words = load_words(language)
            assert words(f"problem.{rule.NAME}.wrong")
            assert words(f"problem.{rule.NAME}.fix")


def test_both_languages_say_the_same_things() -> None:
    def keys(texts: object, at: str = "") -> set[str]:
        if not isinstance(texts, dict):
            return {at}
        return {key for name, part in texts.items() for key in keys(part, f"{at}.{name}")}

    german, english = load_words("de"), load_words("en")
    assert keys(german._texts) == keys(english._texts)
    assert WORKSPACE
