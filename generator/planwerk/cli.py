"""The commands. Results go to stdout, progress and words about the run to stderr.

Imports happen inside commands: `planwerk --version` and `check` must start at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planwerk import __version__
from planwerk.cli_brand import brand
from planwerk.cli_ci import ci
from planwerk.cli_figures import FIGURES
from planwerk.cli_history import diff, history
from planwerk.cli_loop import COMMANDS
from planwerk.cli_record import record
from planwerk.cli_serve import serve
from planwerk.cli_support import Settings, at, at_option, day_from_git, day_of, pass_settings
from planwerk.cli_verify import verify
from planwerk.help import Group, asked_for
from planwerk.interruption import interrupted, listen

if TYPE_CHECKING:
    from planwerk.format.fmt import Rewritten
    from planwerk.problems import Problem, Refusal
    from planwerk.scaffold.draft import Ask

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Group, context_settings=CONTEXT)
@click.version_option(__version__, "-V", "--version", message="planwerk %(version)s", help="Say which version this is.")  # fmt: skip
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
    Start:     planwerk init meine-plaene, planwerk new account NAME
    Daily:     planwerk check, planwerk build, planwerk status, planwerk due
    Closing:   planwerk new review ACCOUNT, planwerk roll ACCOUNT
    Learn:     planwerk explain RULE
    """
    context.obj = Settings(folder, lang, color, verbose - quiet)


@cli.command()
@click.argument("directory", type=click.Path(path_type=Path), default=Path())
@click.option("--demo", is_flag=True, help="Make the invented example portfolio instead: five accounts with the git history of a year.")  # fmt: skip
@click.option("--ci", "host", type=click.Choice(["github", "gitlab", "gitea"]), help="Also write the workflow for this host, and its template for pull requests.")  # fmt: skip
@pass_settings
def init(settings: Settings, directory: Path, demo: bool, host: str | None) -> None:
    """Make a new workspace in DIRECTORY: one example account to change, ready to build.

    With --ci, a workspace that is there already only gets the files for its host. Nothing that
    exists is overwritten.
    """
    path = settings.folder / directory
    if demo:
        from planwerk.scaffold.demo import scaffold_demo

        count = scaffold_demo(path)
        settings.note(settings.words("next.demo", path=str(path), count=count))
    elif not host or not (path / "plans").exists():
        from planwerk.scaffold.workspace import scaffold

        scaffold(path, settings.language)
        settings.note(settings.words("next.workspace", path=str(path)))
    if host:
        from planwerk import report
        from planwerk.scaffold.pipeline import write_pipeline

        for made in write_pipeline(path, host, settings.language):
            report.say(f"{made}\n")
        settings.note(settings.words("next.pipeline"))


@cli.group()
def new() -> None:
    """Make a file to fill: an account, a period, a person …, with hints in it.

    Options say what you know already; on a terminal you are asked for the rest. Nothing that
    exists is overwritten.
    """


@new.command(name="account")
@click.argument("account", metavar="NAME|ID")
@click.option("--name", help="The client's name, where you gave an id.")
@click.option("--industry", metavar="ID", help="Its industry, of those in workspace.yml.")
@click.option("--owner", metavar="ID", help="Who of us is responsible.")
@click.option("--tier", metavar="ID", help="How closely it is served.")
@click.option("--language", type=click.Choice(["de", "en"]), help="The client's language.")
@pass_settings
def new_account(settings: Settings, /, **given: str | None) -> None:
    """An account: a folder with its account.md."""
    _new(settings, "account", given)


@new.command(name="period")
@click.argument("account")
@click.argument("period", metavar="[ID]", required=False)
@click.option("--from", metavar="DAY", help="Its first day (default: straight after the last period).")  # fmt: skip
@click.option("--to", metavar="DAY", help="Its last day (default: as long as the last period).")
@pass_settings
def new_period(settings: Settings, /, **given: str | None) -> None:
    """A period of ACCOUNT: its plan and tasks. ID is a name such as 2027-h1, 2027-q3 or 2027.

    What the last period missed or left open is listed under carried, to be decided.
    """
    _new(settings, "period", given)


@cli.command()
@click.argument("account")
@click.argument("of", metavar="[PERIOD]", required=False)
@click.option("--as", "period", metavar="ID", help="What the new period is called, such as 2027-h1.")  # fmt: skip
@click.option("--from", metavar="DAY", help="Its first day (default: straight after the last period).")  # fmt: skip
@click.option("--to", metavar="DAY", help="Its last day (default: as long as the last period).")
@pass_settings
def roll(settings: Settings, /, **given: str | None) -> None:
    """The next period of ACCOUNT out of its last one (or PERIOD), whose review was held.

    Every miss that was not waived, next step, wish, problem and open task stands under carried,
    undecided. The plan cannot be agreed on before each is kept, changed or dropped.
    """
    _new(settings, "roll", given)


@new.command(name="review")
@click.argument("account")
@click.argument("period", required=False)
@click.option("--on", metavar="DAY", help="The day that is planned for the talk.")
@pass_settings
def new_review(settings: Settings, /, **given: str | None) -> None:
    """The review of a PERIOD of ACCOUNT (default: the first one that has none)."""
    _new(settings, "review", given)


@new.command(name="slides")
@click.argument("account")
@click.argument("period", required=False)
@pass_settings
def new_slides(settings: Settings, /, **given: str | None) -> None:
    """Slides and titles of a plan's own for the decks of a PERIOD of ACCOUNT (default: the running one)."""
    _new(settings, "slides", given)


@new.command(name="stakeholder")
@click.argument("account")
@click.argument("stakeholder", metavar="ID")
@click.option("--name", help="The person's name.")
@click.option("--title", help="What the person is called at the client.")
@click.option("--department", metavar="ID", help="One of the account's departments.")
@click.option("--role", help="The role in buying, such as decision_maker.")
@click.option("--persona", metavar="ID", help="The kind of buyer, of those in personas/.")
@click.option("--owner", metavar="ID", help="Who of us knows the person.")
@pass_settings
def new_stakeholder(settings: Settings, /, **given: str | None) -> None:
    """A person of ACCOUNT, at the end of its stakeholders.md. ID is a role, such as cio."""
    _new(settings, "stakeholder", given)


@new.command(name="meeting")
@click.argument("account")
@click.argument("on", metavar="[DAY]", required=False)
@click.argument("kind", required=False)
@click.option("--title", help="What it was called.")
@pass_settings
def new_meeting(settings: Settings, /, **given: str | None) -> None:
    """A meeting with ACCOUNT on DAY (default: today). KIND is regular, kickoff, review, debrief,
    executive, workshop or other."""
    from planwerk.scaffold.meeting import KINDS

    if given["on"] in KINDS:
        given |= {"on": given["kind"], "kind": given["on"]}
    _new(settings, "meeting", given)


@new.command(name="industry")
@click.argument("industry", metavar="ID")
@pass_settings
def new_industry(settings: Settings, /, **given: str | None) -> None:
    """The five forces of an industry, shared by its accounts."""
    _new(settings, "industry", given)


@new.command(name="persona")
@click.argument("persona", metavar="ID")
@click.option("--name", help="What this kind of buyer is called.")
@pass_settings
def new_persona(settings: Settings, /, **given: str | None) -> None:
    """A kind of buyer, shared by the accounts."""
    _new(settings, "persona", given)


def _new(settings: Settings, kind: str, given: dict[str, str | None]) -> None:
    """Make the files of a kind; say where they are and what to do next."""
    from planwerk import report
    from planwerk.scaffold import MAKERS
    from planwerk.scaffold.draft import place
    from planwerk.scaffold.house import open_house

    house = open_house(settings.folder, day_from_git(settings.folder)[0], settings.language)
    maker = MAKERS[kind]
    answers = {name: value for name, value in given.items() if value is not None}
    for ask in maker.asks(house, answers):
        if ask.name in answers:
            ask.checked(answers[ask.name])
    while missing := [a for a in maker.asks(house, answers) if a.name not in answers]:
        answers[missing[0].name] = _answer(settings, missing[0])
    draft = maker.draft(house, answers)
    for path in place(settings.folder, draft):
        report.say(f"{path}\n")
    settings.note(settings.words(f"next.{draft.next}", **draft.facts))


def _answer(settings: Settings, ask: Ask) -> str:
    """What the person at the terminal says; without a terminal the default, if there is one."""
    from planwerk.problems import Refusal

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        if ask.default is None:
            raise ask.missing()
        return ask.default
    label = settings.words(f"ui.new_ask.{ask.name}")
    if ask.choices:
        label += f" ({', '.join(ask.choices)})"
    while True:
        answer = str(click.prompt(label, default=ask.default, type=str, err=True))
        try:
            return ask.checked(answer)
        except Refusal as refusal:
            _tell_refusal(settings, refusal)


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--strict", is_flag=True, help="Run the strict rules too; warnings count as errors.")
@click.option("--rule", "also", multiple=True, metavar="RULE", help="Also run this rule, which runs only by name (repeatable).")  # fmt: skip
@at_option
@click.option("--no-cache", is_flag=True, help="Read everything anew, and remember nothing.")
@click.option("--format", "form", type=click.Choice(["text", "json", "github", "gitlab", "sarif"]), default="text", show_default=True, help="For people, or for a program.")  # fmt: skip
@pass_settings
def check(settings: Settings, /, paths: tuple[Path, ...], form: str, **chosen: Any) -> None:
    """Read all plans and say what is wrong, where, and what to type instead.

    PATHS narrow what is shown to these files or folders. Exit code 1 if there are errors, 3 if
    something would leave the house. What did not change since the last check is not read again.
    With --at, the plans are checked as they were, by the rules of today.
    """
    import gc

    gc.disable()  # the process ends with its answer; see read.py
    from planwerk import report
    from planwerk.checking import check_workspace
    from planwerk.problems import exit_code, refuse
    from planwerk.text.nearest import nearest

    for name in chosen["also"]:
        if name not in (rules := settings.words.group("problem")):
            raise refuse("unknown-rule", name, found=name, nearest=nearest(name, rules) or "")

    with at(settings.folder, chosen["at"]) as then:
        with settings.progress() as step:
            checked = check_workspace(
                then.root,
                then.day,
                strict=chosen["strict"],
                also=chosen["also"],
                remember=not chosen["no_cache"] and not then.revision,
                progress=lambda done, total: step("reading", done, total),
            )
        problems = checked.problems + then.problems
        if paths:
            problems = [p for p in problems if _below(p, paths, settings.folder)]
        words = settings.words
        sources = report.Sources(then.root, settings.folder)
        if form != "text":
            report.say(report.for_machines(form, problems, words, sources))
        else:
            report.say(report.as_text(problems, words, sources, settings.color))
            report.say(report.summary(problems, words, checked.accounts, checked.files) + "\n")
            if not then.revision:  # what was cannot be mended
                _say_fixable(settings, problems)
    gc.freeze()  # nor does the end of the process look for any
    sys.exit(exit_code(problems))


def _say_fixable(settings: Settings, problems: list[Problem]) -> None:
    """How many of the problems `planwerk fix` can mend, if any."""
    from planwerk.problems import FIXABLE

    if all(problem.rule not in FIXABLE for problem in problems):
        return  # what looks for mends is loaded only where there may be some
    from planwerk import report
    from planwerk.format.mend import mendable

    if count := mendable(settings.folder, problems):
        report.say(settings.words("ui.fixable", count=count) + "\n")


PATHS = click.Path(path_type=Path, exists=True)


@cli.command()
@click.argument("paths", nargs=-1, type=PATHS)
@click.option("--check", "only", is_flag=True, help="Change nothing; exit code 1 if a file would change.")  # fmt: skip
@pass_settings
def fmt(settings: Settings, paths: tuple[Path, ...], only: bool) -> None:
    """Write the plans in one form: order of keys, numbers, days, lists, tables.

    Comments and every word are kept. PATHS narrow it to these files or folders. What cannot be
    read is left alone and told; exit code 1.
    """
    from planwerk.format.fmt import fmt as run

    with settings.progress() as step:
        done = run(settings.folder, paths, not only, step)
    _tell_rewritten(settings, done, only)
    sys.exit(1 if done.problems or (only and done.names) else 0)


@cli.command()
@click.argument("paths", nargs=-1, type=PATHS)
@click.option("--dry-run", "only", is_flag=True, help="Change nothing; show what would change.")
@pass_settings
def fix(settings: Settings, paths: tuple[Path, ...], only: bool) -> None:
    """Mend what is safe to mend, then write the plans in one form (as fmt does).

    Texts with `#` or a colon are quoted, lists in brackets become lines, tabs spaces, `>` becomes
    `|`, invisible characters go. What only a person can decide stays; check tells it. PATHS
    narrow it to these files or folders.
    """
    import difflib

    from planwerk import report
    from planwerk.format.fix import fix as run

    with settings.progress() as step:
        done = run(settings.folder, paths, not only, step)
    for name, (before, after) in done.changes.items():
        report.say("".join(difflib.unified_diff(before.splitlines(True), after.splitlines(True), name, name)))  # fmt: skip
    if done.mended:
        report.say(settings.words("ui.would_mend" if only else "ui.mended", count=done.mended) + "\n")  # fmt: skip
    _tell_rewritten(settings, done, only)
    sys.exit(1 if done.problems else 0)


def _tell_rewritten(settings: Settings, done: Rewritten, only: bool) -> None:
    """Say which files were rewritten or would be, and what stood against it elsewhere."""
    from planwerk import report
    from planwerk.report.excerpt import printable

    words = settings.words
    report.say(report.as_text(done.problems, words, report.Sources(settings.folder), settings.color))  # fmt: skip
    for name in done.names:
        report.say(printable(name) + "\n")
    key = "ui.would_rewrite" if only else "ui.rewritten"
    counts = (words(key, count=len(done.names)), words("ui.unchanged", count=done.unchanged))
    report.say(", ".join(counts) + "\n")


@cli.command()
@click.argument("formats", nargs=-1, type=click.Choice(["portal", "word", "slides"]), metavar="[FORMAT]...", help="portal, word or slides (default: all).")  # fmt: skip
@click.option("--account", "accounts", multiple=True, metavar="ID", help="Only this account (repeatable).")  # fmt: skip
@click.option("--audience", metavar="internal|client|partner:ID", help="Only this audience.")
@at_option
@click.option("--as-of", "as_of", metavar="DAY", help="The day the outputs speak of, such as 2026-11-23.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), default=Path("build"), show_default=True, help="Where to write.")  # fmt: skip
@click.option("--engine", type=click.Choice(["mkdocs", "zensical"]), default="mkdocs", show_default=True, help="What builds the portals.")  # fmt: skip
@click.option("--language", type=click.Choice(["de", "en"]), help="Language of all outputs (default: each account's own).")  # fmt: skip
@click.option(
    "--brand",
    default="planwerk",
    show_default=True,
    help="The brand: a folder in themes/ beside plans/, or one that ships.",
)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--no-cache", is_flag=True, help="Make everything anew, and remember nothing.")
@click.option("--check-reproducible", is_flag=True, help="Build twice under other circumstances, compare, publish nothing.")  # fmt: skip
@pass_settings
def build(settings: Settings, /, formats: tuple[str, ...], **chosen: Any) -> None:
    """Compile the plans into build/: portals, Word documents, PowerPoint decks.

    An error stops the outputs of its account; the others are built. The old output stays until
    the new one is complete. What is not asked for (other formats, accounts, audiences) stays as
    the last build left it. What would come out the same is not made again.

    With --at, the plans are compiled as they were, by the program of today; the working tree is
    not touched. Outputs speak of that day, and their history ends there.

    With --check-reproducible, two outputs are made in folders that are gone afterwards: the second
    with another time zone, locale, hash seed, user, umask and working folder. Exit code 3 names the
    first file that is not the same in both, and the part of it.
    """
    from planwerk import report

    if chosen.pop("check_reproducible"):
        _reproducible(settings, formats, chosen)
    from planwerk.build import FORMATS, Options
    from planwerk.build import build as run
    from planwerk.folders import first_page
    from planwerk.problems import exit_code, leaks

    words = settings.words
    with at(settings.folder, chosen["at"]) as then:
        options = Options(
            out=chosen["out"],
            formats=formats or FORMATS,
            audience=chosen["audience"],
            accounts=chosen["accounts"],
            as_of=day_of(chosen["as_of"]) or then.day,
            language=chosen["language"],
            brand=chosen["brand"],
            engine=chosen["engine"],
            strict=chosen["strict"],
            plans=then.root,
            revision=then.revision,
            remember=not chosen["no_cache"],
        )
        with settings.progress() as step:
            built = run(settings.folder, options, step)
        built.problems += [p for p in then.problems if p not in built.problems]
        report.say(report.as_text(built.problems, words, report.Sources(then.root), settings.color))
    if leaks(built.problems):
        settings.note(words("ui.nothing_published"))
    else:
        for account, count in sorted(built.stopped.items()):
            settings.note(words("ui.stopped", account=account or "plans", count=count))
    for account in sorted(built.kept):
        settings.note(words("ui.output_kept", account=account))
    if built.waiting:
        settings.note(words("ui.portals_wait", count=len(built.waiting)))
    if built.untouched:
        settings.note(words("ui.untouched", count=built.untouched))
    if built.unchanged:
        settings.note(words("ui.same_again", count=built.unchanged))
    if built.files:
        report.say(words("ui.built", files=built.files, out=str(settings.folder / options.out)) + "\n")  # fmt: skip
        if "portal" in options.formats:
            start = settings.folder / options.out / first_page(options.audience)
            report.say(words("ui.portal_at", path=str(start)) + "\n")
    sys.exit(exit_code(built.problems))


def _reproducible(settings: Settings, formats: tuple[str, ...], chosen: dict[str, Any]) -> None:
    """Say whether the same plans give the same bytes, and end."""
    from planwerk import report
    from planwerk.reproducible import check

    words = [*formats, *(word for name in chosen.pop("accounts") for word in ("--account", name))]
    given = {name: value for name, value in chosen.items() if value and name not in ("out", "no_cache")}  # fmt: skip
    for name, value in given.items():
        words += [f"--{name.replace('_', '-')}", *([] if value is True else [str(value)])]
    files, day = check(settings.folder, words)
    report.say(settings.words("ui.reproducible", files=files, day=day) + "\n")
    sys.exit(0)


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
    from planwerk.problems import exit_code

    with settings.progress() as step:
        result = run(source, mapping, into, step)
    words = settings.words
    report.say(tell_import(result, words))
    report.say(report.as_text(list(result.problems), words, report.Sources(Path()), settings.color))
    sys.exit(exit_code(result.problems))


@cli.command()
@click.option("--purpose", type=click.Choice(["industry", "pressure", "success", "culture", "announcement", "people", "service"]), help="Only the questions for this purpose.")  # fmt: skip
@pass_settings
def questions(settings: Settings, purpose: str | None) -> None:
    """List the interview questions that ship, by purpose; name them in interview.md by their id.

    A gap in braces is filled there, under `slots:`; {company} is the client by itself.
    """
    from planwerk import report
    from planwerk.explain import all_questions

    report.say(all_questions(settings.words, purpose))


@cli.command()
@click.argument("kind", required=False)
@click.option("--format", "form", type=click.Choice(["json", "markdown"]), default="json", show_default=True, help="For programs, or for people.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Write files into this folder.")
@pass_settings
def schema(settings: Settings, kind: str | None, form: str, out: Path | None) -> None:
    """Print the JSON Schema of a KIND of file (account, plan, tasks …); without KIND, list all.

    With --out, write one file for each kind. Markdown is the manual of the format: a page for
    people, printed in the language of the messages, or written in all with --out.
    """
    from planwerk import report, schema
    from planwerk.model.kinds import KINDS

    words = settings.words
    kinds = (schema.find_kind(kind),) if kind else KINDS
    if out is not None:
        folder = settings.folder / out
        files = schema.write_pages(kinds, folder) if form == "markdown" else schema.write_schemas(kinds, words, folder)  # fmt: skip
        settings.note(words("ui.schema_written", files=len(files), out=str(folder)))
    elif form == "markdown":
        report.say(schema.page(kinds, words.language))
    elif kind:
        report.say(schema.as_json(schema.schema(kinds[0], words)))
    else:
        report.say(schema.list_kinds(words))


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
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="SHELL", help="bash, zsh or fish.")  # fmt: skip
def completion(shell: str) -> None:
    """Print what lets the shell complete commands; add it to your shell's start file."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    sys.stdout.write(found(cli, {}, "planwerk", "_PLANWERK_COMPLETE").source() + "\n")


for _command in (*COMMANDS, *FIGURES, record, history, diff, ci, brand, serve, verify):
    cli.add_command(_command)


def _below(problem: Problem, paths: tuple[Path, ...], root: Path) -> bool:
    place = (root / problem.place.path).resolve()
    return any(place == (p := path.resolve()) or p in place.parents for path in paths)


def main() -> None:
    """The console script: runs a command and turns every failure into words and an exit code."""
    listen()
    try:
        cli.main(prog_name="planwerk", standalone_mode=False)
    except click.exceptions.Abort:
        _leave("ui.interrupted", 130)
    except click.exceptions.NoArgsIsHelpError as asked:
        asked.show()
        sys.exit(2)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except KeyboardInterrupt:
        _leave("ui.interrupted", 130)
    except SystemExit:
        raise
    except BaseException as error:
        if interrupted():
            _leave("ui.interrupted", 130)
        _failed(error)


def _leave(key: str, code: int) -> None:
    sys.stderr.write(_settings().words(key) + "\n")
    sys.exit(code)


def _failed(error: BaseException) -> None:
    """A refusal is told and leaves with its code; anything else is our bug: a report file."""
    from planwerk import report
    from planwerk.problems import Refusal

    settings = _settings()
    if isinstance(error, Refusal):
        _tell_refusal(settings, error)
        sys.exit(error.code)
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="planwerk-", suffix=".txt", delete=False) as file:
        file.write(f"planwerk {__version__}\n")
        file.write("".join(traceback.format_exception(error)))
    report.say(settings.words("ui.bug", path=file.name) + "\n", sys.stderr)
    sys.exit(70)


def _tell_refusal(settings: Settings, refusal: Refusal) -> None:
    """Say on stderr why a command does not go on."""
    from planwerk import report

    told = report.as_text(refusal.problems, settings.words, report.Sources(settings.folder), False)
    report.say(told, sys.stderr)


def _settings() -> Settings:
    context = click.get_current_context(silent=True)
    if context and isinstance(context.obj, Settings):
        return context.obj
    folder = next((b for a, b in zip(sys.argv, sys.argv[1:], strict=False) if a == "-C"), ".")
    return Settings(Path(folder), asked_for(sys.argv), None, 0)
