"""Problems as people and programs read them: excerpts, annotations, reports of code hosts."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from conftest import PLAN, Write
from planwerk.checks import check
from planwerk.problems import Place, Problem, Severity
from planwerk.read import read
from planwerk.report import Sources, as_text, for_machines, summary, tell
from planwerk.report.excerpt import LIMIT, columns_of, excerpt
from planwerk.report.gitlab import fingerprints
from planwerk.words import load_words

GOLDEN = Path(__file__).parent / "golden"
BOTH = pytest.mark.parametrize("language", ["de", "en"])
PATH = PurePosixPath("plans/nordwind/2026-h2/plan.md")
HOSTILE = "a\x1b[31m\x07b\u202ec\ud800d\r\n::error::%0A, : \u2028 <b>"
MACHINES = ("json", "github", "gitlab", "sarif")


def problem(line: int = 1, rule: str = "unknown-person", **more: Any) -> Problem:
    place = Place(more.pop("path", PATH), line, more.pop("column", 1), more.pop("width", 1))
    severity = more.pop("severity", Severity.ERROR)
    return Problem(rule, place, severity, {"found": "brant", "nearest": "brandt", **more})


def told(form: str, problems: list[Problem], root: Path = Path("nowhere")) -> str:
    return for_machines(form, problems, load_words("de"), Sources(root))


# --- for people ------------------------------------------------------------------------------


FAULTY = {
    "nordwind/2026-h2/plan.md": PLAN.replace("target: 40", "target: 180.000").replace(
        "owner: brandt", "owner: brant\n    rational: x"
    ),
    "nordwind/measurements.csv": "date,kpi,value\n2026-09-30,nps,30\n2026-09-30,nps,33\n",
    "nordwind/notes.txt": "x",
}


@BOTH
def test_the_text_is_the_golden_one(workspace: Write, language: str) -> None:
    root = workspace(FAULTY)
    words, problems = load_words(language), check(read(root))
    text = as_text(problems, words, Sources(root), False) + summary(problems, words, 1, 5) + "\n"
    golden = GOLDEN / f"report.{language}.txt"
    if os.environ.get("PLANWERK_UPDATE_GOLDENS"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def test_problems_of_a_file_stand_together(workspace: Write) -> None:
    root = workspace({**FAULTY, "nordwind/2026-h2/tasks.md": "---\ntask: x\n---\n"})
    text = as_text(check(read(root)), load_words("de"), Sources(root), False)
    files = re.findall(r"  (plans/[\w./-]+\.\w+)", text)
    assert len(files) > len(set(files))
    assert [f for f, g in zip(files, ["", *files], strict=False) if f != g] == sorted(set(files))


def test_where_to_read_more_is_said_once_a_rule() -> None:
    problems = [problem(1), problem(2), problem(3, "unknown-reference", kind="goal")]
    text = as_text(problems, load_words("en"), Sources(Path("nowhere")), False)
    assert re.findall(r"More: planwerk explain (.*)", text) == [
        "unknown-person",
        "unknown-reference",
    ]


@pytest.mark.parametrize(
    ("line", "column", "width", "shown", "marks"),
    [
        ("owner: brant", 8, 5, "owner: brant", "       ^^^^^"),
        ("\towner: x", 9, 1, "    owner: x", "           ^"),
        ("ab\tx", 4, 1, "ab  x", "    ^"),
        ("name: 東京 brant", 10, 5, "name: 東京 brant", "           ^^^^^"),
        ("name: 東京", 7, 2, "name: 東京", "      ^^^^"),
        ("na\u0308me: x", 8, 1, "na\u0308me: x", "      ^"),
        ("x\x1b[31m: y", 8, 1, "x\ufffd[31m: y", "       ^"),
        ("a\u00a0b", 3, 1, "a b", "  ^"),
        ("short", 40, 3, "short", "     ^"),
        ("", 1, 1, "", "^"),
    ],
)
def test_the_underline_is_below_the_place(
    line: str, column: int, width: int, shown: str, marks: str
) -> None:
    e = excerpt(line, column, width)
    assert e.before + e.marked + e.after == shown
    assert " " * e.indent + "^" * e.width == marks


@pytest.mark.parametrize("column", [1, 50, 95, 150, 400, 596])
@pytest.mark.parametrize("fill", ["x", "東", "a\u0301"])
def test_a_long_line_is_cut_around_the_place(column: int, fill: str) -> None:
    line = list((fill * 600)[:600])
    line[column - 1 : column + 4] = "brant"
    e = excerpt("".join(line), column, 5)
    assert e.marked == "brant"
    assert e.width == 5
    whole = e.before + e.marked + e.after
    assert columns_of(whole) <= LIMIT
    assert columns_of(e.before) == e.indent
    needed = columns_of("".join(line[: column + 4]))
    assert e.before.startswith("…") == (needed > LIMIT - 1)


def test_a_place_wider_than_the_line_allows_is_cut_at_the_right() -> None:
    e = excerpt("x" * 400, 50, 300)
    assert columns_of(e.before + e.marked + e.after) <= LIMIT
    assert e.after == "…"
    assert e.width == len(e.marked)


def test_colours_mark_severity_rule_and_place() -> None:
    plain = as_text([problem()], load_words("de"), Sources(Path("nowhere")), False)
    coloured = as_text([problem()], load_words("de"), Sources(Path("nowhere")), True)
    assert "\x1b[31m\x1b[1mFehler\x1b[0m \x1b[1munknown-person\x1b[0m" in coloured
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


def test_a_file_cannot_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "evil.md").write_bytes(HOSTILE.encode("utf-8", "surrogatepass"))
    bad = problem(found=HOSTILE, path=PurePosixPath("evil.md"))
    text = as_text([bad], load_words("de"), Sources(tmp_path), False)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e\u2028]", text)
    assert text.encode("utf-8")


def test_of_a_picture_or_document_no_line_is_shown(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\3\4\24\0\0\0word\n")
    assert Sources(tmp_path).line(Place(PurePosixPath("a.docx"))) is None


@BOTH
def test_a_fix_never_proposes_nothing(language: str) -> None:
    words = load_words(language)
    for rule, texts in words.group("problem").items():
        assert isinstance(texts, dict)
        fix = tell(Problem(rule, Place(PATH)), words)[1]
        assert fix
        if "{nearest}" in texts["fix"]:
            assert not re.search(r"(Meinten Sie|Did you mean|Schreiben Sie|Write) ?[?.]", fix), rule


def test_after_many_problems_the_summary_names_the_rules_met_most() -> None:
    many = [problem(n) for n in range(1, 10)] + [problem(n, "empty-file") for n in range(1, 3)]
    told = summary(many, load_words("de"), 2, 7)
    assert told.splitlines() == [
        "2 Kunden, 7 Dateien geprüft: 11 Fehler, 0 Warnungen.",
        "Am häufigsten: unknown-person (9), empty-file (2)",
    ]


def test_in_one_line_what_is_wrong_ends_before_the_fix_begins() -> None:
    named = problem(1, "personal-name", found="Anna Keller", id="cio")
    assert ": Anna Keller. Schreiben Sie @cio" in told("github", [named])


# --- for programs ----------------------------------------------------------------------------


def test_github_shows_the_worst_first_ten_of_a_kind_and_counts_the_rest() -> None:
    errors = [problem(n) for n in range(24, 0, -1)]
    warnings = [problem(n, "period-gap", severity=Severity.WARNING) for n in range(1, 12)]
    lines = told("github", [*warnings, *errors]).splitlines()
    kinds = [line.split(" ")[0] for line in lines]
    assert kinds == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"]
    assert [int(re.findall(r"line=(\d+)", line)[0]) for line in lines[:10]] == list(range(1, 11))
    assert lines[-1] == "::notice title=planwerk::und 14 weitere Fehler, und 1 weitere Warnung"
    english = for_machines("github", errors, load_words("en"), Sources(Path("nowhere")))
    assert english.endswith("::and 14 more errors\n")
    assert "notice" not in told("github", errors[:10])


def test_github_escapes_what_would_end_a_command() -> None:
    path = PurePosixPath("plans/a,b:c%.md")
    line = told("github", [problem(path=path, found="50 %\n::error::x")])
    assert line.count("\n") == 1
    assert "file=nowhere/plans/a%2Cb%3Ac%25.md,line=1," in line
    assert "50 %25%0A::error::x" in line


@pytest.mark.parametrize("form", MACHINES)
def test_machine_formats_stay_valid_whatever_plans_hold(form: str) -> None:
    bad = problem(path=PurePosixPath("plans/\udcff " + HOSTILE), found=HOSTILE, rule="unknown-word")
    out = told(form, [bad])
    assert out.encode("utf-8")
    if form == "github":
        assert len(out.splitlines()) == 1
    else:
        assert out.isascii()
        json.loads(out)


@pytest.mark.parametrize("form", MACHINES)
def test_machine_formats_are_alone_on_stdout(workspace: Write, form: str) -> None:
    for files in ({}, FAULTY):
        root = workspace(files)
        command = [sys.executable, "-m", "planwerk", "check", "--format", form]
        done = subprocess.run(
            command, cwd=root, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}
        )
        out = done.stdout.decode("ascii")
        assert done.stderr == b""
        if form == "github":
            assert all(line.startswith("::") for line in out.splitlines())
        else:
            json.loads(out)


def test_gitlab_findings_have_what_code_quality_asks_for(workspace: Write) -> None:
    root = workspace(FAULTY)
    rows = json.loads(told("gitlab", check(read(root)), root))
    assert rows
    for row in rows:
        assert set(row) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert row["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert re.fullmatch(r"[0-9a-f]{32}", row["fingerprint"])
        assert not row["location"]["path"].startswith(("/", "./"))
        assert row["location"]["lines"]["begin"] >= 1
    assert len({row["fingerprint"] for row in rows}) == len(rows)


def test_gitlab_severities_follow_what_a_finding_means() -> None:
    warning = Severity.WARNING
    cases = {
        "blocker": problem(1, "other-client-named"),
        "critical": problem(2, "unknown-person"),
        "major": problem(3, "period-gap", severity=warning),
        "minor": problem(4, "unanswered", severity=warning),
        "info": problem(5, "too-many-goals", severity=warning),
    }
    rows = json.loads(told("gitlab", list(cases.values())))
    assert [row["severity"] for row in rows] == list(cases)


def test_fingerprints_outlive_moved_lines_and_passing_days(workspace: Write) -> None:
    def known(files: dict[str, Any]) -> list[str]:
        root = workspace(files)
        problems = [p for p in check(read(root)) if p.rule != "unknown-file"]
        return [known for _, known in fingerprints(problems, Sources(root))]

    plan = FAULTY["nordwind/2026-h2/plan.md"]
    before = known(FAULTY)
    moved = {**FAULTY, "nordwind/2026-h2/plan.md": plan.replace("goals:", "vision: Mehr\ngoals:")}
    assert known(moved) == before
    assert known({**FAULTY, "nordwind/2026-h2/plan.md": plan.replace("rational:", "rationel:")}) != before  # fmt: skip
    day, later = (problem(1, "contact-silent", days=d, last="x", limit="30") for d in ("40", "41"))
    sources = Sources(Path("nowhere"))
    assert [k for _, k in fingerprints([day], sources)] == [k for _, k in fingerprints([later], sources)]  # fmt: skip


def test_sarif_has_the_shape_that_version_2_1_0_asks_for(workspace: Write) -> None:
    root = workspace(FAULTY)
    problems = check(read(root))
    document = json.loads(told("sarif", problems, root))
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("sarif-2.1.0.json")
    (run,) = document["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert driver["name"] == "planwerk"
    assert re.fullmatch(r"\d+\.\d+\.\d+", driver["semanticVersion"])
    ids = [rule["id"] for rule in driver["rules"]]
    assert ids == sorted({p.rule for p in problems})
    for rule in driver["rules"]:
        assert "helpUri" not in rule
        for part in ("shortDescription", "fullDescription", "help"):
            assert rule[part]["text"].strip()
        assert rule["defaultConfiguration"]["level"] in {"error", "warning"}
    assert len(run["results"]) == len(problems)
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"error", "warning"}
        assert result["message"]["text"].strip()
        assert set(result["partialFingerprints"]) == {"planwerk/v1"}
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert re.fullmatch(r"[\w./%~-]+", physical["artifactLocation"]["uri"])
        region = physical["region"]
        assert region["startLine"] >= 1
        assert 1 <= region["startColumn"] < region["endColumn"]


def test_sarif_addresses_are_relative_and_percent_encoded() -> None:
    for path, uri in {
        "plans/große Kunden/a.md": "plans/gro%C3%9Fe%20Kunden/a.md",
        "plans/\udcff#?.md": "plans/%FF%23%3F.md",
        "a:b.md": "a%3Ab.md",
    }.items():
        document = json.loads(told("sarif", [problem(path=PurePosixPath(path))], Path()))
        location = document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
        assert location["artifactLocation"]["uri"] == uri


@pytest.mark.parametrize(
    ("root", "path"),
    [(".", str(PATH)), ("sales", f"sales/{PATH}"), ("/srv/x", str(PATH)), ("../x", str(PATH))],
)
def test_paths_for_code_hosts_begin_at_the_current_folder(root: str, path: str) -> None:
    rows = json.loads(told("gitlab", [problem()], Path(root)))
    assert rows[0]["location"]["path"] == path
