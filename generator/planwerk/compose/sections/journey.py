"""The customer's journey: what it wants at each stage, where it meets us, where it hurts."""

from __future__ import annotations

from planwerk import blocks as b
from planwerk.compose.sections.tables import bulleted, table
from planwerk.compose.view import View
from planwerk.model.discovery import Stage

MOODS: dict[str, b.Level] = {"-2": "bad", "-1": "bad", "0": "neutral", "1": "good", "2": "good"}


def stages(view: View) -> b.Table | None:
    """One row a stage; how it feels there is said among ourselves."""
    heads = ["stage", "client_goal", "touchpoints", "pains", *(["mood"] if view.internal else [])]
    rows = []
    for stage in view.account.journey.stages:
        cells = [
            view.sourced(view.cell(stage.name), stage),
            view.cell(stage.client_goal),
            bulleted(view, stage.touchpoints),
            bulleted(view, stage.pains),
        ]
        rows.append([*cells, _mood(view, stage)] if view.internal else cells)
    return table(view, "journey", heads, rows, label="label", wide=("client_goal", "pains"))


def curve(view: View) -> b.Journey | None:
    """The stages as a curve of mood; for the client without moods, on a straight line."""
    known = view.account.journey.stages
    if not known:
        return None
    words = tuple(view.say(f"mood.{key}") for key in ("2", "0", "-2"))
    aim, touch, pain = (view.say(f"journey.{key}") for key in ("client_goal", "touchpoints", "pains"))  # fmt: skip
    names = ", ".join(view.text(stage.name) for stage in known)
    return b.Journey(
        tuple(_stage(view, stage) for stage in known),
        (words[0], words[1], words[2]) if view.internal else None,
        (aim, touch, pain), view.say("journey.label"), view.say("journey.about", names=names),
    )  # fmt: skip


def _stage(view: View, stage: Stage) -> b.JourneyStage:
    mood = int(stage.sentiment) if stage.sentiment in MOODS else None
    status = _mood(view, stage).status or b.Status("open", view.open)
    touch = ", ".join(view.text(value) for value in stage.touchpoints)
    pains = "; ".join(view.text(value) for value in stage.pains)
    shown = (mood, status) if view.internal else (None, None)
    source, (name, aim) = view.source(stage), map(view.text, (stage.name, stage.client_goal))
    return b.JourneyStage(name, aim, pains, touch, shown[0], shown[1], source)


def _mood(view: View, stage: Stage) -> b.Cell:
    if stage.sentiment not in MOODS:
        return view.unknown()
    return b.Cell(status=b.Status(MOODS[stage.sentiment], view.say(f"mood.{stage.sentiment}")))


def headline(view: View) -> str:
    """The finding: where it hurts most; for the client, how many stages we look at."""
    known = view.account.journey.stages
    bad = [stage for stage in known if stage.sentiment in ("-2", "-1")]
    if bad:
        worst = min(bad, key=lambda stage: int(str(stage.sentiment)))
        return view.say("journey.headline_bad", stage=view.text(worst.name))
    words = view.say("journey.headline", count=len(known), number=view.in_words(len(known)))
    return view.sentence(words)


def page(view: View) -> b.Page | None:
    """The stages as the reader may see them, drawn; folded away, the same as a table."""
    drawn, found = curve(view), stages(view)
    if drawn is None or found is None:
        return None
    tab, group = view.say("page.journey"), view.client_group
    how = view.say("journey.how") if view.internal else ""
    section = b.Section(drawn.label, (drawn,), how)
    folded = b.Fold(view.say("portal.data_as_table"), (found,))
    return b.Page("journey", tab, headline(view), (section, folded), ((group, ""), (tab, "")), group)  # fmt: skip


def chapter(view: View) -> b.Chapter | None:
    """The stages as a table."""
    found = stages(view)
    if found is None:
        return None
    return b.Chapter(view.say("page.journey"), headline(view) + ".", (found,))
