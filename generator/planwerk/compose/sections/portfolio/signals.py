"""Known and acted on: the day of each sign beside the day of what answered it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from planwerk import blocks as b
from planwerk.compose.sections.portfolio.overall import GROUPS, LONG, Overall
from planwerk.loop.acted import Answered, usual


def page(overall: Overall) -> b.Page:
    """What nobody has answered yet, the counts by account, then what was, the slowest first."""
    waiting = [one for one in overall.signs if one.answer is None]
    answered = [one for one in overall.signs if one.answer is not None]
    if not overall.signs:
        return overall.page("signals", overall.say("signals.title_none"), overall.empty(overall.say("signals.none")), "work")  # fmt: skip
    blocks: list[b.Block] = []
    if waiting:
        label = overall.say("signals.waiting")
        blocks.append(b.Section(label, (_waiting(overall, label, waiting),), overall.say("signals.waiting_how"), anchor="waiting"))  # fmt: skip
    if answered:
        label = overall.say("signals.answered")
        days = usual(answered)
        how = overall.say("signals.usual", count=int(days)) if days is not None else ""
        shown = b.Fold(overall.say("signals.all_answered", count=len(answered)), (_answered(overall, label, answered),))  # fmt: skip
        blocks.append(b.Section(label, (_by_account(overall), shown), how, anchor="answered"))
    return overall.page("signals", title(overall), blocks, "work")


def title(overall: Overall) -> str:
    """How many signs are unanswered, and for how long the oldest has been."""
    if not overall.signs:
        return overall.say("signals.title_none")
    waiting = [one for one in overall.signs if one.answer is None]
    if not waiting:
        return overall.say("signals.title_all", count=len(overall.signs))
    first = overall.say("signals.title", count=len(waiting), whole=overall.number(len(overall.signs)))  # fmt: skip
    longest = max((one.days for one in waiting if one.days is not None), default=None)
    return first if longest is None else first + overall.say("signals.title_longest", count=longest)


def _sign(overall: Overall, one: Answered) -> b.Cell:
    return b.Cell(b.text(overall.phrases.what(one.sign)), note=overall.phrases.kind(one.sign))


def _waiting(overall: Overall, label: str, found: Sequence[Answered]) -> b.Table:
    rows = [
        b.Row((
            _sign(overall, one), overall.account_cell(one.sign.account), overall.whose_cell(one.sign),
            overall.day_cell(one.sign.day), _days(overall, one, "bad"),
        ), sources=overall.sources(one.sign))
        for one in found[:LONG]
    ]  # fmt: skip
    heads = ("sign", "account", "who", "known_on", "waiting")
    return overall.table(
        label, heads, rows, wide=("sign",), note=overall.rest(LONG, len(found)), tools="waiting"
    )


def _answered(overall: Overall, label: str, found: Sequence[Answered]) -> b.Table:
    rows = []
    for one in found[:LONG]:
        assert one.answer is not None
        what = overall.phrases.what(one.answer) or overall.phrases.kind(one.answer)
        kind = overall.phrases.kind(one.answer)
        answer = b.Cell(b.text(what), note=kind if kind != what else "")
        rows.append(b.Row((
            _sign(overall, one), overall.account_cell(one.sign.account), overall.day_cell(one.sign.day),
            answer, overall.day_cell(one.answer.day), _days(overall, one, "plan"),
        ), sources=overall.sources(one.sign, one.answer)))  # fmt: skip
    heads = ("sign", "account", "known_on", "answer", "answered_on", "between")
    return overall.table(label, heads, rows, wide=("sign", "answer"), note=overall.rest(LONG, len(found)), tools="answered")  # fmt: skip


def _by_account(overall: Overall) -> b.Table:
    """How much of what we knew of each account was answered, and after how many days."""
    each: dict[str, list[Answered]] = defaultdict(list)
    for one in overall.signs:
        each[one.sign.account].append(one)
    waiting = {name: sum(one.answer is None for one in own) for name, own in each.items()}
    names = sorted(each, key=lambda name: (-waiting[name], -len(each[name]), overall.name(name)))
    rows = []
    for name in names[:GROUPS]:
        days = usual([one for one in each[name] if one.answer])
        told = b.Cell(b.text(overall.say("signals.days", count=int(days))), value=int(days)) if days is not None else overall.unknown()  # fmt: skip
        rows.append(b.Row((overall.account_cell(name), overall.count_cell(waiting[name]), overall.number_cell(len(each[name]) - waiting[name]), told)))  # fmt: skip
    heads = ("account", "unanswered", "answered", "usual")
    return overall.table(overall.say("signals.by_account"), heads, rows, wide=("account",), right=heads[1:], note=overall.rest(GROUPS, len(names)), tools="accounts")  # fmt: skip


def _days(overall: Overall, one: Answered, level: b.Level) -> b.Cell:
    """How many days lie between; unknown where one of the two has none."""
    if one.days is None:
        return overall.unknown()
    words = overall.say("signals.days", count=one.days)
    if one.answer and one.answer.day and one.sign.day and one.answer.day < one.sign.day:
        words = overall.say("signals.before")
    if level == "bad":
        return b.Cell(status=b.Status(level, words), value=one.days)
    return b.Cell(b.text(words), value=one.days)
