"""The house's own pages: read, looked through, shown, and no client portal while one is unfinished."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import PLAN, Write, house_of, prose_of
from histories import Past
from planwerk import blocks as b
from planwerk.audience import project
from planwerk.checks import check
from planwerk.cli import cli
from planwerk.model.house_page import HousePage
from planwerk.problems import Problem
from planwerk.read import read
from planwerk.render.html import Writer
from planwerk.unfinished import refused, waiting
from planwerk.words import LANGUAGES, load_words

SHARED = PLAN.replace("owner: brandt", "owner: brandt\n    share: client", 1).replace(
    "baseline: 31", "baseline: 31\n    share: client"
)
IMPRINT = "# Wer wir sind\nRuhrblick Software GmbH, Essen\n"
UNFINISHED = "# Impressum\n\n- Register: TODO\n- Anschrift: TODO\n"


def write(root: Path, **pages: str) -> Path:
    """Pages in `site/`; `imprint_de` is imprint.de.md."""
    for name, words in pages.items():
        path = root / "site" / f"{name.replace('_', '.')}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(words, "utf-8")
    return root


def problems(root: Path) -> list[Problem]:
    return check(read(root))


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(root), "--lang", "de", *words])


def shown(pages: tuple[b.Page, ...], name: str) -> str:
    page = next(page for page in pages if page.name == name)
    return page.title + " " + Writer({}).all(page.blocks)


# --- reading -----------------------------------------------------------------------------------


def test_pages_are_read_with_their_titles(workspace: Write) -> None:
    root = write(workspace(), imprint_de=IMPRINT, help_en="More help\n")
    reading = read(root)
    assert reading.portfolio is not None
    page = reading.portfolio.page("imprint", "de")
    assert page == HousePage.model_construct(
        name="imprint", language="de", title="Wer wir sind",
        body="Ruhrblick Software GmbH, Essen\n", unfinished=False,
    )  # fmt: skip
    other = reading.portfolio.page("help", "en")
    assert other is not None
    assert (other.title, other.body) == ("", "More help\n")
    assert problems(root) == []


def test_each_mark_is_told_with_its_place_but_not_those_in_hints(workspace: Write) -> None:
    words = "# Impressum\n<!-- TODO heißt: ausfüllen -->\nTODOS gibt es nicht.\n- Register: TODO\n"
    (found,) = problems(write(workspace(), imprint_de=words))
    assert (found.rule, str(found.place), found.severity.word) == (
        "page-unfinished", "site/imprint.de.md:4:13", "warning",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "words", "rule", "place"),
    [
        ("imprint_de", "# Impressum\n\nglpat-abcdefghij0123456789\n", "secret-in-plan", "3:1"),
        ("privacy_de", "# Daten\u200bschutz\n", "invisible-character", "1:8"),
        ("privacy_en", "# Privacy\n[x](javascript:1)\n", "unsafe-link", "2:4"),
        ("help_en", "# Help\n\n<b>x</b>\n", "html-in-prose", "3:1"),
        ("imprint_fr", "# Mentions\n", "unknown-file", "1:1"),
        ("imprint_de", "", "empty-file", "1:1"),
    ],
)
def test_they_are_looked_through_like_plans(
    workspace: Write, name: str, words: str, rule: str, place: str
) -> None:
    found = problems(write(workspace(), **{name: words}))
    file = f"site/{name.replace('_', '.')}.md"
    assert [(p.rule, str(p.place)) for p in found] == [(rule, f"{file}:{place}")]


def test_links_and_folders_are_told(workspace: Write, tmp_path: Path) -> None:
    root = write(workspace(), imprint_de=IMPRINT)
    (root / "site/more").mkdir()
    (root / "site/privacy.de.md").symlink_to("imprint.de.md")
    assert sorted((p.rule, str(p.place.path)) for p in problems(root)) == [
        ("symlink", "site/privacy.de.md"),
        ("unknown-file", "site/more"),
    ]


def test_no_page_may_name_a_client(workspace: Write) -> None:
    (found,) = problems(write(workspace(), help_de="# Hilfe\n\nWie bei Nordwind: fragen.\n"))
    assert (found.rule, str(found.place)) == ("other-client-named", "site/help.de.md:3:9")


def test_a_check_notices_a_page_that_changed(workspace: Write) -> None:
    root = write(workspace(), imprint_de=IMPRINT)
    assert "TODO" not in run(root, "check").output
    write(root, imprint_de=UNFINISHED)
    assert "site/imprint.de.md:3:13" in run(root, "check").output
    (root / "site/imprint.de.md").unlink()
    assert "TODO" not in run(root, "check").output


# --- showing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_pages_what_is_known_is_shown_and_the_rest_is_open(language: str) -> None:
    say = load_words(language)
    pages = prose_of(house_of(language), language)
    assert [page.name for page in pages] == ["help", "glossary", "imprint", "privacy"]
    for name in ("imprint", "privacy"):
        words = shown(pages, name)
        assert "Ruhrblick Software GmbH" in words
        assert f'<span class="unknown-word">{say("word.open")}</span>' in words
        assert "TODO" not in words


def test_own_pages_stand_instead_and_help_below(workspace: Write) -> None:
    root = write(workspace({"nordwind/2026-h2/plan.md": SHARED}), imprint_de=IMPRINT)
    write(root, help_de="# Fragen\nRufen Sie uns an.\n")
    known = read(root).portfolio
    assert known is not None
    for seen in (known, project(known, "client", "nordwind")):
        german = prose_of(seen, "de")
        assert shown(german, "imprint") == "Wer wir sind <p>Ruhrblick Software GmbH, Essen</p>"
        assert shown(german, "help").endswith("</h2> <p>Rufen Sie uns an.</p>")
        assert "Ruhrblick" in shown(prose_of(seen, "en"), "imprint")
        assert "Wer wir sind" not in shown(prose_of(seen, "en"), "imprint")


# --- building ----------------------------------------------------------------------------------


def files(root: Path) -> dict[str, bytes]:
    out = root / "build"
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def test_no_client_portal_is_made_while_a_page_is_unfinished(workspace: Write) -> None:
    root = workspace({"nordwind/2026-h2/plan.md": SHARED})
    assert run(root, "build", "portal", "word").exit_code == 0
    before = files(root)
    write(root, imprint_de=UNFINISHED)
    done = run(root, "build", "portal", "word")
    assert done.exit_code == 1
    assert "site/imprint.de.md:3:13" in done.output
    assert "site/imprint.de.md:4:14" in done.output
    assert "löschen Sie die Zeile" in done.output
    assert "Ein Kundenportal wurde nicht erstellt" in done.output
    after = files(root)
    assert after.keys() == before.keys()
    portal = {n for n in before if n.startswith("clients/") and not n.endswith((".docx", ".json"))}
    assert portal and all(after[name] == before[name] for name in portal)
    assert b"TODO" in after["internal/imprint.html"]
    write(root, imprint_de=IMPRINT)
    assert run(root, "build", "portal", "--audience", "client").exit_code == 0
    assert "Wer wir sind" in (root / "build/clients/nordwind/imprint.html").read_text("utf-8")


def test_the_first_build_makes_no_folder_for_that_client(workspace: Write) -> None:
    root = write(workspace({"nordwind/2026-h2/plan.md": SHARED}), privacy_de=UNFINISHED)
    assert run(root, "build", "portal").exit_code == 1
    assert not (root / "build/clients").exists()
    assert (root / "build/internal/accounts/nordwind/index.html").exists()


def test_only_the_language_of_the_page_waits_and_no_allowance_helps(workspace: Write) -> None:
    root = workspace({"nordwind/2026-h2/plan.md": SHARED})
    hint = "<!-- allow page-unfinished until 2027-06-30: folgt -->\n- Register: TODO\n"
    write(root, imprint_de=f"# Impressum\n\n{hint}")
    assert run(root, "check").exit_code == 0
    assert "TODO" not in run(root, "check").output
    reading = read(root)
    assert reading.portfolio is not None
    assert waiting(reading.portfolio, ["nordwind"], "en") == {}
    waits = waiting(reading.portfolio, ["nordwind"], None)
    assert waits == {"nordwind": "de"}
    told = [(str(p.place), p.severity.word) for p in refused(check(reading), reading.problems, waits)]  # fmt: skip
    assert told == [("site/imprint.de.md:4:13", "error")]
    assert refused(check(reading), reading.problems, {}) == check(reading)


def test_word_and_internal_portals_do_not_wait(workspace: Write) -> None:
    root = write(workspace({"nordwind/2026-h2/plan.md": SHARED}), imprint_de=UNFINISHED)
    done = run(root, "build", "portal", "--audience", "internal")
    assert (done.exit_code, "site/imprint.de.md:3:13" in done.output) == (0, True)
    assert (root / "build/internal/accounts/nordwind/index.html").exists()


def test_a_revision_is_built_with_its_own_pages(tmp_path: Path) -> None:
    past = Past(tmp_path / "repo")
    plans = Path(__file__).parent.parent / "generator/planwerk/scaffold/templates/de/workspace"
    start = {
        path.relative_to(plans).as_posix(): path.read_text("utf-8")
        for path in plans.rglob("*") if path.is_file() and "plans" in path.parts
    }  # fmt: skip
    past.commit("first", {**start, "site/imprint.de.md": "# Impressum\nWir von damals.\n"})
    past.commit("later", {"site/imprint.de.md": "# Impressum\nWir von heute.\n"})
    root = tmp_path / "repo"
    done = run(root, "build", "portal", "--audience", "client", "--at", "HEAD~1")
    assert done.exit_code == 0, done.output
    (page,) = (root / "build/clients").glob("*/imprint.html")
    assert "Wir von damals." in page.read_text("utf-8")
    assert not re.search("draft|Entwurf", page.read_text("utf-8"))


def test_a_page_that_is_not_committed_makes_a_draft(tmp_path: Path) -> None:
    from planwerk.repository import standing

    past = Past(tmp_path / "repo")
    past.commit("first", {"plans/workspace.yml": "format: 1\n", "site/imprint.de.md": "# A\n"})
    assert not standing(tmp_path / "repo").draft("nordwind")
    write(tmp_path / "repo", imprint_de="# B\n")
    assert standing(tmp_path / "repo").draft("nordwind")
    assert not standing(tmp_path / "repo", "0" * 40).draft("nordwind")
