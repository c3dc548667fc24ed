"""What could go wrong with the account, how badly, and what is done about it. Internal."""

from __future__ import annotations

from decimal import Decimal

from planwerk import blocks as b
from planwerk.compose.sections.tables import table
from planwerk.compose.view import View, total
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


def listing(view: View) -> b.Table | None:
    """One row a risk: what, how heavy, what it may cost, what is done, by whom."""
    titles = {task.id: task.title for task in view.period.tasks.tasks} if view.period else {}
    rows = []
    for risk in open_risks(view):
        amount = risk.amount_at_risk
        rows.append(
            (
                b.Cell(b.text(view.text(risk.text)), note=view.say(f"risk_reason.{risk.reason}")),
                b.Cell(status=_level(view, risk)),
                b.Cell(b.text(view.money(amount)))
                if isinstance(amount, Decimal)
                else view.unknown(),
                b.Cell(b.text("; ".join(titles.get(name, name) for name in risk.mitigations))),
                view.person_cell(risk.owner),
            )
        )
    heads = ("risk", "weight", "amount", "mitigations", "owner")
    return table(view, "risks", heads, rows, label="label", wide=("risk", "mitigations"), right=("amount",))  # fmt: skip


def _level(view: View, risk: Risk) -> b.Status:
    value = weight(risk)
    level: b.Level = "bad" if value >= HIGH else "warn" if value >= MEDIUM else "neutral"
    key = "high" if value >= HIGH else "medium" if value >= MEDIUM else "low" if value else "open"
    return b.Status(level if value else "open", view.say(f"risks.{key}"))


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
    """The open risks of the present period; for us alone."""
    found = listing(view) if view.internal else None
    if found is None:
        return None
    tab = view.say("page.risks")
    section = b.Section(view.say("risks.label"), (found,), view.say("risks.how"))
    return b.Page("risks", tab, headline(view), (section,), ((tab, ""), (view.period_name(), "")))


def chapter(view: View) -> b.Chapter | None:
    """The same as a chapter."""
    found = listing(view) if view.internal else None
    return b.Chapter(view.say("page.risks"), headline(view) + ".", (found,)) if found else None
