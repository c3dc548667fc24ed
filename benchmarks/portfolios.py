"""Portfolios of any size: the complete example account, told N times under other names."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = "nordwind-logistik"


def write_portfolio(count: int, into: Path) -> None:
    """A workspace of `count` accounts, each with all files of the example account."""
    plans = into / "plans"
    plans.mkdir(parents=True)
    shutil.copy(ROOT / "plans" / "workspace.yml", plans)
    for number in range(count):
        folder = plans / f"kunde-{number:04}"
        shutil.copytree(ROOT / "plans" / TEMPLATE, folder)
        for path in folder.rglob("*.md"):
            words = path.read_text("utf-8").replace("Nordwind", f"Kunde{number:04}")
            path.write_text(words, "utf-8")
