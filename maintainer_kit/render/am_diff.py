# SPDX-License-Identifier: GPL-2.0-or-later
"""The diff of a mail in the bytes that its author had: git applies bytes, not characters."""

from __future__ import annotations

from maintainer_kit.checks.mail_bytes import returned_lines, text_of
from maintainer_kit.checks.mending import CannotMend
from maintainer_kit.checks.patch import Patch
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.render.plain_mail import plain_mail

_HEADER = lazy_pattern(r"diff --git |--- |\+\+\+ |@@ -")


def diff_bytes(patch: Patch) -> bytes:
    """From the diff's first line to the end of the text; empty where there is none.

    A carriage return that belongs to a line of the file stays; one that a mailer put at the end of
    all lines is gone.
    """
    returned = _own_returns(patch)
    if returned:
        return _with_returns(patch, returned)
    if patch.diff_text.isascii():
        return patch.diff_text.encode("ascii")
    return _as_it_came(patch)


def _own_returns(patch: Patch) -> frozenset[int]:
    """Lines that end in a carriage return; git writes none behind the header of a hunk."""
    found = frozenset(returned_lines(patch))
    if any(_HEADER.match(patch.diff_lines[at]) for at in found):
        return frozenset()
    return found


def _with_returns(patch: Patch, returned: frozenset[int]) -> bytes:
    """``returned_lines`` found them in these very bytes."""
    text = text_of(patch)
    count = len(patch.diff_lines)
    lines = text.data.split(b"\n")[-count:] if text else []
    if len(lines) < count:
        lines = [line.encode("utf-8", "replace") for line in patch.diff_lines]
    bare = (one.rstrip(b"\r") for one in lines)
    return b"\n".join(one + b"\r" if at in returned else one for at, one in enumerate(bare))


def _as_it_came(patch: Patch) -> bytes:
    """The file's own charset is not the message's, nor anybody's business."""
    read = patch.diff_text.encode("utf-8", "replace")
    if not patch.is_mail:
        return read
    try:
        lines = plain_mail(patch, patch.raw).split(b"\n")
    except CannotMend:
        return read
    return b"\n".join(lines[-len(patch.diff_lines) :])
