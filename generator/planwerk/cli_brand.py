"""The commands about brands."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planwerk.help import Command, Group

if TYPE_CHECKING:
    from planwerk.cli_support import Settings
    from planwerk.theme import Theme
    from planwerk.words import Words


@click.group(cls=Group)
def brand() -> None:
    """Colours, fonts and logos of the outputs."""


@brand.command(name="check", cls=Command)
@click.argument("name", default="planwerk")
@click.option(
    "--sample",
    metavar="FILE",
    help="Write a deck or document with every block: FILE.pptx or FILE.docx.",
)
@click.pass_obj
def brand_check(settings: Settings, /, name: str, sample: str | None) -> None:
    """Is the brand NAME fit: contrast of every pair of colours, light and dark, and its files.

    Of a Word template of its own (word.docx or word.dotx, or word: template: in brand.yml) also
    which of its styles are used for what, and what is not taken over; of a PowerPoint template
    (deck.pptx or deck.potx, or deck: template:) which layout is used for what and why, what is
    drawn instead of what it lacks, and which of its fonts are not known.

    NAME can be a template itself (.docx, .dotx, .pptx, .potx), with no brand round it.

    A brand is a folder in themes/ beside plans/, or one that ships (planwerk, kontor). Use it
    with planwerk build --brand NAME.
    """
    from planwerk import report
    from planwerk.brand import look_at, look_at_templates
    from planwerk.problems import exit_code
    from planwerk.report.branded import told
    from planwerk.theme import find_brand, load_theme

    alone = Path(name).suffix.lower() in (*DECKS, *DOCUMENTS)
    theme = with_template(Path(name)) if alone else load_theme(find_brand(name, settings.folder))
    found = look_at_templates(theme) if alone else look_at(theme)
    sources = report.Sources(theme.folder.parent.parent)
    report.say(report.as_text(list(found.problems), settings.words, sources, settings.color))
    report.say(told(theme, settings.words))
    if sample and not any(problem.rule in UNREADABLE for problem in found.problems):
        tight = write_sample(Path(sample), theme, settings.words)
        report.say(settings.words("ui.brand_sample", path=sample) + "\n")
        for one in tight:
            report.say(settings.words("ui.brand_sample_tight", found=one) + "\n")
    whole = "wrong" if found.problems else "fit"
    key = f"ui.{'template' if alone else 'brand'}_{whole}"
    shown = Path(name).name if alone else theme.name
    report.say(settings.words(key, name=shown, pairs=found.pairs, count=len(found.problems)) + "\n")  # fmt: skip
    sys.exit(exit_code(found.problems))


DECKS, DOCUMENTS = (".pptx", ".potx"), (".docx", ".dotx")
UNREADABLE = (
    "brand-deck-broken",
    "brand-deck-format",
    "brand-template-broken",
    "brand-file-missing",
)


def with_template(path: Path) -> Theme:
    """The built-in brand with that template."""
    from planwerk.problems import refuse
    from planwerk.theme import load_theme

    if not path.is_file():
        raise refuse("missing-template", path.name)
    whole = str(path.resolve())
    if path.suffix.lower() in DECKS:
        return replace(load_theme(), deck_template=whole)
    return replace(load_theme(), word_template=whole)


def write_sample(path: Path, theme: Theme, words: Words) -> list[str]:
    """Every block once, in the brand: a document where the file is called .docx, else a deck; what
    does not fit on its slide."""
    from planwerk.compose.sample_deck import sample_deck, sample_document
    from planwerk.problems import refuse

    if path.suffix.lower() == ".docx":
        from planwerk.render.word import render_document

        blob, tight = render_document(sample_document(words), theme), []
    else:
        from planwerk.render.slides import render_deck

        blob, overflows = render_deck(sample_deck(words), theme)
        tight = [one.words for one in overflows]
    try:
        path.write_bytes(blob)
    except OSError as error:
        raise refuse("cannot-write", str(path), found=error.strerror or "") from None
    return tight
