"""What the KPIs of contacts have in common: shares of what was sent or placed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.tally import ZERO, Span, Tally, unknown
from planwerk.model.logs import Interaction


def ours(case: Case, span: Span, channel: str) -> list[Interaction]:
    """What we sent or placed ourselves."""
    return case.parted("interactions", span, "channel", "direction").get((channel, "out"), [])


def share(lines: Iterable[Interaction], part: str, whole: str) -> Tally:
    """The sums of two columns; lines where either is not told are left out with all they hold."""
    over, under, n, left_out = ZERO, ZERO, 0, 0
    for line in lines:
        told, of = getattr(line, part), getattr(line, whole)
        if isinstance(told, Decimal) and isinstance(of, Decimal):
            over, under, n = over + told, under + of, n + 1
        else:
            left_out += int(line.count)
    return Tally(over, under, int(under), left_out, inputs=(("interactions", n),))


def sharing(channel: str, part: str, whole: str = "count") -> Callable[[Case, Span], Tally]:
    """`part` by `whole` of what we sent or placed through a channel."""

    def count(case: Case, span: Span) -> Tally:
        if not case.kept("interactions", span.end):
            return unknown("no_log")
        lines = ours(case, span, channel)
        found = share(lines, part, whole)
        if lines and not found.inputs[0][1]:
            return unknown("not_told")
        return found

    return count


def strategic(channel: str) -> Callable[[Case, Span], Tally]:
    """How many contacts through a channel were strategic."""

    def count(case: Case, span: Span) -> Tally:
        if not case.kept("interactions", span.end):
            return unknown("no_log")
        parts = case.parted("interactions", span, "channel", "strategic")
        lines = parts.get((channel, True), [])
        total = sum((line.count for line in lines), ZERO)
        return Tally(total, None, int(total), inputs=(("interactions", len(lines)),))

    return count
