"""The five forces on the client, its competitors; for us also who competes with us there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from planwerk import blocks as b
from planwerk.compose.sections.tables import bulleted, table, word
from planwerk.compose.view import View
from planwerk.model.competition import Competitor, Force

SIDES = ("strength", "weakness", "opportunity", "threat")
STRONG = 4
"""From this strength on a force is a strong one."""
HAS: dict[str, b.Level] = {"yes": "good", "partly": "warn", "no": "bad", "unknown": "open"}


def forces(view: View) -> tuple[Force, ...]:
    """The industry's forces, each replaced by the client's own where it differs; strongest first."""
    industry = view.portfolio.forces.get(view.profile.industry)
    found = {force.force: force for force in industry.forces} if industry else {}
    found |= {force.force: force for force in view.account.competition.forces}
    return tuple(sorted(found.values(), key=lambda force: (-_strength(force), force.force)))


def _strength(force: Force) -> int:
    return int(force.strength) if force.strength.isdigit() else 0


def force_table(view: View) -> b.Table | None:
    """One row a force: how strong, what it means here, what follows."""
    found = forces(view)
    placed = any(view.text(force.client_position) for force in found)
    heads = ["force", "strength", *(["position"] if placed else []), "consequence"]
    heads += ["opening"] if view.internal else []
    rows = []
    for force in found:
        trend = view.say(f"trend.{force.trend}") if force.trend in ("rising", "stable", "falling") else ""  # fmt: skip
        strength = view.say("competition.of_five", strength=force.strength) if _strength(force) else view.open  # fmt: skip
        cells = [
            b.Cell(b.text(view.say(f"force.{force.force}")), strong=True),
            b.Cell(b.text(strength), note=trend, unknown=not _strength(force)),
            *([view.cell(force.client_position)] if placed else []),
            view.cell(force.consequence),
        ]
        rows.append([*cells, view.cell(force.opening)] if view.internal else cells)
    return table(view, "competition", heads, rows, label="forces", wide=("position", "consequence", "opening"))  # fmt: skip


def picture(view: View) -> b.Forces | None:
    """The forces as a cross; what each means here, not yet what we make of it."""
    found = forces(view)
    if not found:
        return None
    items = tuple(_card(view, force) for force in found)
    strong = [item.name for item in items if (item.strength or 0) >= STRONG]
    key = "about_strong" if strong else "about"
    about = view.say(f"competition.{key}", names=", ".join(strong), number=view.in_words(len(items)), count=len(items))  # fmt: skip
    return b.Forces(items, view.say("competition.forces"), view.sentence(about))


def _card(view: View, force: Force) -> b.ForceCard:
    strength = _strength(force) or None
    trend = force.trend if force.trend in ("rising", "stable", "falling") else ""
    words = view.say("competition.of_five", strength=force.strength) if strength else view.open
    words += f", {view.say(f'trend.{trend}')}" if strength and trend else ""
    return b.ForceCard(
        force.force, view.say(f"force.{force.force}"), strength, words, trend,
        view.text(force.consequence), view.text(force.client_position), view.source(force),
    )  # fmt: skip


def evidence(view: View) -> b.Table | None:
    """What the picture rests on, and for us where we come in; the strongest force first."""
    heads = ["force", "evidence", *(["opening"] if view.internal else [])]
    rows = []
    for force in forces(view):
        shown = bulleted(view, force.evidence) if force.evidence else view.unknown()
        name = b.Cell(b.text(view.say(f"force.{force.force}")), strong=True)
        cells = [view.sourced(name, force), shown]
        opening = view.cell(force.opening) if force.opening else view.unknown()
        rows.append([*cells, opening] if view.internal else cells)
    return table(view, "competition", heads, rows, label="evidence_label", wide=("evidence", "opening"))  # fmt: skip


def competitors(view: View) -> b.Table | None:
    """The client's competitors."""
    rows = [
        (
            view.sourced(_named(view, one), one),
            view.cell(one.strategy),
            bulleted(view, one.strengths),
            bulleted(view, one.weaknesses),
        )
        for one in view.account.competition.competitors
    ]
    heads = ("competitor", "strategy", "strengths", "weaknesses")
    return table(view, "competition", heads, rows, label=_whose(view), wide=heads[1:])


def _named(view: View, one: Competitor) -> b.Cell:
    return b.Cell(b.text(view.text(one.name)), note=view.text(one.performance), strong=True)


def _whose(view: View) -> str:
    """How the client's competitors are called: to the client they are "yours"."""
    return "competitors" if view.internal else "competitors_yours"


def positioning(view: View) -> b.Table | None:
    """What the client can stand for."""
    rows = [
        (view.sourced(word(view, "area", one.area), one), b.Cell(b.text(one.text)))
        for one in view.account.competition.positioning
    ]
    return table(view, "competition", ("area", "claim"), rows, label="positioning", wide=("claim",))


def features(view: View) -> b.Table | None:
    """The client's offer beside its competitors', with what to say about it."""
    names = {c.id: view.text(c.name) for c in view.account.competition.competitors}
    known = view.account.features
    ids = [i for i in names if any(i in feature.competitors for feature in known)]
    if not known:
        return None
    columns = (
        b.Column(view.say("competition.feature")),
        b.Column(view.client_short),
        *(b.Column(names[i]) for i in ids),
        b.Column(view.say("competition.message"), wide=True),
    )
    rows = tuple(
        b.Row(
            (
                view.sourced(view.cell(feature.name), feature),
                _has(view, feature.client),
                *(_has(view, feature.competitors.get(i, "unknown")) for i in ids),
                view.cell(feature.message),
            )
        )
        for feature in known
    )
    return b.Table(columns, rows, view.say("competition.features"))


def _has(view: View, value: str) -> b.Cell:
    return b.Cell(status=b.Status(HAS[value], view.say(f"has.{value}")))


def our_competitors(view: View) -> b.Table | None:
    """Who competes with us at this client."""
    rows = [
        (
            view.sourced(b.Cell(b.text(view.text(one.name)), strong=True), one),
            bulleted(view, one.strengths),
            bulleted(view, one.weaknesses),
            b.Cell(b.text(view.day(one.contract_until))),
        )
        for one in view.account.competition.our_competitors
    ]
    heads = ("competitor", "strengths", "weaknesses", "contract_until")
    return table(view, "competition", heads, rows, label="ours", wide=("strengths", "weaknesses"))


def swot(view: View) -> b.Table | None:
    """Strengths, weaknesses, opportunities, threats, each with what follows."""
    items = sorted(view.account.competition.swot, key=lambda item: SIDES.index(item.kind))
    rows = [
        (
            view.sourced(word(view, "swot", item.kind), item),
            b.Cell(b.text(item.text), note=view.text(item.evidence)),
            view.cell(item.consequence),
        )
        for item in items
    ]
    heads = ("side", "fact", "consequence")
    return table(view, "competition", heads, rows, label="swot", wide=("fact", "consequence"))


def headline(view: View) -> str:
    """The finding: the strongest force and what follows from it."""
    found = forces(view)
    if not found or not _strength(found[0]):
        return view.say("competition.none")
    name = view.say(f"force.{found[0].force}")
    return view.say("competition.headline", force=name, strength=found[0].strength)


Part = tuple[str, Callable[[View], b.Table | None]]


def _sections(view: View, parts: Iterable[Part]) -> tuple[b.Block, ...]:
    found = ((key, make(view)) for key, make in parts)
    return tuple(b.Section(view.say(f"competition.{key}"), (t,)) for key, t in found if t)


def _further(view: View) -> tuple[Part, ...]:
    """All but the forces."""
    return (
        (_whose(view), competitors), ("positioning", positioning),
        ("features", features), ("ours", our_competitors), ("swot", swot),
    )  # fmt: skip


def _drawn(view: View) -> tuple[b.Block, ...]:
    """The forces as a picture, beside it what it rests on."""
    cross, beside = picture(view), evidence(view)
    if cross is None:
        return ()
    section = b.Section(cross.label, (cross,), view.say("competition.forces_how"))
    if beside is None:
        return (section,)
    key = "evidence_and_openings" if view.internal else "evidence_label"
    further = b.Section(view.say(f"competition.{key}"), (beside,), view.say("competition.strongest"))  # fmt: skip
    return (b.Beside(((section,), (further,)), (3, 2)),)


def page(view: View) -> b.Page | None:
    """All of it that the reader may see."""
    blocks = (*_drawn(view), *_sections(view, _further(view)))
    if not blocks:
        return None
    tab = view.say("page.competition")
    return b.Page("competition", tab, headline(view), blocks, ((tab, ""),))


def slides(view: View) -> Iterator[b.Slide]:
    """The forces as a picture, then the client's place among its competitors."""
    if cross := picture(view):
        yield b.Slide(view.say("page.competition"), headline(view), cross, view.say("competition.forces_how"), origin=f"{view.account.id}/forces")  # fmt: skip
    for key, found in (("positioning", positioning(view)), ("features", features(view))):
        if found:
            title = view.say(f"deck.{key}_title", client=view.client_short)
            yield b.Slide(view.say("page.competition"), title, found, origin=f"{view.account.id}/{key}")  # fmt: skip


def chapter(view: View) -> b.Chapter | None:
    """The same on landscape pages, the forces as a table."""
    blocks = _sections(view, (("forces", force_table), *_further(view)))
    if not blocks:
        return None
    return b.Chapter(view.say("page.competition"), headline(view) + ".", blocks, landscape=True)
