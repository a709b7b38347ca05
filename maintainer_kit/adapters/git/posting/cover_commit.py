# SPDX-License-Identifier: GPL-2.0-or-later
"""Where ``b4 prep`` keeps a cover letter, and what it tracks of a series as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from maintainer_kit.workflow.posting.branch import Tracked

_MARK = "--- b4-submit-tracking ---"
_CHANGE_ID = re.compile(r"[!-~]{1,200}")
_LARGE = 1 << 20
_MOST = 99


def split_cover(message: str) -> tuple[str, Tracked] | None:
    """The cover letter in a commit's message; None where the commit is another."""
    text, mark, kept = message.partition(f"\n{_MARK}\n")
    if not mark:
        return None
    return _plain(text), _tracked(kept[kept.find("{") :] if "{" in kept else "")


def b4_description(text: str, kept: str) -> tuple[str, Tracked]:
    """The same from a branch's description and its setting ``b4-tracking``."""
    return (_plain(text) if kept else text.strip()), _tracked(kept)


def _plain(text: str) -> str:
    """Without the lines that b4 takes for comments; a quoted ``>#`` is a ``#``."""
    lines = [one for one in text.split("\n") if not one.startswith("#")]
    return "\n".join(one[1:] if one.startswith(">#") else one for one in lines).strip()


def _tracked(kept: str) -> Tracked:
    """What of it can be understood: anybody may have written it."""
    try:
        found = json.loads(kept[:_LARGE]) if kept else {}
    except (ValueError, RecursionError):
        return Tracked()
    series = found.get("series") if isinstance(found, dict) else None
    if not isinstance(series, dict):
        return Tracked()
    change_id, revision = series.get("change-id"), series.get("revision")
    return Tracked(
        change_id if isinstance(change_id, str) and _CHANGE_ID.fullmatch(change_id) else "",
        revision if isinstance(revision, int) and 0 < revision <= _MOST else 0,
        _words(series.get("prefixes")),
        _posted(series.get("history")),
    )


def _words(found: Any) -> tuple[str, ...]:
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def _posted(history: Any) -> tuple[str, ...]:
    if not isinstance(history, Mapping):
        return ()
    return tuple(one for ids in history.values() for one in _words(ids))
