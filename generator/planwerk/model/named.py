"""What of a period other records can name: `kpi:nps`, `task:form`, `wish:an-app-for-drivers`."""

from planwerk.model.plan import Feedback, Review
from planwerk.model.portfolio import Period
from planwerk.model.record import Record
from planwerk.model.types import suggest_id

WISHES = ("change_wish", "initiative")
WORDS = 5
"""How many words of a wish make its name."""


def named(period: Period) -> dict[str, Record]:
    """The records of a period by the name under which others carry, answer or follow them."""
    review = period.review
    found: dict[str, Record] = {}
    found |= {f"kpi:{kpi.kpi}": kpi for kpi in period.plan.kpis}
    found |= {f"goal:{goal.id}": goal for goal in period.plan.goals}
    found |= {f"task:{task.id}": task for task in period.tasks.tasks}
    found |= {f"milestone:{m.id}": m for m in period.tasks.milestones}
    found |= {f"decision:{d.id}": d for d in period.tasks.decisions}
    found |= {f"risk:{risk.id}": risk for risk in period.risks.risks}
    if review is not None:
        found |= {f"problem:{problem.id}": problem for problem in review.problems}
        found |= {f"next_step:{step.id}": step for step in review.next_steps}
        found |= {f"decision:{d.id}": d for d in review.decisions}
        found |= {f"wish:{name}": wish for name, wish in wishes(review).items()}
    return found


def wishes(review: Review) -> dict[str, Feedback]:
    """The change wishes and initiatives of a review by the first words of each."""
    found: dict[str, Feedback] = {}
    for feedback in review.feedback:
        if feedback.kind in WISHES:
            name = base = suggest_id(" ".join(feedback.quote.split()[:WORDS]))
            number = 1
            while name in found:
                number += 1
                name = f"{base}-{number}"
            found[name] = feedback
    return found
