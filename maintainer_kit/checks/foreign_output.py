# SPDX-License-Identifier: GPL-2.0-or-later
"""What other checkers print, read line by line; what is in no known form is passed over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.foreign import Form, Said

_MOST_LINES = 20_000
_LONGEST = 2000
_MESSAGE = 300

_CHECKPATCH = re.compile(
    r"(?:(?P<file>[^:]{1,4096}):(?P<line>\d{1,9}): )?"
    r"(?P<level>ERROR|WARNING|CHECK):(?P<kind>[A-Z0-9_]{1,60}): (?P<text>.*)"
)
_COMMON = re.compile(r"(?P<file>[^:\s]{1,4096}):(?P<line>\d{1,9})(?::\d{1,6})?:[ \t]?(?P<text>.*)")
_LEVEL = re.compile(r"(?P<level>[A-Za-z]{3,12}):[ \t]{0,4}")
_ID = re.compile(r"[A-Za-z0-9][\w.+-]{0,60}")

_LEVELS = {
    "fatal": Severity.ERROR,
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "warn": Severity.WARNING,
    "check": Severity.INFO,
    "hint": Severity.INFO,
    "info": Severity.INFO,
    "note": Severity.INFO,
    "style": Severity.INFO,
}
_UNNAMED = "finding"
TYPO = "typo"


def read_output(form: Form, output: str) -> Iterator[Said]:
    """All that a tool said, in its order."""
    read = _READERS[form]
    for line in output.split("\n", _MOST_LINES)[:_MOST_LINES]:
        said = read(line.rstrip("\r")[:_LONGEST])
        if said is not None:
            yield said


def _checkpatch(line: str) -> Said | None:
    """Of ``checkpatch.pl --terse --show-types``."""
    found = _CHECKPATCH.fullmatch(line)
    if found is None:
        return None
    return Said(
        found["file"] or "",
        int(found["line"] or 0),
        found["kind"],
        _LEVELS[found["level"].lower()],
        _short(found["text"]),
    )


def _codespell(line: str) -> Said | None:
    """``FILE:LINE: wrong ==> right, or right | why``."""
    found = _COMMON.fullmatch(line)
    if found is None:
        return None
    word, arrow, right = found["text"].partition(" ==> ")
    if not arrow:
        return None
    message = f"{word!r} is probably a typo of {right.strip().rstrip(',')}"
    severity = Severity.INFO
    return Said(found["file"], int(found["line"]), TYPO, severity, _short(message), word)


def _common(line: str) -> Said | None:
    found = _COMMON.fullmatch(line)
    if found is None:
        return None
    text = found["text"].strip()
    severity = Severity.WARNING
    level = _LEVEL.match(text)
    if level is not None and level["level"].lower() in _LEVELS:
        severity = _LEVELS[level["level"].lower()]
        text = text[level.end() :]
    text, kind = _named(text)
    return Said(found["file"], int(found["line"]), kind, severity, _short(text)) if text else None


def _named(text: str) -> tuple[str, str]:
    """The message and the id in brackets behind it."""
    head, bracket, tail = text.rpartition(" [")
    if bracket and tail.endswith("]") and _ID.fullmatch(tail[:-1]):
        return head.rstrip(), tail[:-1]
    return text, _UNNAMED


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _MESSAGE else f"{words[:_MESSAGE]}..."


_READERS: Mapping[Form, Callable[[str], Said | None]] = {
    Form.CHECKPATCH: _checkpatch,
    Form.CODESPELL: _codespell,
    Form.COMMON: _common,
}
