"""What stands behind ids, asked of one git that stays as long as somebody asks.

Versions are packed as differences from others; what git unpacked for one it does not unpack
again for the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from itertools import islice
from subprocess import PIPE, Popen
from typing import IO, Self

from planwerk.problems import Problem
from planwerk.repository.process import BLOCK, Git, Unreadable, problem

LARGEST = 20_000_000
"""Bytes of a version that are still read."""
ID = (40, 64)
AT_ONCE = 100
"""Ids asked for at once: a pipe takes them all, so that neither side waits for the other."""
MEMORY = {"core.deltaBaseCacheLimit": "40m"}
"""What git may remember: with its 96 MB, two of them would need more than we do."""
Report = Callable[[Problem], None]


class Contents:
    """The contents of a repository, by their ids; `partial` ones lack some, and would fetch them.

    git is started when it is first asked. Raises `Unreadable` where it does not tell.
    """

    def __init__(self, git: Git, report: Report, partial: bool = False) -> None:
        self._git = replace(git, settings={**git.settings, **MEMORY})
        self._report, self._partial = report, partial
        self._open = ExitStack()
        self._process: Popen[bytes] | None = None
        self._here: frozenset[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End git; asked again, another one is started."""
        self._process = None
        self._open.close()

    def of(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The contents of `ids`, in their order. One that is not there is left out, one that is
        larger than `LARGEST` comes empty; both are reported."""
        wanted = (name for name in (self._held(ids) if self._partial else ids) if len(name) in ID)
        while portion := list(islice(wanted, AT_ONCE)):
            try:
                yield from self._answers(portion)
            except (BrokenPipeError, Unreadable):
                self.close()  # git has gone, and says why
                raise
            except BaseException:  # nobody hears the rest of the answer
                self._end()
                raise

    def _answers(self, portion: list[str]) -> Iterator[tuple[str, bytes]]:
        process = self._process or self._started()
        assert process.stdin
        assert process.stdout
        process.stdin.write("".join(f"{name}\n" for name in portion).encode())
        process.stdin.flush()
        for _ in portion:
            if (content := self._next(process.stdout)) is not None:
                yield content

    def _end(self) -> None:
        if self._process:
            self._process.kill()
        with suppress(Unreadable):
            self.close()

    def _started(self) -> Popen[bytes]:
        self._process = self._open.enter_context(self._git.talk("cat-file", "--batch", stdin=PIPE))
        return self._process

    def _next(self, said: IO[bytes]) -> tuple[str, bytes] | None:
        name, *state = said.readline().decode("utf-8", "replace").split() or [""]
        if len(state) == 2:
            return name, self._content(said, name, int(state[1]))
        if not name:
            raise Unreadable("git cat-file")
        self._report(problem("version-missing", name))
        return None

    def _content(self, said: IO[bytes], name: str, size: int) -> bytes:
        left, content = size + 1, b""  # a line end follows
        if size <= LARGEST:
            content = said.read(left)
            left -= len(content)
        else:
            self._report(problem("version-too-large", name, size=str(size), limit=str(LARGEST)))
            while left and (skipped := len(said.read(min(left, BLOCK)))):
                left -= skipped
        if left:
            raise Unreadable(f"git cat-file {name}")
        return content[:-1]

    def _held(self, ids: Iterable[str]) -> Iterator[str]:
        """Those of `ids` that are here: asked for another one, git would fetch it, or give up."""
        if self._here is None:
            self._here = frozenset(self._git.lines("cat-file", "--batch-all-objects", "--batch-check=%(objectname)", "--buffer"))  # fmt: skip
        for name in ids:
            if name.encode() in self._here:
                yield name
            else:
                self._report(problem("version-missing", name))
