"""What the look through clients' outputs costs: CPU per client beside assets, and of a cold build.

`python benchmarks/leaving.py` builds the examples, `python benchmarks/leaving.py FOLDER` another
workspace; `--selftest` plants a slowness that must be seen.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "generator"))
MOST_EACH, MOST_SHARE = 0.080, 0.20
"""Seconds of CPU a client, beside files known by their digests, and the part of a cold build."""


def looks(root: Path, work: Path, slow: float = 0) -> tuple[dict[str, float], float]:
    """Seconds of CPU for the look at each client's and partner's output, done by this process alone,
    and those of the whole cold build with its children."""
    from planwerk import leaving, looked
    from planwerk.build import Options, build
    from planwerk.result.found import Search

    each: dict[str, float] = {}
    find: Callable[..., Any] = leaving.Leaving.problems

    def timed(self: Any, audience: str, account: str, folder: Path, *them: Any) -> Any:
        for path in (path for path in folder.glob("assets/**/*") if path.is_file()):
            self.known.is_known(path)  # these are checked by their digests, beside the bar
        began = time.process_time()
        found = find(self, audience, account, folder, *them)
        while time.process_time() - began < slow:
            Search  # noqa: B018 - time that passes
        each[f"{audience} {account}"] = time.process_time() - began
        return found

    leaving.Leaving.problems = timed  # type: ignore[method-assign]
    shared = looked.each
    looked.each = lambda work, count: ((n, work(n)) for n in range(count))
    began = _spent()
    try:
        build(root, Options(out=work / "build", remember=False))
    finally:
        leaving.Leaving.problems = find  # type: ignore[method-assign]
        looked.each = shared
    return each, _spent() - began


def _spent() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def told(each: dict[str, float], whole: float) -> bool:
    """The figures; whether both bars are reached. Partners' outputs are small: they count for the
    share alone."""
    clients = [took for name, took in each.items() if name.startswith("client")]
    mean, share = statistics.mean(clients), sum(each.values()) / whole
    sys.stdout.write(
        f"{len(clients)} clients: {mean * 1000:.0f} ms CPU each (the first {clients[0] * 1000:.0f}, which also learns what "
        f"all have; bar {MOST_EACH * 1000:.0f}); with {len(each) - len(clients)} partners {share:.1%} of a cold build "
        f"of {whole:.1f} s (bar {MOST_SHARE:.0%})\n"
    )
    return mean <= MOST_EACH and share <= MOST_SHARE


def main() -> int:
    """0 where the bars are reached; with --selftest, where a planted slowness is seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path, nargs="?", default=ROOT)
    parser.add_argument("--selftest", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        reached = told(*looks(asked.root, Path(work), slow=1.5 if asked.selftest else 0))
    return int(reached == asked.selftest)


if __name__ == "__main__":
    sys.exit(main())
