# SPDX-License-Identifier: GPL-2.0-or-later
"""mboxrd files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC

from sample_mboxes.generator import headers
from sample_mboxes.generator.compose import Mail

_FROM = re.compile(rb"^(>*From )", re.MULTILINE)


def mbox(mails: Iterable[Mail]) -> bytes:
    """Mails by date; each line that looks like a separator gets one more `>`."""
    ordered = sorted(mails, key=lambda mail: (mail.date, mail.raw))
    return b"".join(_separator(mail) + _FROM.sub(rb">\1", mail.raw) + b"\n" for mail in ordered)


def _separator(mail: Mail) -> bytes:
    return f"From {mail.envelope} {headers.c_date(mail.date.astimezone(UTC))}\n".encode()
