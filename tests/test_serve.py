"""`planwerk serve`: the page follows the plans, says what is wrong, and answers nobody else."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import browser_support
from conftest import ACCOUNT, PLAN, ROOT, WORKSPACE, Write
from histories import Past, raw
from planwerk.build import Options, build
from planwerk.serving.state import State
from planwerk.serving.web import live
from test_command import run, tree
from test_partner import TASKS

PATIENCE = 60_000
"""Milliseconds: what is held here is that it happens, the bench holds how soon."""
TOKEN = "Zebrastreifen"
SHARED = PLAN.replace("owner: brandt", "owner: brandt\n    share: client", 1)


def listening() -> None:
    """Ctrl-C ends it, although tests that a script started in the background may not hear it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def serving(root: Path, *options: str) -> Iterator[str]:
    """A running server's address; it ends by Ctrl-C, and well."""
    command = [sys.executable, "-m", "planwerk", "--lang", "en", "-C", str(root), "serve", "--port", "0"]  # fmt: skip
    process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=listening)  # fmt: skip
    try:
        assert process.stdout
        yield re.findall(r"http://\S+", process.stdout.readline())[0]
    finally:
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert "Ended." in said
    assert "Traceback" not in said


def ask(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, dict[str, str]]:  # fmt: skip
    """An answer as it comes; the path is sent as it stands."""
    place = address.removeprefix("http://").rstrip("/")
    connection = http.client.HTTPConnection(place, timeout=60)
    connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    return answer.status, answer.read(), dict(answer.headers)


def edit(path: Path, before: str, after: str) -> None:
    words = path.read_text("utf-8")
    assert before in words
    path.write_text(words.replace(before, after, 1), "utf-8")


def title_of(root: Path) -> tuple[Path, str]:
    """The plan, and the line of its goal."""
    plan = root / "plans/nordwind/2026-h2/plan.md"
    return plan, re.findall(r"title: .*", plan.read_text("utf-8"))[0]


def test_the_page_follows_and_says_what_is_wrong(workspace: Write, browser: Any) -> None:
    root = workspace()
    plan, title = title_of(root)
    with serving(root) as address:
        page, wrong = browser_support.open_page(browser, f"{address}accounts/nordwind/goals.html")
        edit(plan, title, "title: Neues Ziel")
        page.wait_for_selector("text=Neues Ziel", timeout=PATIENCE)
        edit(plan, "owner: brandt", "ownr: brandt")
        shown = page.wait_for_selector("#planwerk-problems", timeout=PATIENCE).inner_text()
        assert "plans/nordwind/2026-h2/plan.md:" in shown
        assert "ownr: brandt" in shown
        assert "owner" in shown
        assert "Neues Ziel" in page.content()
        edit(plan, "ownr: brandt", "owner: brandt")
        page.wait_for_selector("#planwerk-problems", state="detached", timeout=PATIENCE)
        page.goto(address)
        edit(root / "plans/nordwind/account.md", "name: Nordwind AG", "name: Südwind AG")
        page.wait_for_selector("text=Südwind", timeout=PATIENCE)
        assert [one for one in wrong if "favicon" not in one] == []
    assert not (root / "build").exists()


def test_a_client_sees_what_it_gets_and_no_more(workspace: Write, browser: Any) -> None:
    plan = SHARED.replace("baseline: 31", "baseline: 31\n    share: client") + f"\n{TOKEN}\n"
    root = workspace({"nordwind/2026-h2/plan.md": plan})
    build(root, Options(audience="client"))
    with serving(root, "--audience", "client", "--account", "nordwind") as address:
        page, _ = browser_support.open_page(browser, address)
        for name, words in tree(root / "build/clients/nordwind").items():
            if name == "AUDIENCE.json":
                continue
            status, found, _ = ask(address, f"/{name}")
            assert status == 200, name
            without = re.sub(rb'<script src="/__planwerk__/[^>]*></script>', b"", found)
            assert without == words, name
            assert TOKEN.encode() not in found
        path = root / "plans/nordwind/2026-h2/plan.md"
        edit(path, "owner: brandt", f"ownr: {TOKEN}")
        shown = page.wait_for_selector("#planwerk-problems", timeout=PATIENCE).inner_text()
        assert "plans/nordwind/2026-h2/plan.md:" in shown
        assert TOKEN not in page.content()
        assert TOKEN not in shown
        assert ask(address, "/accounts/nordwind/index.html")[0] == 404


def test_a_partner_sees_what_it_gets_and_no_more(workspace: Write) -> None:
    tasks = TASKS.replace("accountable: client:cio", "accountable: brandt")
    root = workspace({"nordwind/2026-h2/tasks.md": tasks})
    build(root, Options(audience="partner:edgeline"))
    made = tree(root / "build/partners/nordwind/edgeline")
    assert b"Formular einbauen" in made["index.html"]
    with serving(root, "--audience", "partner:edgeline", "--account", "nordwind") as address:
        for name, words in made.items():
            if name != "AUDIENCE.json":
                status, found, _ = ask(address, f"/{name}")
                assert (status, re.sub(rb'<script src="/__planwerk__/[^>]*></script>', b"", found)) == (200, words), name  # fmt: skip
        assert ask(address, "/goals.html")[0] == 404
        assert ask(address, "/accounts/nordwind/index.html")[0] == 404


def test_it_answers_only_who_may_ask(workspace: Write) -> None:
    with serving(workspace()) as address:
        status, words, head = ask(address, "/")
        assert (status, head["Cache-Control"]) == (200, "no-store")
        assert head["Cross-Origin-Resource-Policy"] == "same-origin"
        assert b"/__planwerk__/live.js" in words
        port = address.rstrip("/").rpartition(":")[2]
        for host in (f"localhost:{port}", f"[::1]:{port}", f"127.0.0.1:{port}"):
            assert ask(address, "/", Host=host)[0] == 200, host
        for host in (f"evil.example:{port}", "127.0.0.1.evil.example", "", "localhost.evil", "a b"):
            assert ask(address, "/", Host=host)[0] in (400, 403), host
        foreign = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}
        assert ask(address, "/search/search_index.js", **foreign)[0] == 403
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"):
            assert ask(address, "/", method)[0] == 501, method
        assert ask(address, "/", "HEAD")[:2] == (200, b"")
        paths = (
            "/../plans/workspace.yml", "/%2e%2e/%2e%2e/plans/workspace.yml", "/..%2f..%2fetc/passwd",
            "//etc/passwd", "/accounts/", "/accounts", "/assets/", "/accounts/../index.html",
            "/accounts/nordwind/..%2f..%2findex.html", "/%00", "/index.html%00.css", "/C:/", "/..\\",
            "/accounts/none/index.html", "/__planwerk__/", "/__planwerk__/../index.html",
        )  # fmt: skip
        for path in paths:
            status, words, _ = ask(address, path)
            assert status == 404, path
            assert b"workspace" not in words, path


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--host", "0.0.0.0"), "--everyone"),
        (("--host", "example.org"), "--everyone"),
        (("--audience", "client"), "--account"),
        (("--account", "nordwind"), "--audience client"),
        (("--audience", "client", "--account", "nordwin"), "nordwind"),
        (("--audience", "partner:edgeline"), "--account"),
        (("--audience", "partner:edgelin", "--account", "nordwind"), "partner:edgelin"),
        (("--host", "127.0.0.1", "--port", "TAKEN"), "--port 0"),
    ],
)
def test_wrong_use_is_told(workspace: Write, options: tuple[str, ...], said: str) -> None:
    import socket

    root = workspace()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run("--lang", "en", "serve", *(port if o == "TAKEN" else o for o in options), cwd=root)  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_everyone_is_warned_of(workspace: Write) -> None:
    command = [sys.executable, "-m", "planwerk", "--lang", "de", "-C", str(workspace()), "serve", "--port", "0", "--host", "0.0.0.0", "--everyone"]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=listening)  # fmt: skip
    assert process.stdout
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert "Alle im Netz können diese Seiten jetzt lesen, auch das Interne." in said
    assert "Beendet." in said


def test_what_is_wrong_keeps_what_was_good(workspace: Write) -> None:
    """Of that account alone; and only what changed is read."""
    plan, other = PLAN, ACCOUNT.replace("Nordwind", "Zwei")
    root = workspace({"zwei/2026-h2/plan.md": plan, "zwei/account.md": other})
    read: list[int] = []
    state = State(root, lambda: None, progress=lambda n, of: read.append(n))
    assert state.refresh()
    assert not state.refresh()
    assert (len(read), state.errors) == (2, [])
    edit(root / "plans/zwei/2026-h2/plan.md", "owner: brandt", "ownr: brandt")
    assert state.refresh()
    assert (len(read), bool(state.errors)) == (3, True)
    assert state.portfolio
    assert [a.id for a in state.portfolio.accounts] == ["nordwind", "zwei"]
    assert state.portfolio.account("zwei").periods[0].plan.goals[0].owner == "brandt"
    edit(root / "plans/workspace.yml", "language: de", "language: xx")
    assert state.refresh()
    assert len(state.portfolio.accounts) == 2
    (root / "plans").rename(root / "gone")
    assert state.refresh()
    assert [p.rule for p in state.errors] == ["no-workspace"]
    (root / "gone").rename(root / "plans")
    edit(root / "plans/workspace.yml", "language: xx", "language: de")
    edit(root / "plans/zwei/2026-h2/plan.md", "ownr: brandt", "owner: brandt")
    assert state.refresh()
    assert state.errors == []


def until(address: str, path: str, words: str, seconds: float = 60) -> str:
    """The page once it says these words."""
    end = time.monotonic() + seconds
    while True:
        found = ask(address, path)[1].decode()
        if words in found:
            return found
        assert time.monotonic() < end, f"{path} does not say {words!r}"
        time.sleep(0.1)


def test_a_commit_is_noticed(tmp_path: Path) -> None:
    """No file changes by it: what is last changed and the history do, and the draft's mark goes."""
    past = Past(tmp_path / "repo")
    root = tmp_path / "repo"
    host = WORKSPACE + "host:\n  url: https://git.example/plans\n  kind: github\n"
    past.commit("first", {"plans/workspace.yml": host, "plans/nordwind/account.md": ACCOUNT, "plans/nordwind/2026-h2/plan.md": PLAN})  # fmt: skip
    first = raw(root, "rev-parse", "HEAD").decode().strip()
    plan, title = title_of(root)
    edit(plan, title, "title: Neues Ziel")
    with serving(root) as address:
        draft = until(address, "/accounts/nordwind/goals.html", "Neues Ziel")
        assert "Neues Ziel" not in ask(address, "/accounts/nordwind/history.html")[1].decode()
        assert f"{first}/plans/nordwind/2026-h2/plan.md" not in draft
        assert f"{first}/plans/nordwind/account.md" in ask(address, "/accounts/nordwind/profile.html")[1].decode()  # fmt: skip
        past.commit("second", {"plans/nordwind/2026-h2/plan.md": plan.read_text("utf-8")})  # fmt: skip
        second = raw(root, "rev-parse", "HEAD").decode().strip()
        until(address, "/accounts/nordwind/history.html", "Neues Ziel")
        page = until(address, "/accounts/nordwind/goals.html", second[:8])
        assert f"{second}/plans/nordwind/2026-h2/plan.md" in page
        assert "23. September 2026" in page


def test_a_served_page_of_a_history_is_that_of_a_build(tmp_path: Path) -> None:
    past = Past(tmp_path / "repo")
    root = tmp_path / "repo"
    host = WORKSPACE + "host:\n  url: https://git.example/plans\n  kind: github\n"
    past.commit("first", {"plans/workspace.yml": host, "plans/nordwind/account.md": ACCOUNT, "plans/nordwind/2026-h2/plan.md": PLAN})  # fmt: skip
    build(root, Options())
    with serving(root) as address:
        for name in ("index.html", "kpis.html", "accounts/nordwind/goals.html", "accounts/nordwind/history.html"):  # fmt: skip
            found = re.sub(rb'<script src="/__planwerk__/[^>]*></script>', b"", ask(address, f"/{name}")[1])  # fmt: skip
            assert found == (root / "build/internal" / name).read_bytes(), name


def test_the_houses_own_brand_is_followed(workspace: Write) -> None:
    root = workspace()
    brand = shutil.copytree(ROOT / "themes/kontor", root / "themes/haus")
    colour = re.findall(r"accent: .*", (brand / "brand.yml").read_text("utf-8"))[0]
    with serving(root, "--brand", "haus") as address:
        page = ask(address, "/")[1].decode()
        sheets = re.findall(r'href="([^"]+\.css[^"]*)"', page)
        edit(brand / "brand.yml", colour, "accent: 123ABC")
        assert any(_colour_comes(address, sheet, "123abc") for sheet in sheets)
        logo = (brand / "brand.yml").read_text("utf-8")
        (brand / "brand.yml").write_text(logo.replace("accent: 123ABC", "accent: purple"), "utf-8")
        assert "brand.yml" in problems(address, "internal")
        assert ask(address, "/")[0] == 200
        edit(brand / "brand.yml", "accent: purple", "accent: 456DEF")
        assert any(_colour_comes(address, sheet, "456def") for sheet in sheets)


def problems(address: str, part: str) -> str:
    """What is told to be wrong, once anything is."""
    place = address.removeprefix("http://").rstrip("/")
    connection = http.client.HTTPConnection(place, timeout=60)
    connection.request("GET", f"/__planwerk__/events?part={part}")
    answer = connection.getresponse()
    while True:
        line = answer.readline().decode()
        if line.startswith("data: ") and (told := json.loads(line[6:])["problems"]):
            connection.close()
            return str(told)


def _colour_comes(address: str, sheet: str, colour: str, seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if colour in ask(address, f"/{sheet}")[1].decode().lower():
            return True
        time.sleep(0.2)
    return False


def test_a_brand_without_one_of_its_files_is_told(workspace: Write) -> None:
    root = workspace()
    brand = shutil.copytree(ROOT / "themes/kontor", root / "themes/haus")
    state = State(root, lambda: None, str(brand))
    assert state.refresh()
    assert state.errors == []
    logo = next(brand.glob("*.svg"))
    logo.rename(brand / "gone")
    assert state.refresh()
    assert [p.rule for p in state.errors] == ["brand-file-missing"]
    assert not state.refresh()
    (brand / "gone").rename(logo)
    assert state.refresh()
    assert state.errors == []
    assert not state.brand_moved()
    (brand / "more").touch()
    assert state.brand_moved()


def test_the_houses_own_pages_are_followed(workspace: Write) -> None:
    """Without reading the accounts again."""
    root = workspace()
    (root / "site").mkdir()
    page = root / "site/imprint.de.md"
    page.write_text("# Impressum\n\nErste Fassung.\n", "utf-8")
    with serving(root) as address:
        until(address, "/imprint.html", "Erste Fassung.")
        edit(page, "Erste", "Zweite")
        until(address, "/imprint.html", "Zweite Fassung.")
        until(address, "/accounts/nordwind/imprint.html", "Zweite Fassung.")
    read: list[int] = []
    state = State(root, lambda: None, progress=lambda n, of: read.append(n))
    state.refresh()
    edit(page, "Zweite", "Dritte")
    assert state.refresh()
    assert not state.refresh()
    assert len(read) == 1


def test_what_reloads_is_in_no_output(workspace: Write) -> None:
    root = workspace()
    build(root, Options(formats=("portal",)))
    assert not any(b"__planwerk__" in words for words in tree(root / "build").values())
    page = tree(root / "build")["internal/index.html"]
    assert live(page, "internal", 3).replace(live(b"", "internal", 3), b"") == page
