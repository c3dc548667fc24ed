"""What a kind hands back: files that do not exist yet, or one that gets longer."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from planwerk.model.record import Record
from planwerk.model.validate import validate
from planwerk.problems import Problem, Refusal, refuse
from planwerk.text.front_matter import read_front_matter
from planwerk.text.nearest import nearest
from planwerk.text.source import decode, split
from planwerk.text.write import replace

Given = Mapping[str, str]
"""What the command was told, by the names of its arguments and options."""


class Ask(NamedTuple):
    """A value that a kind needs: asked for on a terminal, else `default`, else refused."""

    name: str
    choices: tuple[str, ...] = ()
    """What it can be; empty: any words."""
    default: str | None = None

    def checked(self, value: str) -> str:
        """The value; refuses (exit code 2) what is none of the choices, and names them."""
        if self.choices and value not in self.choices:
            near = nearest(value, self.choices) or ""
            allowed = ", ".join(self.choices)
            raise refuse("unknown-choice", "plans", option=self.option, found=value, allowed=allowed, nearest=near)  # fmt: skip
        return value

    def missing(self) -> Refusal:
        """The refusal where nobody can be asked."""
        return refuse("new-needs", "plans", option=self.option, allowed=", ".join(self.choices))

    @property
    def option(self) -> str:
        """How the value is given on the command line."""
        return self.name.upper() if self.name in ("account", "period", "kind") else f"--{self.name}"


@dataclass(frozen=True)
class File:
    """A file below the workspace: what it holds, and what it held (None: it is new)."""

    path: PurePosixPath
    kind: type[Record]
    words: str
    old: bytes | None = None


@dataclass(frozen=True)
class Draft:
    """The files of a new thing; `next` names what to do then (`next.<next>`)."""

    next: str
    files: tuple[File, ...]
    facts: Mapping[str, str] = field(default_factory=dict)


def place(root: Path, draft: Draft) -> Iterator[Path]:
    """Write the files of a draft, and name each one.

    Refuses (exit code 2), before anything is written, what would overwrite a file and what a
    check would refuse.
    """
    for file in draft.files:
        if file.old is None and os.path.lexists(root / file.path):
            raise refuse("new-exists", str(file.path), found=str(file.path))
    if problems := [p for file in draft.files for p in _problems(file)]:
        raise Refusal(problems, 2)
    for file in draft.files:
        path = root / file.path
        if file.old is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as new:
                new.write(file.words.encode())
        else:
            replace(path, file.old, file.words.encode())
        yield path


def _problems(file: File) -> Sequence[Problem]:
    words = decode(file.path, file.words.encode())
    source = words if isinstance(words, Problem) else split(file.path, words)
    if isinstance(source, Problem):
        return [source]
    located, problems = read_front_matter(file.path, source.front, source.front_line)
    return problems or validate(file.kind, located, file.path)[1]
