"""`planwerk diff`: what lies between two states, for the team and for each client."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from conftest import ACCOUNT, PLAN, WORKSPACE
from histories import Past, raw
from planwerk.cli import cli
from planwerk.history.telling import Part, Sentence
from planwerk.logbook.difference import States
from planwerk.logbook.markdown import Section, cut, item, plain
from planwerk.problems import Refusal

NORDWIND = "plans/nordwind"
TASKS = """\
---
tasks:
  - id: form
    title: Formular einbauen
    accountable: brandt
    due: 2026-10-01
  - id: margin
    title: Marge besprechen
    accountable: brandt
    due: 2026-10-05
---
"""
SHARED = PLAN.replace("from: 2026", "share: client\nfrom: 2026").replace("owner: brandt\nkpis", "owner: brandt\n    share: client\nkpis")  # fmt: skip
STATE = {
    "plans/workspace.yml": WORKSPACE,
    f"{NORDWIND}/account.md": ACCOUNT,
    f"{NORDWIND}/2026-h2/plan.md": SHARED,
    f"{NORDWIND}/2026-h2/tasks.md": TASKS,
}


@pytest.fixture
def past(tmp_path: Path) -> Past:
    past = Past(tmp_path / "repo")
    past.commit("angelegt", STATE)
    return past


def run(root: Path, *words: str, language: str = "de") -> Result:
    done = CliRunner().invoke(cli, ["-C", str(root), "--lang", language, "diff", *words])
    if done.exception and not isinstance(done.exception, SystemExit | Refusal):
        raise done.exception
    return done


def share(words: str, task: str) -> str:
    """The tasks with one of them shared."""
    return re.sub(rf"(id: {task}\n(?:    .*\n)*)", r"\1    share: client\n", words)


def test_what_is_not_committed_counts_and_form_does_not(past: Past) -> None:
    assert run(past.root, "HEAD").output.splitlines()[-1] == "Nichts."
    tasks = past.root / NORDWIND / "2026-h2/tasks.md"
    tasks.write_text(TASKS.replace("2026-10-01", "1.10.2026"), "utf-8")
    assert run(past.root, "HEAD").output.splitlines()[-1] == "Nichts."
    tasks.write_text(TASKS.replace("2026-10-01", "2026-10-08"), "utf-8")
    text = run(past.root, "HEAD").output
    assert "HEAD → Arbeitsverzeichnis" in text
    assert "Nordwind AG · 1 Änderung\n  - Frist „Formular einbauen“ verschoben: 1.10. → 8.10.2026" in text  # fmt: skip


def test_two_revisions_or_days_are_compared_and_the_working_tree_plays_no_part(past: Past) -> None:
    past.commit("später", {f"{NORDWIND}/2026-h2/tasks.md": TASKS.replace("2026-10-01", "2026-10-08")})  # fmt: skip
    (past.root / NORDWIND / "account.md").write_text("---\nname: {\n---\n", "utf-8")
    text = run(past.root, "HEAD~1", "HEAD").output
    assert run(past.root, "2026-09-22", "2026-09-23").output.splitlines()[1:] == text.splitlines()[1:]  # fmt: skip
    assert "1.10. → 8.10.2026" in text
    assert "8.10. → 1.10.2026" in run(past.root, "HEAD", "HEAD~1").output


def test_the_exit_code_tells_only_if_asked(past: Past) -> None:
    assert run(past.root, "HEAD", "--exit-code").exit_code == 0
    (past.root / NORDWIND / "2026-h2/tasks.md").unlink()
    assert run(past.root, "HEAD").exit_code == 0
    assert run(past.root, "HEAD", "--exit-code").exit_code == 1


def test_what_the_client_sees_for_the_first_time_is_marked(past: Past) -> None:
    (past.root / NORDWIND / "2026-h2/tasks.md").write_text(share(TASKS, "form").replace("2026-10-05", "2026-10-06"), "utf-8")  # fmt: skip
    text = run(past.root, "HEAD").output
    assert "Nordwind AG · 2 Änderungen; für den Kunden 1 neu zu sehen" in text
    (marked,) = [line for line in text.splitlines() if "[Kunde sieht es erstmals]" in line]
    assert "Formular einbauen" in marked


def test_the_clients_view_is_what_its_projections_differ_in(past: Past) -> None:
    past.commit("geteilt", {f"{NORDWIND}/2026-h2/tasks.md": share(TASKS, "form")})
    shared = share(share(TASKS, "form"), "margin").replace("2026-10-01", "2026-10-08")
    past.commit("mehr", {f"{NORDWIND}/2026-h2/tasks.md": shared})
    text = run(past.root, "HEAD~1", "HEAD", "--audience", "client").output
    assert "Nordwind AG · 1 neu zu sehen, 1 anders zu sehen" in text
    new, other = text.index("Neu zu sehen"), text.index("Anders zu sehen")
    assert new < text.index("Aufgabe „Marge besprechen“") < other
    assert other < text.index("Frist „Formular einbauen“ verschoben: 1.10. → 8.10.2026")
    back = run(past.root, "HEAD", "HEAD~1", "--audience", "client").output
    assert "Nicht mehr zu sehen\n  - Aufgabe „Marge besprechen“" in back


def test_nothing_internal_and_no_other_client_is_in_the_clients_view(past: Past) -> None:
    past.commit("intern", {
        f"{NORDWIND}/2026-h2/tasks.md": TASKS.replace("Marge besprechen", "Geheimer Plan"),
        f"{NORDWIND}/account.md": ACCOUNT + "\nSehr intern.\n", "plans/alpen/account.md": ACCOUNT,
    })  # fmt: skip
    assert run(past.root, "HEAD~1", "HEAD", "--audience", "client").output.splitlines()[-1] == "Nichts."  # fmt: skip
    assert "Geheimer Plan" in run(past.root, "HEAD~1", "HEAD").output


def test_a_kpi_of_the_house_that_is_opened_to_clients_shows_in_each_clients_view(
    past: Past,
) -> None:
    with_margin = SHARED.replace("kpis:\n  - kpi: nps", "kpis:\n  - kpi: margin\n    baseline: 1\n    target: 2\n    share: client\n  - kpi: nps")  # fmt: skip
    past.commit("Marge gemessen", {f"{NORDWIND}/2026-h2/plan.md": with_margin})
    opened = WORKSPACE.replace("name: Marge\n", "name: Marge\n    share: client\n")
    past.commit("und gezeigt", {"plans/workspace.yml": opened})
    text = run(past.root, "HEAD~1", "HEAD", "--audience", "client").output
    assert "Nordwind AG · " in text
    assert "„Marge“" in text[text.index("Neu zu sehen") :]


FORCES = "---\nforces:\n  - force: rivalry\n    strength: {}\n    consequence: Der Preis zählt\n    share: client\n---\n"  # fmt: skip


@pytest.mark.parametrize(("changed", "asked"), [
    ({"plans/workspace.yml": WORKSPACE + "# nur ein Wort dazu\n"}, []),
    ({"plans/personas/cio.md": "---\nname: Ein anderer\n---\n"}, []),
    ({"plans/questions.md": "---\nquestions:\n  - id: own\n    purpose: industry\n    text: Was zählt?\n---\n"}, []),
    ({"plans/industries/logistics.md": FORCES.format(5)}, ["nordwind"]),
    ({"plans/industries/retail.md": FORCES.format(5)}, []),
    ({"plans/workspace.yml": WORKSPACE.replace("name: Marge", "name: Rohertrag")}, ["nordwind", "suedwind"]),
    ({"plans/personas/cio.md": "nicht zu lesen"}, ["nordwind", "suedwind"]),
])  # fmt: skip
def test_only_clients_who_may_see_what_changed_in_the_house_are_compiled_for(
    past: Past, changed: dict[str, str], asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    past.commit("zwei", {
        "plans/suedwind/account.md": ACCOUNT.replace("industry: logistics", "industry: utilities"),
        "plans/personas/cio.md": "---\nname: Leitung IT\n---\n",
        "plans/industries/logistics.md": FORCES.format(4), "plans/industries/retail.md": FORCES.format(4),
    })  # fmt: skip
    for name, words in changed.items():
        (past.root / name).write_text(words, "utf-8")
    compiled: list[str] = []
    seen = States.seen
    monkeypatch.setattr(States, "seen", lambda self, account: (compiled.append(account), seen(self, account))[1])  # fmt: skip
    run(past.root, "HEAD", "--audience", "client")
    assert compiled == asked


def test_time_alone_is_no_difference(past: Past) -> None:
    (past.root / "plans/workspace.yml").write_text(WORKSPACE.replace("2026-11-23", "2026-12-31"), "utf-8")  # fmt: skip
    assert run(past.root, "HEAD", "--audience", "client").output.splitlines()[-1] == "Nichts."
    assert "Stichtag verschoben, 23.11. → 31.12.2026" in run(past.root, "HEAD").output


def test_a_renamed_account_is_followed_and_others_come_and_go(past: Past) -> None:
    raw(past.top, "mv", NORDWIND, "plans/nordwind-se")
    other = ACCOUNT.replace("Nordwind AG", "Alpen GmbH").replace("logistics", "logistics\nnote: x")
    past.commit("umbenannt", {"plans/nordwind-se/2026-h2/tasks.md": TASKS.replace("2026-10-01", "2026-10-08")})  # fmt: skip
    (past.root / "plans/alpen").mkdir()
    (past.root / "plans/alpen/account.md").write_text(other.replace("\nnote: x", ""), "utf-8")
    text = run(past.root, "HEAD~1").output
    assert "Nordwind AG (bisher nordwind)" in text
    assert "Frist „Formular einbauen“ verschoben" in text
    assert "Aufgabe „Marge besprechen“" not in text
    assert "Alpen GmbH (neu)" in text
    assert "Alpen" not in run(past.root, "HEAD~1", "--account", "nordwind").output
    assert "Alpen GmbH (entfällt)" not in text
    gone = run(past.root, "HEAD", "HEAD~1").output
    assert "Nordwind AG (bisher nordwind-se)" in gone
    raw(past.top, "rm", "-rq", "plans/nordwind-se")
    assert "Nordwind AG (entfällt)" in run(past.root, "HEAD").output


def test_a_file_that_cannot_be_read_is_named_and_nothing_is_told_of_it(past: Past) -> None:
    (past.root / NORDWIND / "2026-h2/tasks.md").write_text("---\ntasks: {[\n---\n", "utf-8")
    text = run(past.root, "HEAD").output
    assert "! plans/nordwind/2026-h2/tasks.md: " in text
    assert "Formular" not in text
    client = run(past.root, "HEAD", "--audience", "client").output
    assert "Was der Kunde anders sähe, ist nicht zu sagen" in client


def test_links_are_not_followed(past: Past, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(ACCOUNT.replace("Nordwind", "Geheim"), "utf-8")
    (past.root / "plans/alpen").mkdir()
    (past.root / "plans/alpen/account.md").symlink_to(tmp_path / "secret.md")
    assert "Geheim" not in run(past.root, "HEAD").output


def test_an_account_that_is_not_there_is_refused(past: Past) -> None:
    assert "unknown-account" in str(run(past.root, "HEAD", "--account", "nordwnd").exception)
    assert "revision-unknown" in str(run(past.root, "mian").exception)


HOSTILE = (
    "</details><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[klick](javascript:alert(1)) ![x](http://evil.example/x.png)",
    "@maintainers schaut #12 an, a@example.org !7",
    "# Überschrift\n\n- Liste\n> Zitat | Tabelle | ~~weg~~ `code` **fett** _kursiv_ $x$",
    "https://evil.example/?q=1 www.evil.example",
    "1. eins",
    "&lt;b&gt; &copy;",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_in_a_plan_becomes_markup_or_a_call(words: str) -> None:
    said = item(Sentence((Part("Aufgabe „"), Part(words, "title"), Part(f"“: {words}"))))
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render("\n".join(said))
    assert set(re.findall(r"<(\w+)", html)) <= {"ul", "li", "strong"}
    shown = re.sub(r"<!-- -->|<[^>]+>", "", html)
    for sign, plain_sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        shown = shown.replace(sign, plain_sign)
    assert shown.count(" ".join(words.split())) == 2
    assert not re.search(r"(?<!\w)@\w|(?<![\w&])#\d|(?<!\w)!\d|https?://|www\.", html)


def test_a_credential_is_in_no_comment_and_no_log(past: Past) -> None:
    secret = "ghp_" + "a1B2" * 10
    (past.root / NORDWIND / "2026-h2/tasks.md").write_text(TASKS.replace("Marge besprechen", f"Marge {secret}"), "utf-8")  # fmt: skip
    for form in ("text", "markdown", "github"):
        assert secret not in run(past.root, "HEAD", "--format", form).output
    assert plain(f"Token {secret}") == f"Token {'•' * len(secret)}"
    page = "\nDer Zugang zum Portal des Kunden, Passwort: {}, gilt für alle aus dem Team.\n"
    past.commit("Zugang", {f"{NORDWIND}/account.md": ACCOUNT + page.format("Sommer-2026!")})
    (past.root / NORDWIND / "account.md").write_text(ACCOUNT + page.format("Winter-2027!"), "utf-8")
    for form in ("text", "markdown", "github"):  # word by word
        output = run(past.root, "HEAD", "--format", form).output
        assert "2026!" not in output
        assert "2027!" not in output


def test_a_comment_fits_and_counts_what_does_not(past: Past) -> None:
    tasks = "".join(f"  - id: task-{n}\n    title: Aufgabe Nummer {n} mit einem recht langen Titel äöü\n    goal: loyalty\n    accountable: brandt\n    due: 2026-10-01\n" for n in range(1, 900))  # fmt: skip
    past.commit("viele", {f"{NORDWIND}/2026-h2/tasks.md": f"---\ntasks:\n{tasks}---\n"})
    past.commit("verschoben", {f"{NORDWIND}/2026-h2/tasks.md": f"---\ntasks:\n{tasks.replace('2026-10-01', '2026-10-02')}---\n"})  # fmt: skip
    comment = run(past.root, "HEAD~1", "HEAD", "--format", "github").output
    assert len(comment.encode()) <= 60_000
    shown = comment.count("\n- ")
    assert 0 < shown < 899
    assert f"bis auf {899 - shown} Änderungen. Alles zeigt `planwerk diff HEAD~1 HEAD`" in comment
    assert comment.count("<details") == comment.count("</details>") == 1


def test_a_section_is_cut_between_items_and_stays_closed() -> None:
    one = Section(("<details>", ""), (("- a" * 10,), ("- b" * 10,)), ("", "</details>", ""))
    lines, left = cut([one, one], 60)
    assert (lines, left) == (["<details>", "", "- a" * 10, "", "</details>", ""], 3)


def test_markdown_has_a_heading_for_each_account(past: Past) -> None:
    (past.root / NORDWIND / "2026-h2/tasks.md").write_text(TASKS.replace("2026-10-01", "2026-10-08"), "utf-8")  # fmt: skip
    text = run(past.root, "HEAD", "--format", "markdown", language="en").output
    assert text.startswith("# What changes: HEAD → working tree\n")
    assert "\n## Nordwind AG\n\n1 change\n\n- Deadline of “**Formular einbauen**” postponed" in text
