"""What is true beside single records: grids of two heads, KPIs of the last twelve months, last contacts.

Read off the records like `facts.py`; white space and revenue are added up here again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from planwerk.bank import questions, texts
from planwerk.formats import LOCALES
from planwerk.kpis import BY_ID, kpi_of
from planwerk.kpis.case import Case
from planwerk.kpis.tally import Span
from planwerk.model.workspace import say as of_language
from planwerk.words import load_kpi_words, load_words
from truth.facts import Fact, Subject, World, current
from truth.passages import plain
from truth.sums import OPEN_STATES, Sums
from truth.tokens import MONTHS

GROUPS = {"won": ("won", "at_risk"), "offered": ("opportunity",), "gap": ("gap", "idea"), "competitor": ("competitor",)}  # fmt: skip
"""How the bar of the white space puts states together."""
REVENUE = {"contraction": "recurring", "churn": "recurring", "offen": "open"}
FIGURE = "Figure"
assert set(LOCALES) == {"de", "en"}


def learn_further(one: World, sums: Sums) -> None:
    """Add to a world what no single record says."""
    _words_of_kinds(one)
    _rhythm(one)
    _then(one)
    _questions(one)
    _bank(one)
    _periods(one)
    _contacts(one)
    _space(one, sums)
    _labelled(one)
    if one.seen.audience == "internal":
        _figures(one)
        _revenue(one)


def _subject(one: World, key: str, kind: str, *names: str) -> Subject:
    subject = one.subjects.setdefault(key, Subject(key, kind))
    for name in names:
        one.named(name, key)
    return subject


def _words_of_kinds(one: World) -> None:
    """Records that outputs call by a word of their kind: forces, meetings, reviews."""
    say = load_words(one.language)
    forces = [*one.account.competition.forces, *(f for i in one.seen.forces.values() for f in i.forces)]  # fmt: skip
    for force in forces:
        subject = _subject(one, f"Force//{force.force}", "Force", say(f"force.{force.force}"))
        if force.strength.isdigit():
            subject.facts.append(Fact(Decimal(force.strength), "strength"))
    for meeting in one.account.meetings:
        kind = _subject(one, f"Meeting//{meeting.kind}", "Meeting", say(f"meeting_kind.{meeting.kind}"))  # fmt: skip
        names = _names(one)
        kind.people |= {names[who] for who in meeting.attendees if who in names} | {names.get(one.account.profile.owner, "")}  # type: ignore[arg-type]  # fmt: skip
        kind.facts += [Fact(day, "on") for day in (meeting.on, meeting.next_on) if isinstance(day, date)]  # fmt: skip
    for cadence in one.account.profile.cadence:
        _subject(one, f"Meeting//{cadence.kind}", "Meeting", say(f"meeting_kind.{cadence.kind}")).facts.append(Fact(Decimal(cadence.every), "every"))  # fmt: skip
    for period in one.account.periods:
        if review := period.review:
            subject = _subject(one, f"Review/{period.id}/day", "Review", say("review.debrief"))
            names = _names(one)
            subject.people |= {names[who] for who in review.attendees if who in names}
            subject.facts += [Fact(d, "on") for d in (review.planned_for, review.held_on) if isinstance(d, date)]  # fmt: skip


def _questions(one: World) -> None:
    """What a question of the bank or the house asks, its gaps filled."""
    for question in one.account.interview.questions:
        for asked in texts(question, one.seen.questions.questions).values():
            text = asked
            for slot, words in question.slots.items():
                text = text.replace(f"{{{slot}}}", words)
            one.named(text, f"Question//{question.id}")


def _bank(one: World) -> None:
    """What the bank of questions says, whichever of it is asked."""
    for question in questions().values():
        for text in question.text.values():
            one.texts.add(plain(text))


def _rhythm(one: World) -> None:
    """When each kind of meeting that was agreed on is due again: after the last one, else after the start."""
    reviews = [r.held_on for p in one.account.periods if (r := p.review) and isinstance(r.held_on, date)]  # fmt: skip
    start = min((p.plan.from_ for p in one.account.periods), default=one.today)
    for cadence in one.account.profile.cadence:
        met = [m.on for m in one.account.meetings if m.kind == cadence.kind]
        met += reviews if cadence.kind in ("review", "debrief") else []
        last = max((day for day in met if day <= one.today), default=start)
        about = one.subjects[f"Meeting//{cadence.kind}"]
        about.facts.append(Fact(last + timedelta(days=cadence.every), "due again"))
    for subject in one.subjects.values():
        if subject.kind in ("Meeting", "Review"):
            days = [f.value for f in subject.facts if isinstance(f.value, date)]
            subject.facts += [Fact(Decimal(abs((one.today - day).days)), "days") for day in days]


def _then(one: World) -> None:
    """What each KPI was when the last debrief was held, else when the plan began."""
    period = current(one)
    held = [r.held_on for p in one.account.periods if (r := p.review) and isinstance(r.held_on, date) and r.held_on <= one.today]  # fmt: skip
    for result in period.results if period else ():
        begin = max(held, default=period.plan.from_)  # type: ignore[union-attr]
        known = [p.value for p in result.series if p.day <= begin and p.value is not None]
        about = one.subjects[f"PlanKpi/{period.id}/{result.kpi}"]  # type: ignore[union-attr]
        about.facts += [Fact(value, "then") for value in known[-1:]]


def _names(one: World) -> dict[str, str]:
    return {who: name for name, who in one.people.items()}


def _periods(one: World) -> None:
    """What periods are called: "2. Halbjahr 2026", "Second half 2026", else from and to."""
    for period in one.account.periods:
        key = f"Plan/{period.id}/{period.id}"
        subject = _subject(one, key, "Plan", *_labels(period.plan.from_, period.plan.to, one.today, one.language))  # fmt: skip
        subject.facts += [Fact(period.plan.from_, "from"), Fact(period.plan.to, "to")]


def _labelled(one: World) -> None:
    """Values that a label before them names: of the profile, of the day the output speaks of."""
    say, profile = load_words(one.language), one.account.profile
    contract = profile.contract
    end = profile.contract_until
    notice = contract.notice if contract else None
    last = [e - timedelta(days=notice) for e in (end,) if isinstance(e, date) and isinstance(notice, int)]  # fmt: skip
    held = [r.held_on for p in one.account.periods if (r := p.review)]
    years = [Decimal(f.year) for f in profile.financials if isinstance(f.year, str) and f.year.isdigit()]  # fmt: skip
    kickoffs = [m.on for m in one.account.meetings if m.kind == "kickoff"]
    agreed = [p.plan.agreed_on for p in one.account.periods if isinstance(p.plan.agreed_on, date)]
    _subject(one, "Agreed//plan", "Plan", say("overview.plan_agreed")).facts += [Fact(d, "agreed") for d in agreed]  # fmt: skip
    values: dict[str, Sequence[object]] = {
        "profile.employees": [profile.employees], "profile.customer_since": [profile.customer_since],
        "profile.contract_until": [end], "profile.founded": [Decimal(str(profile.founded))] if str(profile.founded).isdigit() else [],
        "deck.notice": last, "report.since": [*held, *(p.plan.from_ for p in one.account.periods)],  "word.as_of": [one.today], "field.customer_since": [profile.customer_since], "brief.since": [profile.customer_since], "handover.since": [profile.customer_since], "deck.date": [one.today, *held, *kickoffs],
    }  # fmt: skip
    for of_year in ("profile.profit", "profile.revenue", "profile.source"):
        one.labels[f"{plain(say(of_year))}:"] = list(years)
    for key, true in values.items():
        if say.has(key):
            one.labels.setdefault(plain(say(key)), []).extend(v for v in true if isinstance(v, (Decimal, date)))  # fmt: skip


def _labels(start: date, end: date, today: date, language: str) -> Iterator[str]:
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if start.day == 1 and start.year == end.year and months in (3, 6) and start.month % months == 1:
        number, of = (start.month - 1) // months + 1, {3: "Quartal", 6: "Halbjahr"}[months]
        words = ("First", "Second", "Third", "Fourth")[number - 1]
        yield f"{number}. {of} {start.year}" if language == "de" else f"{words} {'half' if months == 6 else 'quarter'} {start.year}"  # fmt: skip
        if language == "en":
            yield f"{words.lower()} {'half' if months == 6 else 'quarter'} {start.year}"
    if language == "de":
        days = [
            f"{d.day}.{d.month}." if d.year == today.year else f"{d:%d.%m.%Y}" for d in (start, end)
        ]
        for first, last in ((days[0], f"{end:%d.%m.%Y}"), (days[0], days[1])):
            yield f"{first}–{last}"
            yield f"vom {first} bis {last}"
    else:
        one, two = (MONTHS["en"][d.month - 1][: 4 if d.month == 9 else 3] for d in (start, end))
        first = f"{start.day} {one}" + ("" if start.year == today.year else f" {start.year}")
        yield f"{first}–{end.day} {two} {end.year}"
        yield f"from {first} to {end.day} {two} {end.year}"


def _contacts(one: World) -> None:
    """When each of the client's people last had to do with us: of the log and of meetings."""
    found: dict[str, date] = {}
    pairs = [(line.with_, line.date) for line in one.account.interactions]
    pairs += [(who, m.on) for m in one.account.meetings for who in m.attendees]
    for who, day in pairs:
        if isinstance(who, str) and who.startswith("client:") and day <= one.today:
            found[who] = max(day, found.get(who, day))
    for who, day in found.items():
        if subject := one.subjects.get(f"Stakeholder//{who.removeprefix('client:')}"):
            subject.facts += [Fact(day, "contact"), Fact(Decimal((one.today - day).days), "days")]


def _space(one: World, sums: Sums) -> None:
    """The grid of departments and offerings with its sums, and the bar by state."""
    say, grid = load_words(one.language), one.grid
    departments = {d.id: plain(d.name) for d in one.account.departments}
    departments["whole-company"] = departments.get("whole-company", plain(say("white_space.whole_company")))  # fmt: skip
    offerings = {o.id: plain(of_language(o.name, one.language)) for o in one.seen.workspace.offerings}  # fmt: skip
    total, cells = plain(say("word.total")), one.account.whitespace
    for cell in cells:
        row, column, value = departments[cell.department], offerings[cell.offering], sums.worth(cell)  # fmt: skip
        facts = grid.setdefault((row, column), [])
        facts += [v for v in (value, cell.renews_on) if isinstance(v, (Decimal, date))]
        for key in ((row, total), (total, column), (total, total)):
            grid[key] = [sum((v for v in grid.get(key, ()) if isinstance(v, Decimal)), value or Decimal(0))]  # fmt: skip
        subject = _subject(one, f"Cell/{cell.department}/{cell.offering}", "Cell")
        subject.facts += [Fact(v, "worth") for v in facts]
        if about := one.subjects.get(f"Offering//{cell.offering}"):
            about.facts += [Fact(v, "worth") for v in facts]
        one.pairs.setdefault(frozenset((row, column)), subject.key)
    for department, name in departments.items():
        if about := one.subjects.get(f"Department//{department}"):
            about.facts.append(Fact(sums.worth_of(*OPEN_STATES, departments=[department]), "open"))
        one.named(name, f"Department//{department}")
    for group, states in GROUPS.items():
        amount = sums.worth_of(*states)
        for label in (f"white_space.{group}", "white_space.by_state", "page.white_space"):
            one.labels.setdefault(plain(say(label)), []).append(amount)


def _figures(one: World) -> None:
    """Each KPI of the catalogue over the last twelve months, counted by the KPI itself."""
    say, today = load_kpi_words(one.language), one.today
    start = date(today.year - 1, today.month, today.day) + timedelta(days=1)
    case = Case(one.account, one.seen.workspace, one.seen.training)
    span = Span(start, today)
    known = 0
    house = one.seen.workspace
    names = [*BY_ID, *(k.id for k in house.kpis if k.id not in BY_ID)]
    whole = [(name, kpi) for name in names if (kpi := kpi_of(house, name)) and kpi.of_house is None]
    for name, kpi in whole:
        counted = kpi.counted(kpi.tally(case, span, today), span)
        if say.has(formula := f"kpi.{name}.formula"):
            one.texts.add(plain(say(formula)))
        subject = _subject(one, f"{FIGURE}//{name}", FIGURE, of_language(one.seen.kpis[name].name, one.language) if name in one.seen.kpis else say(f"kpi.{name}.name"))  # fmt: skip
        for role in ("value", "numerator", "denominator", "n", "minimum", "left_out"):
            if (value := getattr(counted, role)) is not None:
                subject.facts.append(Fact(Decimal(value), role))
        if counted.value is None and counted.numerator is not None and counted.denominator:
            subject.facts.append(Fact(counted.numerator / counted.denominator, "figure"))
        subject.facts += [Fact(Decimal(read.lines), "lines") for read in counted.inputs]
        known += counted.value is not None
    one.figures = (known, len(whole), start)


def _revenue(one: World) -> None:
    """Revenue by quarter and kind in the house's currency: each line at the rate of its day."""
    say, house = load_words(one.language), one.seen.workspace
    replaced = {line.corrects for line in one.account.revenue if line.corrects}
    for line in one.account.revenue:
        if (line.id and line.id in replaced) or line.date > one.today:
            continue
        amount = line.amount
        if isinstance(line.currency, str) and line.currency not in ("", house.currency):
            rates = [r for r in house.rates if r.currency == line.currency and r.since <= line.date]
            amount *= max(rates, key=lambda r: r.since).rate
        kind = plain(say(f"revenue.{REVENUE.get(line.kind, line.kind)}"))
        quarter = f"Q{(line.date.month + 2) // 3} {line.date.year % 100:02}"
        one.quarters.add((line.date.year, (line.date.month + 2) // 3))
        for column in (kind, ""):
            before = one.grid.get((quarter, column), [Decimal(0)])
            one.grid[quarter, column] = [before[0] + amount]  # type: ignore[operator]
