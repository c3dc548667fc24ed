"""What lies ahead: the agreed dates of an account's plans."""

from __future__ import annotations

from datetime import date

from planwerk import blocks as b
from planwerk.compose.view import View


def next_dates(view: View, limit: int = 5) -> b.DatedList | None:
    """Milestones and reviews ahead."""
    found: list[tuple[date, b.Dated]] = []
    for period in view.account.periods:
        ahead = [
            m for m in period.tasks.milestones if isinstance(m.on, date) and m.on >= view.today
        ]
        found += [(m.on, b.Dated(view.day(m.on), m.title, source=view.source(m))) for m in ahead if isinstance(m.on, date)]  # fmt: skip
        review = period.review
        if review and isinstance(review.planned_for, date) and review.planned_for >= view.today:
            who = ", ".join(n for p in review.attendees[:3] if (n := view.name(p)))
            found.append((review.planned_for, b.Dated(view.day(review.planned_for), view.say("review.debrief"), who, source=view.source(review))))  # fmt: skip
    if not found:
        return None
    found.sort(key=lambda pair: (pair[0], pair[1].what))
    return b.DatedList(tuple(d for _, d in found[:limit]), view.say("overview.next"))
