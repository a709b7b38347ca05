# SPDX-License-Identifier: GPL-2.0-or-later
"""The mark of the last digest, in a file of the home: one line of JSON, then the mails it knew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from maintainer_kit.adapters.durable import replace_file
from maintainer_kit.errors import StateError
from maintainer_kit.workflow.digest.mark import SIZE
from maintainer_kit.workflow.digest.parts import Mark

NAME = "digest-mark"
_VERSION = 1


def read_mark(home: Path) -> Mark | None:
    """None before the first digest, and for a file that cannot be understood: then the next digest
    is as the first one was."""
    try:
        head, _, known = (home / NAME).read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StateError(f"{home / NAME}: {error.strerror}", "mkit doctor") from error
    fields = _fields(head)
    if not fields or len(known) != SIZE * fields["mails"]:
        return None
    mails = frozenset(known[at : at + SIZE] for at in range(0, len(known), SIZE))
    return Mark(fields["time"], mails, frozenset(fields["woken"]), fields["tags"])


def _fields(head: bytes) -> dict[str, Any] | None:
    try:
        fields = json.loads(head)
    except ValueError:
        return None
    kinds = {"version": int, "time": int, "mails": int, "woken": list, "tags": dict}
    if not isinstance(fields, dict) or fields.get("version") != _VERSION:
        return None
    if not all(isinstance(fields.get(name), kind) for name, kind in kinds.items()):
        return None
    words = (*fields["woken"], *fields["tags"].values())
    return fields if all(isinstance(word, str) for word in words) else None


def write_mark(home: Path, mark: Mark) -> None:
    """Put a mark in the place of the last one, whole or not at all."""
    head = {
        "version": _VERSION,
        "time": mark.time,
        "mails": len(mark.known),
        "woken": sorted(mark.woken),
        "tags": dict(mark.tags),
    }
    data = json.dumps(head).encode() + b"\n" + b"".join(sorted(mark.known))
    try:
        replace_file(home / NAME, data)
    except OSError as error:
        raise StateError(
            f"{home / NAME}: {error.strerror}; the next digest tells the same again", "mkit doctor"
        ) from error
