# SPDX-License-Identifier: GPL-2.0-or-later
"""How times are spread, in words."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median


def p95(times: Sequence[float]) -> float:
    """The 95th percentile, by nearest rank."""
    return sorted(times)[min(len(times) - 1, len(times) * 95 // 100)]


def told(label: str, times: Sequence[float], what: str, limit: float) -> str:
    """In milliseconds; ``times`` are seconds, ``what`` says of what, ``limit`` is in ms."""
    return (
        f"{label}: {len(times)} {what}, median {median(times) * 1000:.1f} ms,"
        f" p95 {p95(times) * 1000:.1f} ms, worst {max(times) * 1000:.1f} ms (limit {limit:.0f})"
    )
