"""Word documents: which there are, for whom, with which chapters in which order."""

from __future__ import annotations

from collections.abc import Callable

from planwerk import blocks as b
from planwerk.compose.documents.guide import guide
from planwerk.compose.documents.handover import handover
from planwerk.compose.documents.minutes import form, minutes
from planwerk.compose.documents.one_page import one_page
from planwerk.compose.documents.plans import account_plan, joint_plan
from planwerk.compose.documents.progress import report
from planwerk.compose.view import View

Maker = Callable[[View], b.Document | None]
INTERNAL: tuple[Maker, ...] = (account_plan, one_page, report, guide, handover)
CLIENT: tuple[Maker, ...] = (joint_plan, report, minutes, form)


def made(view: View) -> tuple[b.Document, ...]:
    """All documents about the view's account for its reader; a new one is added above."""
    makers = INTERNAL if view.internal else CLIENT
    return tuple(document for maker in makers if (document := maker(view)))
