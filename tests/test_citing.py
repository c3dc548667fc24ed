"""From each fact to its file and line at the git host: right, for us alone, and only if committed."""

from __future__ import annotations

import pickle
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest

from conftest import ACCOUNT, PLAN, WORKSPACE
from histories import Past, raw
from planwerk.audience import CLIENT, project
from planwerk.build import Options, build
from planwerk.citing import cite_all
from planwerk.compose import portal
from planwerk.compose.view import view_of
from planwerk.measure import measure
from planwerk.model.cited import CITED, Cited
from planwerk.model.hosts import line_address
from planwerk.model.portfolio import Portfolio
from planwerk.model.workspace import Host
from planwerk.read import Reading, read
from planwerk.render.portal import markdown
from planwerk.repository import standing
from planwerk.text.front_matter import read_front_matter
from planwerk.text.items import item_lines
from planwerk.words import load_words

LINK = re.compile(r'<a class="origin" href="([^"]+)" aria-label="([^"]+)" title="([^"]+)"></a>')
HOST = "host:\n  url: https://git.planted.example/team/plans\n  kind: github\n"
SHARED = PLAN.replace("owner: brandt", "owner: brandt\n    share: client", 1).replace(
    "baseline: 31", "baseline: 31\n    share: client"
)
PLANS = {
    "plans/workspace.yml": WORKSPACE + HOST,
    "plans/nordwind/account.md": ACCOUNT,
    "plans/nordwind/2026-h2/plan.md": SHARED,
}


@dataclass(frozen=True)
class Link:
    """A link out of a page: commit, path and line that it leads to, and what it is called."""

    page: str
    commit: str
    path: str
    line: int
    words: str


def known(root: Path, revision: str = "") -> tuple[Reading, Portfolio]:
    reading = read(root)
    assert reading.portfolio is not None
    names = [account.id for account in reading.portfolio.accounts]
    cite_all(reading, standing(root, revision), revision, names)
    return reading, measure(reading.portfolio)


def pages(seen: Portfolio, account: str) -> dict[str, str]:
    return markdown(portal.account_site(view_of(seen, seen.account(account))))


def links(written: dict[str, str]) -> Iterator[Link]:
    for page, words in written.items():
        assert words.count('class="origin"') == len(LINK.findall(words))
        for address, label, title in LINK.findall(words):
            parts = urlsplit(unescape(address))
            assert (label, parts.scheme) == (title, "https")
            found = re.fullmatch(r".*/(?:blob|commit)/([0-9a-f]{40})/(.+)", parts.path)
            assert found
            line = int(parts.fragment.removeprefix("L"))
            yield Link(page, found[1], unquote(found[2]), line, unescape(label))


def words_at(root: Path, link: Link, lines: int = 1) -> str:
    text = raw(root, "show", f"{link.commit}:{link.path}").decode("utf-8-sig").split("\n")
    return "\n".join(text[link.line - 1 : link.line - 1 + lines])


# --- lines ---------------------------------------------------------------------------------------


def test_the_lines_of_entries_are_those_that_all_places_tell(examples: Path) -> None:
    count = 0
    for path in sorted((examples / "plans").rglob("*.md")):
        front = path.read_text("utf-8").split("\n---", 1)[0][4:] + "\n"
        located, problems = read_front_matter(PurePosixPath(path.name), front, 2)
        assert problems == []
        lines = item_lines(front, 2)
        for key, value in located.value.items():
            if isinstance(value, list):
                places = [located.span((key, n))[0] for n in range(len(value))]
                assert lines[key] == places, f"{path}: {key}"
                count += len(places)
    assert count > 500


def test_lists_within_entries_and_lines_of_texts_are_no_entries() -> None:
    front = "a:\n- id: x\n  note: |\n    - no\n    b:\n  more:\n    - no\n# - no\n-\n  id: y\nb: z\nc:\n    - v\n"  # fmt: skip
    assert item_lines(front, 2) == {"a": [3, 10], "b": [], "c": [14]}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("github", "https://h.example/t/p/blob/abc/plans/a/tasks.md?plain=1#L7"),
        ("gitlab", "https://h.example/t/p/-/blob/abc/plans/a/tasks.md?plain=1#L7"),
        ("gitea", "https://h.example/t/p/src/commit/abc/plans/a/tasks.md?display=source#L7"),
    ],
)
def test_each_kind_of_host_has_its_own_addresses(kind: str, expected: str) -> None:
    host = Host.model_construct(url="https://h.example/t/p", kind=kind)
    assert line_address(host, Cited("abc", "plans/a/tasks.md", 7)) == expected


def test_odd_names_of_folders_are_encoded() -> None:
    host = Host.model_construct(url="https://h.example/p", kind="github")
    assert "/blob/abc/a%20%23b/%C3%BC.md?" in line_address(host, Cited("abc", "a #b/ü.md", 1))


# --- on pages ------------------------------------------------------------------------------------


def test_each_link_of_the_demo_leads_to_the_line_that_says_it(demo: Path) -> None:
    _, seen = known(demo)
    seen_pages: set[str] = set()
    for account in seen.accounts:
        found = list(links(pages(seen, account.id)))
        seen_pages |= {link.page for link in found}
        for link in found:
            at = words_at(demo, link)
            name = PurePosixPath(link.path).name
            assert name in link.words
            assert str(link.line) in link.words
            if link.path.endswith(".csv"):
                assert at.count(",") > 1, link
            elif link.line == 1:
                assert at == "---", link
            else:
                assert re.match(r" *- \S+: ", at), link
            tip = raw(demo, "show", f"HEAD:{link.path}").decode("utf-8-sig").split("\n")
            assert tip[link.line - 1] == at, link
    assert seen_pages >= {
        "index", "goals", "tasks", "risks", "profile", "stakeholders", "interview", "journey",
        "white-space", "competition", "meetings", "reviews",
    }  # fmt: skip


def test_the_line_is_that_of_the_record_beside_it(demo: Path) -> None:
    _, seen = known(demo)
    account = seen.account("nordwind-logistik")
    period = account.current(seen.as_of)
    assert period is not None
    written = pages(seen, account.id)
    for page, titles in (
        ("tasks", {t.title: t.id for t in period.tasks.tasks}),
        ("goals", {g.title: g.id for g in period.plan.goals if g.kind == "client"}),
    ):
        for title, name in titles.items():
            row = next(r for r in written[page].split("<tr")[1:] if title in unescape(r) and "origin" in r)  # fmt: skip
            (link,) = links({page: "<" + row.split("</tr>")[0]})
            assert words_at(demo, link).strip() == f"- id: {name}"


def test_a_line_of_a_table_is_cited(demo: Path) -> None:
    _, seen = known(demo)
    written = pages(seen, "nordwind-logistik")
    cells = [link for link in links(written) if link.path.endswith("whitespace.csv")]
    assert len(cells) > 10
    assert len({link.line for link in cells}) > 10
    assert all(re.match(r"[a-z-]+,[a-z-]+,[a-z_]+,", words_at(demo, link)) for link in cells)


def test_what_is_not_committed_has_no_link(tmp_path: Path) -> None:
    past = Past(tmp_path / "repo")
    past.commit("first", PLANS)
    root = tmp_path / "repo"
    _, seen = known(root)
    assert {PurePosixPath(n.path).name for n in links(pages(seen, "nordwind"))} == {"plan.md", "account.md"}  # fmt: skip
    (root / "plans/nordwind/2026-h2/plan.md").write_text(SHARED.replace("auf 40", "auf 41"))
    risks = "---\nrisks:\n  - id: a\n    text: A\n    reason: budget\n    probability: 1\n    severity: 1\n---\n"
    (root / "plans/nordwind/2026-h2/risks.md").write_text(risks)
    _, seen = known(root)
    assert {PurePosixPath(n.path).name for n in links(pages(seen, "nordwind"))} == {"account.md"}


def test_a_commit_elsewhere_changes_no_link(tmp_path: Path) -> None:
    past = Past(tmp_path / "repo")
    past.commit("first", PLANS)
    before = pages(known(tmp_path / "repo")[1], "nordwind")
    past.commit("another", {"plans/ostsee/account.md": ACCOUNT.replace("Nordwind", "Ostsee")})
    assert pages(known(tmp_path / "repo")[1], "nordwind") == before


def test_after_a_merge_that_took_the_older_side_the_line_is_still_right(tmp_path: Path) -> None:
    past = Past(tmp_path / "repo")
    root = tmp_path / "repo"
    past.commit("first", PLANS)
    raw(root, "checkout", "-q", "-b", "side")
    past.commit("ours", {"plans/nordwind/2026-h2/plan.md": SHARED.replace("auf 40", "auf 42")})
    raw(root, "checkout", "-q", "-")
    longer = SHARED.replace("goals:", "vision: Mehr\ngoals:")
    past.commit("theirs, later", {"plans/nordwind/2026-h2/plan.md": longer})
    raw(root, "checkout", "-q", "side")
    raw(root, "-c", "user.name=A", "-c", "user.email=a@b.example", "merge", "-q", "-s", "ours", "-m", "took ours", "-")  # fmt: skip
    goals = [n for n in links(pages(known(root)[1], "nordwind")) if n.path.endswith("plan.md")]
    assert goals
    assert {words_at(root, n) for n in goals} <= {"  - id: loyalty", "  - kpi: nps"}


def test_a_workspace_inside_a_repository_is_cited_by_its_whole_path(tmp_path: Path) -> None:
    past = Past(tmp_path / "repo")
    past.commit("first", {f"sales & more/{name}": words for name, words in PLANS.items()})
    _, seen = known(tmp_path / "repo/sales & more")
    found = list(links(pages(seen, "nordwind")))
    assert found
    assert all(link.path.startswith("sales & more/plans/nordwind/") for link in found)
    assert all(words_at(tmp_path / "repo", link) for link in found)


# --- for us alone --------------------------------------------------------------------------------


def test_no_note_passes_the_gate(tmp_path: Path) -> None:
    past = Past(tmp_path / "repo")
    past.commit("first", PLANS)
    reading, seen = known(tmp_path / "repo")
    assert CITED.encode() in pickle.dumps(seen)
    outside = pickle.dumps(project(seen, CLIENT, "nordwind"))
    for token in (CITED.encode(), b"planted", b"plan.md", standing(tmp_path / "repo").commit.encode()):  # fmt: skip
        assert token not in outside
    written = "".join(pages(project(seen, CLIENT, "nordwind"), "nordwind").values())
    assert "origin" not in written
    assert reading.portfolio is not None


def test_a_build_tells_us_where_everything_stands_and_no_client(tmp_path: Path) -> None:
    past = Past(tmp_path / "repo")
    past.commit("first", PLANS)
    root = tmp_path / "repo"
    built = build(root, Options(formats=("portal",)))
    assert [p.rule for p in built.problems if p.rule == "page-unfinished"] == []
    inside = (root / "build/internal/accounts/nordwind/goals.html").read_text("utf-8")
    assert 'class="origin" href="https://git.planted.example/team/plans/blob/' in inside
    commit = raw(root, "rev-parse", "HEAD").decode().strip()
    for path in (root / "build/clients").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"planted" not in content, path
            assert commit[:8].encode() not in content, path
            assert b"plan.md" not in content, path


# --- last changed, as of -------------------------------------------------------------------------


def test_every_page_of_the_plans_says_when_it_was_changed_and_as_of_when(demo: Path, tmp_path: Path) -> None:  # fmt: skip
    root = tmp_path / "copy"
    shutil.copytree(demo, root)
    accounts = ("nordwind-logistik",)
    build(root, Options(formats=("portal",), accounts=accounts))
    prose = {"help", "glossary", "imprint", "privacy", "404", "finding", "checking", "past", "pictures", "format", "rules"}  # fmt: skip
    for site, words in (("internal", "zuletzt geändert am"), ("internal/accounts/nordwind-logistik", "Zuletzt geändert am"), ("clients/nordwind-logistik", "Zuletzt geändert am")):  # fmt: skip
        found = sorted((root / "build" / site).glob("*.html"))
        assert len(found) > 6
        for path in found:
            text = path.read_text("utf-8")
            assert load_words("de")("footer.client", organisation="", day="23.11.2026").split(" · ")[-1] in text, path  # fmt: skip
            if path.stem not in prose:
                assert words in text, path
