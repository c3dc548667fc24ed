"""What could go wrong with the account, how badly, and what is done about it. Internal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planwerk import blocks as b
from planwerk.compose.sections.tables import bulleted, table
from planwerk.compose.view import View, due_key, total
from planwerk.model.risk import Risk

HIGH, MEDIUM = 12, 6
"""Probability times severity (1 to 25): from here on a risk is high, or medium."""


def weight(risk: Risk) -> int:
    """Probability times severity; 0 where one of them is not known."""
    both = (risk.probability, risk.severity)
    return int(both[0]) * int(both[1]) if all(one.isdigit() for one in both) else 0


def open_risks(view: View) -> tuple[Risk, ...]:
    """The period's risks that are not closed, the heaviest first."""
    known = view.period.risks.risks if view.period else ()
    return tuple(sorted((r for r in known if r.closed_on is None), key=lambda r: -weight(r)))


def matrix(view: View) -> b.RiskMatrix | None:
    """The open risks by probability and severity, with the numbers of the list."""
    known = open_risks(view)
    numbered = list(enumerate(known, 1))
    marks = tuple(
        b.RiskMark(
            number, view.say(f"risk_reason.{risk.reason}"), level(view, risk),
            int(risk.probability), int(risk.severity), view.text(risk.text), view.source(risk),
        )
        for number, risk in numbered
        if weight(risk)
    )  # fmt: skip
    if not marks:
        return None
    rest = ", ".join(str(number) for number, risk in numbered if not weight(risk))
    high, medium, low = (view.say(f"risks.{key}") for key in ("high", "medium", "low"))
    about = ", ".join(f"{m.number} {m.name}: {m.status.word}" for m in marks)
    return b.RiskMatrix(
        marks, (view.say("risks.probability"), view.say("risks.severity")), (high, medium, low),
        view.say("risks.matrix"), f"{about}.",
        view.say("risks.unplaced", numbers=rest) if rest else "",
    )  # fmt: skip


def answers(view: View) -> b.DatedList:
    """Risks that nothing is done against, then the tasks against the others, done ones last."""
    against: dict[str, list[str]] = {}
    items = []
    for number, risk in enumerate(open_risks(view), 1):
        for name in risk.mitigations:
            against.setdefault(name, []).append(str(number))
        if not risk.mitigations:
            nothing = b.Status("bad", view.say("risks.unanswered"))
            items.append(b.Dated("", view.say("risks.of_number", number=number, text=view.text(risk.text)), view.name(risk.owner), nothing))  # fmt: skip
    tasks = [t for t in (view.period.tasks.tasks if view.period else ()) if t.id in against]
    tasks.sort(key=lambda t: (isinstance(t.done_on, date), due_key(t)))
    for task in tasks:
        numbers = view.say("risks.against", numbers=", ".join(against[task.id]))
        who = ", ".join(part for part in (view.name(task.accountable), numbers) if part)
        status, source = view.task_status(task), view.source(task)
        items.append(b.Dated(view.day(task.due_day), task.title, who, status, source=source))
    return b.DatedList(tuple(items), view.say("risks.mitigations"))


def listing(view: View, numbered: bool = False) -> b.Table | None:
    """One row a risk: what, how heavy, what it may cost, what is done, by whom.

    `numbered` as on the matrix, beside which stands what is done: then what tells that it comes.
    """
    titles = {task.id: task.title for task in view.period.tasks.tasks} if view.period else {}
    rows = []
    for number, risk in enumerate(open_risks(view), 1):
        amount = risk.amount_at_risk
        rows.append(
            (
                *((b.Cell(b.text(str(number))),) if numbered else ()),
                view.sourced(
                    b.Cell(
                        b.text(view.text(risk.text)), note=view.say(f"risk_reason.{risk.reason}")
                    ),
                    risk,
                ),
                b.Cell(status=level(view, risk)),
                b.Cell(b.text(view.money(amount)))
                if isinstance(amount, Decimal)
                else view.unknown(),
                bulleted(view, risk.warning_signs)
                if numbered
                else b.Cell(b.text("; ".join(titles.get(name, name) for name in risk.mitigations))),
                view.person_cell(risk.owner),
            )
        )
    heads = (
        *(("number",) if numbered else ()), "risk", "weight", "amount",
        "warning_signs" if numbered else "mitigations", "owner",
    )  # fmt: skip
    return table(view, "risks", heads, rows, label="label", wide=("risk", "mitigations", "warning_signs"), right=("amount",))  # fmt: skip


def level(view: View, risk: Risk) -> b.Status:
    """How heavy a risk is, in a word."""
    value = weight(risk)
    look: b.Level = "bad" if value >= HIGH else "warn" if value >= MEDIUM else "neutral"
    key = "high" if value >= HIGH else "medium" if value >= MEDIUM else "low" if value else "open"
    return b.Status(look if value else "open", view.say(f"risks.{key}"))


def headline(view: View) -> str:
    """The finding: how many are open, how many of them high, what is at risk."""
    known = open_risks(view)
    high = sum(weight(risk) >= HIGH for risk in known)
    amount = total(risk.amount_at_risk for risk in known)
    if len(known) == 1:
        words = view.say("risks.headline_only", count=high)
    else:
        words = view.say("risks.headline", number=view.in_words(len(known)))
        words += view.say("risks.of_them_high", count=high, high=view.in_words(high))
    if amount:
        all_known = all(isinstance(risk.amount_at_risk, Decimal) for risk in known)
        key = "headline_amount" if all_known else "headline_least"
        words += view.say(f"risks.{key}", amount=view.money(amount))
    return view.sentence(words)


def page(view: View) -> b.Page | None:
    """The open risks of the present period, drawn and listed; for us alone."""
    drawn = matrix(view) if view.internal else None
    found = listing(view, numbered=drawn is not None) if view.internal else None
    if found is None:
        return None
    tab = view.say("page.risks")
    blocks: list[b.Block] = []
    if drawn:
        section = b.Section(drawn.label, (drawn,), view.say("risks.how"))
        tasks = b.Section(view.say("risks.mitigations"), (answers(view),))
        blocks.append(b.Beside(((section,), (tasks,)), (3, 2)))
    blocks.append(b.Section(view.say("risks.label"), (found,), "" if drawn else view.say("risks.how")))  # fmt: skip
    eyebrow = ((tab, ""), (view.period_name(), ""))
    return b.Page("risks", tab, headline(view), tuple(blocks), eyebrow)


def chapter(view: View) -> b.Chapter | None:
    """The same as a chapter."""
    found = listing(view) if view.internal else None
    return b.Chapter(view.say("page.risks"), headline(view) + ".", (found,)) if found else None
