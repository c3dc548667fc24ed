"""Before an upload: the wrong folder, a draft, and whatever was changed are refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from planwerk.cli import cli
from planwerk.problems import Refusal
from test_leaving import BODY, into, made, root

__all__ = ["root"]


def asked(root: Path, folder: Path | str, audience: str = "client:nordwind", *more: str) -> tuple[int, str]:  # fmt: skip
    """The exit code of the question, and what is said."""
    done = CliRunner().invoke(cli, ["-C", str(root), "--lang", "en", "verify", str(folder), "--audience", audience, *more])  # fmt: skip
    if isinstance(done.exception, Refusal):
        return done.exception.code, str(done.exception)
    return done.exit_code, done.output


def said(folder: Path, **changes: object) -> None:
    """Other facts in AUDIENCE.json."""
    path = folder / "AUDIENCE.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")


def told(folder: Path) -> None:
    """AUDIENCE.json made to fit what somebody changed."""
    import hashlib

    rows = {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file() and p.name != "AUDIENCE.json"
    }
    said(folder, files=rows)


def changing(name: str, old: str, new: str) -> Callable[[Path], None]:
    """A change that AUDIENCE.json was made to fit: only what lies in the files tells it."""

    def change(folder: Path) -> None:
        into(name, old, new)(folder)
        told(folder)

    return change


TAMPERED: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a file more": ("upload-file-changed", lambda f: (f / "notes.txt").write_text("a", "utf-8")),
    "a file less": ("upload-file-changed", lambda f: (f / "help.html").unlink()),
    "a byte": ("upload-file-changed", into("help.html", "</p>", " </p>")),
    "a link": ("upload-file-changed", lambda f: ((f / "help.html").unlink(), (f / "help.html").symlink_to("index.html"))),
    "a folder that is a link": ("upload-file-changed", lambda f: (f / "more").symlink_to(f.parent)),
    "a draft": ("upload-draft", lambda f: said(f, draft=True)),
    "no word of drafts": ("upload-draft", lambda f: said(f, draft=None)),
    "another client's": ("upload-wrong-folder", lambda f: said(f, account="zwei")),
    "ours": ("upload-wrong-folder", lambda f: said(f, audience="internal")),
    "without a word": ("upload-wrong-folder", lambda f: (f / "AUDIENCE.json").unlink()),
    "broken": ("upload-wrong-folder", lambda f: (f / "AUDIENCE.json").write_text("[" * 9, "utf-8")),
    "without a day": ("upload-wrong-folder", lambda f: said(f, as_of="soon")),
    "without files": ("upload-wrong-folder", lambda f: said(f, files=[])),
    "a script": ("output-code-unknown", changing("index.html", BODY, f"<script>steal()</script>{BODY}")),
    "a picture from elsewhere": ("output-code-unknown", changing("index.html", BODY, f'<img src="https://a.example" alt="">{BODY}')),
    "a name": ("output-names-client", changing("index.html", BODY, f"<p>Märkische <b>Kühl</b>werke</p>{BODY}")),
    "a quotation": ("output-quotes-internal", changing("index.html", BODY, f"<p>keinen Plan, wie sie ohne uns</p>{BODY}")),
}  # fmt: skip
"""What was done to a folder, and the rule that refuses it."""


def test_a_folder_is_asked_about_before_an_upload(root: Path, tmp_path: Path) -> None:
    made(root, "portal", "word", "slides")
    build = root / "build/clients/nordwind"
    assert asked(root, build) == (0, f"{build} may be uploaded for client:nordwind.\n")
    missed = []
    for number, (name, (rule, tamper)) in enumerate(TAMPERED.items()):
        folder = tmp_path / f"copies/{number}/nordwind"
        shutil.copytree(build, folder)
        tamper(folder)
        code, words = asked(root, folder)
        missed += [f"{name}: {code} {words}"] if code != 3 or rule not in words else []
        shutil.rmtree(folder)
    assert missed == []
    # where it still lies in its output, AUDIENCE.json itself is known
    (build / "notes.txt").write_bytes(b"more")
    german = CliRunner().invoke(cli, ["-C", str(root), "--lang", "de", "verify", str(build), "--audience", "client:nordwind"])  # fmt: skip
    assert "(hinzugefügt): notes.txt" in german.output
    (build / "notes.txt").unlink()
    changing("index.html", BODY, f"<p>more</p>{BODY}")(build)
    code, words = asked(root, build)
    assert code == 3
    assert "AUDIENCE.json (" in words or "(changed): AUDIENCE.json" in words


def test_plans_that_name_no_day_are_searched_too(root: Path) -> None:
    """Only examples name one; the day of the folder is in its AUDIENCE.json."""
    made(root)
    workspace = root / "plans/workspace.yml"
    with_day = workspace.read_text("utf-8")
    without = "".join(line for line in with_day.splitlines(True) if not line.startswith("as_of:"))
    assert without != with_day
    workspace.write_text(without, "utf-8")
    folder = root / "build/clients/nordwind"
    code, words = asked(root, folder)
    assert (code, words) == (0, f"{folder} may be uploaded for client:nordwind.\n")
    changing("index.html", BODY, f"<p>Märkische <b>Kühl</b>werke</p>{BODY}")(folder)
    code, words = asked(root, folder)
    assert code == 3
    assert "output-names-client" in words


def test_without_plans_it_says_what_was_not_asked(root: Path, tmp_path: Path) -> None:
    made(root)
    code, words = asked(tmp_path / "elsewhere", root / "build/clients/nordwind")
    assert code == 0
    assert "were not looked for" in words
    code, words = asked(root, root / "build/clients/nordwind", "client:nordwind", "--json")
    assert json.loads(words)["problems"] == []


@pytest.mark.parametrize("audience", ["internal", "client", "client:", "partner:edgeline", "all"])
def test_only_clients_get_folders(root: Path, audience: str) -> None:
    code, words = asked(root, root / "plans", audience)
    assert code == 2
    assert "upload-misused" in words


def test_our_own_pages_are_for_no_client(root: Path) -> None:
    made(root, audience=None)
    code, words = asked(root, root / "build/internal")
    assert code == 3
    assert "upload-wrong-folder" in words
    code, words = asked(root, root / "build")
    assert code == 3
    assert "not looked for" not in words
