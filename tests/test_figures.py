"""`planwerk kpis` and `planwerk health`: figures over accounts with what they rest on."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import Write
from planwerk.cli import cli
from planwerk.problems import Refusal


def run(root: Path, *words: str, language: str = "en") -> Result:
    return CliRunner().invoke(cli, ["-C", str(root), "--lang", language, *words])


def groups(root: Path, *words: str) -> list[dict[str, object]]:
    said = run(root, "kpis", *words, "--json")
    assert said.exit_code == 0, said.output
    return list(json.loads(said.stdout))


def test_a_rate_over_all_comes_of_sums_and_says_of_what(examples: Path) -> None:
    one = groups(examples, "email-reply-rate", "--by", "client")
    (whole,) = groups(examples, "email-reply-rate")
    counted = [g["counted"] for g in one]
    assert all(isinstance(c, dict) for c in counted)
    parts = [(Decimal(c["numerator"]), Decimal(c["denominator"])) for c in counted if isinstance(c, dict)]  # fmt: skip
    total = whole["counted"]
    assert isinstance(total, dict)
    answered, sent = (sum(column) for column in zip(*parts, strict=True))
    assert (Decimal(total["numerator"]), Decimal(total["denominator"])) == (answered, sent)
    assert Decimal(total["value"]) == 100 * Decimal(answered) / Decimal(sent)
    said = run(examples, "kpis", "email-reply-rate").stdout
    assert f"{answered} replies of {sent} delivered" in said
    assert "Meaning: " in said
    assert "Counted: " in said


def test_without_names_all_that_is_known_is_listed(examples: Path) -> None:
    said = run(examples, "kpis", language="de").stdout.splitlines()
    assert len(said) > 30
    assert any(line.startswith("Gewinnquote") and "60,0 %" in line.replace("\xa0", " ") for line in said)  # fmt: skip
    few = run(examples, "kpis", "email-reply-rate", "--by", "client", language="de").stdout
    assert any("zu wenige für eine Aussage" in line and "offen" in line for line in few.splitlines())  # fmt: skip
    assert not any(line.split()[-1:] == ["0"] for line in said)


@pytest.mark.parametrize("by", ["industry", "tier", "offering", "period"])
def test_each_dimension_names_its_groups(examples: Path, by: str) -> None:
    said = run(examples, "kpis", "revenue", "--by", by).stdout
    lines = [line for line in said.splitlines() if "counted" in line]
    assert len(lines) >= 2
    assert not any(line.strip().startswith("2025-") for line in lines)


def test_by_person_only_where_the_house_agreed(examples: Path, tmp_path: Path) -> None:
    refused = run(examples, "kpis", "revenue", "--by", "owner").exception
    assert isinstance(refused, Refusal)
    assert [p.rule for p in refused.problems] == ["not-by-owner"]


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (("kpis", "email-replyrate"), "kpi-not-counted"),
        (("kpis", "nps-entered"), "kpi-not-counted"),
        (("kpis", "--since", "2030-01-01"), "since-after"),
    ],
)
def test_what_cannot_be_told_is_said(examples: Path, words: tuple[str, ...], rule: str) -> None:
    refused = run(examples, *words).exception
    assert isinstance(refused, Refusal)
    assert refused.code == 2
    assert [p.rule for p in refused.problems] == [rule]


def test_the_nearest_kpi_is_offered(examples: Path) -> None:
    refused = run(examples, "kpis", "email-replyrate").exception
    assert isinstance(refused, Refusal)
    assert refused.problems[0].facts["nearest"] == "email-reply-rate"


def test_health_shows_what_each_part_adds_and_never_guesses(examples: Path) -> None:
    said = run(examples, "health", language="de").stdout.replace("\xa0", " ")
    first, last = said.splitlines()[0], said.rstrip().split("○")[-1]
    assert first.startswith(
        "▲ mittel  Brightwater Stores plc: 46 von 100 Punkten, 80 % des Gewichts"
    )
    assert "trägt" in said
    assert last.startswith(" unbekannt  Alpenfracht Speditions-GmbH: 20 % des Gewichts bekannt")
    assert "Zu wenige Fälle" in last
    found = json.loads(run(examples, "health", "--json").stdout)
    for one in found:
        adds = sum(Decimal(part["adds"]) for part in one["parts"] if part["adds"] is not None)
        assert one["points"] is None or abs(Decimal(one["points"]) - adds) < Decimal("1e-6")


def test_an_empty_house_knows_nothing_and_says_so(workspace: Write) -> None:
    root = workspace()
    assert run(root, "kpis", "revenue").stdout.count("open") == 1
    assert "unknown" in run(root, "health").stdout
