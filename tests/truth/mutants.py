"""Every check must be able to fail: each number, day and name of a file is changed once, and looked for.

What is changed is what was read, one token of one passage at a time, so that thousands take seconds;
`plants.py` changes built files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from truth.compare import Comparer
from truth.counts import with_counts
from truth.exempt import reason
from truth.facts import current
from truth.passages import Passage, Read
from truth.results import Result
from truth.run import Side
from truth.sentences import is_fixed
from truth.sums import Sums
from truth.tokens import Day, tokens


def changed(words: str, language: str) -> str:
    """The same with its last digit, or its number in words, another one."""
    digits = [found.start() for found in re.finditer(r"\d", words)]
    if digits:
        at = digits[-1] if len(digits) < 3 else digits[0]
        return words[:at] + str(int(words[at]) % 9 + 1) + words[at + 1 :]
    two, nine = {"de": ("zwei", "neun"), "en": ("two", "nine")}[language]
    return nine if words.lower() == two else two


def mutants(passage: Passage, language: str, people: list[str], chance: Random) -> Iterator[tuple[str, Passage]]:  # fmt: skip
    """The passage with one number, day or name changed, each in turn."""
    for at, cell in enumerate(passage.cells):
        for number, line in enumerate(cell.lines):
            if passage.kind in ("scale", "contents"):
                continue
            spots = [("day" if isinstance(t, Day) else "number", line.index(t.said, max(0, t.at - 4)), t.said, changed(t.said, language)) for t in tokens(line, language) if not reason(passage, line, t, language) and not is_fixed(line, t.at, language)]  # fmt: skip
            spots += [("person", line.index(name), name, chance.choice([p for p in people if p != name])) for name in people if name in line and len(people) > 1]  # fmt: skip
            for kind, start, old, new in spots:
                lines = list(cell.lines)
                lines[number] = line[:start] + new + line[start + len(old) :]
                cells = list(passage.cells)
                cells[at] = replace(cell, lines=tuple(lines))
                yield kind, replace(passage, cells=tuple(cells))


def sensitivity(side: Side, whole: Read, every: int = 1) -> Counter[tuple[str, str, bool]]:
    """By format and kind, how many changes were found and how many were not; of every so-manieth passage."""
    period = current(side.world)
    of = Comparer(side.world, with_counts(Sums(side.world, period)), period.id if period else "")
    counts: Counter[tuple[str, str, bool]] = Counter()
    chance = Random(7)
    people = list(side.world.people)
    for number, passage in enumerate(whole.passages):
        before = of.before
        true = _alone(of, passage)
        if number % every == 0:
            after = of.before
            for kind, mutant in mutants(passage, side.language, people, chance):
                of.before = before
                found = _alone(of, mutant)
                if sum(found.exempt.values()) <= sum(true.exempt.values()):
                    counts[passage.format, kind, bool(found.differences)] += 1
            of.before = after
    return counts


def _alone(of: Comparer, passage: Passage) -> Result:
    of.result = Result()
    return of.compare(Read([passage]))
