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
            view.cell(stage.name),
            view.cell(stage.client_goal),
            bulleted(view, stage.touchpoints),
            bulleted(view, stage.pains),
        ]
        rows.append([*cells, _mood(view, stage)] if view.internal else cells)
    return table(view, "journey", heads, rows, label="label", wide=("client_goal", "pains"))


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
    """The stages as the reader may see them."""
    found = stages(view)
    if found is None:
        return None
    tab, group = view.say("page.journey"), view.client_group
    section = b.Section(view.say("journey.label"), (found,))
    return b.Page("journey", tab, headline(view), (section,), ((group, ""), (tab, "")), group)


def chapter(view: View) -> b.Chapter | None:
    """The stages on a landscape page."""
    found = stages(view)
    if found is None:
        return None
    return b.Chapter(view.say("page.journey"), headline(view) + ".", (found,), landscape=True)
