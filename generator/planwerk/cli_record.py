"""`planwerk record`: one line more in a log, checked before it is written."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planwerk.help import Command, Group

if TYPE_CHECKING:
    from planwerk.cli_support import Settings

COLUMNS = {
    "kpi": {
        "date": "The day, or the month (2026-09) that the value is of (default: today).",
        "kpi": "Which KPI, by its id.",
        "value": "Its value, or open.",
        "source": "Where the value is from.",
        "note": "What should be known about it.",
    },
    "interaction": {
        "date": "The day, or the month (2026-09) that this is the sum of (default: today).",
        "channel": "email, call or meeting.",
        "direction": "out (from us) or in (default: out).",
        "strategic": "yes, if it is about a goal or deal and with a key player.",
        "count": "How many (default: 1).",
        "answered": "How many of them were answered; of calls, the conversations.",
        "connected": "How many calls were taken, voicemail included.",
        "positive": "How many replies lead further.",
        "reply_hours": "After how many hours the reply came.",
        "referrals": "How many introductions the client gave.",
        "with": "With whom, such as client:cio.",
        "topic": "What it was about.",
    },
    "revenue": {
        "date": "The day, or the month (2026-09) that this is the sum of (default: today).",
        "kind": "new, upsell, cross_sell, renewal, contraction, churn or recurring.",
        "offering": "Which offering, by its id.",
        "amount": "The amount.",
        "currency": "Its currency, where it is not the workspace's.",
    },
    "survey": {
        "date": "The day, or the month (2026-09) that it holds for (default: today).",
        "instrument": "nps, csat, ces or sentiment.",
        "by": "client, or us for a guess of ours.",
        "score": "The score, or open.",
        "scale": "The highest score there is.",
        "good": "Which end of the scale is good: high or low (default: high).",
        "count": "How many answers (default: 1).",
        "with": "Whose answer or mood it is, such as client:cio.",
    },
}
"""The options of each kind. All have `id` and `corrects` too."""
FOR_ALL = {
    "id": "A name for the line, needed only if a later one corrects it.",
    "corrects": "The id of the line that this one stands in for.",
}


@click.group(cls=Group)
def record() -> None:
    """Append one line to a log of an account: a value, a contact, revenue, a survey.

    The line is checked before it is written, and stands in the file as the file is written. On a
    terminal you are asked for what is missing.
    """


def _command(name: str, title: str) -> click.Command:
    def run(settings: Settings, /, account: str, **given: str | None) -> None:
        _record(settings, name, account, {k: v for k, v in given.items() if v is not None})

    run.__doc__ = title
    options: list[Callable[[Any], Any]] = [
        click.option(f"--{key}", key, metavar="DAY" if key == "date" else "TEXT", help=words)
        for key, words in reversed({**COLUMNS[name], **FOR_ALL}.items())
    ]
    made: Any = click.pass_obj(run)
    for option in options:
        made = option(made)
    return click.command(name, cls=Command, help=title)(click.argument("account")(made))


def _record(settings: Settings, name: str, account: str, given: dict[str, str]) -> None:
    from planwerk import report
    from planwerk.recording import LOGS, columns
    from planwerk.recording import record as run
    from planwerk.scaffold.draft import Ask
    from planwerk.scaffold.house import open_house
    from planwerk.words.fields import load_fields

    house = open_house(settings.folder, settings.day, settings.language)
    fixed = house.portfolio.workspace.as_of
    given.setdefault("date", "")
    for key, needed in columns(name).items():
        if needed and not given.get(key):
            ask = Ask(key, default=str(fixed or date.today()) if key == "date" else None)
            label = load_fields(settings.language).field(LOGS[name][0].__name__, key)
            given[key] = _asked(ask, label.label if label else key)
    done = run(house, account, name, given)
    warned = report.as_text(list(done.warnings), settings.words, report.Sources(settings.folder), settings.color)  # fmt: skip
    report.say(warned, sys.stderr)
    report.say(f"{done.place.path}:{done.place.line}: {done.words}\n")


def _asked(ask: Any, label: str) -> str:
    if sys.stdin.isatty() and sys.stdout.isatty() and ask.name != "date":
        return str(click.prompt(label, default=ask.default, err=True))
    if ask.default is None:
        raise ask.missing()
    return str(ask.default)


for _name, _title in (
    ("kpi", "A value of a measured KPI of ACCOUNT."),
    ("interaction", "A contact with ACCOUNT: an e-mail, a call or a meeting."),
    ("revenue", "A booking of revenue with ACCOUNT."),
    ("survey", "The score of a survey of ACCOUNT."),
):
    record.add_command(_command(_name, _title))
