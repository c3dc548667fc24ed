"""Commands that say their help, and what is wrong with how they were called, in German or English.

The English of a command is its docstring and the `help` of its options; the German is in
`words/help.de.yml`. click's own words come by way of gettext, from a catalogue that nobody has;
so everything around those texts is said here. Wrong use becomes a refusal (`misuse.py`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from inspect import cleandoc
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from planwerk.problems import Refusal
    from planwerk.words import Words
    from planwerk.words.help import HelpTexts

ASKED = "planwerk.language"
"""Where a context keeps the language that was asked for, before any option is understood."""
WHOLE = 1000
"""Signs that no first sentence has."""


def spoken(asked: str | None) -> str:
    """The language of messages: asked for, else the surroundings', else German."""
    if asked:
        return asked
    surroundings = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""  # fmt: skip
    return "en" if surroundings.lower().startswith("en") else "de"


def asked_for(typed: Sequence[str]) -> str | None:
    """The language that `--lang` names among what was typed, wherever it stands; None if none.

    Help and what is wrong with a command must be said before its options are understood.
    """
    for word, following in pairwise([*typed, ""]):
        option, equals, value = word.partition("=")
        if option == "--lang":
            from planwerk.words import LANGUAGES

            value = value if equals else following
            return value if value in LANGUAGES else None
    return None


class Spoken(click.Command):
    """What commands and groups of them have in common."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; refuses what it does not understand."""
        if ctx.parent is None:
            ctx.meta[ASKED] = asked_for(args)
        typed = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise _refusal(error, ctx, typed) from None

    def get_help(self, ctx: click.Context) -> str:
        """The help, in signs that the console can show."""
        signs = sys.stdout.encoding or "utf-8"
        return super().get_help(ctx).encode(signs, "replace").decode(signs)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line, what the command does, and its arguments, options and commands."""
        page = Page(ctx)
        usage = page.texts.placed(" ".join(self.collect_usage_pieces(ctx)))
        formatter.write_usage(ctx.command_path, usage, f"{page.words('ui.help.usage')} ")
        if text := page.text(self):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(text)
        for part, rows in (
            ("arguments", list(page.arguments(self))),
            ("options", list(page.options(self))),
            ("commands", list(page.commands(self))),
        ):
            if rows:
                with formatter.section(page.words(f"ui.help.{part}")):
                    formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What the shell offers, with what each is in the reader's language."""
        page, items = Page(ctx), super().shell_complete(ctx, incomplete)
        options = {name: p for p in self.get_params(ctx) for name in (*p.opts, *p.secondary_opts)}
        commands = getattr(self, "commands", {})
        for item in items:
            if item.value in commands:
                item.help = page.short(commands[item.value])
            elif item.value in options:
                item.help = page.option(options[item.value])
        return items


class Command(Spoken, click.Command):
    """A command that speaks the reader's language."""


class Group(Spoken, click.Group):
    """A group of commands that speaks the reader's language."""

    command_class = Command
    group_class = type

    def invoke(self, ctx: click.Context) -> Any:
        """As click does; refuses a command that does not exist, or that is missing."""
        typed = ctx.args
        try:
            return super().invoke(ctx)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise _refusal(error, error.ctx or ctx, typed) from None


class Page:
    """The texts of a command's help, in the language of its reader."""

    def __init__(self, ctx: click.Context) -> None:
        from planwerk.words import load_words
        from planwerk.words.help import load_help

        language = spoken(ctx.meta.get(ASKED))
        self.words: Words = load_words(language)
        self.texts: HelpTexts = load_help(language)
        self.ctx = ctx
        self.path = path_of(ctx)

    def text(self, command: click.Command, path: str = "") -> str:
        """What a command does: the one whose help it is, or the one at `path`."""
        return self.texts.text(path or self.path) or cleandoc(command.help or "")

    def short(self, command: click.Command) -> str:
        """What a command below this one does, in its first sentence, whole."""
        path = f"{self.path} {command.name}" if self.ctx.parent else str(command.name)
        return click.Command(None, help=self.text(command, path)).get_short_help_str(WHOLE)

    def commands(self, group: click.Command) -> Iterator[tuple[str, str]]:
        """The commands of a group, with what they do."""
        if not isinstance(group, click.Group):
            return
        for name in group.list_commands(self.ctx):
            if not group.commands[name].hidden:
                yield name, self.short(group.commands[name])

    def arguments(self, command: click.Command) -> Iterator[tuple[str, str]]:
        """The arguments that say what they are."""
        for param in command.get_params(self.ctx):
            if isinstance(param, click.Argument) and param.help:
                told = self.texts.argument(self.path, param.name or "") or param.help
                yield self.texts.placed(param.make_metavar(self.ctx)), told

    def options(self, command: click.Command) -> Iterator[tuple[str, str]]:
        """The options as they are typed, with what they do."""
        for param in command.get_params(self.ctx):
            record = param.get_help_record(self.ctx)
            if isinstance(param, click.Option) and record:
                yield self.texts.placed(record[0]), self._with_extra(param)

    def option(self, param: click.Parameter) -> str:
        """What an option does."""
        if param is self.ctx.command.get_help_option(self.ctx):
            return self.words("ui.help.help")
        return self.texts.option(self.path, name_of(param)) or getattr(param, "help", None) or ""

    def _with_extra(self, param: click.Option) -> str:
        """What an option does, and its default, its bounds, whether it is needed."""
        extra = param.get_help_extra(self.ctx)
        told = []
        if "envvars" in extra:
            told.append(self.words("ui.help.envvar", name=", ".join(extra["envvars"])))
        if "default" in extra:
            told.append(self.words("ui.help.default", value=extra["default"]))
        if "range" in extra:
            told.append(extra["range"])
        if "required" in extra:
            told.append(self.words("ui.help.required"))
        return f"{self.option(param)}  [{'; '.join(told)}]".strip() if told else self.option(param)


def path_of(ctx: click.Context) -> str:
    """How `help.<language>.yml` names the command of a context: `new account`."""
    names: list[str] = []
    at: click.Context | None = ctx
    while at is not None and at.parent is not None:
        names.insert(0, at.info_name or "")
        at = at.parent
    return " ".join(names) or "planwerk"


def name_of(param: click.Parameter) -> str:
    """The longest name of an option: `--as-of`."""
    return max(param.opts, key=len)


def _refusal(error: click.UsageError, ctx: click.Context, typed: Sequence[str]) -> Refusal:
    from planwerk.misuse import refusal

    return refusal(error, ctx, typed)
