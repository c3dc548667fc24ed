"""The commands. Results go to stdout, progress and words about the run to stderr.

Imports happen inside commands: `planwerk --version` and `check` must start at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planwerk import __version__

if TYPE_CHECKING:
    from planwerk.problems import Problem
    from planwerk.words import Words

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Settings:
    """What holds for every command: the folder, the language, colour, how much to say."""

    def __init__(self, folder: Path, language: str | None, color: bool | None, level: int) -> None:
        self.folder, self.asked, self.color_asked, self.level = folder, language, color, level

    @property
    def language(self) -> str:
        """The language of messages: asked for, else the surroundings', else German."""
        if self.asked:
            return self.asked
        surroundings = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""  # fmt: skip
        return "en" if surroundings.lower().startswith("en") else "de"

    @property
    def words(self) -> Words:
        """The words of that language."""
        from planwerk.words import load_words

        return load_words(self.language)

    @property
    def color(self) -> bool:
        """Whether to use colour on stdout."""
        if self.color_asked is not None:
            return self.color_asked
        return "NO_COLOR" not in os.environ and sys.stdout.isatty()

    def note(self, words: str) -> None:
        """A line about the run, on stderr, unless it was to be quiet."""
        if self.level >= 0:
            from planwerk.report import say

            say(words + "\n", sys.stderr)

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, int, int], None]]:
        """A bar on a terminal once the work takes longer than a second; else nothing."""
        if self.level < 0 or not sys.stderr.isatty():
            yield lambda what, done, total: None
            return
        import time

        from rich.console import Console
        from rich.progress import Progress

        began, words = time.monotonic(), self.words
        with Progress(console=Console(stderr=True), transient=True) as bar:
            tasks: dict[str, Any] = {}

            def step(what: str, done: int, total: int) -> None:
                if what not in tasks and time.monotonic() - began > 1:
                    tasks[what] = bar.add_task(words(f"ui.{what}"), total=total)
                if what in tasks:
                    bar.update(tasks[what], completed=done, total=total)

            yield step


pass_settings = click.make_pass_decorator(Settings)


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, "-V", "--version", message="planwerk %(version)s")
@click.option("-C", "folder", type=click.Path(path_type=Path), default=Path(), metavar="DIR", help="Work in DIR, the folder that holds plans/.")  # fmt: skip
@click.option("--lang", type=click.Choice(["de", "en"]), help="Language of the messages.")
@click.option("--color/--no-color", default=None, help="Colour on or off (default: on a terminal; NO_COLOR is heeded).")  # fmt: skip
@click.option("-q", "--quiet", count=True, help="Say only what is wrong.")
@click.option("-v", "--verbose", count=True, help="Say more.")
@click.pass_context
def cli(
    context: click.Context,
    folder: Path,
    lang: str | None,
    color: bool | None,
    quiet: int,
    verbose: int,
) -> None:
    """Key-account plans as code.

    Check the plans in plans/, and compile them into portals, Word documents and PowerPoint
    decks: one set for your team, one for each client.

    \b
    Start:     planwerk init meine-plaene
    Daily:     planwerk check, planwerk build
    Learn:     planwerk explain RULE
    """
    context.obj = Settings(folder, lang, color, verbose - quiet)


@cli.command()
@click.argument("directory", type=click.Path(path_type=Path), default=Path())
@pass_settings
def init(settings: Settings, directory: Path) -> None:
    """Make a new workspace in DIRECTORY: one example account to change, ready to build."""
    from planwerk.scaffold import scaffold

    path = settings.folder / directory
    scaffold(path, settings.language)
    settings.note(settings.words("ui.init_done", path=str(path)))


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)  # fmt: skip
@pass_settings
def check(settings: Settings, paths: tuple[Path, ...], strict: bool, form: str) -> None:
    """Read all plans and say what is wrong, where, and what to type instead.

    PATHS narrow what is shown to these files or folders. Exit code 1 if there are errors.
    """
    import gc

    gc.disable()  # the process ends with its answer; see read.py
    from planwerk import report
    from planwerk.checks import check as run_checks
    from planwerk.problems import strictly
    from planwerk.read import read

    reading = read(settings.folder, _day_from_git(settings.folder))
    problems = strictly(reading.problems + run_checks(reading), strict)
    if paths:
        problems = [p for p in problems if _below(p, paths, settings.folder)]
    words = settings.words
    if form == "json":
        report.say(report.as_json(problems, words))
    elif form == "github":
        report.say(report.as_github(problems, words))
    else:
        report.say(report.as_text(problems, words, report.Sources(settings.folder), settings.color))
        files = len(reading.located) + len(reading.lines)
        accounts = len(reading.accounts_seen)
        report.say(report.summary(problems, words, accounts, files) + "\n")
    sys.exit(_code(problems))


@cli.command()
@click.argument("formats", nargs=-1, type=click.Choice(["portal", "word", "slides"]))
@click.option("--account", "accounts", multiple=True, metavar="ID", help="Only this account (repeatable).")  # fmt: skip
@click.option("--audience", type=click.Choice(["internal", "client"]), help="Only this audience.")
@click.option("--as-of", "as_of", metavar="DAY", help="The day the outputs speak of, such as 2026-11-23.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), default=Path("build"), show_default=True, help="Where to write.")  # fmt: skip
@click.option("--engine", type=click.Choice(["mkdocs", "zensical"]), default="mkdocs", show_default=True, help="What builds the portals.")  # fmt: skip
@click.option("--language", type=click.Choice(["de", "en"]), help="Language of all outputs (default: each account's own).")  # fmt: skip
@click.option("--brand", default="planwerk", show_default=True, help="The brand in themes/.")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@pass_settings
def build(settings: Settings, /, formats: tuple[str, ...], **chosen: Any) -> None:
    """Compile the plans into build/: portals, Word documents, PowerPoint decks.

    FORMATS are portal, word and slides; without any, all of them. An error stops the outputs
    of its account; the others are built. The old output stays until the new one is complete.
    """
    from planwerk import report
    from planwerk.build import FORMATS, Options
    from planwerk.build import build as run

    options = Options(
        out=chosen["out"],
        formats=formats or FORMATS,
        audience=chosen["audience"],
        accounts=chosen["accounts"],
        as_of=_day(chosen["as_of"]) or _day_from_git(settings.folder),
        language=chosen["language"],
        brand=chosen["brand"],
        engine=chosen["engine"],
        strict=chosen["strict"],
    )
    words = settings.words
    with settings.progress() as step:
        built = run(settings.folder, options, step)
    report.say(report.as_text(built.problems, words, report.Sources(settings.folder), settings.color))  # fmt: skip
    for account, count in sorted(built.stopped.items()):
        settings.note(words("ui.stopped", account=account or "plans", count=count))
    for account in sorted(built.kept):
        settings.note(words("ui.output_kept", account=account))
    if built.files:
        report.say(words("ui.built", files=built.files, out=str(settings.folder / options.out)) + "\n")  # fmt: skip
        if "portal" in options.formats:
            start = settings.folder / options.out / ("internal" if options.audience != "client" else "clients")  # fmt: skip
            report.say(words("ui.portal_at", path=str(start / "index.html" if options.audience != "client" else start)) + "\n")  # fmt: skip
    sys.exit(_code(built.problems))


@cli.group(name="import")
def import_() -> None:
    """Bring data of other systems in."""


@import_.command(name="crm")
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--mapping", required=True, type=click.Path(path_type=Path), help="Which column is what: a file, or the name of one that ships (crm-sales).")  # fmt: skip
@click.option("--into", required=True, type=click.Path(path_type=Path), help="The workspace to write.")  # fmt: skip
@pass_settings
def import_crm(settings: Settings, source: Path, mapping: Path, into: Path) -> None:
    """Make or update a workspace from the CSV tables of a CRM in SOURCE.

    Accounts, products, opportunities and owners become accounts, offerings, white space and
    logs. What is dirty is said, what was decided is said, what needs a person is `offen`.
    Running it again changes nothing; what somebody wrote by hand is kept.
    """
    from planwerk import report
    from planwerk.importing.crm import import_crm as run
    from planwerk.importing.tell import tell_import

    with settings.progress() as step:
        result = run(source, mapping, into, step)
    words = settings.words
    report.say(tell_import(result, words))
    report.say(report.as_text(list(result.problems), words, report.Sources(Path()), settings.color))
    sys.exit(_code(list(result.problems)))


def _rules(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """The names that the shell offers after `planwerk explain`."""
    from planwerk.words import load_words

    return [rule for rule in sorted(load_words("en").group("problem")) if rule.startswith(begun)]


@cli.command()
@click.argument("rule", required=False, shell_complete=_rules)
@pass_settings
def explain(settings: Settings, rule: str | None) -> None:
    """Say what a RULE asks, why, and show a wrong and a right plan; without RULE, list all."""
    from planwerk import report
    from planwerk.explain import all_rules, explain_rule

    words = settings.words
    if rule is None:
        report.say(all_rules(words))
        return
    report.say(explain_rule(rule, words))


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for SHELL; add it to your shell's start file."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    sys.stdout.write(found(cli, {}, "planwerk", "_PLANWERK_COMPLETE").source() + "\n")


def _code(problems: list[Problem]) -> int:
    from planwerk.problems import Severity

    return 1 if any(p.severity is Severity.ERROR for p in problems) else 0


def _below(problem: Problem, paths: tuple[Path, ...], root: Path) -> bool:
    place = (root / problem.place.path).resolve()
    return any(place == (p := path.resolve()) or p in place.parents for path in paths)


def _day(words: str | None) -> Any:
    if words is None:
        return None
    from datetime import date

    try:
        return date.fromisoformat(words)
    except ValueError:
        raise click.BadParameter(f"{words} is no day; write it like 2026-11-23", param_hint="--as-of") from None  # fmt: skip


def _day_from_git(folder: Path) -> Any:
    """The day of the last commit to the plans; today for what is not committed.

    Only asked where the workspace fixes no day: the one place that may look at the clock,
    because the day is an argument of everything after it.
    """
    if _fixed(folder):
        return None
    from datetime import date

    from planwerk.repository import standing

    found = standing(folder)
    return found.day if found.day and not found.changed else date.today()


def _fixed(folder: Path) -> bool:
    try:
        words = (folder / "plans" / "workspace.yml").read_text("utf-8", "replace")
    except OSError:
        return True
    return any(line.startswith("as_of:") for line in words.splitlines())


def main() -> None:
    """The console script: runs a command and turns every failure into words and an exit code."""
    try:
        cli.main(prog_name="planwerk", standalone_mode=False)
    except click.exceptions.Abort:
        _leave("ui.interrupted", 130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except KeyboardInterrupt:
        _leave("ui.interrupted", 130)
    except SystemExit:
        raise
    except BaseException as error:
        _failed(error)


def _leave(key: str, code: int) -> None:
    sys.stderr.write(Settings(Path(), None, None, 0).words(key) + "\n")
    sys.exit(code)


def _failed(error: BaseException) -> None:
    """A refusal is told and leaves with its code; anything else is our bug: a report file."""
    from planwerk import report
    from planwerk.problems import Refusal

    settings = _settings()
    if isinstance(error, Refusal):
        told = report.as_text(error.problems, settings.words, report.Sources(settings.folder), False)  # fmt: skip
        report.say(told, sys.stderr)
        sys.exit(error.code)
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="planwerk-", suffix=".txt", delete=False) as file:
        file.write(f"planwerk {__version__}\n")
        file.write("".join(traceback.format_exception(error)))
    report.say(settings.words("ui.bug", path=file.name) + "\n", sys.stderr)
    sys.exit(70)


def _settings() -> Settings:
    context = click.get_current_context(silent=True)
    if context and isinstance(context.obj, Settings):
        return context.obj
    language = next((b for a, b in zip(sys.argv, sys.argv[1:], strict=False) if a == "--lang"), None)  # fmt: skip
    folder = next((b for a, b in zip(sys.argv, sys.argv[1:], strict=False) if a == "-C"), ".")
    return Settings(Path(folder), language if language in ("de", "en") else None, None, 0)
