# SPDX-License-Identifier: GPL-2.0-or-later
"""Answers that no person wrote: "I am out of office until Monday"."""

from __future__ import annotations

import re

from maintainer_kit.model.mail.mail import Mail

_SUBJECT = re.compile(
    r"(?i)^\W{0,3}(?:(?:re|aw)\s*:\s*)?(?:auto(?:matic|mated)?[- ]?(?:reply|response|answer)|"
    r"out[- ]of[- ](?:the[- ])?office|automatische antwort|abwesenheitsnotiz|"
    r"r[\u00e9e]ponse automatique|\u81ea\u52a8\u56de\u590d|\u81ea\u52d5\u56de\u8986)"
)
_BULK = frozenset({"auto_reply", "auto-reply"})


def is_automatic(mail: Mail) -> bool:
    """Whether a reply was sent by a program in somebody's absence, or is a bounce (RFC 3834)."""
    headers = mail.headers
    if "auto-submitted" in headers:
        told = mail.header("auto-submitted").strip().lower()
        if told.startswith("auto-replied"):
            return True
    if "x-autoreply" in headers or "x-autorespond" in headers or "x-autoresponder" in headers:
        return True
    if "precedence" in headers and mail.header("precedence").strip().lower() in _BULK:
        return True
    if mail.raw_header("content-type").lower().startswith("multipart/report"):
        return True
    return _SUBJECT.match(mail.header("subject")) is not None
