# SPDX-License-Identifier: GPL-2.0-or-later
"""Texts of a posting: trailers and changes put into a commit message, changes into a letter."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.checks.changelogs import is_heading
from maintainer_kit.checks.placed_trailers import PlacedTrailer, placed_trailers

CUT = "---"
"""git am(1) drops what stands below such a line."""
_SIGN_OFF = "Signed-off-by"


def with_added(message: str, trailers: Sequence[str], notes: str) -> str:
    """A commit message with more trailers, and with notes that are not to be committed.

    Trailers go above the sign-off that ends the block: whoever signs it has seen them.
    """
    lines = message.rstrip("\n").split("\n")
    cut = next((at for at, line in enumerate(lines) if line == CUT), len(lines))
    body, below = lines[:cut], lines[cut + 1 :]
    while body and not body[-1].strip():
        body.pop()
    if trailers:
        body = _with_trailers(body, trailers)
    if notes:
        below = [*notes.rstrip("\n").split("\n"), *(["", *below] if below else [])]
    tail = [CUT, *below] if below else []
    # A message without a body has its title alone above the line.
    gap = [""] if tail and len(body) == 1 else []
    return "\n".join((*body, *gap, *tail)) + "\n"


def _with_trailers(lines: list[str], trailers: Sequence[str]) -> list[str]:
    # The title is no trailer, whatever it looks like.
    block = [one for one in placed_trailers(lines[1:]) if one.in_block]
    if not block:
        return [*lines, "", *trailers]
    at = _place(block) + 1
    return [*lines[:at], *trailers, *lines[at:]]


def _place(block: Sequence[PlacedTrailer]) -> int:
    last = block[-1]
    return last.index if last.name == _SIGN_OFF else last.index + last.count


def with_changes(text: str, changes: str, revision: int) -> str:
    """A cover letter with the changes of a revision, above those of the ones before it.

    One that tells the changes of this revision already is left as it is.
    """
    lines = text.rstrip("\n").split("\n") if text.strip() else []
    while lines and lines[-1].strip() in ("", CUT):
        lines.pop()
    heading = changes_heading(revision)
    if not changes or any(_is_heading_of(line, heading) for line in lines):
        return "\n".join(lines)
    at = next((at for at, line in enumerate(lines) if is_heading(line)), None)
    if at is None:
        cut = [] if CUT in lines else [CUT]
        return "\n".join((*lines, "", *cut, changes))
    return "\n".join((*lines[:at], changes, "", *lines[at:]))


def changes_heading(revision: int) -> str:
    return f"Changes in v{revision}:"


def _is_heading_of(line: str, heading: str) -> bool:
    return line.strip().lower() == heading.lower()


def split_letter(text: str) -> tuple[str, str]:
    """Title and text of a letter that is kept as one: the first paragraph, and what follows."""
    title, _, rest = text.strip("\n").partition("\n\n")
    return " ".join(title.split()), rest.strip("\n").rstrip()
