"""`planwerk ci`: what a host's pipeline asks for, in one command that posts nothing itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from planwerk.cli_history import differences, two_states
from planwerk.cli_support import Settings, at, history_of, pass_settings
from planwerk.help import Command

if TYPE_CHECKING:
    from planwerk.checking import Checked
    from planwerk.logbook.differing import Told
    from planwerk.problems import Problem
    from planwerk.repository import Repository

HOSTS = ("github", "gitlab", "gitea", "none")
LARGEST = 5_000_000
"""Bytes of a host's event that are read."""


class Surroundings(NamedTuple):
    """What the host says: which it is, what to compare with ("" for nothing), where a summary of
    the job is shown. `request` says whether it is about a pull request, which must be compared."""

    host: str = "none"
    base: str = ""
    request: bool = False
    summary: Path | None = None


def surroundings() -> Surroundings:
    """What the environment says; Gitea and Forgejo call themselves GitHub as well."""
    known = os.environ
    if known.get("GITHUB_ACTIONS") == "true":
        other = known.get("GITEA_ACTIONS") or known.get("FORGEJO_ACTIONS")
        found = Surroundings("gitea" if other else "github")
        if summary := known.get("GITHUB_STEP_SUMMARY"):
            found = found._replace(summary=Path(summary))
        event = _event(known.get("GITHUB_EVENT_PATH", ""))
        asked = event.get("pull_request")
        if isinstance(asked, dict):
            named = asked.get("base")
            base = str(named.get("sha", "")) if isinstance(named, dict) else ""
            return found._replace(base=base, request=True)
        if branch := known.get("GITHUB_BASE_REF"):
            return found._replace(base=f"origin/{branch}", request=True)
        return found._replace(base=_pushed(str(event.get("before", ""))))
    if known.get("GITLAB_CI") == "true":
        if asked_of := known.get("CI_MERGE_REQUEST_DIFF_BASE_SHA"):
            return Surroundings("gitlab", asked_of, request=True)
        return Surroundings("gitlab", _pushed(known.get("CI_COMMIT_BEFORE_SHA", "")))
    return Surroundings()


def _event(path: str) -> dict[str, Any]:
    """What the host tells of what happened; nothing where that cannot be read."""
    import json

    try:
        if not path or Path(path).stat().st_size > LARGEST:
            return {}
        found = json.loads(Path(path).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _pushed(before: str) -> str:
    """Where a branch stood before a push; a new one stood nowhere, which hosts write as zeros."""
    return before if before.strip("0") else ""


@click.command(cls=Command)
@click.option("--base", metavar="REV", help="What to compare with (default: what the host says).")
@click.option("--host", type=click.Choice(HOSTS), help="Whose annotations to write (default: the host it runs on).")  # fmt: skip
@click.option("--comment", type=click.Path(path_type=Path), help="Write the comment for the pull request into this file.")  # fmt: skip
@click.option("--report", type=click.Path(path_type=Path), help="Write GitLab's code quality report into this file.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), default=Path("build"), show_default=True, help="Where to build the portals.")  # fmt: skip
@click.option("--no-build", is_flag=True, help="Only check and compare.")
@click.option("--strict", is_flag=True, help="Run the strict rules too; warnings count as errors.")
@pass_settings
def ci(settings: Settings, /, **chosen: Any) -> None:
    """Check, compare and build the plans in a pipeline, for the host it runs on.

    Writes annotations beside the changed lines, the summary of the job, and one comment for the
    pull request: what the check found, what each client would see differently, and what changes
    in the plans. Nothing is sent: the workflow posts the comment with the host's own tool
    (planwerk init --ci writes one). Exit codes are those of check.
    """
    from planwerk import report
    from planwerk.logbook.comment import MARKER, Report
    from planwerk.problems import exit_code

    found = surroundings()
    found = found._replace(host=chosen["host"] or found.host)
    base = _base(settings, chosen["base"] or found.base, bool(chosen["base"]) or found.request)
    checked, problems = _check(settings, chosen["strict"])
    _annotate(settings, found.host, checked, problems, chosen["report"])
    team, clients = _compared(settings, base)
    summary = report.summary(problems, settings.words, checked.accounts, checked.files)
    told = Report(summary, problems, team, clients, base, settings.language).comment()
    if chosen["comment"]:
        (settings.folder / chosen["comment"]).write_text(told, "utf-8")
    if found.summary:
        with found.summary.open("a", encoding="utf-8") as file:
            file.write(told.removeprefix(f"{MARKER}\n"))
    if not chosen["no_build"]:
        problems = [*problems, *_build(settings, chosen["out"], chosen["strict"])]
    sys.exit(exit_code(problems))


def _base(settings: Settings, words: str, needed: bool) -> str:
    """The commit (a full id) that the plans are compared with: where the branch left what it is
    to be merged into. "" where there is none; refuses (exit code 2) if there has to be one."""
    from planwerk.problems import Refusal, refuse

    if not words:
        return ""
    repository: Repository = history_of(settings.folder)
    try:
        found = repository.fork(repository.resolve(words), "HEAD")
    except Refusal:
        found = ""
    if not found and needed:
        raise refuse("ci-base-missing", "plans", found=words)
    return found


def _check(settings: Settings, strict: bool) -> tuple[Checked, list[Problem]]:
    """All findings of today's plans."""
    from planwerk.checking import check_workspace

    with at(settings.folder, None) as then, settings.progress() as step:
        checked = check_workspace(
            then.root, then.day, strict=strict, remember=False,
            progress=lambda done, total: step("reading", done, total),
        )  # fmt: skip
        return checked, [*checked.problems, *then.problems]


def _annotate(
    settings: Settings, host: str, checked: Checked, problems: list[Problem], path: Path | None
) -> None:
    """The findings as the host reads them, and for people in the log."""
    from planwerk import report

    words, sources = settings.words, report.Sources(settings.folder)
    if path:
        told = report.for_machines("gitlab", problems, words, sources)
        (settings.folder / path).write_text(told, "utf-8")
    if host in ("github", "gitea"):
        report.say(report.for_machines("github", problems, words, sources))
    else:
        report.say(report.as_text(problems, words, sources, settings.color))
    report.say(report.summary(problems, words, checked.accounts, checked.files) + "\n")


def _compared(settings: Settings, base: str) -> tuple[list[Told] | None, list[Told]]:
    """What changes for the team, and for the clients; None where there is nothing to compare."""
    if not base:
        return None, []
    with two_states(settings.folder, base, None) as states:
        team = differences(states, settings.language)
        clients = differences(states, settings.language, client=True)
    return team, clients


def _build(settings: Settings, out: Path, strict: bool) -> list[Problem]:
    """Build the portals; what stopped an account's is among the findings."""
    from planwerk import report
    from planwerk.build import Options, build

    with at(settings.folder, None) as then, settings.progress() as step:
        options = Options(out=out, formats=("portal",), as_of=then.day, strict=strict)
        built = build(settings.folder, options, step)
    for account, count in sorted(built.stopped.items()):
        settings.note(settings.words("ui.stopped", account=account or "plans", count=count))
    if built.files:
        where = str(settings.folder / out)
        report.say(settings.words("ui.built", files=built.files, out=where) + "\n")
    return built.problems
