"""`python -m tests.fuzz 100000 [--seed N] [--only NUMBER]`: break files until something does not hold."""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fuzz.harness import Tally, fuzz

FOUND = Path("build-fuzz")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("cases", type=int, nargs="?", default=3000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31))
    parser.add_argument("--only", type=int, help="this one case of the seed")
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}", flush=True)
    numbers = range(chosen.cases) if chosen.only is None else range(chosen.only, chosen.only + 1)

    def tell(tally: Tally) -> None:
        if tally.runs % 5_000 == 0:
            print(f"{tally.runs} cases, {len(tally.findings)} findings, worst {tally.worst:.2f} s", flush=True)  # fmt: skip

    tally = fuzz(chosen.seed, numbers, FOUND, tell)
    for number, name, wrong in tally.findings:
        print(f"\ncase {number} ({name}), saved as {FOUND}/{chosen.seed}-{number}-{name.replace('/', '_')}\n{wrong}")  # fmt: skip
    print(f"{tally.runs} cases in {tally.seconds:.0f} s, worst {tally.worst:.2f} s, {len(tally.rules)} rules told, {len(tally.findings)} findings")  # fmt: skip
    return 1 if tally.findings else 0


if __name__ == "__main__":
    sys.exit(main())
