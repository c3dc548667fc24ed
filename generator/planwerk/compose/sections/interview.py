"""What we asked, what we understood, and what is still open."""

from __future__ import annotations

from datetime import date

from planwerk import blocks as b
from planwerk.compose.sections.tables import table, word
from planwerk.compose.view import View
from planwerk.model.discovery import Question
from planwerk.model.types import OPEN

ORDER = ("goal", "pressure", "initiative", "obstacle", "solution")


def answered(question: Question) -> bool:
    """Whether somebody gave an answer."""
    return isinstance(question.answer, str) and bool(question.answer)


def chain(view: View) -> b.Table | None:
    """From what the client wants to what helps it, in that order."""
    insights = sorted(view.account.interview.insights, key=lambda i: ORDER.index(i.kind))
    heads = ["kind", "insight", "confirmed", *(["told_by"] if view.internal else [])]
    rows = []
    for insight in insights:
        confirmed = b.Cell(b.text(view.day(insight.confirmed_on)))
        if not isinstance(insight.confirmed_on, date):
            confirmed = b.Cell(status=b.Status("open", view.say("interview.assumed")))
        cells = [
            view.sourced(word(view, "insight", insight.kind), insight),
            b.Cell(b.text(insight.text)),
            confirmed,
        ]
        rows.append([*cells, view.person_cell(insight.told_by)] if view.internal else cells)
    return table(view, "interview", heads, rows, label="chain", wide=("insight",))


def questions(view: View, open_too: bool = True) -> b.Table | None:
    """Every question with its answer, open ones (if asked for) first with who finds out."""
    rows = []
    for question in sorted(view.account.interview.questions, key=answered):
        if not (open_too or answered(question)):
            continue
        asked = view.asked(question)
        if answered(question):
            answer = b.Cell(b.text(view.text(question.answer)))
            who = view.person_cell(question.asked)
            when = b.Cell(b.text(view.day(question.asked_on)))
        else:
            answer = view.unknown()
            who, when = view.person_cell(question.owner), b.Cell(b.text(_until(view, question)))
        rows.append((view.sourced(b.Cell(b.text(asked)), question), answer, who, when))
    heads = ("question", "answer", "who", "when")
    return table(view, "interview", heads, rows, label="questions", wide=("question", "answer"))


def _until(view: View, question: Question) -> str:
    if question.due is OPEN or question.due is None:
        return view.open
    return view.say("word.by_day", day=view.day(question.due))


def headline(view: View) -> str:
    """The finding: how many questions are answered; for the client, how we understood it."""
    asked = view.account.interview.questions
    if not asked:
        return view.say("interview.understood")
    done = sum(answered(question) for question in asked)
    if len(asked) == 1:
        return view.sentence(view.say("interview.headline_only", count=done))
    facts = {"good": view.in_words(done), "total": view.in_words(len(asked))}
    return view.sentence(view.say("interview.headline", count=done, **facts))


def _blocks(view: View) -> tuple[b.Block, ...]:
    blocks: list[b.Block] = []
    if found := chain(view):
        blocks.append(b.Section(view.say("interview.chain"), (found,), view.say("interview.chain_how")))  # fmt: skip
    if asked := questions(view):
        blocks.append(b.Section(view.say("interview.questions"), (asked,)))
    return tuple(blocks)


def page(view: View) -> b.Page | None:
    """The chain for both sides, the questions for us alone."""
    blocks = _blocks(view)
    if not blocks:
        return None
    tab = view.say("page.interview" if view.internal else "page.understood")
    group = view.client_group
    return b.Page("interview", tab, headline(view), blocks, ((group, ""), (tab, "")), group)


def chapter(view: View) -> b.Chapter | None:
    """The same as a chapter."""
    blocks = _blocks(view)
    return b.Chapter(view.say("page.interview"), headline(view) + ".", blocks) if blocks else None
