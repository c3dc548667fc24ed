"""Counts of people, of what was said and agreed, and days that are reckoned: from the records, again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from planwerk.model.types import OPEN
from truth.facts import current
from truth.passages import Passage
from truth.sentences import Said
from truth.sums import Gaps, Sums, Value, n


def with_counts(sums: Sums) -> Sums:
    """The sums, with what is counted here among their checks."""
    sums.checks = {**sums.checks, **of_people(sums), **of_days(sums), **of_reviews(sums)}
    return sums


def of_people(sums: Sums) -> dict[str, Callable[[Said, Passage], Gaps | None]]:
    people, profile = sums.world.account.stakeholders, sums.world.account.profile
    asked = sums.world.account.interview.questions
    answered = [q for q in asked if isinstance(q.answer, str) and q.answer]
    ours = [p for p in people if p.disposition in ("1", "2")]
    sure = [o for o in profile.objectives if isinstance(o.confirmed_on, date)]
    strong = [p for p in people if p.influence in ("4", "5") and p.disposition not in ("1", "2")]  # fmt: skip
    return {
        "deck.people_title": lambda s, p: {"number": n(len(people)), "count": n(sum(x.name is OPEN for x in people))},
        **dict.fromkeys(("competition.of_five", "stakeholders.of_five"), partial(_of_five, sums)),
        **dict.fromkeys(("share", "first.of"), lambda s, p: {"": n(5), "whole": n(5)} if s.gaps.get("whole") == "5" and ((s.start == 0 and len(s.text) < 20) or "nfluence" in s.text or "influss" in s.text) else None),
        **dict.fromkeys(("forecast.few", "forecast.few_cases", "forecast.few_values"), lambda s, p: {"": (Decimal(4), Decimal(0))}),
        "competition.headline": lambda s, p: {"": n(5)},
        "stakeholders.headline": lambda s, p: {"number": n(len(ours))},
        "stakeholders.headline_against": lambda s, p: {"number": n(len(ours))},
        "stakeholders.org_about": lambda s, p: {"number": n(len(people))},
        "deck.to_win_title": lambda s, p: {"number": n(len(strong))},
        "interview.headline": lambda s, p: {"good": n(len(answered)), "total": n(len(asked))},
        "guide.lead_asked": lambda s, p: {"number": n(len(asked) - len(answered))},
        "profile.headline": lambda s, p: {"confirmed": n(len(sure)), "total": n(len(profile.objectives))},
        "deck.competitors_title": lambda s, p: {"number": n(len(sums.world.account.competition.competitors))},
        "deck.rivals_title": lambda s, p: {"number": n(len(sums.world.account.competition.our_competitors))},
        "deck.swot_title": lambda s, p: {"number": n(sum(bool(x.consequence) for x in sums.world.account.competition.swot))},
        "journey.headline": lambda s, p: {"number": n(len(sums.world.account.journey.stages))},
    }  # fmt: skip


def _of_five(sums: Sums, said: Said, passage: Passage) -> Gaps:
    """Ratings go up to five; in a picture the name of what is rated stands elsewhere."""
    five = {"": n(5), "whole": n(5)}
    return {**five, "strength": _forces(sums)} if passage.kind == "drawn" else five


def _forces(sums: Sums) -> tuple[Value, ...]:
    """How strong each force is: in a picture the names stand elsewhere."""
    seen = [*sums.world.account.competition.forces, *(f for i in sums.world.seen.forces.values() for f in i.forces)]  # fmt: skip
    return tuple(Decimal(f.strength) for f in seen if f.strength.isdigit())


def of_days(sums: Sums) -> dict[str, Callable[[Said, Passage], Gaps | None]]:
    today, profile, period = sums.world.today, sums.world.account.profile, current(sums.world)
    end = profile.contract_until if isinstance(profile.contract_until, date) else None
    contract = profile.contract
    days = contract.notice if contract and isinstance(contract.notice, int) else None
    notice = (end - timedelta(days=days),) if end and days is not None else ()
    since = (profile.customer_since,) if isinstance(profile.customer_since, date) else ()
    met = [m.on for m in sums.world.account.meetings if m.on <= today]
    met += [r.held_on for p in sums.world.account.periods if (r := p.review) and isinstance(r.held_on, date)]  # fmt: skip
    plan = period.plan if period else None
    ribbon = {"day": n(max(0, (min(today, plan.to) - plan.from_).days + 1)), "days": n((plan.to - plan.from_).days + 1)} if plan else {}  # fmt: skip
    ends = tuple(x.plan.to for x in sums.periods(True))
    here: Callable[[Said, Passage], Gaps | None] = lambda s, p: {"day": (today, *ends)}  # noqa: E731
    return {
        **dict.fromkeys(("deck.as_of", "deck.source", "deck.chart_source", "deck.gantt_source", "word.today_is", "deck.note_source", "deck.note_as_of"), here),
        "overview.ribbon": lambda s, p: ribbon,
        **dict.fromkeys(("overview.in_days", "overview.days_ago"), lambda s, p: {"count": n(abs((end - today).days))} if end and p.kind == "line" else None),
        "overview.agreed_on": lambda s, p: {"day": tuple(x.plan.agreed_on for x in sums.world.account.periods if isinstance(x.plan.agreed_on, date))},
        "deck.renewal_past": lambda s, p: {"day": (end,) if end else (), "notice": notice},
        "deck.renewal_title": lambda s, p: {"day": (end,) if end else (), "notice": notice},
        "profile.since": lambda s, p: {"day": (*since, *(Decimal(d.year) for d in since))},
        "deck.profile_since": lambda s, p: {"year": tuple(Decimal(d.year) for d in since)},
        "meetings.headline": lambda s, p: {"day": (max(met),) if met else ()},
        "sheet.title": lambda s, p: {"count": n(sums.world.figures[0]), "whole": n(sums.world.figures[1])} if sums.world.figures else None,
        "sheet.unknown": lambda s, p: {"count": n(sums.world.figures[1] - sums.world.figures[0])} if sums.world.figures else None,
        "sheet.how": lambda s, p: {"start": (sums.world.figures[2],), "end": (today,)} if sums.world.figures else None,
        "deck.figures_title": lambda s, p: {"number": n(sums.world.figures[0])} if sums.world.figures else None,
        "revenue.finding": partial(_revenue, sums),
        "revenue.description": partial(_revenue, sums),
        "one_page.goals": lambda s, p: {"day": (plan.to,) if plan else ()},
    }  # fmt: skip


def _revenue(sums: Sums, said: Said, passage: Passage) -> Gaps | None:
    """The last quarter's revenue."""
    quarter = said.gaps.get("quarter") or said.gaps["last"]
    return {"amount": tuple(sums.world.grid.get((quarter, ""), ()))}


def of_reviews(sums: Sums) -> dict[str, Callable[[Said, Passage], Gaps | None]]:
    account = sums.world.account
    reviews = [p.review for p in account.periods if p.review]
    planned = [r.planned_for for r in reviews if isinstance(r.planned_for, date)]
    ahead = [day for day in planned if day >= sums.world.today]
    late = [day for day in planned if day < sums.world.today]

    def each(count: Callable[..., int]) -> tuple[Value, ...]:
        return tuple(Decimal(count(r)) for r in reviews)

    kept = each(lambda r: sum(c.result == "achieved" for c in r.commitments))
    said = each(lambda r: len(r.commitments))
    help_ = each(lambda r: len(r.workflow_gaps) + len(r.help_wanted))
    voices = each(lambda r: sum(f.kind in ("praise", "complaint") for f in r.feedback))
    wishes = each(lambda r: sum(f.kind in ("change_wish", "initiative") for f in r.feedback))
    return {
        "review.ahead": lambda s, p: {"day": tuple(ahead)},
        "review.not_held": lambda s, p: {"day": tuple(late)},
        "review.commitments_title": lambda s, p: {"total": said, "number": kept, "": kept},
        "deck.gaps_title": lambda s, p: {"number": help_},
        "review.in_their_words_title": lambda s, p: {"number": voices},
        "review.in_your_words_title": lambda s, p: {"number": voices},
        "review.wishes_title": lambda s, p: {"number": wishes},
        "review.problems_title": lambda s, p: {"number": each(lambda r: len(r.problems))},
        "review.decided_title": lambda s, p: {"number": each(lambda r: len(r.decisions))},
        "carried.misses_title": lambda s, p: {
            "number": tuple(
                Decimal(sum("/kpi:" in c.from_ and bool(c.as_) for c in x.plan.carried))
                for x in account.periods
            )
        },
        "deck.agreed_last_title": lambda s, p: {"number": each(lambda r: len(r.next_steps))},
    }
