"""One number is one number: the sentence, the drawn bar and the native chart round alike."""

from __future__ import annotations

from decimal import Decimal

import pytest

import gallery
from planwerk import formats
from planwerk.render.lower import written

GERMAN = {**gallery.LABELS, "decimal_comma": ","}


@pytest.mark.parametrize("decimals", [0, 1])
def test_charts_say_what_sentences_say(decimals: int) -> None:
    for tenths in range(-4000, 4000, 5):
        value = Decimal(tenths) / 20
        said = formats.number(value, "de", decimals)
        assert written(float(value), decimals, GERMAN) == said


def test_what_is_rounded_to_zero_has_no_sign() -> None:
    assert formats.number(Decimal("-0.0024"), "de", 2) == "0,00"
    assert written(-0.4, 0, GERMAN) == "0"


def test_halves_are_rounded_away_from_zero_and_sums_carry_no_dust() -> None:
    assert [written(v, 0, GERMAN) for v in (56.5, 57.5, -0.5)] == ["57", "58", "−1"]
    assert written(0.1 + 0.2 + 0.2, 0, GERMAN) == "1"
    assert written(12498.0, 0, GERMAN) == "12.498"
    assert written(None, 0, GERMAN) == GERMAN["unknown"]
