"""The git program, started so that nothing a repository or a caller brings along decides anything.

git gets an environment of its own: variables like `GIT_DIR` would lead it elsewhere, settings
of the person and the machine would change what it says. A repository's own settings may name
programs (monitors, hooks, filters, converters, signers); those are listed first, which runs
nothing, and then switched off one by one.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from planwerk.problems import Place, Problem, Refusal, Severity
from planwerk.repository.text import readable

KEPT = (
    "PATH",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "TMPDIR",
    "SUDO_UID",
    "GIT_TEST_ASSUME_DIFFERENT_OWNER",
)
"""What git learns of the caller's environment; the last one only makes it more careful."""
SAFE: Mapping[str, str] = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_FLUSH": "0",
    "LC_ALL": "C",
}
"""What git is told instead; with `GIT_FLUSH` it writes by the block, not after every commit."""
SWITCHED_OFF: Mapping[str, str] = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.attributesFile": os.devnull,
    "core.quotePath": "false",
    "core.warnAmbiguousRefs": "true",
    "advice.graftFileDeprecated": "false",
    "color.ui": "false",
    "diff.external": "",
    "diff.algorithm": "default",
    "diff.ignoreSubmodules": "none",
    "diff.noprefix": "false",
    "diff.orderFile": os.devnull,
    "diff.relative": "false",
    "diff.renameLimit": "1000",
    "diff.renames": "true",
    "gpg.program": "false",
    "gpg.ssh.program": "false",
    "gpg.x509.program": "false",
    "gpg.ssh.defaultKeyCommand": "",
    "i18n.logOutputEncoding": "UTF-8",
    "log.decorate": "false",
    "log.diffMerges": "off",
    "log.follow": "false",
    "log.mailmap": "false",
    "log.showRoot": "true",
    "log.showSignature": "false",
    "mailmap.file": "",
    "mailmap.blob": "",
    "protocol.allow": "never",
    "status.relativePaths": "true",
    "status.renames": "false",
    "submodule.recurse": "false",
}
PROGRAM = re.compile(r"(?s)(?:filter|diff)\..*\.(?:clean|smudge|process|required|textconv|command)")
"""Settings of any name under which a repository may have its files converted by a program."""
PLANS = PurePosixPath("plans")
BLOCK = 1 << 18
"""Bytes read from git at a time."""


class Unreadable(Refusal):
    """git does not tell what was asked: its own first words are in the one problem."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__([problem("git-unreadable", reason)], code=1)

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str]]:  # type: ignore[override]
        return type(self), (self.reason,)


def problem(rule: str, found: str, **facts: str) -> Problem:
    """A warning about the history of the plans."""
    return Problem(rule, Place(PLANS), Severity.WARNING, {"found": found, **facts})


def reason(said: bytes) -> str:
    """The first thing git said, without its quotation marks."""
    words = readable(said)
    words = words.partition("fatal:")[2] or words
    return words.strip().split("\n")[0].strip("' ") or "git"


@dataclass(frozen=True, slots=True)
class Git:
    """The git program, standing in one folder; `settings` are switched off besides `SWITCHED_OFF`."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def run(self, *words: str, said: bytes = b"") -> bytes:
        """What git answers to fixed words, with `said` to read; raises `Unreadable` if it fails."""
        answer, errors = self.ask(*words, said=said)
        if answer is None:
            raise Unreadable(reason(errors))
        return answer

    def ask(self, *words: str, said: bytes = b"") -> tuple[bytes | None, bytes]:
        """What git answers, None if it fails, and what it says about it."""
        with self._started(words, subprocess.PIPE, subprocess.PIPE) as process:
            answer, errors = process.communicate(said)
        return None if process.returncode else answer, errors

    def stream(self, *words: str) -> Iterator[bytes]:
        """What git answers, block by block as it comes; raises `Unreadable` if it fails.

        Whoever has heard enough stops reading: then git is ended, whatever it meant to say.
        """
        with self.talk(*words) as process:
            assert process.stdout
            while block := process.stdout.read1(BLOCK):  # type: ignore[attr-defined]
                yield block

    def lines(self, *words: str) -> Iterator[bytes]:
        """What git answers, line by line as it comes."""
        with self.talk(*words) as process:
            assert process.stdout
            for line in process.stdout:
                yield line.removesuffix(b"\n")

    @contextmanager
    def talk(
        self, *words: str, stdin: int | IO[bytes] = subprocess.DEVNULL
    ) -> Iterator[subprocess.Popen[bytes]]:
        """A running git; raises `Unreadable` when all is said and git is not content."""
        with (
            tempfile.TemporaryFile() as errors
        ):  # a pipe that nobody reads would fill, and stop git
            try:
                with self._started(words, stdin, errors) as process:
                    yield process
                    if process.stdin:
                        process.stdin.close()
                    failed = process.wait()
            except BrokenPipeError:
                failed = 1
            if failed:
                errors.seek(0)
                raise Unreadable(reason(errors.read(BLOCK)))

    @contextmanager
    def _started(
        self, words: tuple[str, ...], stdin: int | IO[bytes], errors: int | IO[bytes]
    ) -> Iterator[subprocess.Popen[bytes]]:
        """A running git that ends with the block, at the latest."""
        try:
            process = subprocess.Popen(
                ["git", "-C", str(self.folder), *words], stdin=stdin, stdout=subprocess.PIPE,
                stderr=errors, env=self._surroundings(),
            )  # fmt: skip
        except FileNotFoundError:
            raise Unreadable("git: command not found") from None
        except OSError as error:
            raise Unreadable(f"git: {error.strerror}") from None
        with process:
            try:
                yield process
            finally:
                if process.poll() is None:
                    process.kill()

    def guarded(self) -> tuple[Git, tuple[str, ...]]:
        """The same, with every program that the repository's settings name switched off; and the
        names of all those settings."""
        said = self.run("config", "--list", "--name-only", "-z").decode("utf-8", "replace")
        names = tuple(dict.fromkeys(said.split("\0")))
        return Git(self.folder, {name: "" for name in names if PROGRAM.fullmatch(name)}), names

    def _surroundings(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        settings = {**SWITCHED_OFF, **self.settings}
        counted = {"GIT_CONFIG_COUNT": str(len(settings))}
        for number, (name, value) in enumerate(settings.items()):
            counted |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
        return {**kept, **SAFE, **counted}
