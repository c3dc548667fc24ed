"""One truth: every value, total, day and person read back from the files is what the plans say."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path

import pytest
from babel.numbers import format_decimal

from planwerk import formats
from planwerk.audience import project
from planwerk.build import Options, build
from planwerk.compose.documents.plans import account_plan
from planwerk.compose.view import view_of
from planwerk.measure import measure
from planwerk.read import read
from planwerk.render.word import render_document
from planwerk.theme import load_theme
from truth.mutants import sensitivity
from truth.overall import compare_overall, ours_of
from truth.plants import PLAN, PLANTS
from truth.results import Result
from truth.run import Side, sides

ACCOUNT = "hollerbeck-pumpen"
"""The account whose files are changed."""


@pytest.fixture(scope="module")
def built(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The examples without a history, of which the plans of today know nothing, and their outputs."""
    root = tmp_path_factory.mktemp("truth")
    shutil.copytree(examples / "plans", root / "plans")
    shutil.copytree(examples / "site", root / "site")
    build(root, Options(out=root / "build", remember=False))
    return root, root / "build"


@pytest.fixture(scope="module")
def compared(built: tuple[Path, Path]) -> list[tuple[Side, Result]]:
    """Every audience of every account with what came of it."""
    return [(side, side.compare()) for side in sides(*built)]


def test_every_file_says_what_the_plans_say(compared: list[tuple[Side, Result]]) -> None:
    assert {side.language for side, _ in compared} == {"de", "en"}
    assert {side.audience.partition(":")[0] for side, _ in compared} == {"internal", "client", "partner"}  # fmt: skip
    assert [str(one) for _, result in compared for one in result.differences] == []


def test_the_pages_over_all_accounts_say_what_the_plans_say(built: tuple[Path, Path]) -> None:
    """What is changed on them is found: the total of a KPI, one client's part of it, a day."""
    root, out = built
    ours = ours_of(sides(root, out, language="de"), out)
    found = compare_overall(ours)
    assert [str(one) for one in found.differences] == []
    assert found.compared["html", "number"] > 200
    for page, old, new in (("by-client", ">524<", ">525<"), ("by-client", "198", "189"), ("due", "27.11.", "28.11.")):  # fmt: skip
        path = out / "internal" / f"{page}.html"
        before = path.read_bytes()
        try:
            head, mark, rest = before.decode().partition('<table class="dt parts' if page == "by-client" else "<table")  # fmt: skip
            assert old in rest
            path.write_text(head + mark + rest.replace(old, new, 1), "utf-8")
            assert compare_overall(ours).differences, (page, old)
        finally:
            path.write_bytes(before)


def test_what_cannot_be_compared_is_little_and_has_a_reason(compared: list[tuple[Side, Result]]) -> None:  # fmt: skip
    told, exempt = Counter[str](), Counter[str]()
    for _, result in compared:
        assert result.left == []
        for (form, kind), count in (*result.compared.items(), *result.written.items()):
            told[form] += count if kind in ("number", "day") else 0
        for (form, _), count in result.exempt.items():
            exempt[form] += count
    for form in ("html", "docx", "pptx"):
        assert told[form] > 2000, form
        assert exempt[form] / (told[form] + exempt[form]) < 0.12, (form, exempt[form], told[form])
    points = Counter({kind: sum(r.compared[form, kind] for _, r in compared for form in ("docx", "pptx")) for kind in ("chart point", "chart point without a record")})  # fmt: skip
    assert points["chart point"] > 1500
    assert points["chart point without a record"] < points["chart point"] * 0.05


def test_whatever_is_changed_is_found(built: tuple[Path, Path]) -> None:
    counts: Counter[tuple[str, bool]] = Counter()
    for side in sides(*built, [ACCOUNT]):
        for (_, kind, found), count in sensitivity(side, side.read(), every=11).items():
            counts[kind, found] += count
    for kind, least in (("number", 0.9), ("day", 0.95), ("person", 0.5)):
        good, missed = counts[kind, True], counts[kind, False]
        assert good + missed > 80, kind
        assert good / (good + missed) >= least, (kind, good, missed)


@pytest.fixture(scope="module")
def workbench(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> list[Side]:
    """The audiences of one account, with a copy of their files."""
    out = tmp_path_factory.mktemp("planted")
    found = []
    for side in sides(*built, [ACCOUNT]):
        folder = out / side.folder.relative_to(side.out)
        shutil.copytree(side.folder, folder)
        found.append(replace(side, folder=folder, out=out))
    return found


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_difference_is_found(workbench: list[Side], name: str) -> None:
    file, change = PLANTS[name]
    side = next(s for s in workbench if file.startswith(s.folder.relative_to(s.out).as_posix()))
    path = side.out / file
    pages = None if path.suffix == ".json" else [path]
    assert [str(one) for one in side.compare(pages).differences] == []
    before = path.read_bytes()
    try:
        change(path)
        found = side.compare(pages).differences
        assert found
        assert {one.file for one in found} == {file}
    finally:
        path.write_bytes(before)


@pytest.fixture
def floored(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Numbers that are cut where they should be rounded."""

    def number(value: Decimal, language: str, decimals: int = 0) -> str:
        cut = value.quantize(Decimal(1).scaleb(-decimals), ROUND_FLOOR)
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(cut, pattern, formats.LOCALES[language])).replace("-", formats.MINUS)  # fmt: skip

    monkeypatch.setattr(formats, "number", number)
    yield


def test_a_wrong_number_format_is_found(built: tuple[Path, Path], workbench: list[Side], floored: None) -> None:  # fmt: skip
    portfolio = read(built[0]).portfolio
    assert portfolio is not None
    seen = project(measure(portfolio), "internal", ACCOUNT)
    side = next(s for s in workbench if s.audience == "internal")
    path = side.folder / f"{PLAN}.docx"
    before = path.read_bytes()
    try:
        path.write_bytes(
            render_document(account_plan(view_of(seen, seen.accounts[0])), load_theme())
        )
        found = side.compare([path]).differences
        assert any("47.6" in one.truth for one in found), found  # of which 47 % was said
    finally:
        path.write_bytes(before)
