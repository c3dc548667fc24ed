"""Builds pairs of workspaces that differ only in what one client may not see, and compares them.

    python tests/gate [COUNT] [--first NUMBER] [--only NUMBER] [--whole N] [--out FOLDER]

Of every N-th pair (`--whole`, 0: of none) all outputs are built, not this client's alone. What differs
is kept in FOLDER, both workspaces with their outputs. 0: all pairs are the same, to the byte.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from gate.coverage import expected, missing
from gate.pairs import built, difference, one_server, pair, told_twice
from gate.plants import PLANTS, planted
from gate.sight import Key
from gate.worlds import plot


def selftest(work: Path) -> None:
    """Each way to open the gate must be found."""
    twins = told_twice(plot(3), work, set())
    for name in PLANTS:
        with planted(name):
            found = difference(*(built(world.plot, world.root) for world in twins))
        assert found, f"not found: {name}"
        print(f"self-test: {name}: found in {found}", flush=True)


def main(words: Sequence[str] | None = None) -> int:
    """0: every pair is the same; 1: one is not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", type=int, nargs="?", default=200)
    parser.add_argument("--first", type=int, default=0, metavar="NUMBER")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="this pair alone")
    parser.add_argument(
        "--whole", type=int, default=20, metavar="N", help="all outputs of every N-th"
    )
    parser.add_argument("--out", type=Path, default=Path("build-gate"))
    asked = parser.parse_args(words)
    numbers = range(asked.first, asked.count) if asked.only is None else (asked.only,)
    touched: set[Key] = set()
    wrong = files = 0
    with tempfile.TemporaryDirectory(prefix="planwerk-gate-") as folder, one_server():
        work = Path(folder)
        selftest(work / "selftest")
        for number in numbers:
            begun = time.process_time()
            one = pair(number, work, bool(asked.whole) and number % asked.whole == 0)
            touched |= one.touched
            files += one.files
            took = time.process_time() - begun
            print(f"{number:04} {one.mine:<22} {one.files:3} files {len(one.touched):3} fields {took:5.1f} s CPU {one.difference and 'DIFFERS: ' + one.difference}", flush=True)  # fmt: skip
            if one.difference:
                wrong += 1
                for name in ("a", "b"):
                    shutil.copytree(work / f"{number}-{name}", asked.out / f"{number}-{name}", dirs_exist_ok=True)  # fmt: skip
    print(f"{len(numbers) - wrong} of {len(numbers)} pairs are the same, {files} files; {len(expected()) - len(missing(touched))} of {len(expected())} fields were changed in them")  # fmt: skip
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
