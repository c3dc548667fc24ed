"""Portfolios of any size: the complete example account, told N times under other names."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = "nordwind-logistik"
FILES = (
    "account.md", "client.md", "stakeholders.md", "whitespace.csv", "measurements.csv",
    "revenue.csv", "2026-h1/plan.md", "2026-h1/tasks.md", "2026-h1/review.md", "2026-h2/plan.md",
    "2026-h2/tasks.md", "2026-h2/review.md",
)  # fmt: skip
"""What a usual account holds; the same files in every year's figures, however the example grows."""
EIGHT = (
    "account.md", "client.md", "stakeholders.md", "whitespace.csv", "measurements.csv",
    "2026-h1/plan.md", "2026-h1/tasks.md", "2026-h1/review.md",
)  # fmt: skip
"""An account with one plan, for the checks of a thousand."""


SYLLABLES = ("bo", "la", "ri", "me", "tas", "gun", "vel", "dor", "ki", "han")


def called(number: int) -> str:
    """A name of its own for each of ten thousand clients; portfolios do not count theirs."""
    digits = f"{number:04}"
    return "".join(SYLLABLES[int(digit)] for digit in reversed(digits)).capitalize()


def write_portfolio(
    count: int, into: Path, files: tuple[str, ...] = FILES, as_of: str = "2026-11-23"
) -> None:
    """A workspace of `count` accounts, each with `files` of the example account, on that day."""
    plans = into / "plans"
    plans.mkdir(parents=True)
    house = (ROOT / "plans" / "workspace.yml").read_text("utf-8")
    house = house.replace("as_of: 2026-11-23", f"as_of: {as_of}")
    if files is EIGHT:  # nor has the method anything to ask
        house = re.sub(r"method:\n(?:  .*\n)+", "", house)
    (plans / "workspace.yml").write_text(house, "utf-8")
    for name in ("personas", "industries"):
        shutil.copytree(ROOT / "plans" / name, plans / name)
    for number in range(count):
        folder = plans / f"kunde-{number:04}"
        for name in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "plans" / TEMPLATE / name, folder / name)
        for path in folder.rglob("*.md"):
            words = path.read_text("utf-8").replace("Nordwind", called(number))
            if files is EIGHT:  # without tier and cadence there is nothing to find in it
                words = re.sub(r"tier: a\n|cadence:\n(?:  .*\n)+", "", words)
            path.write_text(words, "utf-8")
