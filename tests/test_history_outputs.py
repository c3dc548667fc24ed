"""The history in the outputs: ours with people and reasons, a client's by day and nothing else."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

import leaks
from histories import raw
from planwerk import blocks as b
from planwerk.audience import CLIENT, INTERNAL, project, shares_anything, with_disclosed
from planwerk.build import Options, build
from planwerk.compose.sections import history
from planwerk.compose.view import View, view_of
from planwerk.history.past import Past, Wanted, past
from planwerk.measure import measure
from planwerk.model.history import Commit, Step, Told
from planwerk.model.portfolio import Portfolio
from planwerk.read import read
from planwerk.render.html import Writer
from planwerk.repository import open_repository
from planwerk.scaffold.demo import scaffold_demo

NORDWIND, BRIGHTWATER = "nordwind-logistik", "brightwater-stores"
AUTHOR, MAIL, SUBJECT, BODY = "Quirin Zapfendorf", "qz@zapfen.example", "Ablagewort Kuckucksuhr", "Nebensatzwort Murmeltier"  # fmt: skip


@dataclass(frozen=True)
class Demo:
    """The example portfolio with its history, and what is known of it."""

    root: Path
    portfolio: Portfolio
    past: Past

    def view(self, audience: str, account: str = NORDWIND, language: str | None = None) -> View:
        if audience == INTERNAL:
            known = self.past.accounts[account]
            accounts = tuple(
                a.model_copy(update={"history": known}) for a in self.portfolio.accounts if a.id == account
            )  # fmt: skip
            changes = {"accounts": accounts, "history": self.past.house, "gaps": self.past.gaps}
            seen = self.portfolio.model_copy(update=changes)
        else:
            seen = with_disclosed(project(self.portfolio, CLIENT, account), self.past.clients[account])  # fmt: skip
        return view_of(seen, seen.accounts[0], language)


def told(root: Path, until: date | None = None) -> Demo:
    found = read(root, until).portfolio
    repository = open_repository(root)
    assert found is not None and repository is not None
    clients = tuple(a.id for a in found.accounts if shares_anything(a))
    wanted = Wanted(tuple(a.id for a in found.accounts), clients)
    return Demo(root, measure(found), past(repository, "HEAD", found.as_of, wanted))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    root = tmp_path_factory.mktemp("demo") / "demo"
    scaffold_demo(root)
    return told(root)


def inner(blocks: tuple[b.Block, ...]) -> Iterator[b.Block]:
    for block in blocks:
        yield block
        if isinstance(block, b.Section | b.Fold):
            yield from inner(block.blocks)
        elif isinstance(block, b.Beside):
            yield from (found for part in block.parts for found in inner(part))


def entries(page: b.Page | None) -> list[b.LogEntry]:
    assert page is not None
    return [e for block in inner(page.blocks) if isinstance(block, b.Log) for e in block.items]


def sentences(found: list[b.LogEntry]) -> list[str]:
    return [b.plain(said.text) for entry in found for said in entry.items]


# --- the flow ----------------------------------------------------------------------------------


def test_ours_end_at_the_day_of_the_outputs(demo: Demo) -> None:
    earlier = told(demo.root, date(2026, 6, 30))
    last = earlier.past.accounts[NORDWIND][-1].commit.day
    assert last is not None and last <= date(2026, 6, 30)
    whole = demo.past.accounts[NORDWIND]
    assert whole[: len(earlier.past.accounts[NORDWIND])] == earlier.past.accounts[NORDWIND]
    assert len(whole) > len(earlier.past.accounts[NORDWIND])
    days = [step.commit.day for step in earlier.past.clients[NORDWIND]]
    assert days and all(day is not None and day <= date(2026, 6, 30) for day in days)


def test_many_clients_are_shared_by_two_processes_and_told_the_same(
    demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "again"
    subprocess.run(["git", "clone", "-q", str(demo.root), str(root)], check=True)
    monkeypatch.setattr("planwerk.history.past.MANY", 1)
    assert told(root).past.clients == demo.past.clients


def test_the_gate_copies_the_day_and_nothing_else(demo: Demo) -> None:
    commit = Commit("abc", ("p",), date(2026, 9, 1), AUTHOR, MAIL, SUBJECT, BODY, (("Reviewed-by", AUTHOR),), "7")  # fmt: skip
    change = demo.past.clients[NORDWIND][0].told[0].change
    seen = with_disclosed(project(demo.portfolio, CLIENT, NORDWIND), (Step(commit, (Told(change, commit),)),))  # fmt: skip
    (step,) = seen.accounts[0].history
    assert step == Step(Commit("", day=date(2026, 9, 1)), (Told(change, Commit("", day=date(2026, 9, 1))),))  # fmt: skip


def test_our_own_history_does_not_pass_the_gate(demo: Demo) -> None:
    account = demo.view(INTERNAL).account
    assert account.history
    portfolio = demo.portfolio.model_copy(update={"accounts": (account,), "history": demo.past.house, "gaps": demo.past.gaps})  # fmt: skip
    seen = project(portfolio, CLIENT, NORDWIND)
    assert (seen.accounts[0].history, seen.history, seen.gaps) == ((), (), ())


@pytest.fixture(scope="module")
def planted(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is built of the demo with one more commit, of which a client sees the change alone."""
    root = tmp_path_factory.mktemp("planted") / "demo"
    subprocess.run(["git", "clone", "-q", str(demo.root), str(root)], check=True)
    tasks = root / "plans" / NORDWIND / "2026-h2" / "tasks.md"
    words = tasks.read_text("utf-8")
    assert "due: 2026-12-11" in words
    tasks.write_text(words.replace("due: 2026-12-11", "due: 2026-12-13", 1), "utf-8")
    day = "2026-11-21T12:00:00 +0000"
    who = {"GIT_AUTHOR_NAME": AUTHOR, "GIT_AUTHOR_EMAIL": MAIL, "GIT_COMMITTER_NAME": AUTHOR, "GIT_COMMITTER_EMAIL": MAIL}  # fmt: skip
    raw(root, "commit", "-qam", f"{SUBJECT} (#4711)\n\n{BODY}\n\nReviewed-by: {AUTHOR}", GIT_AUTHOR_DATE=day, GIT_COMMITTER_DATE=day, **who)  # fmt: skip
    build(root, Options(accounts=(NORDWIND,)))
    return root / "build"


def test_author_and_reason_are_in_no_byte_of_the_clients_output(planted: Path) -> None:
    names = [AUTHOR, MAIL, SUBJECT, BODY, "#4711", "Zapfendorf", "Kuckucksuhr"]
    assert leaks.found(planted / "clients", names) == set()
    page = (planted / "clients" / NORDWIND / "history.html").read_text("utf-8")
    assert "21.11.2026" in page and "13.12.2026" in page  # the change itself is told


def test_ours_tells_author_reason_and_reviewer(planted: Path) -> None:
    page = (planted / "internal/accounts" / NORDWIND / "history.html").read_text("utf-8")
    for words in (AUTHOR, SUBJECT, BODY, "Pull Request #4711", f"geprüft von {AUTHOR}"):
        assert words in page
    assert MAIL not in page


def test_outside_git_nothing_of_it_appears(built_examples: Path) -> None:
    assert not list(built_examples.rglob("history.html"))
    assert (built_examples / "clients" / NORDWIND / "index.html").exists()


# --- the page ----------------------------------------------------------------------------------


def test_the_teams_page_tells_who_what_and_why(demo: Demo) -> None:
    page = history.page(demo.view(INTERNAL))
    found = entries(page)
    entry = next(e for e in found if e.why == "Nordwind: Endspurt, wer was bis Weihnachten tut")
    assert entry.who == b.Person("Maren Brandt", "MB", "us") and entry.when == "17.11.2026"
    assert "Frist „Befragung in Lübeck einführen“ verschoben: 27.11. → 4.12.2026" in sentences([entry])  # fmt: skip
    assert b.plain(entry.about).startswith("Pull Request #18 · geprüft von Henning Vogt · ")
    links = [run.link for run in entry.about if run.link]
    assert [link.rsplit("/", 2)[1] for link in links] == ["pulls", "commit"]
    title = next(run for run in entry.items[0].text if run.strong)
    assert title.text


def test_days_run_from_the_newest_to_the_oldest_and_older_months_are_folded(demo: Demo) -> None:
    page = history.page(demo.view(INTERNAL))
    assert page is not None
    days = [date(*map(int, reversed(e.when.split(".")))) for e in entries(page)]
    assert days == sorted(days, reverse=True)
    folds = [block for block in inner(page.blocks) if isinstance(block, b.Fold)]
    first = min(p.plan.from_ for p in demo.view(INTERNAL).account.periods[-2:])
    folded = [e for fold in folds for e in entries(b.Page("", "", "", fold.blocks))]
    assert folded and all(date(*map(int, reversed(e.when.split(".")))) < first for e in folded)


def test_a_topic_can_be_chosen_and_the_counts_are_right(demo: Demo) -> None:
    page = history.page(demo.view(INTERNAL))
    assert page is not None
    (choice,) = (block for block in page.blocks if isinstance(block, b.Filter))
    topics = [said.topic for entry in entries(page) for said in entry.items]
    assert {c.topic: c.count for c in choice.items} == {t: topics.count(t) for t in topics}
    assert choice.every.count == len(topics)
    css = (Path(__file__).parents[1] / "themes/planwerk/portal/planwerk.css").read_text("utf-8")
    for topic in history.TOPICS:
        assert f"#f-{topic}:checked) .log li:not(.t-{topic})" in css
    written = Writer({}).block(choice)
    assert written.count('type="radio"') == len(choice.items) + 1


def test_texts_show_what_came_and_what_went_by_more_than_colour(demo: Demo) -> None:
    found = entries(history.page(demo.view(INTERNAL)))
    runs = [run for e in found for said in e.items for line in said.inside for run in line]
    assert {run.change for run in runs} == {"", "added", "removed"}
    assert not any("**" in run.text for run in runs)
    written = Writer({}).text((b.Run("neu", change="added"), b.Run("alt", change="removed")))
    assert written == "<ins>neu</ins><del>alt</del>"


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_clients_page_tells_days_alone(demo: Demo, language: str) -> None:
    found = entries(history.page(demo.view(CLIENT, language=language)))
    assert found
    assert all((e.who, e.why, e.more, e.about) == (None, "", "", ()) for e in found)
    titles = " ".join(sentences(found))
    assert "Befragung in Lübeck einführen" in titles
    assert "Risiko" not in titles and "Marketingbudget" not in titles


def test_what_cannot_be_known_is_said_to_us(demo: Demo, tmp_path: Path) -> None:
    root = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "20", f"file://{demo.root}", str(root)], check=True)  # fmt: skip
    shallow = told(root)
    page = history.page(shallow.view(INTERNAL))
    assert page is not None
    first = page.blocks[0]
    assert isinstance(first, b.Section) and first.title == "Was sich nicht sagen lässt"
    ours = " ".join(b.plain(p.text) for bl in first.blocks if isinstance(bl, b.Bullets) for item in bl.items for p in item if isinstance(p, b.Paragraph))  # fmt: skip
    assert "beginnt in diesem Klon erst am" in ours
    theirs = history.page(shallow.view(CLIENT))
    assert theirs is None or not any(isinstance(x, b.Section) and x.title == first.title for x in theirs.blocks)  # fmt: skip


def test_a_version_nobody_can_read_is_named(demo: Demo, tmp_path: Path) -> None:
    root = tmp_path / "broken"
    subprocess.run(["git", "clone", "-q", str(demo.root), str(root)], check=True)
    tasks = root / "plans" / NORDWIND / "2026-h2" / "tasks.md"
    words = tasks.read_text("utf-8")
    tasks.write_text("<<<<<<< HEAD\n" + words, "utf-8")
    day = {"GIT_AUTHOR_DATE": "2026-11-21T12:00:00 +0000", "GIT_COMMITTER_DATE": "2026-11-21T12:00:00 +0000"}  # fmt: skip
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b"}  # fmt: skip
    raw(root, "commit", "-qam", "broken", **day, **who)
    tasks.write_text(words, "utf-8")
    raw(root, "commit", "-qam", "mended", **day, **who)
    page = history.page(told(root).view(INTERNAL))
    assert page is not None
    said = Writer({"local_navigation": ""}).all(page.blocks[:1])
    assert "tasks.md: Die Fassung vom 21.11.2026 lässt sich nicht lesen" in said
