"""What an estimate says of work that goes on already, and what counts as one width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.durations import (
    DurationEstimate,
    DurationSource,
    SizeClass,
    size_class,
)

WHOLE = st.integers(60, 20_000)


def estimate(p50_s: int, p90_s: int) -> DurationEstimate:
    """Return an estimate."""
    return DurationEstimate(p50_s, p90_s, DurationSource.PRESET)


def test_who_has_not_begun_is_late_after_p90() -> None:
    """Nothing worked yet: nine of ten keep p90, by definition."""
    assert estimate(3600, 5400).latest_s() == 5400
    assert estimate(3600, 5400).latest_s(1.0) == pytest.approx(5400, rel=0.01)


def test_who_is_over_the_median_needs_longer() -> None:
    """Nine of ten of the slower half keep the 95th percentile of all: 1.64 deviations, not 1.28."""
    half = estimate(3600, 5400).latest_s(3600)
    assert half == pytest.approx(3600 * 1.5 ** (1.6449 / 1.2816), rel=0.001)


@given(p50_s=WHOLE, wider=st.floats(1.0, 5.0), worked=st.lists(st.floats(0, 1e6), min_size=2))
def test_more_work_done_never_ends_earlier(p50_s: int, wider: float, worked: list[float]) -> None:
    """Never before now, however far out in the tail, and without spread at once."""
    one = estimate(p50_s, round(p50_s * wider))
    found = [one.latest_s(w) for w in sorted(worked)]
    assert found == sorted(found)
    assert all(end >= w for w, end in zip(sorted(worked), found, strict=True))
    assert estimate(p50_s, p50_s).latest_s(worked[0]) == max(float(p50_s), worked[0])


def test_widths_are_parted_as_the_preset_table_parts_them() -> None:
    """DN200 and DN400 begin a class."""
    classes = [size_class(d) for d in (0.0, 0.199, 0.2, 0.399, 0.4, 1.2)]
    small, medium, large = SizeClass.SMALL, SizeClass.MEDIUM, SizeClass.LARGE
    assert classes == [SizeClass.NONE, small, medium, medium, large, large]
