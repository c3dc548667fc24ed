"""Kills real builds at random moments, and lets two of them meet.

    python tests/crash [KILLS] [--swaps N] [--pairs N] [--seed N]

After each kill the old output or the new one is there whole, or (between two renames) the old one lies
beside and the next build, which nobody kills, brings one back: it is looked at each time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from crash.builds import Workspace, both, killed, swapped


def _counted(count: int, what: str) -> Iterator[int]:
    """The numbers below `count`, of which every twentieth is told."""
    for number in range(count):
        if number and number % 20 == 0:
            print(f"{number} of {count} {what}", flush=True)
        yield number


def main(words: Sequence[str] | None = None) -> int:
    """0: all was whole, each time."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("kills", type=int, nargs="?", default=200)
    parser.add_argument(
        "--swaps",
        type=int,
        help="kills while the outputs change places (default: a quarter as many)",
    )
    parser.add_argument(
        "--pairs", type=int, help="how often two builds meet (default: half as often)"
    )
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(words)
    swaps = asked.kills // 4 if asked.swaps is None else asked.swaps
    pairs = asked.kills // 2 if asked.pairs is None else asked.pairs
    rng = Random(asked.seed)
    wrong: list[str] = []
    where: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="planwerk-crash-") as folder:
        space = Workspace(Path(folder))
        space.build()
        begun = time.monotonic()
        space.change()
        space.build("--no-cache")
        took = time.monotonic() - begun
        for number in _counted(asked.kills, "kills"):
            place, found = killed(space, rng, took)
            where[place] += 1
            wrong += [f"kill {number}, {place}: {found}"] if found else []
            if place == "swapping" or number % 10 == 9:
                space.build()
                wrong += [f"after kill {number}: {left}"] if (left := space.wrong()) else []
        for number in _counted(swaps, "while swapping"):
            found = swapped(space, rng)
            wrong += [f"swap {number}: {found}"] if found else []
            space.build()
            wrong += [f"after swap {number}: {left}"] if (left := space.wrong()) else []
        ends: Counter[tuple[int, ...]] = Counter()
        for number in _counted(pairs, "times two"):
            codes, found = both(space)
            ends[tuple(codes)] += 1
            wrong += [f"two {number}: {codes} {found}"] if found or codes not in ([0, 5], [0, 0]) else []  # fmt: skip
    print(f"{asked.kills} kills {dict(where)}, {swaps} while swapping, {pairs} times two {dict(ends)}: {len(wrong)} wrong")  # fmt: skip
    print("\n".join(wrong[:50]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
