# SPDX-License-Identifier: GPL-2.0-or-later
"""What was once found of signatures: JSON lines that are only added to.

``{"mail": SHA-256 of the file's bytes, "kind": ..., "verdict": ..., "identity": ..., "why": ...,
"key": ..., "signed": ..., "seen": ...}``; of several of a mail and a kind the last one counts.
``{"index": uuid, "through": number}`` tells up to which change of an index new mail was looked at.
None of it is derived: keys of DKIM leave the name service.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from maintainer_kit.adapters.journal import FileJournal
from maintainer_kit.errors import StateError
from maintainer_kit.workflow.attested import Kept
from maintainer_kit.workflow.orders.attestation import Attestation, Verdict

NAME = "attestations.jsonl"
_START = b'{"mail":"'
_DIGITS = 64


class KeptAttestations:
    """Implements the port ``AttestationStore``."""

    def __init__(self, home: Path) -> None:
        self._file = FileJournal(home / NAME)

    def find(self, marks: Collection[str]) -> dict[str, dict[str, Kept]]:
        """What is known of these mails, by mark and kind; lines that mean nothing are passed
        over."""
        wanted = {one.encode() for one in marks}
        found: dict[str, dict[str, Kept]] = {}
        for line in self._file.lines():
            if line[len(_START) : len(_START) + _DIGITS] in wanted and (kept := _load(line)):
                mark, one = kept
                found.setdefault(mark, {})[one.attestation.kind] = one
        return found

    def add(self, found: Sequence[tuple[str, Kept]]) -> None:
        """Durable when it returns."""
        self._append([_dump(mark, one) for mark, one in found])

    def looked_through(self, uuid: str) -> int:
        """Up to which modification number of that index new mail was looked at; 0 for none."""
        start = _compact({"index": uuid})[:-1]
        lines = (line for line in reversed(self._file.lines()) if line.startswith(start))
        return next((number for number in map(_through, lines) if number is not None), 0)

    def set_looked_through(self, uuid: str, number: int) -> None:
        self._append([_compact({"index": uuid, "through": number})])

    def _append(self, lines: Sequence[bytes]) -> None:
        try:
            self._file.append_all(lines)
        except StateError as error:
            words = error.message.removesuffix("; nothing was decided")
            raise StateError(f"{words}; what signatures say was not kept", "mkit doctor") from error


def _dump(mark: str, kept: Kept) -> bytes:
    one = kept.attestation
    fields = {
        "mail": mark,
        "kind": one.kind,
        "verdict": one.verdict.value,
        "identity": one.identity,
        "why": one.why,
        "key": one.key,
        "signed": one.time,
        "seen": kept.seen,
    }
    return _compact(fields)


def _compact(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, separators=(",", ":")).encode()


def _through(line: bytes) -> int | None:
    try:
        number = json.loads(line)["through"]
    except (ValueError, TypeError, KeyError):
        return None
    return number if type(number) is int else None


def _load(line: bytes) -> tuple[str, Kept] | None:
    try:
        fields: Any = json.loads(line)
        words = [fields[name] for name in ("mail", "kind", "identity", "why", "key")]
        numbers = [fields[name] for name in ("signed", "seen")]
        verdict = Verdict(fields["verdict"])
    except (ValueError, TypeError, KeyError):
        return None
    if not all(isinstance(one, str) for one in words):
        return None
    if not all(type(one) is int for one in numbers):
        return None
    mark, kind, identity, why, key = words
    attestation = Attestation(kind, verdict, identity, why, time=numbers[0], key=key)
    return mark, Kept(attestation, numbers[1])
