"""One broken file in a small sound workspace: read, checked, told; what must hold, holds or is said."""

from __future__ import annotations

import re
import shutil
import signal
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from fuzz.generate import FILES, Label, all_labels, document, labels
from fuzz.mutate import mutate
from planwerk import report
from planwerk.checks import BY_NAME, check
from planwerk.problems import Problem, Refusal
from planwerk.read import read
from planwerk.report.document import as_json
from planwerk.report.sources import decoded
from planwerk.words import LANGUAGES, load_words

LIMIT = 2.0
"""Seconds of computing that one file may take."""
GIVEN = {
    "expected_de",
    "expected_en",
    "shape_de",
    "shape_en",
    "nearest_sentence",
    "labelled",
    "meaning",
}
"""Facts that the report itself supplies."""
SOUND = {
    "workspace.yml": "format: 1\norganisation:\n  name: Ruhrblick\nas_of: 2026-11-23\nteam:\n  - id: brandt\n    name: Maren Brandt\nofferings:\n  - id: survey\n    name: Befragung\nkpis:\n  - id: nps\n    name: NPS\n",
    "nordwind/account.md": "---\nname: Nordwind AG\nindustry: logistics\nowner: brandt\n---\n",
    "nordwind/2026-h2/plan.md": "---\nfrom: 2026-07-01\nto: 2026-12-31\nkpis:\n  - kpi: nps\n    baseline: 31\n    target: 40\n---\n",
}


class Hang(Exception):  # noqa: N818 - it is what happened
    """The time limit was met."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise Hang


@dataclass
class Tally:
    """What a run saw."""

    runs: int = 0
    seconds: float = 0.0
    worst: float = 0.0
    rules: Counter[str] = field(default_factory=Counter)
    sound: set[Label] = field(default_factory=set)
    """Fields that stood in a file that read without problems."""
    touched: set[Label] = field(default_factory=set)
    """Fields that were broken at least once."""
    findings: list[tuple[int, str, str]] = field(default_factory=list)
    """Number of the case, name of the file, what did not hold."""


class Harness:
    """A workspace in which one file at a time is replaced."""

    def __init__(self, folder: Path | None = None) -> None:
        memory = Path("/dev/shm")
        self.own = folder is None
        base = memory if memory.is_dir() else None
        self.root = folder or Path(tempfile.mkdtemp(prefix="planwerk-fuzz-", dir=base))
        for name, words in SOUND.items():
            self._write(name, words.encode())

    def close(self) -> None:
        """Remove what was made."""
        if self.own:
            shutil.rmtree(self.root, ignore_errors=True)

    def _write(self, name: str, raw: bytes) -> Path:
        path = self.root / "plans" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        return path

    def run(self, name: str, raw: bytes) -> tuple[list[Problem], str]:
        """The problems of the workspace with that file, and what did not hold (or nothing)."""
        path = self._write(name, raw)
        before = signal.signal(signal.SIGVTALRM, _stop)
        signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
        try:
            return self._read()
        except Hang:
            return [], f"hang: more than {LIMIT} s\n{traceback.format_exc()}"
        except Exception:
            return [], traceback.format_exc()
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)
            if name in SOUND:
                self._write(name, SOUND[name].encode())
            else:
                path.unlink()

    def _read(self) -> tuple[list[Problem], str]:
        try:
            problems = check(read(self.root), strict=True, also=tuple(BY_NAME))
        except Refusal as refusal:
            problems = list(refusal.problems)
        sources = report.Sources(self.root)
        wrong = [w for p in problems for w in (self._outside(p), _gap(p)) if w]
        report.as_text(problems, load_words("de"), sources, True).encode()
        as_json(problems, load_words("en")).encode()
        return problems, "\n".join(wrong)

    def _outside(self, problem: Problem) -> str:
        """That a problem's place is not within its file, or nothing."""
        place = problem.place
        path = self.root / place.path
        lines = [""]
        if path.is_file():
            lines = decoded(path.read_bytes(), path.suffix == ".csv").split("\n")
        inside = 1 <= place.line <= len(lines) + 1
        length = len(lines[place.line - 1]) if inside and place.line <= len(lines) else 0
        if not inside or not 1 <= place.column <= length + 1 or place.width < 1:
            return f"{problem.rule} lies outside its file: {place} +{place.width} ({len(lines)} lines, {length} columns)"
        return ""


def _gap(problem: Problem) -> str:
    """Which fact the words of a problem ask for in vain, or nothing."""
    missing = _asked(problem.rule) - set(problem.facts) - GIVEN
    return f"{problem.rule} lacks {', '.join(sorted(missing))}" if missing else ""


@cache
def _asked(rule: str) -> frozenset[str]:
    """The facts that the words of a rule ask for, in both languages."""
    said = [load_words(code)(f"problem.{rule}.{part}") for code in LANGUAGES for part in ("wrong", "fix")]  # fmt: skip
    return frozenset(fact for words in said for fact in re.findall(r"{([a-z_]+)}", words))


NAMES = list(FILES)
LABELS = all_labels()
HOLDERS = {label: [n for n, kind in FILES.items() if label in labels(kind)] for label in LABELS}


def case(seed: int, number: int) -> tuple[str, bytes, bytes, set[Label], set[Label]]:
    """Case `number` of a seed: the file, sound and broken, the fields it holds and those touched."""
    rng = Random(f"{seed}:{number}")
    target = LABELS[number % len(LABELS)]
    name = rng.choice(HOLDERS[target])
    lines = document(name, rng, full=rng.random() < 0.5)
    held = {label for line in lines for label in line.labels}
    sound = "\n".join(line.words for line in lines).encode() + b"\n"
    broken, touched = mutate(lines, rng, target, name.endswith(".csv"))
    return name, sound, broken, held, touched


def fuzz(seed: int, numbers: range, saved: Path | None = None, tell: Any = None) -> Tally:
    """Run the cases; a file for which something does not hold is saved and named."""
    tally, harness = Tally(), Harness()
    begun = time.perf_counter()
    try:
        for number in numbers:
            name, sound, broken, held, touched = case(seed, number)
            if number < len(LABELS):  # the sound file of each field
                problems, wrong = harness.run(name, sound)
                if wrong:
                    tally.findings.append((number, name, wrong))
                if not [p for p in problems if _of_reading(p, name)]:
                    tally.sound |= held
            started = time.process_time()
            problems, wrong = harness.run(name, broken)
            tally.worst = max(tally.worst, time.process_time() - started)
            tally.runs += 1
            tally.touched |= touched
            tally.rules.update({p.rule for p in problems})
            if wrong:
                tally.findings.append((number, name, wrong))
                if saved:
                    saved.mkdir(parents=True, exist_ok=True)
                    (saved / f"{seed}-{number}-{name.replace('/', '_')}").write_bytes(broken)
            if tell and number % 1000 == 999:
                tell(tally)
    finally:
        harness.close()
    tally.seconds = time.perf_counter() - begun
    return tally


def _of_reading(problem: Problem, name: str) -> bool:
    """Whether a problem is one of the file's writing, not of what it refers to."""
    return problem.rule not in BY_NAME and problem.place.path == Path("plans") / name
