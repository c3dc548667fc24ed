"""What is late and what is due next, over all accounts: by side, then account by account."""

from __future__ import annotations

from collections import Counter

from planwerk import blocks as b
from planwerk.compose.sections.portfolio.overall import GROUPS, Overall
from planwerk.loop.finding import SIDES, Found

AHEAD = 14
"""How many days ahead the page looks."""
SHOWN = 200


def soon(overall: Overall) -> list[Found]:
    """What is due today or within the next days."""
    return [f for f in overall.due if f.late is not None and -AHEAD <= f.late <= 0]


def sides(overall: Overall) -> Counter[str]:
    """How much is late on each side."""
    return Counter(found.side for found in overall.late)


def page(overall: Overall) -> b.Page:
    """A section a side, what comes next, and the counts by account."""
    ahead = soon(overall)
    blocks: list[b.Block] = []
    for side in SIDES:
        own = [found for found in overall.late if found.side == side]
        if own:
            title = overall.say(f"due.late_{side}", count=len(own))
            blocks.append(
                b.Section(title, (overall.found_table(title, own, SHOWN, side),), anchor=side)
            )
    label = overall.say("due.soon", days=AHEAD)
    next_ = (overall.found_table(label, ahead, SHOWN, "soon"),) if ahead else overall.empty(overall.say("due.nothing_soon", days=AHEAD))  # fmt: skip
    blocks.append(b.Section(label, next_, anchor="soon"))
    if overall.late or ahead:
        blocks.append(b.Section(overall.say("due.by_account"), (_by_account(overall, ahead),), overall.say("due.by_account_how", days=AHEAD), anchor="accounts"))  # fmt: skip
    return overall.page("due", title_of(overall, ahead), blocks, "accounts")


def title_of(overall: Overall, ahead: list[Found]) -> str:
    """How much is late, and on whose side."""
    if not overall.late:
        key = "due.title_soon" if ahead else "due.title_nothing"
        return overall.say(key, count=len(ahead), days=AHEAD)
    return overall.say("due.title", count=len(overall.late), sides=split(overall))


def split(overall: Overall) -> str:
    """ "two at ours, one at the client's": how what is late falls to the sides."""
    counts = sides(overall)
    return ", ".join(overall.say(f"due.side_{side}", count=counts[side]) for side in SIDES if counts[side])  # fmt: skip


def _by_account(overall: Overall, ahead: list[Found]) -> b.Table:
    late = Counter((found.account, found.side) for found in overall.late)
    next_ = Counter(found.account for found in ahead)
    whole = {view.account.id: sum(late[view.account.id, side] for side in SIDES) for view in overall.views}  # fmt: skip
    names = [name for name, count in whole.items() if count or next_[name]]
    names.sort(key=lambda name: (-whole[name], -next_[name], overall.name(name)))
    rows = []
    for name in names[:GROUPS]:
        counts = (overall.count_cell(late[name, side]) for side in SIDES)
        soon_ = overall.number_cell(next_[name])
        rows.append(b.Row((overall.account_cell(name), *counts, soon_)))
    heads = ("account", "late_us", "late_client", "late_partner", "soon")
    return overall.table(overall.say("due.by_account"), heads, rows, wide=("account",), right=heads[1:], note=overall.rest(GROUPS, len(names)), tools="accounts")  # fmt: skip
