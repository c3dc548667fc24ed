"""The example accounts' outputs, looked at from outside: every page, document and deck."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import browser_support
import office_support

HAND_WRITTEN = ("help.html", "glossary.html", "imprint.html", "privacy.html")


def pages(built: Path) -> list[Path]:
    """Every page; the hand-written ones only once a language and edition."""
    found, seen = [], set()
    for path in sorted(built.rglob("*.html")):
        language = re.search(r'<html lang="(\w+)"', path.read_text("utf-8"))
        assert language is not None, path
        edition = path.relative_to(built).parts[0]
        if path.name in HAND_WRITTEN:
            if (path.name, language[1], edition) in seen:
                continue
            seen.add((path.name, language[1], edition))
        found.append(path)
    return found


def files(built: Path) -> list[Path]:
    """Every document and deck, under names that tell them apart."""
    return sorted(p for p in built.rglob("downloads/*") if p.suffix in (".docx", ".pptx"))


def test_there_is_something_to_look_at(built_examples: Path) -> None:
    assert {p.name for p in (built_examples / "internal/accounts").iterdir()} == {
        "alpenfracht", "brightwater-stores", "nordwind-logistik",
    }  # fmt: skip
    assert len(pages(built_examples)) > 40
    assert {p.suffix for p in files(built_examples)} == {".docx", ".pptx"}
    assert len(files(built_examples)) >= 7


@pytest.mark.browser
@pytest.mark.parametrize("edition", ["internal", "clients"])
def test_axe_finds_no_violation_on_any_page(
    browser: Any, built_examples: Path, edition: str
) -> None:
    chosen = [p for p in pages(built_examples) if edition in p.parts]
    assert browser_support.violations(browser, chosen) == []


@pytest.mark.browser
def test_no_page_asks_for_anything_elsewhere_or_complains(
    browser: Any, built_examples: Path
) -> None:
    for path in pages(built_examples):
        page, wrong = browser_support.open_page(browser, f"file://{path}")
        assert wrong == [], path
        page.context.close()


@pytest.mark.office
def test_microsofts_validator_finds_nothing_in_any_file(built_examples: Path) -> None:
    found = office_support.sdk_errors(files(built_examples))
    assert {str(path): errors for path, errors in found.items() if errors} == {}


@pytest.mark.office
def test_every_word_of_every_file_has_its_place(built_examples: Path, tmp_path: Path) -> None:
    misplaced = []
    for number, path in enumerate(files(built_examples)):
        (pdf,) = office_support.render_pdf([path], tmp_path / str(number))
        misplaced += office_support.misplaced(pdf)
    assert misplaced == []


def test_a_client_portal_is_at_most_one_megabyte_beside_its_downloads(built_examples: Path) -> None:
    for client in (built_examples / "clients").iterdir():
        sizes = (p.stat().st_size for p in client.rglob("*") if p.is_file() and "downloads" not in p.parts)  # fmt: skip
        assert 100_000 < sum(sizes) <= 1_000_000, client.name
