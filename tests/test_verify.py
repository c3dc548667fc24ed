"""`planwerk verify`: whose document a file is, and what was changed in it."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pptx
import pytest
from click.testing import CliRunner, Result

from conftest import ROOT
from planwerk.build import Options, build
from planwerk.cli import cli
from planwerk.render.package import pack
from planwerk.stamp import stamp_in, understood
from planwerk.verify import Change, Verdict, manifest, verify

ACCOUNT = "nordwind-logistik"
PLAN = f"clients/{ACCOUNT}/downloads/gemeinsamer-plan-2026-h2.docx"
Parts = dict[str, bytes]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents and decks of one account, built outside any repository."""
    root = tmp_path_factory.mktemp("verify")
    shutil.copytree(ROOT / "plans", root / "plans")
    build(root, Options(formats=("word", "slides"), accounts=(ACCOUNT,)))
    return root / "build"


def parts(path: Path) -> Parts:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def asked(made: Path, raw: bytes, name: str = "x.docx") -> Verdict:
    return verify(raw, name, manifest(made))


def documents(made: Path) -> list[Path]:
    return sorted([*made.rglob("*.docx"), *made.rglob("*.pptx")])


def run(root: Path, *words: str, lang: str = "en") -> Result:
    return CliRunner().invoke(cli, ["-C", str(root), "--lang", lang, "verify", *words])


def test_what_was_built_is_unchanged_under_any_name(made: Path) -> None:
    assert len(documents(made)) > 8
    for path in documents(made):
        found = asked(made, path.read_bytes(), "renamed.bin")
        assert found.found == "unchanged"
        assert made / found.path == path
        assert found.as_of == "2026-11-23"
        assert found.audience == ("client" if "clients" in path.parts else "internal")
        assert found.account == (ACCOUNT if ACCOUNT in path.parts else "")


def test_what_was_not_built_again_keeps_its_stamp(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    options = Options(formats=("word",), accounts=(ACCOUNT,))
    stamps = []
    for again in (False, True):
        assert (build(tmp_path, options).unchanged > 0) is again
        rows = manifest(tmp_path / "build")["files"]
        stamps.append({name: row.get("stamp") for name, row in rows.items() if name.endswith(".docx")})  # fmt: skip
    assert stamps[0] == stamps[1]
    assert len(stamps[0]) > 8
    assert all(stamps[0].values())


def test_a_stamp_is_as_long_as_word_keeps_it(made: Path) -> None:
    for path in documents(made):
        words = stamp_in(path)
        assert understood(words)
        assert len(words) <= 255


def test_what_a_library_saved_again_says_the_same(made: Path) -> None:
    for path in documents(made):
        opened = docx.Document(str(path)) if path.suffix == ".docx" else pptx.Presentation(str(path))  # fmt: skip
        opened.core_properties.last_modified_by = "Somebody"
        opened.core_properties.revision = 7
        out = io.BytesIO()
        opened.save(out)
        found = asked(made, out.getvalue(), path.name)
        assert (found.found, made / found.path) == ("saved_again", path)


def test_what_libreoffice_saved_again_says_the_same(made: Path, tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    deck = next(made.rglob("*.pptx"))
    for ending, path in (("docx:MS Word 2007 XML", made / PLAN), ("pptx", deck)):
        command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(tmp_path)]  # fmt: skip
        subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=300)
        saved = (tmp_path / path.name).read_bytes()
        assert saved != path.read_bytes()
        assert asked(made, saved, path.name).found == "saved_again"


def replaced(part: str, old: str, new: str) -> Callable[[Parts], Parts]:
    def change(found: Parts) -> Parts:
        words = found[part].decode()
        assert re.search(old, words, re.S)
        return {**found, part: re.sub(old, new, words, count=1, flags=re.S).encode()}

    return change


def other_picture(found: Parts) -> Parts:
    name = next(n for n in found if "/media/" in n)
    return {**found, name: found[name] + b"x"}


BODY = "word/document.xml"
PLANTED = {
    "a word": (replaced(BODY, r"(>Newsletter-Anmeldungen[^<]* um )5", r"\g<1>6"), Change("chapter", "changed", "Ziele", 2)),
    "a target": (replaced("word/charts/chart1.xml", "<c:v>12600[^<]*", "<c:v>12500"), Change("chart", "changed", "Ziele", 1)),
    "a picture": (other_picture, Change("pictures")),
    "the author": (replaced("docProps/core.xml", "<dc:creator>[^<]*", "<dc:creator>Somebody"), Change("properties")),
    "the footer": (replaced("word/footer1.xml", "23.11.2026", "24.11.2026"), Change("around", "changed", "", 4)),
    "the cover": (replaced(BODY, "23. November 2026", "24. November 2026"), Change("before", "changed", "", 0)),
    "a link": (replaced("word/_rels/document.xml.rels", "</Relationships>", '<Relationship Id="rId99" Type="x/hyperlink" Target="https://elsewhere.example" TargetMode="External"/></Relationships>'), Change("links")),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_change_is_found_where_it_is(made: Path, name: str) -> None:
    plant, expected = PLANTED[name]
    found = asked(made, pack(plant(parts(made / PLAN))))
    assert (found.found, found.path) == ("changed", PLAN)
    assert [(c.part, c.how, c.title) for c in found.changes] == [(expected.part, expected.how, expected.title)]  # fmt: skip


def test_a_chapter_that_is_gone_is_missed(made: Path) -> None:
    found = parts(made / PLAN)
    pieces = re.split(r'(?=<w:p><w:pPr><w:pStyle w:val="Heading1"/>)', found[BODY].decode())
    assert len(pieces) == 5
    without = "".join((*pieces[:2], *pieces[3:])).encode()
    said = asked(made, pack({**found, BODY: without}))
    assert said.found == "changed"
    assert Change("chapter", "removed", "", 2) in said.changes
    assert {c.how for c in said.changes if c.part == "chapter"} == {"removed"}


def test_deleted_and_moved_words_are_not_said(made: Path) -> None:
    """A tracked deletion shows as a change, an empty one does not."""
    gone = (
        '<w:del w:id="1" w:author="x"><w:r><w:delText>never there</w:delText></w:r></w:del></w:p>'
    )
    found = parts(made / PLAN)
    body = found[BODY].decode().replace("</w:p>", gone, 1).encode()
    assert asked(made, pack({**found, BODY: body})).found == "saved_again"


def test_a_document_without_its_stamp_is_known_by_its_chapters(made: Path) -> None:
    found = PLANTED["a word"][0](parts(made / PLAN))
    bare = pack({n: c for n, c in found.items() if n != "docProps/custom.xml"})
    said = asked(made, bare)
    assert (said.found, said.path) == ("changed", PLAN)


def test_a_slide_and_a_figure_of_a_deck_are_found(made: Path) -> None:
    deck = next(made.rglob("*.pptx"))
    found = parts(deck)
    chart = next(n for n in found if re.fullmatch(r"ppt/charts/chart\d+\.xml", n))
    changed = replaced(chart, r"(<c:numCache>.*?<c:v>)[^<]*", r"\g<1>99")(found)
    changed = replaced("ppt/slides/slide2.xml", r"<a:t>[^<]{4,}</a:t>", "<a:t>Anders</a:t>")(
        changed
    )
    said = asked(made, pack(changed), deck.name)
    assert [c.part for c in said.changes] == ["chapter", "chart"]
    assert said.changes[0].number == 2


def test_a_document_of_another_build_says_so(made: Path) -> None:
    other = {"files": {}, "as_of": "2026-12-01", "commit": ""}
    said = verify((made / PLAN).read_bytes(), "x.docx", other)
    assert (said.found, said.ours, said.as_of) == ("unknown", True, "2026-11-23")
    assert "Nordwind" in said.title


def test_what_hides_words_is_not_the_same(made: Path) -> None:
    """Words under another name for Word's tags would be shown, and not compared."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    hidden = f'<x:p xmlns:x="{space}"><x:r><x:t>Zusage</x:t></x:r></x:p><w:sectPr>'
    found = replaced(BODY, r"<w:sectPr>(?!.*<w:sectPr>)", hidden)(parts(made / PLAN))
    assert asked(made, pack(found)).found == "unknown"


@pytest.mark.parametrize("raw", [b"", b"PK\3\4", b"hello", "empty", "doctype", "broken"])
def test_what_is_no_document_is_unknown(made: Path, raw: bytes | str) -> None:
    found = parts(made / PLAN)
    if raw == "empty":
        raw = pack({"a.xml": b"<a/>"})
    elif raw == "doctype":
        raw = pack({**found, BODY: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + found[BODY]})
    elif raw == "broken":
        raw = pack({**found, BODY: found[BODY][:-9]})
    assert isinstance(raw, bytes)
    assert asked(made, raw) == Verdict("unknown")


def test_the_command_says_it_to_people_and_programs(made: Path, tmp_path: Path) -> None:
    root, path = made.parent, made / PLAN
    done = run(root, str(path))
    assert done.exit_code == 0
    assert "unchanged" in done.output
    assert "Gemeinsamer Plan Nordwind Logistik AG, nordwind-logistik, the client’s edition, as of 23 Nov 2026" in done.output  # fmt: skip
    changed = tmp_path / "zurück.docx"
    changed.write_bytes(pack(PLANTED["a word"][0](parts(path))))
    done = run(root, str(changed), lang="de")
    assert done.exit_code == 3
    assert "geändert" in done.output
    assert "Kapitel „Ziele“ · geändert" in done.output
    (row,) = json.loads(run(root, "--json", str(changed)).output)
    assert row["changes"] == [{"part": "chapter", "how": "changed", "title": "Ziele", "number": 2}]
    assert (row["found"], row["account"], row["audience"]) == ("changed", ACCOUNT, "client")
    assert run(root, str(made / "clients")).exit_code == 0
    (tmp_path / "other.docx").write_bytes(b"no")
    assert run(root, str(tmp_path)).exit_code == 3


def test_without_a_build_nothing_can_be_said(tmp_path: Path) -> None:
    file = tmp_path / "x.docx"
    file.write_bytes(b"")
    refused = run(tmp_path, str(file)).exception
    assert [p.rule for p in refused.problems] == ["no-manifest"]  # type: ignore[union-attr]
    assert refused.code == 2  # type: ignore[union-attr]
