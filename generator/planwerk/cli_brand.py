"""The commands about brands."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from planwerk.help import Command, Group

if TYPE_CHECKING:
    from planwerk.cli_support import Settings


@click.group(cls=Group)
def brand() -> None:
    """Colours, fonts and logos of the outputs."""


@brand.command(name="check", cls=Command)
@click.argument("name", default="planwerk")
@click.pass_obj
def brand_check(settings: Settings, /, name: str) -> None:
    """Is the brand NAME fit: contrast of every pair of colours, light and dark, and its files.

    Of a Word template of its own (word.docx or word.dotx, or word: template: in brand.yml) also
    which of its styles are used for what, and what is not taken over.

    A brand is a folder in themes/ beside plans/, or one that ships (planwerk, kontor). Use it
    with planwerk build --brand NAME.
    """
    from planwerk import report
    from planwerk.brand import look_at
    from planwerk.problems import exit_code
    from planwerk.report.branded import told
    from planwerk.theme import find_brand, load_theme

    theme = load_theme(find_brand(name, settings.folder))
    found = look_at(theme)
    sources = report.Sources(theme.folder.parent.parent)
    report.say(report.as_text(list(found.problems), settings.words, sources, settings.color))
    report.say(told(theme, settings.words))
    key = "ui.brand_wrong" if found.problems else "ui.brand_fit"
    report.say(settings.words(key, name=theme.name, pairs=found.pairs, count=len(found.problems)) + "\n")  # fmt: skip
    sys.exit(exit_code(found.problems))
