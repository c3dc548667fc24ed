"""From each fact to its file and line at the git host: right, for us alone, and only if committed."""

from __future__ import annotations

import pickle
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
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
from planwerk.model.account import Measurement
from planwerk.model.cited import CITED, Cited, cite, cited
from planwerk.model.hosts import line_address
from planwerk.model.kinds import all_records
from planwerk.model.log import Log
from planwerk.model.portfolio import Portfolio
from planwerk.model.record import Record
from planwerk.model.walk import shape
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
                assert lines[key].entries == places, f"{path}: {key}"
                count += len(places)
    assert count > 500


def test_lists_within_entries_and_lines_of_texts_are_no_entries() -> None:
    front = "a:\n- id: x\n  note: |\n    - no\n    b:\n  more:\n    - no\n# - no\n-\n  id: y\nb: z\nc:\n    - v\n"  # fmt: skip
    assert item_lines(front, 2) == {"a": (2, [3, 10]), "b": (12, []), "c": (13, [14])}


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


# --- every fact --------------------------------------------------------------------------------

WITHOUT = {
    "Workspace": "settings of the house: what they lead to is shown, they are not",
    "Organisation": "our own name, on every page",
    "Member": "one of us, named on every page: the row leads to what they do",
    "Named": "a name of an industry or team, as a heading or word",
    "Offering": "a name of something we sell, as a heading or word",
    "Tier": "a name of a tier, as a word of an account",
    "PlanType": "a kind of plan, as a word",
    "Freshness": "a setting of the house: what it finds is shown",
    "Method": "a setting of the house: what it finds is shown",
    "Rate": "a currency's rate: the sum that it makes is shown",
    "Health": "how health is reckoned: the values that go into it are shown",
    "HealthPart": "how health is reckoned: the values that go into it are shown",
    "Documents": "what documents hold, which no page shows",
    "Decks": "what decks hold, which no page shows",
    "SlideFile": "what decks hold, which no page shows",
    "OwnSlide": "what decks hold, which no page shows",
    "OwnTitle": "what decks hold, which no page shows",
    "SpeakerNote": "what decks hold, which no page shows",
    "Persona": "what somebody without a name is called: the row leads to that person",
    "Partner": "a firm that acts: the row leads to what it does",
    "HouseQuestion": "a question that anybody may be asked: the row leads to the answer",
    "Questions": "the same",
    "Training": "counted only: the file is linked",
    "Interaction": "counted only: the file is linked",
    "SurveyAnswer": "counted only: the file is linked",
    "Revenue": "counted only: the file is linked",
    "Approval": "shown with the history, which is not told here: its row leads to it",
    "WhiteSpaceCell": "a cell of a grid, whose remark is not shown: its own test is above",
    "Plan": "what it holds is shown record by record",
    "ClientPage": "the client's own page: prose under its heading, in accounts that have one",
    "Cadence": "how often we meet: shown where a meeting is missing",
    "HousePage": "a page of the house is no plan: it is the page itself",
    "Host": "an address",
    "PortalFeedback": "an address",
}
"""Records that need no link of their own where they are shown, each with its reason."""
EVERYWHERE = ("format", "rules", "checking", "help", "glossary", "imprint", "privacy", "pictures")
"""Pages that are written by hand or quote plans as examples."""


def plain(words: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(words)).split())


def said_by(record: Record) -> list[str]:
    """The texts of a record by which it would be known again on a page."""
    values = [record.__dict__[name] for name in shape(type(record)).texts if name != "body"]
    words = [w for v in values for w in (v if isinstance(v, tuple) else (v,)) if isinstance(w, str)]
    return [plain(w) for w in words if len(w) > 14 and " " in w and "@" not in w and ":" not in w]


def all_of(record: Record) -> Iterator[Record]:
    yield record
    for name in shape(type(record)).inner:
        value = record.__dict__[name]
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Record):
                yield from all_of(part)


@pytest.fixture(scope="module")
def shown(demo: Path) -> tuple[Reading, Portfolio, dict[str, str]]:
    """The plans of the examples, and all pages that we have of them by `account/page`."""
    reading, seen = known(demo)
    written = {
        f"{account.id}/{name}": words
        for account in seen.accounts
        for name, words in pages(seen, account.id).items()
    }
    overall = markdown(portal.portfolio_site(seen, load_words("de")))
    return reading, seen, written | {f"/{name}": words for name, words in overall.items()}


def unlinked(reading: Reading, seen: Portfolio, written: dict[str, str]) -> list[str]:
    """What pages show of records without a link to their line on one of those pages."""
    host = seen.workspace.host
    assert host
    texts = {n: plain(w) for n, w in written.items() if n.rpartition("/")[2] not in EVERYWHERE}
    wrong, linked = [], set()
    for file, found in reading.records.items():
        account = file.split("/")[1]
        near = {n: t for n, t in texts.items() if n.startswith((f"{account}/", "/"))}
        for record in (part for _, one in found for part in all_of(one)):
            kind, words = type(record).__name__, said_by(record)
            there = [n for n, text in near.items() if any(w in text for w in words)]
            if kind in WITHOUT or not there:
                continue
            at = cited(record)
            address = escape(line_address(host, at)) if at else None
            leading = {n for n in there if address and address in written[n]}
            linked |= {(n, word) for n in leading for word in words}
            if not leading:
                wrong.append((kind, file, words, there))
    # the same words may stand there for another record: a wish, and the step that it became
    return [
        f"{kind} in {file}, {words[0]!r}, on {there}"
        for kind, file, words, there in wrong
        if not any((n, word) in linked for n in there for word in words)
    ]


def test_whatever_a_page_shows_has_a_link_to_its_line(shown: tuple[Reading, Portfolio, dict[str, str]]) -> None:  # fmt: skip
    reading, seen, written = shown
    wrong = unlinked(reading, seen, written)
    assert wrong == [], f"{len(wrong)}"


def test_a_fact_without_a_link_is_noticed(shown: tuple[Reading, Portfolio, dict[str, str]]) -> None:
    reading, seen, written = shown
    without = {n: re.sub(r'<a class="origin" href="[^"]*tasks.md[^"]*"', "<a", w) for n, w in written.items()}  # fmt: skip
    kinds = {told.split()[0] for told in unlinked(reading, seen, without)}
    assert kinds >= {"Task", "Milestone", "Decision"}


def test_every_kind_of_record_is_linked_or_says_why_not(shown: tuple[Reading, Portfolio, dict[str, str]]) -> None:  # fmt: skip
    reading, seen, written = shown
    host, every = seen.workspace.host, "".join(written.values())
    assert host
    linked, there = set(), set()
    for record in (part for rows in reading.records.values() for _, one in rows for part in all_of(one)):  # fmt: skip
        at = cited(record)
        there.add(type(record).__name__)
        if at and escape(line_address(host, at)) in every:
            linked.add(type(record).__name__)
    assert there - linked - WITHOUT.keys() == set()
    assert len(linked) > 40
    assert WITHOUT.keys() - all_records().keys() - {"HousePage"} == set()


def test_each_value_of_a_kpi_that_was_entered_leads_to_its_line(shown: tuple[Reading, Portfolio, dict[str, str]], demo: Path) -> None:  # fmt: skip
    _, seen, written = shown
    count = 0
    for account in seen.accounts:
        period = account.current(seen.as_of)
        for result in period.results if period else ():
            if result.counted is not None or not result.series:
                continue
            rows = written[f"{account.id}/goals"].split("<tr")
            found = [link for row in rows for link in links({"goals": row}) if link.path.endswith("measurements.csv")]  # fmt: skip
            lines = {words_at(demo, link) for link in found}
            own = {line.split(",")[0] for line in lines if line.split(",")[1] == result.kpi}
            assert {point.day.isoformat() for point in result.series} <= own, result.kpi
            count += len(result.series)
    assert count > 30


def test_what_is_counted_leads_to_its_file(shown: tuple[Reading, Portfolio, dict[str, str]]) -> None:  # fmt: skip
    _, _, written = shown
    for page, names in (("goals", {"revenue.csv", "interactions.csv"}), ("index", {"revenue.csv"}), ("figures", {"surveys.csv", "interactions.csv", "revenue.csv", "opportunities.csv"})):  # fmt: skip
        found = {PurePosixPath(n.path).name for n in links({page: written[f"nordwind-logistik/{page}"]}) if n.line == 1}  # fmt: skip
        assert names <= found, (page, found)


def test_lines_of_a_long_log_know_where_they_stand() -> None:
    from array import array

    log = Log(Measurement, {"kpi": ["nps", "csat"]}, array("L", [2, 3]))
    assert cited(log[1]) is None
    cite(log, Cited("abc", "plans/a/measurements.csv"))
    assert cited(log[1]) == Cited("abc", "plans/a/measurements.csv", 3)
    assert [cited(line) for line in log] == [Cited("abc", "plans/a/measurements.csv", n) for n in (2, 3)]  # fmt: skip


def test_on_wide_screens_no_link_hides_in_a_list_that_nobody_sees(examples: Path) -> None:
    """The list of a picture is there for phones and speech; a link in it would get the focus unseen."""
    css = (examples / "themes/planwerk/portal/internal.css").read_text("utf-8")
    assert ".as-list a.origin { display: none; }" in css


# --- for us alone --------------------------------------------------------------------------------


def test_no_note_of_the_examples_passes_the_gate(shown: tuple[Reading, Portfolio, dict[str, str]]) -> None:  # fmt: skip
    _, seen, _ = shown
    host = seen.workspace.host
    assert host
    for account in seen.accounts:
        outside = project(seen, CLIENT, account.id)
        packed = pickle.dumps(outside)
        assert CITED.encode() not in packed, account.id
        assert host.url.encode() not in packed, account.id
        there = pages(outside, account.id) if outside.accounts else {}
        for page, words in there.items():
            assert "origin" not in words, page
            assert "/blob/" not in words, page
            assert load_words("de")("portal.written_in") not in words, page


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
