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
@click.option(
    "--audience",
    metavar="client:ACCOUNT|partner:PARTNER:ACCOUNT",
    help="Ask whether a folder may be uploaded for this client or partner.",
)
@click.option("--brand", default="planwerk", show_default=True, help="With --audience: the brand that the folder was built with.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def verify(
    settings: Settings,
    /,
    files: tuple[Path, ...],
    build: Path,
    audience: str | None,
    brand: str,
    as_json: bool,
) -> None:
    """Say what a Word document or a deck is, and whether anything in it was changed.

    Unchanged is a file that is byte for byte what was built (exit code 0). Otherwise the exit
    code is 3: saved again by another program with the same words; changed, and in which
    chapters; or unknown. Of a folder, every document in it is looked at.

    With --audience it is asked before an upload whether a folder is the output for this client or
    partner, no draft, complete, unchanged, and holds nothing that is not known. With the plans at
    hand, names of others and words of internal notes are looked for, too. Exit code 0 says yes, 3 no.
    """
    if audience is not None:
        _upload(settings, files, audience, brand, as_json)
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


def _upload(
    settings: Settings, folders: tuple[Path, ...], audience: str, brand: str, as_json: bool
) -> None:
    """Say whether a folder may be uploaded, and end."""
    from planwerk import report
    from planwerk.problems import refuse
    from planwerk.uploading import asked_of, names_are_known, problems

    kind, account = asked_of(audience)
    if len(folders) != 1 or not folders[0].is_dir():
        raise refuse("upload-misused", str(folders[0]), found=" ".join(map(str, folders)))
    found = problems(folders[0], kind, account, settings.folder, brand)
    sources = report.Sources(settings.folder)
    words = settings.words
    if as_json:
        report.say(report.for_machines("json", found, words, sources))
    else:
        report.say(report.as_text(found, words, sources, settings.color))
    ours = all(problem.rule != "upload-wrong-folder" for problem in found)
    if ours and not names_are_known(folders[0], settings.folder, account):
        settings.note(words("verify.names_not_asked", account=account))
    if not found and not as_json:
        report.say(words("verify.fit", folder=str(folders[0]), asked=audience) + "\n")
    sys.exit(NOT_SO if found else 0)
