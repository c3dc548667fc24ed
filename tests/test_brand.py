"""Brands: two that ship, a check that finds what is wrong, one of the workspace's own."""

from __future__ import annotations

import base64
import re
import shutil
import zipfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from conftest import ROOT
from planwerk.brand import PAIRS, SIGHTS, distance, look_at, seen
from planwerk.cli import cli
from planwerk.problems import Refusal
from planwerk.theme import find_brand, load_theme, shipped

KONTOR = ROOT / "themes" / "kontor"


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(root), "--lang", "en", *words])


def own(root: Path, **changes: str) -> Path:
    """A brand of the workspace's own: kontor with other light colours."""
    folder = root / "themes" / "ours"
    shutil.copytree(KONTOR, folder)
    brand = folder / "brand.yml"
    words = brand.read_text("utf-8")
    for token, color in changes.items():
        words = re.sub(rf"    {token}: '\w+'", f"    {token}: '{color}'", words, count=1)
    brand.write_text(words, "utf-8")
    return folder


@pytest.mark.parametrize("name", ["planwerk", "kontor"])
def test_the_brands_that_ship_are_fit_for_use(name: str) -> None:
    assert name in shipped()
    done = run(ROOT, "brand", "check", name)
    assert done.exit_code == 0, done.output
    assert f"{2 * len(PAIRS)} pairs of colours, logos and fonts are fit" in done.output
    assert load_theme(name).file(load_theme(name).font_licence).read_text("utf-8")


def test_the_second_brand_is_quite_different() -> None:
    one, other = load_theme("planwerk"), load_theme("kontor")
    alike = {t for t in one.light if one.light[t] == other.light[t]}
    assert alike <= {"bg", "on-primary", "on-c", "header-active", "warn-soft", "c4", "c5"}
    assert one.portal_font != other.portal_font


@pytest.mark.parametrize(
    ("changes", "rule", "line"),
    [
        ({"muted": "9A9488"}, "brand-contrast", "muted"),
        ({"edge": "D0CCC4"}, "brand-contrast", "edge"),
        ({"good": "A3462A"}, "brand-colours-alike", "good"),
    ],
)
def test_a_colour_that_does_not_do_is_found_at_its_line(tmp_path: Path, changes: dict[str, str], rule: str, line: str) -> None:  # fmt: skip
    folder = own(tmp_path, **changes)
    found = look_at(load_theme(str(folder))).problems
    assert {p.rule for p in found} == {rule}
    words = (folder / "brand.yml").read_text("utf-8").splitlines()
    assert {words[p.place.line - 1].split(":")[0].strip() for p in found} == {line}
    said = run(tmp_path, "brand", "check", "ours")
    assert said.exit_code == (1 if rule == "brand-contrast" else 0)
    assert "to improve" in said.output


def test_the_colour_to_type_has_enough_contrast(tmp_path: Path) -> None:
    folder = own(tmp_path, muted="9A9488")
    (problem, *_) = look_at(load_theme(str(folder))).problems
    better = own(tmp_path / "next", muted=problem.facts["better"])
    again = [p for p in look_at(load_theme(str(better))).problems if p.facts["ground"] == "bg"]
    assert again == []


def test_missing_and_wrong_files_are_found(tmp_path: Path) -> None:
    folder = own(tmp_path)
    (folder / "logo-dark.svg").unlink()
    (folder / "fonts/alegreya-sans-700.woff2").write_bytes(b"<html>not found</html>")
    shutil.copy(ROOT / "tests/data/kpis/people.yml", folder / "logo.png")
    found = {p.rule: p.facts["found"] for p in look_at(load_theme(str(folder))).problems}
    assert found["brand-file-missing"] == "logo-dark.svg"
    assert found["brand-file-wrong"] in ("fonts/alegreya-sans-700.woff2", "logo.png")


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("name: [", "brand-broken"),
        ("name: Ours\n", "brand-key-missing"),
        ("- a list\n", "brand-key-missing"),
    ],
)
def test_a_brand_that_cannot_be_read_is_refused(tmp_path: Path, words: str, rule: str) -> None:
    folder = tmp_path / "themes" / f"broken-{rule}-{len(words)}"
    folder.mkdir(parents=True)
    (folder / "brand.yml").write_text(words, "utf-8")
    refused = run(tmp_path, "brand", "check", folder.name).exception
    assert isinstance(refused, Refusal)
    assert [p.rule for p in refused.problems] == [rule]


def test_an_unknown_brand_names_those_there_are(tmp_path: Path) -> None:
    refused = run(tmp_path, "brand", "check", "nobody").exception
    assert isinstance(refused, Refusal)
    assert refused.problems[0].facts["nearest"] == "kontor, planwerk"


def test_everybody_sees_what_they_see() -> None:
    """Grey stays grey whatever somebody sees; red and green come closer to each other."""
    for sight in SIGHTS:
        assert distance(seen("808080", sight), (0.2158605,) * 3) < 0.5
        apart = distance(seen("C00000", sight), seen("008000", sight))
        assert apart < distance((0.527115, 0.0, 0.0), (0.0, 0.2158605, 0.0)) / 2


def test_a_brand_feeds_portal_document_and_deck(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    own(tmp_path, primary="123456")
    assert find_brand("ours", tmp_path) == str((tmp_path / "themes/ours").resolve())
    done = run(tmp_path, "build", "--brand", "ours", "--account", "nordwind-logistik")
    assert done.exit_code == 0, done.output
    client = tmp_path / "build/clients/nordwind-logistik"
    style = next(client.rglob("brand.css")).read_text("utf-8")
    assert "--pw-primary:#123456" in style
    assert "Alegreya Sans" in style
    (font,) = (KONTOR / "fonts").glob("alegreya-sans-400.woff2")
    assert base64.b64encode(font.read_bytes()).decode() in style
    assert list(client.rglob("LICENSE-AlegreyaSans.txt"))
    for ending in ("docx", "pptx"):
        with zipfile.ZipFile(next(client.rglob(f"*.{ending}"))) as package:
            everything = b"".join(package.read(name) for name in package.namelist())
        assert b"123456" in everything
        assert b"0B3954" not in everything
    assert yaml.safe_load((KONTOR / "brand.yml").read_text("utf-8"))["name"] == "Kontor"
