"""The KPI catalogue: one measure, one file; each gives the values of its KPI by day.

A catalogue entry is a module with `ID`, `UNIT`, `DECIMALS`, `LOWER_IS_BETTER`,
`CLIENT_MAY_SEE` and `values(account, start, end)`: the points in time order, where the last
one is the value at the end. What is not in the catalogue is a house KPI: measured.
"""

from __future__ import annotations

from planwerk.kpis import (
    cross_sell_revenue,
    new_revenue,
    recurring_revenue,
    renewal_revenue,
    upsell_revenue,
)
from planwerk.kpis.kind import RevenueKpi

CATALOGUE: tuple[RevenueKpi, ...] = (
    new_revenue.KPI,
    upsell_revenue.KPI,
    cross_sell_revenue.KPI,
    renewal_revenue.KPI,
    recurring_revenue.KPI,
)

BY_ID = {kpi.id: kpi for kpi in CATALOGUE}
