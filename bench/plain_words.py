# SPDX-License-Identifier: GPL-2.0-or-later
"""What a reply says, judged by its own lines: a comment, word that it was taken, or neither."""

from __future__ import annotations

import re

_TRAILER = re.compile(r"[A-Z][A-Za-z]*(?:-[A-Za-z]+)*-by: .*@|(?:Link|Cc|Fixes): ")
_GIVES = re.compile(r"^(?:Reviewed|Acked|Tested)-by: .*@", re.MULTILINE)
_ATTRIBUTION = re.compile("(?:wrote|writes|写道)\\s*[:\N{FULLWIDTH COLON}]\\s*$")
_POLITE = re.compile(
    r"\b(?:hi|hello|hey|dear|all|folks|thanks?(?: you)?(?: (?:a lot|so much|again))?|thx|cheers"
    r"|(?:best |kind )?regards|lgtm|looks? (?:good|great|fine)(?: to me)?)\b[^\n?]{0,30}$",
    re.IGNORECASE | re.MULTILINE,
)
_TAKEN = re.compile(
    r"(?<!be )(?<!not )(?<!get )\b(?:applied|queued|merged|picked (?:it |this |them )?up)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:if|once|when|after|before|until|should|will|can|could|cannot)\b|\?", re.IGNORECASE
)
_WITHDRAWN = re.compile(
    r"\b(?:please (?:ignore|drop|discard)|(?:i(?:'ll)?|will) (?:drop|withdraw)|self[- ]nack)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]")
_FEW = 8


def own_lines(text: str) -> list[str]:
    """Those that the writer wrote: no quotes with their attribution, no trailers, no signature."""
    lines: list[str] = []
    for line in text.split("\n"):
        if line.rstrip() == "--":
            break
        if line.startswith(">"):
            while lines and not lines[-1].strip():
                lines.pop()
            _drop_attribution(lines)
        elif not _TRAILER.match(line):
            lines.append(line)
    return lines


def _drop_attribution(lines: list[str]) -> None:
    """Take away ``On such a day somebody wrote:``, which may be two lines."""
    if not lines or not _ATTRIBUTION.search(lines[-1]):
        return
    lines.pop()
    if lines and re.match(r"(?:On|在) .*\d", lines[-1]):
        lines.pop()


def is_comment(text: str) -> bool:
    """Whether a reviewer says more than thanks, and gives no tag that says "good"."""
    if _GIVES.search(text):
        return False
    said = _POLITE.sub("", "\n".join(own_lines(text)))
    return len(_LETTERS.findall(said)) > _FEW


def is_taken(text: str) -> bool:
    """Whether somebody says that it was applied."""
    return any(_TAKEN.search(line) and not _UNSURE.search(line) for line in own_lines(text))


def is_withdrawn(text: str) -> bool:
    """Whether an author takes a posting back."""
    return any(_WITHDRAWN.search(line) for line in own_lines(text))
