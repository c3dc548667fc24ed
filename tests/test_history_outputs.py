"""The history in the outputs: ours with people and reasons, a client's by day and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

import leaks
from conftest import ACCOUNT, PLAN, WORKSPACE
from histories import Past as Past_
from histories import raw
from planwerk import blocks as b
from planwerk.audience import CLIENT, INTERNAL, project, shares_anything, with_disclosed
from planwerk.build import Options, build
from planwerk.compose import decks, documents
from planwerk.compose.drifting import Drift, slips
from planwerk.compose.sections import drift, history, lately, portfolio, since, tasks, validity
from planwerk.compose.told import TOPICS
from planwerk.compose.view import View, view_of
from planwerk.history.disclosed import without_hidden
from planwerk.history.facts import Fact
from planwerk.history.past import Past, past
from planwerk.measure import measure
from planwerk.memory import Memory
from planwerk.model.history import Change, Commit, Spot, Step, Told
from planwerk.model.portfolio import Portfolio
from planwerk.parts import _overall, _theirs
from planwerk.read import read
from planwerk.render.html import Writer
from planwerk.repository import open_repository
from planwerk.scaffold.demo import scaffold_demo
from planwerk.words import load_words

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
            known = self.past.of(account)
            accounts = tuple(
                a.model_copy(update={"history": known}) for a in self.portfolio.accounts if a.id == account
            )  # fmt: skip
            changes = {"accounts": accounts, "history": self.past.house, "gaps": self.past.gaps}
            seen = self.portfolio.model_copy(update=changes)
        else:
            seen = with_disclosed(project(self.portfolio, CLIENT, account), self.past.client(account))  # fmt: skip
        return view_of(seen, seen.accounts[0], language)


def told(root: Path, until: date | None = None) -> Demo:
    found = read(root, until).portfolio
    repository = open_repository(root)
    assert found is not None and repository is not None
    clients = tuple(a.id for a in found.accounts if shares_anything(a))
    return Demo(root, measure(found), past(repository, "HEAD", found.as_of, clients))


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


def commit(root: Path, message: str, name: str = "A", mail: str = "a@b.example") -> None:
    """Commit all, on 21 November 2026."""
    day = "2026-11-21T12:00:00 +0000"
    settings = ("-c", f"user.name={name}", "-c", f"user.email={mail}")
    raw(root, *settings, "commit", "-qam", message, GIT_AUTHOR_DATE=day, GIT_COMMITTER_DATE=day)


def clone(demo: Demo, root: Path, *how: str) -> Path:
    subprocess.run(["git", "clone", "-q", *how, f"file://{demo.root}", str(root)], check=True)
    return root


# --- the flow ----------------------------------------------------------------------------------


def test_ours_end_at_the_day_of_the_outputs(demo: Demo) -> None:
    earlier = told(demo.root, date(2026, 6, 30))
    last = earlier.past.of(NORDWIND)[-1].commit.day
    assert last is not None and last <= date(2026, 6, 30)
    whole = demo.past.of(NORDWIND)
    assert whole[: len(earlier.past.of(NORDWIND))] == earlier.past.of(NORDWIND)
    assert len(whole) > len(earlier.past.of(NORDWIND))
    days = [step.commit.day for step in earlier.past.client(NORDWIND)]
    assert days and all(day is not None and day <= date(2026, 6, 30) for day in days)


def test_many_clients_are_shared_by_two_processes_and_told_the_same(
    demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = clone(demo, tmp_path / "again")
    monkeypatch.setattr("planwerk.history.past.MANY", 1)
    again = told(root).past
    for account in demo.portfolio.accounts:
        assert again.client(account.id) == demo.past.client(account.id)


def test_the_gate_copies_the_day_and_nothing_else(demo: Demo) -> None:
    commit = Commit("abc", ("p",), date(2026, 9, 1), AUTHOR, MAIL, SUBJECT, BODY, (("Reviewed-by", AUTHOR),), "7")  # fmt: skip
    change = demo.past.client(NORDWIND)[0].told[0].change
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
    root = clone(demo, tmp_path_factory.mktemp("planted") / "demo")
    tasks = root / "plans" / NORDWIND / "2026-h2" / "tasks.md"
    words = tasks.read_text("utf-8")
    assert "due: 2026-12-11" in words
    tasks.write_text(words.replace("due: 2026-12-11", "due: 2026-12-13", 1), "utf-8")
    commit(root, f"{SUBJECT} (#4711)\n\n{BODY}\n\nReviewed-by: {AUTHOR}", AUTHOR, MAIL)
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


def test_outside_git_nothing_of_it_appears(examples: Path, tmp_path: Path) -> None:
    shutil.copytree(examples / "plans", tmp_path / "plans")
    build(tmp_path, Options(formats=("portal",), accounts=(NORDWIND,)))
    assert not list(tmp_path.rglob("history.html"))
    assert (tmp_path / "build/clients" / NORDWIND / "index.html").exists()


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
    strong = {run.text for said in entry.items for run in said.text if run.strong}
    assert "Befragung in Lübeck einführen" in strong


def test_days_run_from_the_newest_to_the_oldest_and_older_months_are_folded(demo: Demo) -> None:
    page = history.page(demo.view(INTERNAL))
    assert page is not None
    days = [date(*map(int, reversed(e.when.split(".")))) for e in entries(page)]
    assert days == sorted(days, reverse=True)
    folds = [block for block in inner(page.blocks) if isinstance(block, b.Fold)]
    folded = [e for fold in folds for e in entries(b.Page("", "", "", fold.blocks))]
    shown = len(days) - len(folded)
    months = {(day.year, day.month) for day in days[:shown]}
    assert folded and shown, "the latest month is open, older ones are behind their names"
    assert len(months) == 1 or sum(len(e.items) for e in entries(page)[:shown]) <= history.AT_ONCE
    assert all((day.year, day.month) not in months for day in days[shown:])


def test_a_topic_can_be_chosen_and_the_counts_are_right(demo: Demo) -> None:
    page = history.page(demo.view(INTERNAL))
    assert page is not None
    (choice,) = (block for block in page.blocks if isinstance(block, b.Filter))
    topics = [said.topic for entry in entries(page) for said in entry.items]
    assert {c.topic: c.count for c in choice.items} == {t: topics.count(t) for t in topics}
    assert choice.every.count == len(topics)
    css = (Path(__file__).parents[1] / "themes/planwerk/portal/planwerk.css").read_text("utf-8")
    for topic in TOPICS:
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
    shallow = told(clone(demo, tmp_path / "shallow", "--depth", "20"))
    page = history.page(shallow.view(INTERNAL))
    assert page is not None
    first = page.blocks[0]
    assert isinstance(first, b.Section)
    assert first.title == "Was sich nicht sagen lässt"
    ours = " ".join(b.plain(p.text) for bl in first.blocks if isinstance(bl, b.Bullets) for item in bl.items for p in item if isinstance(p, b.Paragraph))  # fmt: skip
    assert "beginnt in diesem Klon erst am" in ours
    theirs = history.page(shallow.view(CLIENT))
    assert theirs is None or not any(isinstance(x, b.Section) and x.title == first.title for x in theirs.blocks)  # fmt: skip


def test_a_version_nobody_can_read_is_named(demo: Demo, tmp_path: Path) -> None:
    root = clone(demo, tmp_path / "broken")
    tasks = root / "plans" / NORDWIND / "2026-h2" / "tasks.md"
    words = tasks.read_text("utf-8")
    tasks.write_text("<<<<<<< HEAD\n" + words, "utf-8")
    commit(root, "broken")
    tasks.write_text(words, "utf-8")
    commit(root, "mended")
    page = history.page(told(root).view(INTERNAL))
    assert page is not None
    said = Writer({}).all(page.blocks[:1])
    assert "tasks.md: Die Fassung vom 21.11.2026 lässt sich nicht lesen" in said


# --- since the last review ---------------------------------------------------------------------


def test_net_changes_since_the_last_review_are_told_by_topic_most_important_first(demo: Demo) -> None:  # fmt: skip
    view = demo.view(INTERNAL)
    found = since.since(view)
    assert found is not None
    assert found.title == "Änderungen seit dem Gespräch am 24. September 2026"
    assert list(found.groups) == [t for t in TOPICS if t in found.groups]
    table = since.table(found, 12, 3)
    rows = [(b.plain(row.cells[0].text), b.plain(row.cells[1].text)) for row in table.rows]
    assert rows[0][0] == "Ziele"
    assert ("", "Meilenstein „Anfragensteuerung im Betrieb“ verschoben: 30.11. → 15.12.2026") in rows  # fmt: skip
    assert {head for head, _ in rows if head} >= {"Ziele", "Aufgaben", "Menschen", "Potenzial", "Risiken"}  # fmt: skip
    assert table.note == f"{found.count - 12} weitere Änderungen stehen im Änderungsverlauf des Portals."  # fmt: skip


def test_a_date_moved_there_and_back_is_no_change(demo: Demo) -> None:
    view = demo.view(INTERNAL)
    steps = view.account.history
    slip = next(t.change for s in steps for t in s.told if (t.change.kind, t.change.field) == ("Task", "due"))  # fmt: skip
    back = replace(slip, old=slip.new, new=slip.old)
    first, late = steps[0], Commit("c", day=date(2026, 11, 22))
    moved = (first, Step(late, (Told(slip, late), Told(back, late))))
    account = view.account.model_copy(update={"history": moved})
    assert since.since(View(view.portfolio, account, view.period, view.say)) is None


def test_a_client_gets_no_word_of_ours_in_what_changed(demo: Demo) -> None:
    ours, theirs = since.since(demo.view(INTERNAL)), since.since(demo.view(CLIENT))
    assert ours is not None and theirs is not None
    assert {"risks", "white_space"} <= ours.groups.keys()
    assert not {"risks", "white_space"} & theirs.groups.keys()
    assert theirs.count < ours.count


def test_documents_and_deck_tell_it_where_it_belongs(demo: Demo) -> None:
    ours = documents.account_plan(demo.view(INTERNAL))
    titles = [chapter.title for chapter in ours.chapters]
    assert "Änderungen seit dem letzten Gespräch" in titles
    assert titles[-1] == "Änderungsverlauf"
    theirs = documents.joint_plan(demo.view(CLIENT))
    ends = [chapter.title for chapter in theirs.chapters[-2:]]
    assert ends == ["Änderungen seit dem letzten Gespräch", "Wie wir in Verbindung bleiben"]
    deck = decks.debrief(demo.view(CLIENT))
    assert deck is not None
    slide = next(s for s in deck.slides if s.kicker == "Seit dem letzten Mal")
    assert isinstance(slide.body, b.Table)
    assert not any("2. Halbjahr" in b.plain(row.cells[1].text) for row in slide.body.rows)


# --- drift -------------------------------------------------------------------------------------


def test_a_task_says_what_its_day_was_at_first(demo: Demo) -> None:
    view = demo.view(CLIENT)
    table = drift.dates(view)
    assert table is not None
    rows = {b.plain(row.cells[0].text): [b.plain(c.text) for c in row.cells[1:]] for row in table.rows}  # fmt: skip
    assert rows["Befragung in Lübeck einführen"] == ["27.11.", "4.12.", "1", "+ 7"]
    notes = [c.note for row in tasks.table(view).rows for c in row.cells]
    assert "verschoben, ursprünglich 27.11." in notes


def test_moved_twice_is_counted_and_moved_back_is_none() -> None:
    spot = Spot("a", "tasks", "2026-h2", ("tasks", "x"))

    def step(day: int, old: date, new: date) -> Step:
        made = Commit(str(day), day=date(2026, 7, day))
        return Step(made, (Told(Change("changed", spot, "Task", "X", "due", old, new), made),))

    first, then, last = date(2026, 9, 1), date(2026, 9, 15), date(2026, 9, 30)
    steps = [step(1, first, then), step(2, then, last)]
    assert slips(steps) == {spot: Drift(first, last, 2, date(2026, 7, 2))}
    assert slips([*steps, step(3, last, first)]) == {}


def test_a_lowered_target_tells_its_reason_to_us_alone(demo: Demo) -> None:
    view = demo.view(INTERNAL)
    assert view.period is not None
    kpis = tuple(k.model_copy(update={"lowered_because": "Zwei Häuser geschlossen"}) for k in view.period.plan.kpis)  # fmt: skip
    plan = view.period.plan.model_copy(update={"kpis": kpis})
    seen = view.at(view.period.model_copy(update={"plan": plan}))
    table = drift.targets(seen)
    assert table is not None
    (row,) = table.rows
    assert [b.plain(cell.text) for cell in row.cells[:3]] == ["Antwortzeit auf Rückfragen", "10\u00a0h", "8\u00a0h"]  # fmt: skip
    assert row.cells[0].note == "Zwei Häuser geschlossen"
    theirs = drift.targets(demo.view(CLIENT))
    assert theirs is not None and theirs.rows[0].cells[0].note == ""


# --- approvals and confirmations ---------------------------------------------------------------


def test_an_approval_is_overtaken_by_the_first_change_it_covers(demo: Demo, tmp_path: Path) -> None:
    root = clone(demo, tmp_path / "october")
    last = raw(root, "rev-list", "-1", "--before=2026-10-20T00:00:00Z", "HEAD").decode().strip()
    raw(root, "checkout", "-q", last)
    view = told(root, date(2026, 10, 20)).view(INTERNAL, "hollerbeck-pumpen")
    (section,) = validity.section(view)
    (table,) = (x for x in section.blocks if isinstance(x, b.Table))
    states = [(row.cells[0], row.cells[3]) for row in table.rows]
    stale = [cell for what, cell in states if b.plain(what.text).startswith("Plan ")]
    assert len(stale) == 2
    assert all(c.status and c.status.word == "überholt seit 06.10.2026" and c.note for c in stale)
    now = validity.section(demo.view(INTERNAL, "hollerbeck-pumpen"))[0].blocks[0]
    assert isinstance(now, b.Table)
    assert all(c.cells[3].status and c.cells[3].status.level == "good" for c in now.rows if b.plain(c.cells[0].text).startswith("Plan "))  # fmt: skip


def test_a_goal_changed_after_its_confirmation_is_named_to_the_client(demo: Demo) -> None:
    view = demo.view(CLIENT)
    assert view.period is not None
    agreed = next(g for g in view.period.plan.goals if isinstance(g.validated_on, date))
    assert validity.goal(view, view.period, agreed) is None
    spot = Spot(NORDWIND, "plan", view.period.id, ("goals", agreed.id))
    day = Commit("", day=date(2026, 11, 22))
    change = Change("changed", spot, "Goal", agreed.title, "title", "Vorher", agreed.title)
    account = view.account.model_copy(update={"history": (*view.account.history, Step(day, (Told(change, day),)))})  # fmt: skip
    seen = View(view.portfolio, account, view.period, view.say)
    found = validity.goal(seen, view.period, agreed)
    assert found is not None and found.day == date(2026, 11, 22)
    (section,) = validity.section(seen)
    assert section.title == "Was Sie bestätigt haben"
    assert "überholt seit 22.11.2026" in Writer(seen.say.group("portal")).block(section)


# --- lately ------------------------------------------------------------------------------------


def test_every_page_says_when_it_was_last_changed_and_to_us_by_whom(demo: Demo) -> None:
    ours, theirs = demo.view(INTERNAL), demo.view(CLIENT)
    assert lately.last_change(ours, "tasks") == "Zuletzt geändert am 17. November 2026 von Maren Brandt"  # fmt: skip
    assert lately.last_change(theirs, "tasks") == "Zuletzt geändert am 18. November 2026"
    assert lately.last_change(ours, "help") == ""


def test_the_portfolio_tells_the_last_fourteen_days(demo: Demo) -> None:
    accounts = tuple(a.model_copy(update={"history": demo.past.of(a.id)}) for a in demo.portfolio.accounts)  # fmt: skip
    seen = demo.portfolio.model_copy(update={"accounts": accounts, "history": demo.past.house})
    page = portfolio.pages(seen, load_words("de"))[0]
    (section,) = (x for x in page.blocks if isinstance(x, b.Section) and x.title == "Was sich zuletzt geändert hat")  # fmt: skip
    (table,) = (x for x in section.blocks if isinstance(x, b.Table))
    days = {b.plain(row.cells[1].text) for row in table.rows}
    assert days and all(9 < int(day.split(".")[0]) <= 20 and day.split(".")[1] == "11" for day in days)  # fmt: skip
    assert {run.link for row in table.rows for run in row.cells[0].text} == {f"#account:{a.id}/history" for a in accounts}  # fmt: skip


def test_white_space_is_compared_with_the_day_on_which_the_period_began(demo: Demo) -> None:
    seen = _overall(demo.portfolio, demo.past, Memory())
    page = next(p for p in portfolio.pages(seen, load_words("de")) if p.name == "white-space")
    (section,) = (x for x in page.blocks if isinstance(x, b.Section) and x.anchor == "moved")
    assert section.subtitle.startswith("Verglichen mit dem Stand der Felder")
    (table,) = (x for x in section.blocks if isinstance(x, b.Table))
    rows = [[b.plain(c.text) or (c.status.word if c.status else "") for c in row.cells] for row in table.rows]  # fmt: skip
    assert ["Auswertung, IT", "Hollerbeck Pumpen GmbH & Co. KG", "verloren"] in [row[1:] for row in rows]  # fmt: skip


def test_a_client_is_not_told_of_days_on_which_only_we_changed_something(tmp_path: Path) -> None:
    """Not even where time alone brought a value of its KPIs: the day would tell of our commit."""
    shared = PLAN.replace("    target: 40\n", "    target: 40\n    share: client\n")
    files = {
        "workspace.yml": WORKSPACE, "nordwind/account.md": ACCOUNT, "nordwind/2026-h2/plan.md": shared,
        "nordwind/measurements.csv": "date,kpi,value\n2026-09-10,nps,35\n2026-09-23,nps,38\n",
    }  # fmt: skip
    history = Past_(tmp_path)
    history.commit("plans", {f"plans/{name}": words for name, words in files.items()})
    for words in ("eins", "zwei"):
        history.commit("ours", {"plans/nordwind/account.md": f"{ACCOUNT}\nUnter uns: {words}.\n"})
    known = past(history.opened(), "HEAD", date(2026, 11, 23), ("nordwind",)).client("nordwind")
    assert [step.commit.day for step in known] == [date(2026, 9, 22)]
    history.commit("theirs", {"plans/nordwind/measurements.csv": f"{files['nordwind/measurements.csv']}2026-09-25,nps,41\n"})  # fmt: skip
    known = past(history.opened(), "HEAD", date(2026, 11, 23), ("nordwind",)).client("nordwind")
    (change,) = [told.change for told in known[1].told]
    assert (change.old, change.new) == (38, 41)


UNSHARED = "Die Geschäftsleitung will den Vertrag auf keinen Fall vor dem Sommer verlängern"


def test_what_is_no_longer_shared_is_no_longer_told(tmp_path: Path) -> None:
    """Neither that it was there nor its words; what was deleted stays told, and nothing is withheld."""
    goals = PLAN.replace("owner: brandt", "owner: brandt\n    share: client", 1)
    more = f"  - id: delay\n    title: {UNSHARED}\n    kind: client\n    owner: brandt\nSHARE"
    with_it = goals.replace("\nkpis:\n", f"\n{more}kpis:\n", 1)
    files = {"workspace.yml": WORKSPACE, "nordwind/account.md": ACCOUNT, "nordwind/2026-h2/plan.md": with_it.replace("SHARE", "    share: client\n")}  # fmt: skip
    history = Past_(tmp_path)
    history.commit("shared", {f"plans/{name}": words for name, words in files.items()})

    def seen() -> Portfolio:
        read_ = read(tmp_path, date(2026, 11, 23)).portfolio
        assert read_ is not None
        whole = measure(read_)
        known = past(history.opened(), "HEAD", date(2026, 11, 23), ("nordwind",))
        return _theirs(whole, CLIENT, "nordwind", known)

    assert UNSHARED in repr(seen().account("nordwind").history)
    history.commit("ours", {"plans/nordwind/2026-h2/plan.md": with_it.replace("SHARE", "")})
    assert UNSHARED not in repr(seen())
    assert seen().account("nordwind").history  # the rest of it is told
    history.commit("gone", {"plans/nordwind/2026-h2/plan.md": goals})
    assert UNSHARED in repr(seen().account("nordwind").history)


def test_a_record_that_was_renamed_before_it_became_internal_is_not_told_either() -> None:
    day = Commit("", day=date(2026, 9, 1))
    old, new = (Spot("n", "plan", "2026-h2", ("goals", name)) for name in ("old", "new"))
    inside = Spot("n", "plan", "2026-h2", ("goals", "old", "answers", "x"))
    changes = (
        Change("added", old, "Goal", "Ein Ziel"),
        Change("added", inside, "Answer", "Eine Antwort"),
        Change("renamed", new, "Goal", "Ein Ziel", before=old),
        Change("changed", new, "Goal", "Anders", "title", "Ein Ziel", "Anders"),
        Change("added", Spot("n", "plan", "2026-h2", ("goals", "other")), "Goal", "Noch eins"),
    )
    steps = tuple(Step(day, (Told(change, day),)) for change in changes)
    whole = {new: Fact("Goal", "Anders", {"title": "Anders"})}
    assert [s.told[0].change.title for s in without_hidden(steps, whole, {})] == ["Noch eins"]
    assert without_hidden(steps, whole, whole) == steps
    field = {new: Fact("Goal", "", {"title": None})}
    kept = [s.told[0].change for s in without_hidden(steps, whole, field)]
    assert [change.what for change in kept] == ["added", "added", "renamed", "added"]
