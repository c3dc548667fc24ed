"""The client: facts, objectives in its own words, its KPIs, the service it has from us."""

from __future__ import annotations

from decimal import Decimal

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.view import View
from planwerk.model.record import Record
from planwerk.model.types import OPEN, Unknown
from planwerk.model.workspace import say


def facts(view: View) -> b.Facts:
    """What is known of the company; what is not is said as unknown."""
    profile = view.profile
    items: list[tuple[str, b.Cell]] = []

    def add(key: str, cell: b.Cell) -> None:
        if b.plain(cell.text) or cell.person:
            items.append((view.say(f"profile.{key}"), cell))

    if industry := view.portfolio.industries.get(profile.industry or ""):
        add("industry", b.Cell(b.text(say(industry.name, view.language))))
    add("business_model", view.cell(profile.business_model))
    add("target_markets", b.Cell(b.text(", ".join(view.text(m) for m in profile.target_markets))))
    add("headquarters", view.cell(profile.headquarters))
    add("employees", _number(view, profile.employees))
    add("customer_since", b.Cell(b.text(view.long_day(profile.customer_since))))
    add("contract_until", b.Cell(b.text(view.long_day(profile.contract_until))))
    add("website", view.cell(profile.website))
    parent = profile.parent_name or profile.parent
    add("parent", view.cell(parent))
    if view.internal:
        tiers = {tier.id: tier for tier in view.portfolio.workspace.tiers}
        tier = tiers.get(profile.tier) if isinstance(profile.tier, str) else None
        words = b.Cell(b.text(say(tier.name, view.language))) if tier else view.cell(profile.tier)
        add("tier", words)
        add("owner", view.person_cell(profile.owner))
    return b.Facts(tuple(items))


def _number(view: View, value: Decimal | Unknown | None) -> b.Cell:
    if isinstance(value, Decimal):
        return b.Cell(b.text(formats.number(value, view.language)))
    return view.unknown() if value is OPEN else b.Cell()


def financials(view: View) -> b.Table | None:
    """Revenue and profit by year with their source."""
    rows = tuple(
        b.Row(
            (
                view.sourced(view.cell(year.year), year),
                _money(view, year.revenue),
                _money(view, year.profit),
                view.cell(year.source),
            )
        )
        for year in view.profile.financials
    )
    if not rows:
        return None
    heads = ("year", "revenue", "profit", "source")
    aligns: tuple[b.Align, ...] = ("left", "right", "right", "left")
    columns = tuple(
        b.Column(view.say(f"profile.{head}"), align)
        for head, align in zip(heads, aligns, strict=True)
    )
    return b.Table(columns, rows, view.say("profile.financials"))


def _money(view: View, value: Decimal | Unknown | None) -> b.Cell:
    if isinstance(value, Decimal):
        return b.Cell(b.text(view.money(value)))
    return view.unknown() if value is OPEN else b.Cell()


def objectives(view: View) -> b.Table | None:
    """What the client wants, who told us, when it was confirmed."""
    rows = tuple(
        b.Row(
            (
                view.sourced(b.Cell(b.text(objective.text)), objective),
                b.Cell(b.text(view.name(objective.told_by))),
                b.Cell(b.text(view.day(objective.confirmed_on)))
                if objective.confirmed_on is not None
                else view.unknown(),
            ),
            origin=view.origin("objectives", objective.id, "text"),
        )
        for objective in view.profile.objectives
    )
    if not rows:
        return None
    columns = (
        b.Column(view.say("profile.objective"), wide=True),
        b.Column(view.say("profile.told_by")),
        b.Column(view.say("profile.confirmed_on")),
    )
    return b.Table(columns, rows, view.say("profile.objectives"))


def client_kpis(view: View) -> b.Table | None:
    """What the client measures itself by."""
    rows = tuple(
        b.Row(
            (
                view.sourced(b.Cell(b.text(kpi.name)), kpi),
                view.cell(kpi.target),
                view.cell(kpi.actual),
            )
        )
        for kpi in view.profile.client_kpis
    )
    if not rows:
        return None
    columns = (
        b.Column(view.say("profile.client_kpi"), wide=True),
        b.Column(view.say("portal.target")),
        b.Column(view.say("portal.actual")),
    )
    return b.Table(columns, rows, view.say("profile.client_kpis"))


def service(view: View) -> b.Table | None:
    """How what the client has from us does, against what was agreed."""
    offerings = view.portfolio.offerings
    rows = tuple(
        b.Row(
            (
                view.sourced(b.Cell(b.text(say(offerings[s.offering].name, view.language))), s),
                view.cell(s.agreed),
                view.cell(s.actual),
            )
        )
        for s in view.profile.service
        if s.offering in offerings
    )
    if not rows:
        return None
    columns = (
        b.Column(view.say("profile.offering"), wide=True),
        b.Column(view.say("profile.agreed")),
        b.Column(view.say("profile.actual")),
    )
    return b.Table(columns, rows, view.say("profile.service"))


def team(view: View) -> b.Table | None:
    """Who takes part on both sides."""
    ours = [member.id for member in view.portfolio.workspace.team] if not view.internal else []
    if view.internal and isinstance(view.profile.owner, str):
        ours = [view.profile.owner]
    people: list[tuple[b.Person, Record | None]]
    people = [(p, None) for name in ours if (p := view.person(name))]
    people += [(p, s) for s in view.account.stakeholders if (p := view.person(f"client:{s.id}"))]
    if not people:
        return None
    rows = tuple(
        b.Row(
            (
                b.Cell(person=p, source=view.source(record)),
                b.Cell(b.text(p.detail)),
                b.Cell(b.text(_house(view, p))),
            )
        )
        for p, record in people
    )
    heads = ("team_name", "team_title", "team_house")
    columns = tuple(b.Column(view.say(f"profile.{h}"), wide=i < 2) for i, h in enumerate(heads))
    return b.Table(columns, rows, view.say("profile.team"))


def _house(view: View, person: b.Person) -> str:
    return view.us if person.side == "us" else view.client_short


def _sections(view: View) -> tuple[b.Section, ...]:
    parts: list[tuple[str, b.Block | None]] = [
        ("objectives", objectives(view)),
        ("client_kpis", client_kpis(view)),
        ("service", service(view)),
        ("financials", financials(view)),
        ("team", team(view)),
    ]
    return tuple(b.Section(view.say(f"profile.{key}"), (part,)) for key, part in parts if part)


def page(view: View) -> b.Page | None:
    """Facts first, then what the client wants and what it has from us."""
    known = facts(view)
    sections = _sections(view)
    story = view.prose(view.account.client.body) if view.account.client else ()
    inside = view.prose(view.profile.body)
    if not (known.items and (view.internal or len(known.items) > 1)) and not sections and not story:
        return None
    blocks: list[b.Block] = []
    if known.items:
        source = view.source(view.profile)
        blocks.append(b.Section(view.say("profile.facts"), (known,), source=source))
    blocks += sections
    if story:
        source = view.source(view.account.client)
        blocks.append(b.Section(view.say("profile.together"), story, quiet=True, source=source))
    if inside:
        title, source = view.say("profile.inside" if view.internal else "profile.about"), view.source(view.profile)  # fmt: skip
        blocks.append(b.Section(title, inside, quiet=True, source=source))
    return b.Page(
        "profile",
        view.say("page.profile"),
        headline(view),
        tuple(blocks),
        eyebrow=((view.client_group, ""), (view.say("page.profile"), "")),
        group=view.client_group,
    )


def headline(view: View) -> str:
    """The finding: how many objectives are confirmed by the client."""
    all_, confirmed = view.profile.objectives, 0
    confirmed = sum(not isinstance(o.confirmed_on, Unknown | None) for o in all_)
    if not all_:
        return view.say("profile.no_objectives" if view.internal else "profile.headline_client", client=view.client)  # fmt: skip
    if len(all_) == 1:
        return view.sentence(view.say("profile.headline_only", count=confirmed))
    return view.sentence(view.say("profile.headline", count=confirmed, confirmed=view.in_words(confirmed), total=view.in_words(len(all_))))  # fmt: skip


def chapter(view: View) -> b.Chapter | None:
    """The profile as a chapter."""
    known = facts(view)
    sections = _sections(view)
    if not known.items and not sections:
        return None
    blocks: list[b.Block] = [known, *sections]
    if view.internal and (inside := view.prose(view.profile.body)):
        blocks.append(b.Section(view.say("profile.inside"), inside))
    return b.Chapter(view.say("page.profile"), headline(view) + ".", tuple(blocks))


def together(view: View) -> b.Chapter | None:
    """client.md as the opening chapter of what we sign together."""
    period = view.period
    blocks: list[b.Block] = []
    lead = ""
    if period and period.plan.vision:
        lead = view.text(period.plan.vision)
    if period and period.plan.rationale:
        why = view.prose(view.paragraphs(period.plan.rationale), period.id)
        blocks.append(b.Section(view.say("plan.rationale"), why))
    if view.account.client:
        blocks += view.prose(view.account.client.body)
    if not lead and not blocks:
        return None
    return b.Chapter(view.say("plan.vision"), lead, tuple(blocks))
