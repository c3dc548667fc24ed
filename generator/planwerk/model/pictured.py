"""Which pictures the texts of an account show."""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.model.portfolio import Account
from planwerk.text.pictures import located
from planwerk.text.prose import shown

MEETINGS = "meetings"
"""The folder of an account that holds its meetings."""


def proses(account: Account) -> Iterator[tuple[str, str]]:
    """All prose of an account with the folder, below the account's own, that its file lies in."""
    yield "", account.client.body if account.client else ""
    for page in (
        account.profile,
        account.people,
        account.interview,
        account.journey,
        account.competition,
    ):
        yield "", page.body
    for meeting in account.meetings:
        yield MEETINGS, meeting.body
    for period in account.periods:
        yield period.id, period.plan.rationale if isinstance(period.plan.rationale, str) else ""
        for file in (period.plan, period.tasks, period.risks, period.slides):
            yield period.id, file.body
        yield period.id, period.review.body if period.review else ""
        for slide in period.slides.slides:
            yield period.id, slide.text


def pictured(account: Account) -> set[str]:
    """The names of the pictures that its texts show, as far as they lie in its folder."""
    if not account.pictures:
        return set()
    names = (located(folder, one.target) for folder, body in proses(account) for one in shown(body))
    return {name for name in names if name}
