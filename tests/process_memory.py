"""Looking for words in all that a running process holds in its memory."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

LEFT_OUT = ("[vvar]", "[vsyscall]", "[vdso]")
PIECE = 1 << 24


def held(pid: int, words: Iterable[str]) -> set[str]:
    """Which of these words (ASCII) the process holds, in any width Python keeps letters in.

    The process stands still meanwhile; one that has ended holds nothing."""
    found: set[str] = set()
    ways = {word.encode(code): word for word in words for code in ("ascii", "utf-16-le", "utf-32-le")}  # fmt: skip
    pattern = re.compile(b"|".join(map(re.escape, ways)))
    with suppress(ProcessLookupError, FileNotFoundError):
        os.kill(pid, signal.SIGSTOP)
        try:
            _stopped(pid)
            with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
                for begin, end in _regions(pid):
                    found |= {ways[hit] for hit in _hits(memory.fileno(), begin, end, pattern)}
        finally:
            os.kill(pid, signal.SIGCONT)
    return found


def _stopped(pid: int) -> None:
    while Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "TtZX":
        time.sleep(0.001)


def _regions(pid: int) -> list[tuple[int, int]]:
    """What of the address space can be read."""
    out = []
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        where, rights, *rest = line.split(None, 5)
        if rights.startswith("r") and not any(name in rest[-1:] for name in LEFT_OUT):
            begin, end = (int(part, 16) for part in where.split("-"))
            out.append((begin, end))
    return out


def _hits(memory: int, begin: int, end: int, pattern: re.Pattern[bytes]) -> set[bytes]:
    """What is found in a region, read piece by piece, each with the end of the one before."""
    found: set[bytes] = set()
    rest = b""
    for at in range(begin, end, PIECE):
        try:
            raw = rest + os.pread(memory, min(PIECE, end - at), at)
        except OSError:  # a file's end within a mapping
            break
        found |= set(pattern.findall(raw))
        rest = raw[-256:]
    return found
