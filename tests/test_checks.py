"""Every rule has a wrong plan that it finds, at its place, and a right one that it leaves alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from conftest import ACCOUNT, PLAN, WORKSPACE, Write
from planwerk.checks import RULES, check, duplicate_id
from planwerk.model.approval import fingerprint
from planwerk.model.plan import Plan
from planwerk.model.portfolio import Period
from planwerk.model.record import Record
from planwerk.model.validate import validate
from planwerk.read import read
from planwerk.text.front_matter import read_front_matter
from planwerk.text.source import Source, split
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

RISK = "---\nrisks:\n  - id: budget\n    reason: budget\n    probability: 3\n    severity: 4\n    owner: brandt\n---\n"


def approved(digits: str) -> str:
    """The plan with an approval; `@@@` stands for the right fingerprint."""
    if digits == "@@@":
        digits = fingerprint(plan_of(approved("000000000000")))
    lines = f"approvals:\n  - by: brandt\n    on: 2026-07-03\n    fingerprint: {digits}\n"
    return PLAN.removesuffix("---\n") + f"{lines}---\n"


def plan_of(words: str) -> Plan:
    path = PurePosixPath("plan.md")
    source = split(path, words)
    assert isinstance(source, Source)
    record, problems = validate(Plan, read_front_matter(path, source.front)[0], path)
    assert record is not None, problems
    return record


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
    "approval-stale": (
        {"nordwind/2026-h2/plan.md": approved("000000000000")},
        {"nordwind/2026-h2/plan.md": approved("@@@")}, "plan.md:17",
    ),
    "question-without-person": (
        {"nordwind/interview.md": "---\nquestions:\n  - id: own\n    text: Warum?\n    owner: brandt\n---\n"},
        {"nordwind/interview.md": "---\nquestions:\n  - id: own\n    text: Warum?\n    owner: brandt\n    due: 2026-12-01\n---\n"},
        "interview.md:3",
    ),
    "fact-without-consequence": (
        {"nordwind/competition.md": "---\nforces:\n  - force: rivalry\n    strength: 4\n---\n"},
        {"nordwind/competition.md": "---\nforces:\n  - force: rivalry\n    strength: 4\n    consequence: offen\n---\n"},
        "competition.md:3",
    ),
    "risk-without-answer": (
        {"nordwind/2026-h2/tasks.md": TASKS, "nordwind/2026-h2/risks.md": RISK},
        {"nordwind/2026-h2/tasks.md": TASKS, "nordwind/2026-h2/risks.md": RISK.replace("    owner: brandt\n", "    owner: brandt\n    mitigations:\n      - consent\n")},
        "risks.md:3",
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


def test_an_approval_outlives_every_change_that_was_not_approved() -> None:
    before = fingerprint(plan_of(PLAN))
    for same in (
        PLAN.replace("owner: brandt", "owner: demir"),
        PLAN + "\nDer Text des Plans.\n",
        PLAN.replace("goals:", "type: renew\ngoals:"),
    ):
        assert same != PLAN
        assert fingerprint(plan_of(same)) == before
    for other in (
        PLAN.replace("target: 40", "target: 41"),
        PLAN.replace("baseline: 31", "baseline: 30"),
        PLAN.replace("auf 40 heben", "auf 41 heben"),
        PLAN.replace("goals:", "vision: Mehr\ngoals:"),
        PLAN.replace("goals:", "rationale: Darum\ngoals:"),
    ):
        assert other != PLAN
        assert fingerprint(plan_of(other)) != before


def test_every_record_with_an_id_is_looked_at_for_a_second_one(examples: Path) -> None:
    portfolio = read(examples).portfolio
    assert portfolio is not None
    account = portfolio.account("nordwind-logistik")
    looked_at = {id(r) for records, _ in duplicate_id._scopes(account) for r in records}
    found = [
        r for r in records_below(account) if getattr(r, "id", "") and not isinstance(r, Period)
    ]
    assert len(found) > 50
    assert {type(r).__name__ for r in found if id(r) not in looked_at} == set()


def records_below(record: Record) -> Iterator[Record]:
    """Every record within `record`, at any depth."""
    for value in record.__dict__.values():
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Record):
                yield part
                yield from records_below(part)
