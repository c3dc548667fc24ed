"""Logs: as Excel writes them, merged by git, long, and each line counted once."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from conftest import Write
from planwerk import long_logs
from planwerk import read as reading_module
from planwerk.checks import check
from planwerk.format.fix import fix
from planwerk.kpis.case import booked
from planwerk.model.log import Log
from planwerk.model.logs import counting
from planwerk.model.types import MonthSum
from planwerk.problems import Problem, Severity
from planwerk.read import Reading, read

HEAD = "date,channel,direction,strategic,count,answered,with,topic,id,corrects\n"
LOG = "nordwind/interactions.csv"


def told(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(p.rule, f"{p.place.line}:{p.place.column}") for p in problems]


def interactions(reading: Reading) -> list[tuple[str, str, str]]:
    assert reading.portfolio is not None
    lines = reading.portfolio.accounts[0].interactions
    return [(str(line.date), line.channel, str(line.count)) for line in lines]


@pytest.mark.parametrize(
    ("written", "count"),
    [
        (b"date;channel;count\r\n09.03.2026;email;1,5\r\n", "1.5"),
        (b"\xef\xbb\xbfdate,channel,count\n2026-03-09,email,1.5\n", "1.5"),
        (b"date\tchannel\tcount\n2026-03-09\temail\t1,5\n", "1.5"),
        (b"date;channel;count;topic\n2026-03-09;email;1.500;a\n2026-03-09;email;2,5;b\n", "1500"),
    ],
)
def test_what_excel_writes_is_read(workspace: Write, written: bytes, count: str) -> None:
    reading = read(workspace({LOG: written}))
    assert reading.problems == []
    assert interactions(reading)[0] == ("2026-03-09", "email", count)


def test_windows_1252_is_told_at_its_first_letter_and_rewritten(workspace: Write) -> None:
    root = workspace({LOG: "date;channel;topic\n2026-03-09;call;Gespräch\n".encode("cp1252")})
    (problem,) = check(read(root))
    assert (problem.rule, problem.severity) == ("windows-1252", Severity.WARNING)
    assert (problem.place.line, problem.place.column) == (2, 22)
    assert fix(root).mended == 1
    assert (root / "plans" / LOG).read_text("utf-8") == "date,channel,topic\n2026-03-09,call,Gespräch\n"  # fmt: skip
    assert check(read(root)) == []


def test_a_broken_line_costs_only_itself(workspace: Write) -> None:
    lines = '2026-03-01,email\n2026-03-02,"email\n2026-03-03,fax\n2026-03-04,call\n'
    reading = read(workspace({LOG: "date,channel\n" + lines}))
    assert told(reading.problems) == [("broken-table", "3:12"), ("unknown-word", "4:12")]
    assert [day for day, _, _ in interactions(reading)] == ["2026-03-01", "2026-03-04"]


def test_what_a_union_merge_leaves_is_told_and_mended(workspace: Write) -> None:
    lines = ["2026-03-01,email,1", "date,channel,count", "2026-03-02,call,1"]
    root = workspace({LOG: "\n".join([*lines, "date,channel,count", lines[0], "2026-03-03,call,1"])})  # fmt: skip
    reading = read(root)
    assert sorted(told(reading.problems)) == [
        ("header-misplaced", "2:1"), ("header-repeated", "4:1"), ("line-twice", "5:1"),
    ]  # fmt: skip
    assert len(interactions(reading)) == 3
    assert fix(root).mended == 3
    assert (root / "plans" / LOG).read_text("utf-8") == (
        "date,channel,count\n2026-03-01,email,1\n2026-03-02,call,1\n2026-03-03,call,1\n"
    )


def test_two_heads_with_different_columns_need_a_person(workspace: Write) -> None:
    words = "date,channel\n2026-03-01,email\ndate,channel,topic\n"
    assert told(read(workspace({LOG: words})).problems) == [("header-changed", "3:1")]


def test_a_month_is_the_sum_of_its_single_lines(workspace: Write) -> None:
    lines = "2026-03,email,out,ja,9\n2026-03-11,email,out,ja,1\n2026-03-12,email,in,ja,1\n2026-04-11,email,out,ja,1\n"  # fmt: skip
    root = workspace({LOG: "date,channel,direction,strategic,count\n" + lines})
    reading = read(root)
    assert reading.portfolio is not None
    log = reading.portfolio.accounts[0].interactions
    assert (log[0].date, type(log[0].date)) == (date(2026, 3, 31), MonthSum)
    assert sum(int(line.count) for line in counting(log)) == 9 + 1 + 1
    assert told(check(reading)) == [("sum-beside-lines", "3:1")]


def test_a_correction_stands_in_for_its_line(workspace: Write) -> None:
    words = "date,kind,amount,id,corrects\n2026-09-30,new,4000,a,\n2026-09-30,new,4200,b,a\n2026-09-30,new,4300,,b\n"  # fmt: skip
    reading = read(workspace({"nordwind/revenue.csv": words}))
    assert reading.portfolio is not None
    assert [str(r.amount) for r in counting(reading.portfolio.accounts[0].revenue)] == ["4300"]


def test_lines_that_correct_each_other_are_unclear(workspace: Write) -> None:
    words = "date,kind,amount,id,corrects\n2026-09-30,new,1,a,b\n2026-09-30,new,2,b,a\n"
    found = told(check(read(workspace({"nordwind/revenue.csv": words}))))
    assert ("correction-unclear", "2:20") in found


def many(count: int) -> str:
    """A log with some of everything that can be wrong."""
    chance = random.Random(7)
    lines = []
    for number in range(count):
        day = f"2026-{chance.randint(1, 10):02}-{chance.randint(1, 28):02}"
        topic = chance.choice(["Angebot", '"Angebot, zweite Fassung"', '"Ein ""Wort"""', "", '"a\nb"'])  # fmt: skip
        channel = chance.choice(["email", "call"] * 40 + ["fax"])
        of = chance.choice(["1", "2", "1,5", "viel"]) if chance.random() < 0.02 else "1"
        of = f'"{of}"' if "," in of else of
        lines.append(f"{day},{channel},out,ja,{of},,,{topic},line-{number % (count - 5)},\n")
        if chance.random() < 0.01:
            lines.append(chance.choice([lines[-1], HEAD, '2026-01-01,"email\n', "x" + "," * 12 + "y\n"]))  # fmt: skip
    return HEAD + "".join(lines)


def test_a_long_log_says_what_a_short_one_says(
    workspace: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace({LOG: many(3000)})
    short = read(root)
    expected, lines = check(short), interactions(short)
    monkeypatch.setattr(reading_module, "LONG", 1000)
    monkeypatch.setattr(long_logs, "TOLD", 10**6)
    long = read(root)
    assert long.portfolio is not None
    assert isinstance(long.portfolio.accounts[0].interactions, Log)
    assert interactions(long) == lines
    rules = {p.rule for p in expected}
    assert {"line-twice", "header-repeated", "unknown-word", "duplicate-id"} <= rules
    # of a line that is wrong and there twice, the long log tells what is wrong twice
    found = sorted(check(long), key=lambda p: p.order)
    expected = sorted(expected, key=lambda p: p.order)
    wrong = {p.place.line for p in found if p.rule in ("unknown-word", "wrong-number", "too-many-cells")}  # fmt: skip
    assert [p for p in found if p.place.line not in wrong] == [p for p in expected if p.place.line not in wrong]  # fmt: skip
    assert wrong >= {p.place.line for p in expected if p.rule == "unknown-word"}


def test_a_log_of_nothing_but_mistakes_is_told_in_short(
    workspace: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_module, "LONG", 1000)
    root = workspace({LOG: "date,channel\n" + "2026-03-01,fax\n2026-03-02,fax\n" * 2000})
    problems = read(root).problems
    assert len(problems) == long_logs.TOLD + 1
    (last,) = [p for p in problems if p.rule == "more-problems"]
    assert last.facts["found"] == "3000"


def test_a_new_workspace_merges_logs_by_lines(tmp_path: Path) -> None:
    from planwerk.scaffold.workspace import GITATTRIBUTES, scaffold

    scaffold(tmp_path, "de")
    assert (tmp_path / ".gitattributes").read_text("utf-8") == GITATTRIBUTES
    assert "interactions.csv merge=union\n" in GITATTRIBUTES


def test_the_sum_of_a_month_counts_once_in_a_kpi(workspace: Write) -> None:
    log = "date,kind,amount\n2026-08-03,upsell,400\n2026-08-20,upsell,500\n2026-08,upsell,1000\n"
    reading = read(workspace({"nordwind/revenue.csv": log}))
    assert reading.portfolio is not None
    account = reading.portfolio.account("nordwind")
    assert [line.amount for line in booked(account, reading.portfolio.workspace)] == [1000]


@pytest.mark.parametrize(
    "amounts",
    [
        ["1.234", "7", "1.234,5"],  # shown late: the first is read anew
        ["1,234", "7", "1,234.5"],
        ["1.5", "7", "1.234"],
        ["1.234", "7", "8"],  # never shown: it stays unclear
        ["1.234", "1,5", "1.5"],  # both ways of writing
        ["7", "8", "9.5"],
    ],
)
@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_long_log_learns_how_decimals_are_written_as_a_short_one(
    workspace: Write, monkeypatch: pytest.MonkeyPatch, amounts: list[str], separator: str
) -> None:
    filler = [f"2026-{1 + n % 9:02};upsell;{n}" for n in range(16_000)]
    told_at = [0, 8_000, 16_000]
    lines = list(filler)
    for at, amount in zip(reversed(told_at), reversed(amounts), strict=True):
        lines.insert(at, f"2026-10-01;renewal;{amount}")
    words = "\n".join(["date;kind;amount", *lines]).replace(";", separator)
    root = workspace({"nordwind/revenue.csv": words + "\n"})

    def seen() -> tuple[list[object], list[tuple[str, str]]]:
        reading = read(root)
        assert reading.portfolio is not None
        log = reading.portfolio.accounts[0].revenue
        return [(line.date, line.kind, line.amount) for line in log], told(reading.problems)

    short = seen()
    monkeypatch.setattr(reading_module, "LONG", 1000)
    assert seen() == short
