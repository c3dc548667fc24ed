"""The KPIs of the catalogue by what they are about, and those that the house counts itself."""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.kpis import kpi_of
from planwerk.kpis.kind import Kpi
from planwerk.model.workspace import Workspace

FAMILIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("growth", (
        "revenue", "recurring-revenue", "new-revenue", "upsell-revenue", "cross-sell-revenue",
        "renewal-revenue", "expansion-revenue", "revenue-growth",
    )),
    ("retention", (
        "net-revenue-retention", "gross-revenue-retention", "revenue-churn", "expansion-rate",
        "renewal-rate", "logo-retention", "logo-churn",
    )),
    ("sales", (
        "won-value", "deals-won", "deals-lost", "deals-open", "win-rate", "cycle-time",
        "forecast-accuracy",
    )),
    ("potential", (
        "white-space-potential", "white-space-coverage", "share-of-wallet", "department-reach",
    )),
    ("contact", (
        "last-contact-age", "email-reply-rate", "positive-reply-rate", "response-time",
        "call-connect-rate", "call-contact-rate", "strategic-emails", "strategic-calls",
    )),
    ("relations", (
        "buyer-sentiment", "multi-threading", "key-players-at-target", "referrals", "nps", "csat",
        "csat-mean", "ces",
    )),
    ("delivery", (
        "task-punctuality", "task-punctuality-ours", "task-punctuality-client",
        "task-punctuality-partners", "commitments-kept", "training-done", "completeness",
        "freshness",
    )),
)  # fmt: skip
"""In the order of the pages; a table holds at most eight."""
OWN = "own"
"""The family of what the house declares itself."""
CATALOGUE = frozenset(name for _, names in FAMILIES for name in names)


def families(workspace: Workspace) -> Iterator[tuple[str, tuple[Kpi, ...]]]:
    """Each family with those of its KPIs that are counted from logs and other files."""
    for family, names in FAMILIES:
        found = (kpi_of(workspace, name) for name in names)
        yield family, tuple(kpi for kpi in found if kpi)
    own = (kpi_of(workspace, kpi.id) for kpi in workspace.kpis if kpi.log and kpi.id not in CATALOGUE)  # fmt: skip
    if declared := tuple(kpi for kpi in own if kpi):
        yield OWN, declared


def entered(workspace: Workspace) -> tuple[str, ...]:
    """The KPIs whose values are entered: what they mean differs by client, so nothing adds up."""
    return tuple(kpi.id for kpi in workspace.kpis if not kpi.log)
