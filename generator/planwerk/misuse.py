"""Wrong use of the command line as problems: what was found, what is wrong, one thing to type."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import click
from click import exceptions as wrong

from planwerk.problems import Place, Problem, Refusal
from planwerk.text.nearest import nearest

Facts = dict[str, str]


def refusal(error: click.UsageError, ctx: click.Context, typed: Sequence[str]) -> Refusal:
    """What click did not understand, as a refusal with exit code 2.

    `ctx` is the context of the command, `typed` what stood behind its name.
    """
    command = ctx.command_path
    match error:
        case wrong.NoSuchCommand():
            rule, facts = _unknown_command(error.command_name, ctx)
        case wrong.NoSuchOption():
            rule, facts = _unknown_option(error.option_name, ctx, typed)
        case wrong.BadOptionUsage():
            rule, facts = _value_of(error.option_name, ctx)
        case wrong.MissingParameter(param=click.Parameter() as param):
            rule, facts = _missing(param, ctx)
        case wrong.BadParameter(param=click.Parameter() as param):
            rule, facts = _value(param, ctx, typed)
        case _:
            rule, facts = _rest(ctx, typed)
    facts = {"found": error.message, "command": command, "help": f"{command} -h", **facts}
    facts["usage"] = " ".join((command, *_pieces(ctx)))
    return Refusal([Problem(rule, Place(PurePosixPath(command)), facts=facts)], 2)


def _unknown_command(found: str, ctx: click.Context) -> tuple[str, Facts]:
    """A command that nobody knows; `planwerk account` may have meant `planwerk new account`."""
    paths = {name: path for path in _below(ctx.command) for name in (path, path.split()[-1])}
    near = nearest(found, paths)
    meant = f"{ctx.command_path} {paths[near]}" if near else ""
    return "unknown-command", {"found": found, "nearest": meant}


def _unknown_option(name: str, ctx: click.Context, typed: Sequence[str]) -> tuple[str, Facts]:
    """An option that nobody knows, or that another part of the command line takes."""
    # `-strict` is taken apart into letters; what was typed is what is to be told
    at = next((at for at, word in enumerate(typed) if word.startswith(name)), None)
    found = name if at is None else typed[at].partition("=")[0]
    if at is not None and (elsewhere := _elsewhere(found, at, typed, ctx)):
        owner, line = elsewhere
        return "option-misplaced", {"found": found, "owner": owner, "line": line}
    params = ctx.command.get_params(ctx)
    names = [n for p in params for n in (*p.opts, *p.secondary_opts) if n.startswith("--")]
    near = nearest(f"--{found.lstrip('-')}", names) or ""
    return "unknown-option", {"found": found, "nearest": near}


def _elsewhere(
    found: str, at: int, typed: Sequence[str], ctx: click.Context
) -> tuple[str, str] | None:
    """Whose an option is that stands in the wrong place, and the line with it in the right one."""
    root, before, after = ctx.find_root(), typed[:at], typed[at + 1 :]
    if root is not ctx and (option := _option(root.command, found)):
        own, left = _with_value(option, typed[at], after)
        path = ctx.command_path.removeprefix(root.command_path).strip()
        line = f"{root.command_path} {own} {path} {shlex.join((*before, *left))}"
        return root.command_path, line.strip()
    commands = ctx.command.commands if isinstance(ctx.command, click.Group) else {}
    for place, word in enumerate(after):
        below = commands.get(word)
        if below and (option := _option(below, found)):
            own, left = _with_value(option, typed[at], after[:place])
            line = f"{ctx.command_path} {shlex.join((*before, *left, word))} {own}"
            return f"{ctx.command_path} {word}", f"{line} {shlex.join(after[place + 1 :])}".strip()
    return None


def _with_value(
    option: click.Option, found: str, after: Sequence[str]
) -> tuple[str, Sequence[str]]:
    """An option as it was typed, with its value (`…` where there is none), and what is left."""
    name, equals, value = found.partition("=")
    if option.is_flag or option.count:
        return name, after
    if not equals and after:
        value, after = after[0], after[1:]
    return f"{name} {shlex.quote(value) if value else '…'}", after


def _value_of(name: str, ctx: click.Context) -> tuple[str, Facts]:
    """A value that an option lacks, or that it does not take."""
    option = _option(ctx.command, name)
    if option is None or option.is_flag or option.count:
        return "option-takes-no-value", {"found": name}
    facts = {"found": name, "placeholder": option.make_metavar(ctx), "allowed": _choices(option)}
    return "option-without-value", facts


def _missing(param: click.Parameter, ctx: click.Context) -> tuple[str, Facts]:
    rule = "missing-argument" if isinstance(param, click.Argument) else "missing-option"
    return rule, {"option": _label(param, ctx), "allowed": _choices(param)}


def _value(param: click.Parameter, ctx: click.Context, typed: Sequence[str]) -> tuple[str, Facts]:
    """A value that is none of the choices, no file, or nothing that the command can use."""
    kind, found = param.type, _unfit(param, ctx, typed)
    facts = {"option": _label(param, ctx), "found": found}
    if isinstance(kind, click.Choice):
        near = nearest(found, map(str, kind.choices)) or ""
        return "unknown-choice", {**facts, "allowed": _choices(param), "nearest": near}
    if isinstance(kind, click.Path | click.File) and found:
        if not os.path.exists(found):  # noqa: PTH110 - takes names that no path can have
            return "path-missing", {**facts, "nearest": _beside(Path(found))}
        if Path(found).is_dir() and not getattr(kind, "dir_okay", False):
            return "path-not-file", facts
        if Path(found).is_file() and not getattr(kind, "file_okay", True):
            return "path-not-folder", {**facts, "suggestion": str(Path(found).parent)}
        return "path-unreadable", facts
    named = f"{facts['option']} " if isinstance(param, click.Option) else ""
    return "wrong-use", {"found": named + found}


def _rest(ctx: click.Context, typed: Sequence[str]) -> tuple[str, Facts]:
    """What click tells by a sentence alone: too many arguments, or no command."""
    if isinstance(ctx.command, click.Group) and ctx.invoked_subcommand is None:
        return "missing-command", {"allowed": ", ".join(ctx.command.list_commands(ctx))}
    left = ctx.command.make_parser(ctx).parse_args(list(typed))[1]
    if left and not isinstance(ctx.command, click.Group):
        return "surplus-argument", {"found": left[0]}
    return "wrong-use", {}


def _unfit(param: click.Parameter, ctx: click.Context, typed: Sequence[str]) -> str:
    """The value that a parameter did not take: click tells it only in a sentence."""
    raw: Any = ctx.command.make_parser(ctx).parse_args(list(typed))[0].get(param.name or "")
    for value in [raw] if isinstance(raw, str) else raw if isinstance(raw, list | tuple) else []:
        try:
            param.type.convert(value, param, ctx)
        except click.UsageError:
            return str(value)
    return ""


def _pieces(ctx: click.Context) -> Iterator[str]:
    """What has to stand behind a command's name: its arguments, and the options it needs."""
    for param in ctx.command.get_params(ctx):
        if isinstance(param, click.Argument):
            yield param.make_metavar(ctx)
        elif isinstance(param, click.Option) and param.required:
            yield f"{_longest(param)} {param.make_metavar(ctx)}"


def _option(command: click.Command, name: str) -> click.Option | None:
    options = (p for p in command.params if isinstance(p, click.Option))
    return next((o for o in options if name in (*o.opts, *o.secondary_opts)), None)


def _label(param: click.Parameter, ctx: click.Context) -> str:
    """How messages name a parameter: `--format`, `PATHS`."""
    if isinstance(param, click.Option):
        return _longest(param)
    return param.make_metavar(ctx).strip("[]{}.")


def _longest(param: click.Parameter) -> str:
    return max(param.opts, key=len)


def _choices(param: click.Parameter) -> str:
    return ", ".join(map(str, param.type.choices)) if isinstance(param.type, click.Choice) else ""


def _beside(path: Path) -> str:
    """The path in the same folder whose name is most like this one's; empty if none is."""
    try:
        near = nearest(path.name, [other.name for other in path.parent.iterdir()], alike=0.7)
    except OSError:
        return ""
    return str(path.parent / near) if near else ""


def _below(command: click.Command) -> Iterator[str]:
    """The paths of all commands below one, those of its own last."""
    for name, sub in command.commands.items() if isinstance(command, click.Group) else ():
        yield from (f"{name} {path}" for path in _below(sub))
    yield from command.commands if isinstance(command, click.Group) else ()
