"""The last look before publishing: what is planted in a client's output stops all of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import planwerk.build as flow
from conftest import ACCOUNT, Write
from planwerk.build import Built, Options, build
from planwerk.leaving import Files, Leaving
from planwerk.model.portfolio import Portfolio
from planwerk.problems import exit_code
from test_command import run, tree
from test_unchanged import SHARED

KELLER = """\
---
stakeholders:
  - id: cio
    name: Dr. Anna Keller
    title: Leiterin IT
---
"""
NOTE = "business_model: Sie haben keinen Plan wie sie ohne uns bis zum Jahresende auskommen\n"


@pytest.fixture
def root(workspace: Write) -> Path:
    """Two accounts; one shares something with its client."""
    return workspace(
        {
            "nordwind/account.md": ACCOUNT.replace("owner:", f"{NOTE}owner:"),
            "nordwind/2026-h2/plan.md": SHARED,
            "nordwind/stakeholders.md": KELLER,
            "zwei/account.md": ACCOUNT.replace("Nordwind AG", "Märkische Kühlwerke"),
            "zwei/stakeholders.md": KELLER.replace("Dr. Anna Keller", "Bernd Ahrens"),
        }
    )


def made(root: Path, *formats: str, **chosen: Any) -> Built:
    """What a build for clients leaves: a portal, if nothing else is asked for."""
    chosen = {"audience": "client", **chosen}
    return build(root, Options(formats=formats or ("portal",), **chosen))


def rules(built: Built) -> set[str]:
    """What was found in the outputs."""
    return {p.rule for p in built.problems if p.rule.startswith("output-")}


Plant = Callable[[Path], object]


def planted(monkeypatch: pytest.MonkeyPatch, plant: Plant) -> None:
    """Between rendering and the last look, somebody changes the client's folder."""
    stays = flow._stays

    def staying(outputs: Any, options: Any, folder: Path, built: Any) -> Any:
        found = stays(outputs, options, folder, built)
        plant(folder / "clients/nordwind")
        return found

    monkeypatch.setattr(flow, "_stays", staying)


def into(name: str, old: str, new: str) -> Plant:
    """A change in a file."""

    def change(folder: Path) -> None:
        path = folder / name
        words = path.read_text("utf-8")
        assert old in words
        path.unlink()
        path.write_text(words.replace(old, new, 1), "utf-8")

    return change


def part(name: str, content: bytes, **changes: tuple[bytes, bytes]) -> Plant:
    """A part more in each document, and changes in those that are there."""

    def change(folder: Path) -> None:
        for path in folder.glob(f"downloads/*{name.partition('!')[0]}"):
            with zipfile.ZipFile(path) as package:
                parts = {n: package.read(n) for n in package.namelist()}
            for part_, (old, new) in changes.items():
                key = next(n for n in parts if n.endswith(part_.replace("_", ".")))
                assert old in parts[key]
                parts[key] = parts[key].replace(old, new, 1)
            if inner := name.partition("!")[2]:
                parts[inner] = content
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
                for part_, raw in parts.items():
                    package.writestr(part_, raw)
            path.unlink()
            path.write_bytes(out.getvalue())

    return change


BODY = "</article>"
PAGES: dict[str, tuple[str, Plant]] = {
    "a file more": ("output-file-unknown", lambda f: (f / "notes.txt").write_text("a", "utf-8")),
    "a file less": ("output-file-unknown", lambda f: (f / "help.html").unlink()),
    "a link": ("output-file-unknown", lambda f: ((f / "help.html").unlink(), (f / "help.html").symlink_to("index.html"))),
    "a link more": ("output-file-unknown", lambda f: (f / "x").symlink_to("/etc/hostname")),
    "another script beside": ("output-code-unknown", into("assets/vendor/iframe-worker.js", "(", "(0,")),
    "a name": ("output-names-client", into("index.html", BODY, f"<p>wie bei M&auml;rkische&nbsp;<b>Kühl</b>werke</p>{BODY}")),
    "a name in an address": ("output-names-client", into("index.html", BODY, f'<a href="maerkische-kuehlwerke.html">a</a>{BODY}')),
    "somebody of others": ("output-names-person", into("index.html", BODY, f"<p>Bernd Ahrens</p>{BODY}")),
    "somebody as a list says it": ("output-names-person", into("search/search_index.json", '"text":"', '"text":"Keller, Anna ')),
    "a quotation": ("output-quotes-internal", into("index.html", BODY, f"<p>keinen Plan, wie sie <b>ohne</b> uns</p>{BODY}")),
    "a script": ("output-code-unknown", into("index.html", BODY, f"<script>steal()</script>{BODY}")),
    "a changed script": ("output-code-unknown", into("index.html", "__md_scope=new", "__md_scope= new")),
    "a script from elsewhere": ("output-code-unknown", into("index.html", BODY, f'<script src="https://a.example/a.js"></script>{BODY}')),
    "an event": ("output-code-unknown", into("index.html", "<h1", '<h1 OnClick="x()"')),
    "an event behind a sign": ("output-code-unknown", into("index.html", BODY, f"<p title='>' onclick='x()'>a</p>{BODY}")),
    "an event in an attribute": ("output-code-unknown", into("index.html", BODY, f"<p title=a/onclick=x()>a</p>{BODY}")),
    "a comment": ("output-code-unknown", into("index.html", BODY, f"<!-- internal -->{BODY}")),
    "a picture from elsewhere": ("output-code-unknown", into("index.html", BODY, f'<img src="//a.example/a.png" alt="">{BODY}')),
    "a dangerous link": ("output-code-unknown", into("index.html", BODY, f'<a href=" java&#115;cript:x()">a</a>{BODY}')),
    "a link without protection": ("output-code-unknown", into("index.html", BODY, f'<a href="http://a.example">a</a>{BODY}')),
    "a frame": ("output-code-unknown", into("index.html", BODY, f"<iframe src='help.html'></iframe>{BODY}")),
    "a style": ("output-code-unknown", into("index.html", BODY, f"<style>p{{color:red}}</style>{BODY}")),
    "going elsewhere": ("output-code-unknown", into("index.html", "<head>", '<head><meta http-equiv="refresh" content="0;url=help.html">')),
    "no policy": ("output-code-unknown", into("index.html", "Content-Security-Policy", "X-Policy")),
    "a looser policy": ("output-code-unknown", into("index.html", "script-src 'self'", "script-src 'unsafe-inline' 'self'")),
    "an index that runs": ("output-code-unknown", into("search/search_index.js", "var __index = ", "steal();var __index = ")),
}  # fmt: skip
"""What is changed in a portal, and the rule that finds it."""
LINK = b'<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}" TargetMode="External"/></Relationships>'


def relation(kind: str, target: str) -> dict[str, tuple[bytes, bytes]]:
    """A relation that leads elsewhere."""
    words = LINK.decode().replace("{}", kind, 1).replace("{}", target, 1)
    return {"document_xml_rels": (b"</Relationships>", words.encode())}


DOCUMENTS: dict[str, tuple[str, Plant]] = {
    "a comment": ("output-part-unknown", part(".docx!word/comments.xml", b"<a/>")),
    "a part that is not in use": ("output-part-unknown", part(".docx!word/header99.xml", b"<a/>")),
    "a custom part": ("output-part-unknown", part(".docx!customXml/item1.xml", b"<a/>")),
    "a template from elsewhere": ("output-part-unknown", part(".docx", b"", **relation("attachedTemplate", "https://a.example/a.dotx"))),
    "a dangerous link": ("output-part-unknown", part(".docx", b"", **relation("hyperlink", "file:///etc/passwd"))),
    "hidden text": ("output-part-unknown", part(".docx", b"", document_xml=(b"<w:body>", b"<w:body><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r></w:p>"))),
    "a name in hidden text": ("output-names-client", part(".docx", b"", document_xml=(b"<w:body>", "<w:body><w:p><w:r><w:t>Märkische Kühl</w:t></w:r><w:r><w:t>werke</w:t></w:r></w:p>".encode()))),
    "a name in the author": ("output-names-client", part(".docx", b"", core_xml=(b"<dc:creator>", "<dc:creator>Märkische Kühlwerke ".encode()))),
    "a field that asks elsewhere": ("output-part-unknown", part(".docx", b"", document_xml=(b"<w:body>", b'<w:body><w:p><w:fldSimple w:instr="INCLUDETEXT a"/></w:p>'))),
    "what is broken": ("output-part-unknown", lambda f: next(f.glob("downloads/*.docx")).write_bytes(b"PK\3\4")),
}  # fmt: skip


def test_nothing_is_found_in_what_is_well(root: Path) -> None:
    built = made(root, "portal", "word", "slides", audience=None)
    assert rules(built) == set()
    assert (root / "build/clients/nordwind/index.html").exists()


def looked(root: Path, formats: tuple[str, ...], plants: dict[str, tuple[str, Plant]], tmp_path: Path) -> list[str]:  # fmt: skip
    """One rendering, then each plant in a copy of it: those that are not found as they should be."""
    import shutil
    from pathlib import PurePosixPath

    from planwerk.checks import identities
    from planwerk.read import read
    from planwerk.render.shipped import digests
    from planwerk.theme import load_theme

    made(root, *formats)
    output, reading = root / "build/clients/nordwind", read(root)
    files = {p.relative_to(output).as_posix() for p in output.rglob("*") if p.is_file()}
    missed = []
    for number, (name, (rule, plant)) in enumerate(
        {"nothing": ("", lambda f: None), **plants}.items()
    ):
        folder = tmp_path / f"{number}/nordwind"
        shutil.copytree(output, folder)
        plant(folder)
        look = Leaving(reading, identities(reading), PurePosixPath("build"), Files(lambda: digests(load_theme(), "mkdocs")))  # fmt: skip
        found = {problem.rule for problem in look.problems("client", "nordwind", folder, files)}
        missed += [f"{name}: {found}"] if found != ({rule} if rule else set()) else []
        shutil.rmtree(folder.parent)
    return missed


def test_what_is_planted_in_a_portal_is_found(root: Path, tmp_path: Path) -> None:
    assert looked(root, ("portal",), PAGES, tmp_path / "copies") == []


def test_what_is_planted_in_a_document_is_found(root: Path, tmp_path: Path) -> None:
    assert looked(root, ("word",), DOCUMENTS, tmp_path / "copies") == []


def test_nothing_is_published_and_the_old_output_stays(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    made(root)
    before = tree(root / "build")
    plan = root / "plans/nordwind/2026-h2/plan.md"
    plan.write_text(plan.read_text("utf-8").replace("auf 40", "auf 41"), "utf-8")
    planted(monkeypatch, into("index.html", BODY, f"<p>Bernd Ahrens</p>{BODY}"))
    built = made(root)
    (problem,) = [p for p in built.problems if p.rule == "output-names-person"]
    assert str(problem.place.path) == "build/clients/nordwind/index.html"
    assert (problem.account, problem.facts["found"]) == ("nordwind", "Bernd Ahrens")
    assert exit_code(built.problems) == 3
    assert built.files == 0
    assert tree(root / "build") == before
    monkeypatch.undo()
    assert rules(made(root)) == set()
    assert tree(root / "build") != before


def test_an_open_gate_is_found(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked for does not come from the gate."""
    import planwerk.parts as flow_parts

    def open_gate(portfolio: Portfolio, audience: str, account: str | None = None) -> Portfolio:
        opened = {"accounts": (portfolio.account(account or ""),), "audience": audience}
        return portfolio.model_copy(update=opened)

    monkeypatch.setattr(flow_parts, "project", open_gate)
    built = made(root)
    assert {"output-names-person", "output-quotes-internal"} <= rules(built)
    assert not (root / "build").exists()


SAID = SHARED.replace("Weiterempfehlung auf 40 heben", "Mit Bernd Ahrens auf 40 heben")


def test_the_finding_names_the_place_in_the_plans(root: Path) -> None:
    (root / "plans/nordwind/2026-h2/plan.md").write_text(SAID, "utf-8")
    (problem,) = [p for p in made(root).problems if p.rule == "output-names-person"]
    assert str(problem.place.path) == "plans/nordwind/2026-h2/plan.md"
    assert problem.place.line == 6
    assert problem.facts["file"].startswith("build/clients/nordwind/")


def test_the_command_says_that_nothing_was_published_for_nobody(root: Path) -> None:
    (root / "plans/nordwind/2026-h2/plan.md").write_text(SAID, "utf-8")
    done = run("--lang", "en", "build", cwd=root)
    assert done.returncode == 3
    assert "Nothing was published for anybody" in done.stderr
    assert "not built because" not in done.stderr


@pytest.mark.parametrize(("until", "stops"), [("2027-01-01", False), ("2026-01-01", True)])
def test_a_finding_can_be_allowed_for_a_while(root: Path, until: str, stops: bool) -> None:
    note = f"    # allow output-names-person until {until}: namensgleich\n    title:"
    (root / "plans/nordwind/2026-h2/plan.md").write_text(SAID.replace("    title:", note, 1), "utf-8")  # fmt: skip
    assert (rules(made(root)) == {"output-names-person"}) == stops


def test_people_whom_the_client_sees_and_ours_may_be_named(root: Path) -> None:
    plan = SHARED.replace("Weiterempfehlung auf 40 heben", "Mit Maren Brandt und Anna Keller")
    (root / "plans/nordwind/2026-h2/plan.md").write_text(plan, "utf-8")
    assert rules(made(root)) == {"output-names-person"}
    people = root / "plans/nordwind/stakeholders.md"
    people.write_text(KELLER.replace("    title:", "    share: client\n    title:"), "utf-8")
    assert rules(made(root)) == set()


def test_a_word_that_every_portal_says_is_no_name(root: Path) -> None:
    name = ACCOUNT.replace("Nordwind AG", "Ziel GmbH")
    (root / "plans/zwei/account.md").write_text(name, "utf-8")
    assert rules(made(root)) == set()


def test_what_stays_is_looked_through_again_where_names_are_new(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []
    real = Leaving.problems

    def counted(self: Leaving, audience: str, account: str, *them: Any) -> Any:
        looks.append(account)
        return real(self, audience, account, *them)

    monkeypatch.setattr(Leaving, "problems", counted)
    plan = SHARED.replace("Weiterempfehlung auf 40 heben", "Mit Carla Dietz auf 40 heben")
    (root / "plans/nordwind/2026-h2/plan.md").write_text(plan, "utf-8")
    assert rules(made(root)) == set()
    assert looks == ["nordwind"]
    assert made(root).unchanged == 1
    assert looks == ["nordwind"]
    people = root / "plans/zwei/stakeholders.md"
    people.write_text(KELLER.replace("Dr. Anna Keller", "Carla Dietz"), "utf-8")
    before = tree(root / "build")
    for _ in range(2):  # what was found is not forgotten
        built = made(root)
        assert rules(built) == {"output-names-person"}
        assert tree(root / "build") == before
    assert looks == ["nordwind"] * 3
    # nor does it leave with what somebody else asked for
    assert rules(made(root, audience="internal")) == {"output-names-person"}
    assert tree(root / "build") == before


def test_what_an_unread_account_left_is_looked_through(root: Path) -> None:
    """Its client's output stays as it was, unless somebody of others is named in it."""
    plan = SHARED.replace("Weiterempfehlung auf 40 heben", "Mit Carla Dietz auf 40 heben")
    (root / "plans/nordwind/2026-h2/plan.md").write_text(plan, "utf-8")
    made(root)
    (root / "plans/nordwind/account.md").write_text("---\nname: [\n---\n", "utf-8")
    built = made(root, audience=None)
    assert (rules(built), built.kept) == (set(), {"nordwind"})
    people = root / "plans/zwei/stakeholders.md"
    people.write_text(KELLER.replace("Dr. Anna Keller", "Carla Dietz"), "utf-8")
    assert rules(made(root, audience=None)) == {"output-names-person"}
