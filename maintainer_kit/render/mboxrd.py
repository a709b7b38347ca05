# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails as an mbox whose quoting can be taken back: mboxrd, as archives give it."""

from __future__ import annotations

import re

_SEPARATOR = b"From mboxrd@z Thu Jan  1 00:00:00 1970\n"
"""What public-inbox writes: who sent it and when stands in the mail itself."""
_TO_QUOTE = re.compile(rb"^(>*From )", re.MULTILINE)


def mboxrd(raw: bytes) -> bytes:
    """One mail's part of an mbox."""
    quoted = _TO_QUOTE.sub(rb">\1", raw) if _may_separate(raw) else raw
    end = b"\n" if raw.endswith(b"\n") else b"\n\n"
    return b"".join((_SEPARATOR, quoted, end))


def _may_separate(raw: bytes) -> bool:
    """Whether a line looks like a separator, or like a quoted one. Few do, and to look for the
    words takes a tenth of the time of going through all lines."""
    if b"From " not in raw:
        return False
    return raw.startswith(b"From ") or b"\nFrom " in raw or b">From " in raw
