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
_SENDER = re.compile(
    r"(?i)^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|notifications?)\b"
)
_BULK = frozenset({"auto_reply", "auto-reply"})
_RESPONDERS = ("x-autoreply", "x-autorespond", "x-autoresponder")


def is_automatic(mail: Mail, subject: str) -> bool:
    """Whether a reply was sent by a program in somebody's absence, or is a bounce (RFC 3834)."""
    headers = mail.headers
    if any(name in headers for name in _RESPONDERS) or _told(mail).startswith("auto-replied"):
        return True
    if "precedence" in headers and mail.header("precedence").strip().lower() in _BULK:
        return True
    return _is_bounce(mail) or _SUBJECT.match(subject) is not None


def is_generated(mail: Mail, address: str) -> bool:
    """Whether mail of this sender that answers nothing is a program's, as bounces are, which are
    full of errors: by its headers, or because nobody reads what is sent to its address."""
    if _SENDER.match(address) or _told(mail) not in ("", "no"):
        return True
    return is_automatic(mail, mail.header("subject"))


def _told(mail: Mail) -> str:
    if "auto-submitted" not in mail.headers:
        return ""
    return mail.header("auto-submitted").strip().lower()


def _is_bounce(mail: Mail) -> bool:
    """RFC 6522."""
    return mail.raw_header("content-type").lower().startswith("multipart/report")
