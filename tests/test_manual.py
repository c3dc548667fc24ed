"""The rules' manual: whole in both languages, on the command line and in the team's portal."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import rule_cases
from browser_support import violations
from conftest import ROOT, house_of, prose_of
from planwerk import blocks as b
from planwerk.checks import RULES, TIERS
from planwerk.checks.allowances import ALLOWABLE_ERRORS, OUTPUT_ERRORS
from planwerk.compose import portal
from planwerk.explain import all_rules, explain_rule
from planwerk.manual import WARNINGS, WITHOUT_MODULE, groups, manual
from planwerk.problems import Refusal, Severity
from planwerk.render.directory import write_directory
from planwerk.render.html import Writer
from planwerk.render.portal import render_site
from planwerk.theme import load_theme
from planwerk.words import load_manual_words, load_words

BOTH = pytest.mark.parametrize("language", ["de", "en"])
LABELS = portal.labels(load_words("en"))
PACKAGE = ROOT / "generator/planwerk"


@BOTH
def test_every_finding_has_a_page_and_nothing_is_left_over(language: str) -> None:
    told = set(load_words(language).group("problem"))
    names = [entry.name for entry in manual(language)]
    assert len(names) == len(set(names))
    assert set(names) == told


@BOTH
def test_every_page_says_what_and_why(language: str) -> None:
    for entry in manual(language):
        assert re.search(r"[.?!]$", entry.title), entry.name
        assert re.search(r"[.?!)]$", entry.why), entry.name
        assert len(entry.title) <= 100, entry.name
        assert "\n" not in entry.title


def test_the_german_manual_has_a_page_for_each_rule_and_no_other() -> None:
    assert set(load_manual_words("de").group("checks")) == {rule.NAME for rule in RULES}
    for german, english in zip(manual("de"), manual("en"), strict=True):
        assert (german.name, german.wrong, german.right) == (english.name, english.wrong, english.right)  # fmt: skip
        assert german.title != english.title
        assert german.why != english.why


def test_both_files_have_the_same_words() -> None:
    german, english = (load_manual_words(language) for language in ("de", "en"))
    for part in ("say", "groups", *WITHOUT_MODULE):
        assert set(german.group(part)) == set(english.group(part)), part


@BOTH
def test_both_languages_name_the_same_keys_and_commands(language: str) -> None:
    """What stands between backticks is what somebody types: no language may lose it."""
    other = {entry.name: entry for entry in manual("en" if language == "de" else "de")}
    free = {"offen", "open", "ja", "nein", "yes", "no", "Maßnahme", "Maßnahme #3", "Measure",
            "Measure #3", "schluessel: wert", "key: value", "- eintrag", "- item", "brandt"}  # fmt: skip
    for entry in manual(language):
        typed = set(re.findall(r"`([^`]+)`", entry.why)) - free
        theirs = set(re.findall(r"`([^`]+)`", other[entry.name].why))
        missing = {t.split(" kpi:")[0] for t in typed} - {t.split(" kpi:")[0] for t in theirs}
        assert not {m for m in missing if "<" not in m}, entry.name


def test_the_examples_are_those_that_the_tests_run() -> None:
    for entry in manual("de"):
        if entry.wrong:
            rule = next(rule for rule in RULES if entry.name == rule.NAME)
            wrong, right = rule_cases.examples(rule.__doc__ or "")
            for name in (*wrong, *right):
                assert name.removeprefix(f"{rule_cases.ACCOUNT}/") in entry.wrong + entry.right
    assert {entry.name for entry in manual("de") if entry.wrong} == {rule.NAME for rule in RULES}


def test_severities_are_those_that_findings_have() -> None:
    """Every `Problem("name", …, Severity.WARNING)` in the code is a warning in the manual."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
                words = ast.unparse(node)
                if "WARNING" in words and isinstance(node.args[0], ast.Constant):
                    found.add(node.args[0].value)
    # those whose name is a variable where they are made
    others = {
        "allowance-expired", "allowance-unused", "commit-undated", "git-unreadable",
        "history-partial", "history-shallow", "invisible-character", "secret-in-plan",
        "version-missing", "version-not-written", "version-too-large", "version-unreadable",
    }  # fmt: skip
    assert found | others == set(WARNINGS)
    for entry in manual("de"):
        assert entry.tier.value == TIERS.get(entry.name, entry.tier).value
        if entry.allowable:
            assert (
                entry.severity is Severity.WARNING or entry.name in ALLOWABLE_ERRORS | OUTPUT_ERRORS
            )


@BOTH
def test_explain_lists_all_by_chapter_one_line_each(language: str) -> None:
    lines = all_rules(load_words(language)).splitlines()
    for title, entries in groups(language):
        at = lines.index(f"{title}:")
        assert [line.split()[0] for line in lines[at + 1 : at + 1 + len(entries)]] == [
            entry.name for entry in entries
        ]


def test_explain_says_what_why_how_and_how_to_let_it_stand() -> None:
    page = explain_rule("single-thread", load_words("de"))
    parts = ["single-thread (Warnung, immer)", "Die ganze Kundenbeziehung", "Warum:", "Falsch:\n    stakeholders.md", "Richtig:\n    stakeholders.md", "Stehen lassen:", "# allow single-thread until"]  # fmt: skip
    assert [page.index(part) for part in parts] == sorted(page.index(part) for part in parts)
    assert "allow" not in explain_rule("duplicate-id", load_words("en"))
    assert "allow other-client-named" in explain_rule("other-client-named", load_words("en"))
    assert "(error, always)" in explain_rule("wrong-date", load_words("en"))
    assert "(warning, only by name)" in explain_rule("too-many-goals", load_words("en"))
    assert "Help: Write year-month-day" in explain_rule("wrong-date", load_words("en"))
    with pytest.raises(Refusal):
        explain_rule("nonsense", load_words("de"))


@BOTH
def test_every_page_can_be_shown(language: str) -> None:
    words = load_words(language)
    for entry in manual(language):
        page = explain_rule(entry.name, words)
        assert "{" not in page.replace("{area}", "")
        assert "None" not in page


def test_checking_does_not_load_the_manual(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv[1:] = ['check']\n"
        "from planwerk.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "sys.exit('planwerk.manual' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True)
    assert done.returncode == 0


@BOTH
def test_the_team_s_portal_has_the_manual_and_how_plans_are_checked(language: str) -> None:
    site = {
        page.name: page
        for page in portal.portfolio_site(house_of(language), load_words(language)).pages
    }
    assert [*site][[*site].index("help") :] == [
        "help",
        "finding",
        "checking",
        "past",
        "pictures",
        "format",
        "rules",
        "glossary",
        "imprint",
        "privacy",
    ]
    together = ("help", "checking", "past", "pictures", "format", "rules")
    assert len({site[name].group for name in together}) == 1
    written = Writer(LABELS).all(site["rules"].blocks)
    ids = re.findall(r'\sid="([^"]+)"', written)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', written)) <= set(ids)
    assert {entry.name for entry in manual(language)} <= set(ids)
    assert re.findall(r"<h(\d)", written)[0] == "2"
    assert set(re.findall(r"<h(\d)", written)) == {"2", "3"}
    codes = re.findall(r'<code class="language-text">(.*?)</code>', written)
    assert len(codes) == 1 + 2 * len(RULES)
    assert any("stakeholders:&#10;  - id: cio" in code for code in codes)
    assert "\n" not in written


@BOTH
def test_no_other_portal_has_them(language: str) -> None:
    pages = prose_of(house_of(language), language)
    assert {page.name for page in pages} == {"help", "glossary", "imprint", "privacy"}
    assert "planwerk check" not in Writer(LABELS).all(
        block for page in pages for block in page.blocks
    )


def test_the_pages_can_be_read_by_everybody(tmp_path: Path, browser: Any) -> None:
    pages = portal.portfolio_site(house_of("de"), load_words("de")).pages
    site = b.Site("Ruhrblick", "de", True, (b.Page("index", "A", "A", ()), *pages), "a", LABELS)
    render_site(site, load_theme(), tmp_path / "site")
    write_directory(tmp_path / "site")
    shown = [tmp_path / "site" / f"{name}.html" for name in ("rules", "checking", "pictures")]
    assert violations(browser, shown) == []
