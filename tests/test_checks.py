"""Every rule finds the wrong plan of its manual page and leaves the right one alone."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from pathlib import Path, PurePosixPath
from types import ModuleType

import pytest

import rule_cases
from conftest import ACCOUNT, PLAN, WORKSPACE, Write
from planwerk.checks import RULES, check, duplicate_id, target_without_precedent
from planwerk.checks.rule import Tier
from planwerk.model.account import Measurement
from planwerk.model.approval import fingerprint
from planwerk.model.plan import Plan
from planwerk.model.portfolio import Account, Period
from planwerk.model.record import Record
from planwerk.model.validate import validate
from planwerk.problems import Severity
from planwerk.read import read
from planwerk.report import tell
from planwerk.text.front_matter import read_front_matter
from planwerk.text.source import Source, split
from planwerk.words import load_words


def plan_of(words: str) -> Plan:
    path = PurePosixPath("plan.md")
    source = split(path, words)
    assert isinstance(source, Source)
    record, problems = validate(Plan, read_front_matter(path, source.front)[0], path)
    assert record is not None, problems
    return record


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.NAME)
def test_the_rule_finds_the_wrong_plan_and_leaves_the_right_one_alone(
    rule: ModuleType, tmp_path: Path
) -> None:
    wrong, right = rule_cases.examples(rule.__doc__ or "")
    assert wrong
    assert right
    found = check(
        read(rule_cases.write(tmp_path / "wrong", wrong)),
        also=(rule.NAME,),
        strict=rule.TIER is Tier.STRICT,
    )
    mine = [p for p in found if p.rule == rule.NAME]
    assert mine, f"{rule.NAME} did not find its planted fault, but {[p.rule for p in found]}"
    assert f"{mine[0].place.path}" in wrong or mine[0].place.path.name in (
        "stakeholders.md",
        "account.md",
    )
    _, right = rule_cases.examples(
        (rule.__doc__ or "").replace("FINGERPRINT", mine[0].facts.get("present", ""))
    )
    root = rule_cases.write(tmp_path / "right", right)
    left = check(read(root), also=(rule.NAME,), strict=rule.TIER is Tier.STRICT)
    assert [p for p in left if p.rule == rule.NAME] == []
    assert [p for p in check(read(root)) if p.severity is Severity.ERROR] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.NAME)
def test_the_message_of_the_rule_has_no_gap(rule: ModuleType, tmp_path: Path) -> None:
    wrong, _ = rule_cases.examples(rule.__doc__ or "")
    found = check(read(rule_cases.write(tmp_path, wrong)), also=(rule.NAME,), strict=True)
    mine = next(p for p in found if p.rule == rule.NAME)
    for language in ("de", "en"):
        words = load_words(language)
        for part in ("wrong", "fix"):
            gaps = set(re.findall(r"{([a-z_]+)}", words(f"problem.{rule.NAME}.{part}")))
            assert gaps <= set(mine.facts), f"{language}: {gaps - set(mine.facts)}"
        assert all(tell(mine, words))


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
        if not isinstance(texts, Mapping):
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
    looked_at = {id(r) for records, *_ in duplicate_id._scopes(account) for r in records}
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


def test_what_could_not_be_read_is_not_missed_elsewhere(tmp_path: Path) -> None:
    meeting = "on: 2026-11-10\nkind: regular\nactions:\n  - id: send-list\n    title: Liste\n    accountable: brandt\n    due: offen\n    task: send-list\n"
    files = {"plans/nordwind/meetings/2026-11-10-x.md": meeting}
    files["plans/nordwind/2026-h2/tasks.md"] = "tasks:\n  - id: send-list\n    titel: Liste\n"
    rules = {p.rule for p in check(read(rule_cases.write(tmp_path, files)))}
    assert "unknown-key" in rules
    assert "unknown-reference" not in rules


@pytest.mark.parametrize(
    ("words", "fix"),
    [
        ("kind: unser", "Schreiben Sie eines davon."),
        ("kind: relationshp", "Schreiben Sie relationship."),
        ("kind: Ziel des Kunden", "Schreiben Sie client."),
    ],
)
def test_a_word_is_proposed_only_where_it_is_meant(words: str, fix: str, tmp_path: Path) -> None:
    plan = rule_cases.BASE["plans/nordwind/2026-h2/plan.md"].replace(
        "    owner", f"    {words}\n    owner"
    )
    found = check(read(rule_cases.write(tmp_path, {"plans/nordwind/2026-h2/plan.md": plan})))
    (problem,) = [p for p in found if p.rule == "unknown-word"]
    assert tell(problem, load_words("de"))[1] == fix


TOLD = "---\nshare: client\n---\n"
OTHER = "---\nname: NAME\nindustry: logistics\nowner: brandt\n---\n"


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("B. Braun SE", "So wie bei B. Braun gesehen.", "B. Braun"),
        ("Dr. Oetker KG", "So wie bei Dr. Oetker gesehen.", "Dr. Oetker"),
        ("Brightwater AG", "So wie bei _Brightwater_ gesehen.", "Brightwater"),
        ("Brightwater AG", "So wie Bright Water es macht.", "Bright Water"),
        ("Brightwater AG", "Brightwaters Anlage steht still.", "Brightwaters"),
        ("Verein für Handel und Gewerbe in Nord und Süd", "Der Verein für Handel und Gewerbe in Nord und Süd.", "Verein für Handel und Gewerbe in Nord und Süd"),
        ("Inform GmbH", "Informationen in Form einer Liste.", ""),
        ("Nordwind GmbH", "Willkommen, Nordwind.", ""),
    ],
)  # fmt: skip
def test_another_client_is_found_however_its_name_is_written(
    name: str, words: str, said: str, workspace: Write
) -> None:
    root = workspace(
        {"nordwind/client.md": TOLD + words + "\n", "aother/account.md": OTHER.replace("NAME", name),
         "zother/account.md": OTHER.replace("NAME", name)}
    )  # fmt: skip
    mine = [p for p in check(read(root)) if p.rule == "other-client-named"]
    assert [p.facts["found"] for p in mine] == ([said] if said else [])


def test_another_client_is_found_in_titles_of_people_and_in_forces(workspace: Write) -> None:
    force = "---\nforces:\n  - force: rivalry\n    strength: 4\n    consequence: Brightwater drückt Preise\n    share: client\n---\n"  # fmt: skip
    people = "---\nstakeholders:\n  - id: cio\n    name: Eva Brightwater\n    title: CIO, zuvor Brightwater\n    share: client\n---\n"  # fmt: skip
    root = workspace(
        {
            "brightwater/account.md": OTHER.replace("NAME", "Brightwater AG"),
            "industries/logistics.md": force,
            "nordwind/stakeholders.md": people,
        }
    )
    for share in ("    share: client\n", ""):
        (root / "plans/industries/logistics.md").write_text(force.replace("    share: client\n", share))  # fmt: skip
        (root / "plans/nordwind/stakeholders.md").write_text(people.replace("    share: client\n", share))  # fmt: skip
        mine = [p for p in check(read(root)) if p.rule == "other-client-named"]
        assert sorted(f"{p.place}" for p in mine) == (
            ["plans/industries/logistics.md:5:18", "plans/nordwind/stakeholders.md:5:23"] if share else []
        )  # fmt: skip


def found(root: Path, rule: str) -> list[str]:
    return [f"{p.place}" for p in check(read(root), strict=True) if p.rule == rule]


PERSON = "---\nstakeholders:\n  - id: cio\n    name: Petra Lindner\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [("Euro", "EUR"), ("eur", "EUR"), ("€", "EUR"), ("US-Dollar", "USD"), ("Schweizer Franken", "CHF"), ("Swedish krona", "SEK"), ("qqqqqq", "")],
)  # fmt: skip
def test_a_currency_that_was_written_out_is_proposed_by_its_letters(
    words: str, code: str, workspace: Write
) -> None:
    root = workspace({"workspace.yml": f"{WORKSPACE}currency: {words}\n"})
    (problem,) = [p for p in check(read(root)) if p.rule == "wrong-currency"]
    assert problem.facts["nearest"] == code
    wrong, fix = tell(problem, load_words("de"))
    assert wrong == f"{words} ist kein Kürzel einer Währung."
    assert fix.startswith(f"Meinten Sie {code}? Schreiben Sie" if code else "Schreiben Sie")


def test_two_accounts_of_one_name_are_told_once(workspace: Write) -> None:
    """Whatever the case and the accents; the legal form tells firms apart."""
    named = {"alpen": "Nordwind GmbH", "sued": "NORDWIND  AG", "west": "Nordwind-AG", "zwei": "{x"}
    root = workspace({f"{a}/account.md": ACCOUNT.replace("Nordwind AG", n) for a, n in named.items()})  # fmt: skip
    assert found(root, "same-name-twice") == ["plans/sued/account.md:2:7", "plans/west/account.md:2:7"]  # fmt: skip
    others = {p.facts["other"] for p in check(read(root)) if p.rule == "same-name-twice"}
    assert others == {"nordwind"}


def test_the_name_of_an_account_that_cannot_be_read_counts_too(workspace: Write) -> None:
    root = workspace({"alpen/account.md": ACCOUNT.replace("owner", "ownr"), "nordwind/account.md": ACCOUNT})  # fmt: skip
    assert found(root, "same-name-twice") == ["plans/nordwind/account.md:2:7"]


def test_a_circle_is_found_from_whomever_it_is_entered(workspace: Write) -> None:
    people = (
        PERSON + "    reports_to: client:ceo\n  - id: ceo\n    name: offen\n    reports_to: client:cfo\n"
        "  - id: cfo\n    name: offen\n    reports_to: client:ceo\n---\n"
    )  # fmt: skip
    root = workspace({"nordwind/stakeholders.md": people})
    assert found(root, "reports-in-circle") == ["plans/nordwind/stakeholders.md:8:17"]


def test_ids_that_others_gave_are_left_alone(workspace: Write) -> None:
    rivals = "---\ncompetitors:\n  - id: o2\n    name: O2\n  - id: c1\n    name: Alpenpost\n---\n"
    root = workspace(
        {
            "nordwind/q3/plan.md": PLAN,
            "nordwind/opportunities.csv": "id,offering,outcome\nd-1042,survey,open\n",
            "nordwind/competition.md": rivals,
        }
    )
    assert found(root, "id-not-worded") == ["plans/nordwind/competition.md:5:9"]


def test_a_finding_stands_at_its_column_of_a_table(workspace: Write) -> None:
    root = workspace(
        {
            "nordwind/features.csv": "feature,name,client,acme\nexport,Export,yes,no\n",
            "nordwind/revenue.csv": "date,kind,amount,currency\n2026-09-01,upsell,1000,offen\n",
            "nordwind/measurements.csv": "date,kpi,value,source,note\n2026-09-01,nps,3,von @ciio,an @ciio\n",
        }
    )  # fmt: skip
    assert found(root, "unknown-reference") == ["plans/nordwind/features.csv:2:19"]
    assert found(root, "currency-without-rate") == ["plans/nordwind/revenue.csv:2:24"]
    assert sorted(found(root, "unknown-mention")) == [f"plans/nordwind/measurements.csv:2:{n}" for n in (22, 31)]  # fmt: skip
    assert "Unknown" not in "".join(str(p.facts) for p in check(read(root)))


@pytest.mark.parametrize(
    ("body", "place"),
    [("Hier steht Petra\nLindner.", "4:12"), ("<!-- Petra Lindner -->\nDas ist Petra Lindner.", "5:9")],
)  # fmt: skip
def test_words_are_found_over_lines_and_not_in_hints(
    body: str, place: str, workspace: Write
) -> None:
    root = workspace({"nordwind/stakeholders.md": PERSON + "---\n", "nordwind/client.md": TOLD + body + "\n"})  # fmt: skip
    assert found(root, "personal-name") == [f"plans/nordwind/client.md:{place}"]


@pytest.mark.parametrize("name", ["Dr.-Ing. Petra Lindner", "Dipl.-Ing. Petra Lindner", "Prof. Dr. rer. nat. Petra Lindner, MBA"])  # fmt: skip
def test_degrees_hide_no_name(name: str, workspace: Write) -> None:
    people = PERSON.replace("Petra Lindner", name) + "---\n"
    root = workspace({"nordwind/stakeholders.md": people, "nordwind/client.md": TOLD + "Petra Lindner.\n"})  # fmt: skip
    assert found(root, "personal-name") == ["plans/nordwind/client.md:4:1"]


def test_a_firm_that_bears_its_owners_name_can_be_named(workspace: Write) -> None:
    root = workspace(
        {
            "nordwind/account.md": OTHER.replace("NAME", "Petra Lindner GmbH"),
            "nordwind/stakeholders.md": PERSON + "---\n",
            "nordwind/client.md": TOLD + "Die Petra Lindner GmbH und Frau Lindner.\n",
        }
    )
    assert found(root, "personal-name") == ["plans/nordwind/client.md:4:28"]


def test_the_longest_way_is_that_of_each_pair_within_the_time() -> None:
    chance = random.Random(7)
    period = Period.model_construct(id="p", plan=plan_of(PLAN))
    for _ in range(50):
        days = [date(2025, 1, 1) + timedelta(days=chance.randrange(500)) for _ in range(12)]
        lines = [Measurement(date=d, kpi="nps", value=Decimal(chance.randrange(60))) for d in days]
        account = Account.model_construct(measurements=tuple(lines))
        kpi = period.plan.kpis[0]
        length = period.plan.to - period.plan.from_ + timedelta(days=1)
        ways = [
            abs(a.value - b.value) for a, b in combinations(lines, 2)
            if abs(b.date - a.date) <= length
        ]  # fmt: skip
        assert target_without_precedent._longest(account, period, kpi) == max(ways)
