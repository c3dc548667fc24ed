"""The command that says what a document is, and whether it was changed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planwerk.help import Command

if TYPE_CHECKING:
    from planwerk.cli_support import Settings

NOT_SO = 3
"""The exit code where a document is not what was built."""


@click.command(cls=Command)
@click.argument("files", nargs=-1, required=True, metavar="FILE|DIR...", type=click.Path(exists=True, path_type=Path))  # fmt: skip
@click.option("--build", type=click.Path(path_type=Path), default=Path("build"), show_default=True, help="The build to compare with.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def verify(settings: Settings, /, files: tuple[Path, ...], build: Path, as_json: bool) -> None:
    """Say what a Word document or a deck is, and whether anything in it was changed.

    Unchanged is a file that is byte for byte what was built (exit code 0). Otherwise the exit
    code is 3: saved again by another program with the same words; changed, and in which
    chapters; or unknown. Of a folder, every document in it is looked at.
    """
    from planwerk import report
    from planwerk.report.verified import as_json as written
    from planwerk.report.verified import told
    from planwerk.stamp import ENDINGS
    from planwerk.verify import manifest
    from planwerk.verify import verify as run

    known = manifest(settings.folder / build)
    listed = [
        one
        for path in files
        for one in (sorted(p for p in path.rglob("*") if p.suffix in ENDINGS) if path.is_dir() else [path])
    ]  # fmt: skip
    found = {str(path): run(path.read_bytes(), path.name, known) for path in listed}
    report.say(written(found) if as_json else "".join(told(n, v, settings.words) for n, v in found.items()))  # fmt: skip
    sys.exit(0 if found and all(v.found == "unchanged" for v in found.values()) else NOT_SO)
