"""Holds what the product counts against a slow reckoning of the same lines."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from planwerk.kpis import BY_ID
from planwerk.model.logs import SurveyAnswer
from planwerk.rollup import Rollup, Span
from slow_kpis import Found


def record(kind: Any, line: dict[str, Any]) -> Any:
    """A line of a log as the reader would make it: every value arrives as text."""
    texts = {
        name: "ja" if value is True else "nein" if value is False else str(value)
        for name, value in line.items()
        if value is not None and value != ""
    }
    if kind is SurveyAnswer:
        texts.setdefault("score", "offen")
    for name in ("amount", "value"):
        if name in texts:
            texts[name] = str(Decimal(texts[name]) / 100)
    return kind.model_validate(texts)


def hold(found: Rollup, kpi: str, by: Any, span: Span, key: str, slow: Found) -> int:
    """1 where the two agree on a value, 0 where they agree that there is none."""
    (group,) = (g for g in found.by(kpi, by, span) if g.key == key)
    (value, n), counted, where = slow, group.counted, (by, key, kpi, group)
    if value is None or 0 < n < BY_ID[kpi].minimum:
        assert counted.value is None, where
        return 0
    assert counted.value is not None, where
    assert abs(Fraction(counted.value) - value) <= abs(value) * Fraction(1, 10**24), where
    assert counted.n == n, where
    return 1
