"""The interview guide: what to ask whom, with room to write, beside what we know already."""

from __future__ import annotations

from planwerk import blocks as b
from planwerk.bank import PURPOSES, questions
from planwerk.compose.documents.frame import ordered, sheet
from planwerk.compose.sections import interview
from planwerk.compose.view import View
from planwerk.model.discovery import Question

ROOM, PAGE = 4, 14
"""Lines below each question at least, and of those that one page holds, where they are few."""
MOST = 8
"""Lines below a question at most."""
EACH = 2
"""How many questions of the bank are proposed for each purpose, where the account has no own."""


def guide(view: View) -> b.Document:
    """Every open question of the account; where there is none, a first talk out of the bank."""
    known = view.account.interview.questions
    open_ = [question for question in known if not interview.answered(question)]
    asked = _open(view, open_) if open_ else _bank(view, {question.id for question in known})
    key = "asked" if open_ else "proposed"
    lead = view.say(f"guide.lead_{key}", count=len(open_), number=view.in_words(len(open_)))
    parts = {"asked": b.Chapter(view.say("guide.asked"), view.sentence(lead), asked)}
    if told := interview.questions(view, open_too=False):
        parts["known"] = b.Chapter(view.say("guide.known"), "", (told,))
    after = tuple(part for key in ("new", "whom", "next") for part in _ruled(view.say(f"guide.{key}"), 3))  # fmt: skip
    parts["after"] = b.Chapter(view.say("guide.after"), "", after)
    chapters = ordered(view.portfolio.workspace.documents.interview_guide, parts)
    facts = ((view.say("guide.with"), ""), (view.say("deck.date"), ""))
    return sheet(view, view.say("document.interview_guide"), tuple(chapters), facts)


def _open(view: View, asked: list[Question]) -> tuple[b.Block, ...]:
    blocks: list[b.Block] = []
    room = min(max(PAGE // len(asked), ROOM), MOST)
    for question in asked:
        ask, find = view.name(question.asked), view.name(question.owner)
        notes = [view.say("guide.ask", who=ask)] if ask else []
        notes += [view.say("guide.finds_out", who=find, day=view.day(question.due))] if find else []
        blocks += _ruled(view.asked(question), room, ". ".join(notes))
    return tuple(blocks)


def _bank(view: View, known: set[str]) -> tuple[b.Block, ...]:
    """Some questions of each purpose that were not asked yet."""
    blocks: list[b.Block] = []
    for purpose in PURPOSES:
        shipped = [q.id for q in questions().values() if q.purpose == purpose and q.id not in known]
        for name in shipped[:EACH]:
            words = view.asked(Question.model_construct(id=name, text="", slots={}))
            blocks += _ruled(words, ROOM)
    return tuple(blocks)


def _ruled(words: str, lines: int, note: str = "") -> tuple[b.Block, ...]:
    below = (b.Paragraph(b.text(note), "note"),) if note else ()
    return (b.Heading(b.text(words)), *below, b.Room(lines))
