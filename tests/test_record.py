"""`planwerk record`: one checked line, as the file is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import Write
from planwerk import read as reading_module
from planwerk.checks import check
from planwerk.cli import cli
from planwerk.problems import Refusal
from planwerk.read import read

LOG = "plans/nordwind/interactions.csv"


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(root), "record", *words])


def refused(result: Result) -> list[str]:
    assert isinstance(result.exception, Refusal), result.output
    return [p.rule for p in result.exception.problems]


def test_a_log_that_is_not_there_is_made_with_its_head(workspace: Write) -> None:
    root = workspace()
    done = run(root, "interaction", "nordwind", "--channel", "call", "--topic", "Angebot, neu")
    assert done.output == f'{LOG}:2: 2026-11-23,call,,,,,,,,,,"Angebot, neu",,\n'
    assert (root / LOG).read_text().startswith("date,channel,direction,strategic,count")
    assert check(read(root)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"date;kpi;value\r\n2026-10-01;nps;31,5\r\n", b"2026-11-01;nps;32,25\r\n"),
        (b"date,kpi,value\n2026-10-01,nps,31.5", b"\n2026-11-01,nps,32.25\n"),
        ("date;kpi;note;value\n2026-10-01;nps;für alle;31\n".encode("cp1252"), b"2026-11-01;nps;;32,25\n"),
        (b"kpi\tdate\tvalue\nnps\t2026-10-01\t31\n", b"nps\t2026-11-01\t32.25\n"),
    ],
)  # fmt: skip
def test_the_line_is_written_as_the_file_is(workspace: Write, old: bytes, new: bytes) -> None:
    root = workspace({"nordwind/measurements.csv": old})
    done = run(root, "kpi", "nordwind", "--date", "1.11.2026", "--kpi", "nps", "--value", "32,25")
    assert done.exit_code == 0, done.exception
    assert (root / "plans/nordwind/measurements.csv").read_bytes() == old + new
    values = read(root).portfolio.accounts[0].measurements  # type: ignore[union-attr]
    assert str(values[1].value) == "32.25"


def test_a_column_that_is_new_goes_to_the_end_of_the_head(workspace: Write) -> None:
    root = workspace({"nordwind/interactions.csv": "date,channel\n2026-11-01,call\n"})
    assert run(root, "interaction", "nordwind", "--channel", "email", "--count", "3").exit_code == 0
    assert (root / LOG).read_text() == "date,channel,count\n2026-11-01,call\n2026-11-23,email,3\n"
    assert read(root).problems == []


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["interaction", "--channel", "fax"], "unknown-word"),
        (["interaction", "--channel", "call", "--date", "2026-02-30"], "no-such-day"),
        (["interaction", "--channel", "call", "--with", "client:nobody"], "unknown-person"),
        (["kpi", "--kpi", "npx", "--value", "3"], "unknown-reference"),
        (["kpi", "--kpi", "nps", "--value", "1.234"], "ambiguous-number"),
        (["kpi", "--kpi", "nps", "--value", "33", "--date", "2026-10-01"], "measured-twice"),
        (["kpi", "--kpi", "nps", "--value", "31", "--date", "2026-10-01"], "line-twice"),
        (["revenue", "--kind", "new"], "new-needs"),
    ],
)
def test_what_a_check_would_refuse_is_not_written(
    workspace: Write, words: list[str], rule: str
) -> None:
    old = "date,kpi,value\n2026-10-01,nps,31\n"
    root = workspace({"nordwind/measurements.csv": old})
    assert rule in refused(run(root, words[0], "nordwind", *words[1:]))
    assert (root / "plans/nordwind/measurements.csv").read_text() == old
    assert not (root / LOG).exists()


def test_a_long_log_gets_its_line_too(workspace: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "".join(f"2026-10-{n % 28 + 1:02},call,,line-{n}\n" for n in range(200))
    root = workspace({"nordwind/interactions.csv": "date,channel,with,id\n" + lines})
    monkeypatch.setattr(reading_module, "LONG", 1000)
    done = run(root, "interaction", "nordwind", "--channel", "call", "--id", "line-200")
    assert done.output == f"{LOG}:202: 2026-11-23,call,,line-200\n"
    assert "duplicate-id" in refused(run(root, "interaction", "nordwind", "--channel", "email", "--id", "line-7"))  # fmt: skip


def test_all_columns_can_be_given() -> None:
    from planwerk.cli_record import COLUMNS, FOR_ALL
    from planwerk.recording import LOGS, columns

    for name in LOGS:
        assert set(columns(name)) == {*COLUMNS[name], *FOR_ALL}
