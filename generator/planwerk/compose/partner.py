"""The portal of a partner: its tasks in a client's plan, their days, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from planwerk import blocks as b
from planwerk.compose.feedback import invited, ways_of
from planwerk.compose.marks import footer, mark
from planwerk.compose.pages import pages_for
from planwerk.compose.portal import labels
from planwerk.compose.sections import ahead, tasks
from planwerk.compose.view import View


def partner_site(view: View) -> b.Site:
    """The portal of the partner who is the view's reader; its tasks stand on the first page."""
    ways = ways_of(view.portfolio, view.say, view.account)
    first = invited(_first(view), ways, view.say)
    return b.Site(
        name=view.client,
        language=view.language,
        internal=False,
        pages=(first, *(invited(p, ways, view.say) for p in pages_for(view.portfolio, view.say, ways))),
        footer=footer(view.portfolio, "", view.say),
        labels=labels(view.say),
        mark=mark(view.portfolio, view.account.draft, view.say),
    )  # fmt: skip


def _first(view: View) -> b.Page:
    """The tasks of the running plan; of one that has none, the days and decisions that are shared."""
    found = tasks.page(view)
    eyebrow = ((view.client, ""), (view.period_name(), ""))
    if found is None:
        said = view.say("partner.nothing", client=view.client)
        return b.Page("index", view.say("page.tasks"), said, tuple(_rest(view)), eyebrow=eyebrow)
    return replace(found, name="index", eyebrow=eyebrow)


def _rest(view: View) -> list[b.Block]:
    shown: list[b.Block] = []
    if dates := ahead.next_dates(view):
        shown.append(b.Section(view.say("overview.next"), (dates,)))
    if questions := tasks.decisions(view):
        shown.append(b.Section(view.say("decisions.label"), (questions,)))
    return shown
