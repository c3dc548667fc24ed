"""Reads every value, total, day and person back from HTML, Word, PowerPoint and data.

    python tests/truth [--plans FOLDER] [--account ID] [--language de|en] [--as-of DAY]
                       [--out FOLDER] [--mutants N]

FOLDER holds plans/ (the examples, if none is named); its outputs are built first, unless `--out` names
them. Prints for each account and audience what was read and compared. 0: all of it is what the plans say.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from planwerk.build import Options, build
from planwerk.read import read_house
from truth.mutants import sensitivity
from truth.overall import compare_overall, ours_of
from truth.results import Result
from truth.run import Side, sides

ROOT = Path(__file__).resolve().parents[2]


def told(side: Side, result: Result) -> None:
    """What was read of one audience, on a few lines."""
    print(f"{side.account}, {side.audience}, {side.language}: {len(result.files)} files, {sum(result.compared.values())} facts compared, {len(result.left)} not assigned, {len(result.differences)} differences")  # fmt: skip
    kinds: dict[str, list[str]] = {}
    for (form, kind), count in sorted(result.compared.items()):
        kinds.setdefault(form, []).append(f"{count} {kind}")
    for form, parts in kinds.items():
        print(f"  {form}: {', '.join(parts)}")
    for difference in result.differences:
        print(f"  DIFFERS {difference}")


def summary(results: Sequence[Result]) -> None:
    """What was compared and what was not, of all."""
    whole: dict[str, Counter[str]] = {}
    for result in results:
        for (form, kind), count in (*result.compared.items(), *result.written.items()):
            whole.setdefault(form, Counter())["compared"] += count
            whole[form][kind] += count
        for (form, why), count in result.exempt.items():
            whole.setdefault(form, Counter())[f"exempt, {why}"] += count
        for passage, _, _ in result.left:
            whole.setdefault(passage.format, Counter())["not assigned"] += 1
    for form, counts in sorted(whole.items()):
        print(f"{form}: " + ", ".join(f"{count} {kind}" for kind, count in counts.most_common()))


def main(words: Sequence[str] | None = None) -> int:
    """0: nothing differs; 1: something does."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--plans", type=Path, default=ROOT, metavar="FOLDER")
    parser.add_argument("--account", action="append", default=[], metavar="ID")
    parser.add_argument("--language", choices=("de", "en"))
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DAY", help="looked at from this day")  # fmt: skip
    parser.add_argument("--out", type=Path, help="outputs that are built already")
    parser.add_argument("--mutants", type=int, metavar="N", help="change what every N-th passage says, and count what is found")  # fmt: skip
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="planwerk-truth-") as folder:
        root, out = asked.plans, asked.out
        if (
            out is None
        ):  # without a history: what is told of earlier days is not in the plans of today
            root, out = Path(folder) / "workspace", Path(folder) / "out"
            shutil.copytree(asked.plans / "plans", root / "plans")
            for beside in ("site", "themes"):
                if (asked.plans / beside).is_dir():
                    shutil.copytree(asked.plans / beside, root / beside)
            build(root, Options(out=out, accounts=tuple(asked.account), language=asked.language, as_of=asked.as_of, remember=False))  # fmt: skip
        results = []
        house = read_house(root).portfolio
        if not asked.account and house is not None and (out / "internal").exists():
            spoken = asked.language or house.workspace.language
            ours = ours_of(sides(root, out, (), spoken, asked.as_of), out)
            results.append(compare_overall(ours))
            print(f"over all accounts: {len(results[0].files)} files, {sum(results[0].compared.values())} facts compared, {len(results[0].differences)} differences")  # fmt: skip
            for difference in results[0].differences:
                print(f"  DIFFERS {difference}")
        for side in sides(root, out, asked.account, asked.language, asked.as_of):
            results.append(side.compare())
            told(side, results[-1])
            if asked.mutants:
                for (form, kind, found), count in sorted(
                    sensitivity(side, side.read(), asked.mutants).items()
                ):
                    print(
                        f"  changed: {form}, {kind}, {'found' if found else 'not found'}: {count}"
                    )
    summary(results)
    wrong = sum(len(result.differences) for result in results)
    print(f"{wrong} differences")
    return 1 if wrong or not results else 0


if __name__ == "__main__":
    sys.exit(main())
