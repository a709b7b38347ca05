# SPDX-License-Identifier: GPL-2.0-or-later
"""What all our JSON has in common: the version of the contract, times, what terminals obey."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from maintainer_kit.lazy.pattern import lazy_pattern

Json = dict[str, Any]

SCHEMA = 1
_DAY = 86400

# DEL, C1 controls and what reorders or hides text; json.dumps escapes the C0 controls itself.
_OBEYED = lazy_pattern(r"[\x7f-\x9f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]")


def envelope(**fields: Any) -> Json:
    """One object of the contract, with its version."""
    return {"schema": SCHEMA, **fields}


def dumps(value: Json) -> str:
    """One line of JSON; characters as they are, those that a terminal would obey escaped."""
    return escaped(json.dumps(value, ensure_ascii=False))


def escaped(text: str) -> str:
    """JSON without characters that a terminal would obey."""
    if text.isascii() and "\x7f" not in text:
        return text
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def error_json(message: str, hint: str | None) -> Json:
    return envelope(error={"message": message, "hint": hint})


def utc(seconds: int) -> str | None:
    """ISO 8601 in UTC with ``Z``; None where a mail says no date."""
    if not seconds:
        return None
    days, rest = divmod(seconds, _DAY)
    minutes, second = divmod(rest, 60)
    return f"{_day(days)}T{minutes // 60:02}:{minutes % 60:02}:{second:02}Z"


@lru_cache(maxsize=4096)
def _day(days: int) -> str:
    """The date that many days after the epoch."""
    return datetime.fromtimestamp(days * _DAY, UTC).isoformat()[:10]
