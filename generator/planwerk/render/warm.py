"""The words of the site that is built only to warm up a rendering process."""

from __future__ import annotations

LABELS = {
    key: key
    for key in (
        "data_as_table", "source", "to_slate", "to_default", "search",
        "actual", "target", "baseline", "status", "goal_and_kpi", "way", "expected_today",
        "local_navigation",
    )
}  # fmt: skip
