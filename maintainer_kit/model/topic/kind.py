# SPDX-License-Identifier: GPL-2.0-or-later
"""What topics are about."""

from __future__ import annotations

from enum import StrEnum


class TopicKind(StrEnum):
    """What a row of the queue is about."""

    SERIES = "series"
    REPORT = "report"
    PULL_REQUEST = "pull-request"
    DISCUSSION = "discussion"
    STABLE_REVIEW = "stable-review"
    """A release candidate of a stable kernel, as one row."""
