"""Writing an import without taking anything from a person.

`.planwerk/import-crm.json` records the digest of each file as the import wrote it. A file
that still has that digest is the import's to change; any other belongs to a person. The
record also holds the ids given to names, so that a new name never moves an old one's id.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from planwerk.importing import log
from planwerk.importing.report import Notes, place
from planwerk.problems import Problem, Severity, refuse
from planwerk.text.write import replace_file

RECORD = ".planwerk/import-crm.json"
LOGS = ("opportunities.csv", "revenue.csv")

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Record:
    """What earlier imports wrote: digests by path, ids by scope and name."""

    files: dict[str, str] = field(default_factory=dict)
    ids: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Written:
    """What became of the files."""

    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)


def check_target(into: Path) -> None:
    """Refuse (exit code 2) a folder that holds something else than a workspace.

    Hidden files do not count: an empty repository is a good place for a new workspace.
    """
    if into.is_symlink() or (into / "plans").is_symlink() or (into / ".planwerk").is_symlink():
        raise refuse("symlink", str(into))
    if into.exists() and not into.is_dir():
        raise refuse("not-a-workspace", str(into), found=into.name)
    known = (into / "plans" / "workspace.yml", into / RECORD)
    if not into.is_dir() or any(file.is_file() for file in known):
        return
    foreign = sorted(entry.name for entry in into.iterdir() if not entry.name.startswith("."))
    if foreign:
        raise refuse("not-a-workspace", str(into), found=", ".join(foreign[:3]))


def load_record(into: Path) -> tuple[Record, list[Problem]]:
    """The record of earlier imports; one that is broken counts as none, so all is kept."""
    try:
        found = json.loads((into / RECORD).read_text("utf-8"))
        files, ids = found["files"], found["ids"]
        return Record(
            {str(path): str(digest) for path, digest in files.items()},
            {str(s): {str(n): str(i) for n, i in names.items()} for s, names in ids.items()},
        ), []
    except FileNotFoundError:
        return Record(), []
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Record(), [Problem("import-record-broken", place(RECORD), Severity.WARNING)]


def write_all(
    into: Path, files: Mapping[str, str], record: Record, notes: Notes, progress: Progress
) -> Written:
    """Write what is new or still the import's own; leave alone what a person has changed."""
    writer = _Writer(into, record, notes)
    if not (into / "plans" / "workspace.yml").exists():
        # the workspace is gone: this import is a first one, nothing was deleted on purpose
        record.files.clear()
    try:
        for number, (path, text) in enumerate(files.items(), start=1):
            writer.put(path, text)
            progress("write", number, len(files))
        writer.note_gone(files)
    finally:
        writer.save()
    return writer.out


class _Writer:
    def __init__(self, into: Path, record: Record, notes: Notes) -> None:
        self.into, self.record, self.notes = into, record, notes
        self.out = Written()

    def put(self, path: str, text: str) -> None:
        """One file: written, found unchanged, or kept as a person left it."""
        file, last = self.into / path, self.record.files.get(path)
        if file.is_symlink() or file.parent.is_symlink():
            self.keep(path, "kept")
        elif not file.exists():
            if last is not None or self.account_deleted(path):
                self.keep(path, "kept-deleted")
            else:
                self.write(path, text)
        else:
            self.put_over(path, text, _read(file), last)

    def put_over(self, path: str, text: str, there: str, last: str | None) -> None:
        own = digest(there) == last
        if own and path.endswith("/revenue.csv"):
            text = log.extended(path, there, text, self.notes)
        if there == text:
            self.out.unchanged += 1
            self.record.files[path] = digest(text)
        elif own:
            self.write(path, text)
        else:
            self.keep(path, "kept")
            if path.endswith(LOGS):
                count = log.missing(there, text)
                self.notes.add("open", "log-not-extended", place(path), count, file=path)

    def account_deleted(self, path: str) -> bool:
        """Whether a person has deleted the account that the file belongs to."""
        account = f"{path.rsplit('/', 1)[0]}/account.md"
        return account in self.record.files and not (self.into / account).exists()

    def keep(self, path: str, key: str) -> None:
        self.out.kept.append(path)
        shown = path
        if key == "kept-deleted" and not (self.into / path).parent.exists():
            shown = path.rsplit("/", 1)[0]
        self.notes.add("seen", key, place(shown), file=shown)

    def write(self, path: str, text: str) -> None:
        replace_text(self.into / path, text, path)
        self.record.files[path] = digest(text)
        self.out.written.append(path)

    def note_gone(self, files: Mapping[str, str]) -> None:
        """What earlier imports wrote for accounts that the export no longer holds."""
        for path in sorted(set(self.record.files) - set(files)):
            if path.endswith("/account.md") and (self.into / path).exists():
                folder = path.rsplit("/", 1)[0]
                self.notes.add("open", "gone-from-crm", place(path), file=folder)

    def save(self) -> None:
        text = json.dumps(
            {"version": 1, "files": self.record.files, "ids": self.record.ids},
            ensure_ascii=False, indent=1, sort_keys=True,
        )  # fmt: skip
        file = self.into / RECORD
        if not file.exists() or _read(file) != f"{text}\n":
            replace_text(file, f"{text}\n", RECORD)


def replace_text(file: Path, text: str, shown: str) -> None:
    """Write beside, then swap, whatever folders that takes."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse("cannot-write", shown, 6, found=error.strerror or "") from None
    replace_file(file, text.encode("utf-8"), shown)


def digest(text: str) -> str:
    """What the record keeps of a file's text."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _read(file: Path) -> str:
    # git may have changed the line ends; that is no person's edit
    words = file.read_bytes().decode("utf-8", "surrogateescape")
    return words.replace("\r\n", "\n")
