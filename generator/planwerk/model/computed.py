"""Which KPIs are counted from the files instead of typed: the ids of the catalogue.

Ids only, so that rules and the method can ask without loading how each is computed; `kpis/`
holds a module for every one of them.
"""

from planwerk.model.workspace import Workspace

CATALOGUE = (
    "revenue",
    "new-revenue",
    "upsell-revenue",
    "cross-sell-revenue",
    "renewal-revenue",
    "recurring-revenue",
    "expansion-revenue",
    "expansion-rate",
    "revenue-growth",
    "gross-revenue-retention",
    "net-revenue-retention",
    "revenue-churn",
    "renewal-rate",
    "logo-retention",
    "logo-churn",
    "won-value",
    "deals-won",
    "deals-lost",
    "deals-open",
    "win-rate",
    "cycle-time",
    "forecast-accuracy",
    "share-of-wallet",
    "white-space-coverage",
    "white-space-potential",
    "department-reach",
    "email-reply-rate",
    "positive-reply-rate",
    "call-connect-rate",
    "call-contact-rate",
    "strategic-emails",
    "strategic-calls",
    "response-time",
    "last-contact-age",
    "multi-threading",
    "key-players-at-target",
    "referrals",
    "nps",
    "csat",
    "csat-mean",
    "ces",
    "buyer-sentiment",
    "training-done",
    "task-punctuality",
    "task-punctuality-ours",
    "task-punctuality-client",
    "task-punctuality-partners",
    "commitments-kept",
    "completeness",
    "freshness",
)
"""One line a KPI; its module in `kpis/` has the same name, with `_` for `-`."""
IDS = frozenset(CATALOGUE)


def is_computed(workspace: Workspace, kpi: str) -> bool:
    """Whether nobody enters values of this KPI: it is counted from logs and other files.

    A house KPI that bears the id of one of the catalogue takes its place.
    """
    for own in workspace.kpis:
        if own.id == kpi:
            return own.log != ""
    return kpi in IDS
