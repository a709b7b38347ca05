# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether git mailinfo can turn the message of a mail into UTF-8, by the charset the mail names."""

from __future__ import annotations

from maintainer_kit.checks.mail_bytes import Text, text_of
from maintainer_kit.checks.patch import Patch
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.charset import decode, is_plain, lookup

_ODD = ("unknown charset", "bytes that its charset")
_CUTS = (b"\n---\n", b"\ndiff --git ", b"\n--- ")


@dataclass(frozen=True, slots=True)
class CharsetProblem:
    """What is wrong with the charset of a mail."""

    words: str
    is_fatal: bool
    """git am gives up on it; else it has to guess."""


_UNNAMED = CharsetProblem("the text has 8-bit bytes, and the mail names no charset", False)


def charset_problem(patch: Patch) -> CharsetProblem | None:
    """What is wrong with the charset of the text that holds the patch; None for a good one."""
    mail = patch.mail
    if mail is None:
        return None
    is_odd = any(one.startswith(_ODD) for one in mail.oddities)
    if mail.text.isascii() and not is_odd and b"unknown-8bit" not in patch.raw[:20_000]:
        return None
    text = text_of(patch)
    if text is None:
        return None
    label = text.form.charset
    # Python reads it as UTF-8; iconv, which git asks, does not know it.
    if label and (label == "unknown-8bit" or lookup(label) is None):
        return CharsetProblem(f"nobody knows a charset called '{label[:40]}'", True)
    found = _of_bytes(_above_diff(text), label)
    # A file gets its charset from git send-email; only bytes that are no UTF-8 matter there.
    return None if found is _UNNAMED and patch.message_id is None else found


def _of_bytes(message: bytes, label: str) -> CharsetProblem | None:
    if message.isascii():
        return None
    if "ascii" in label:
        return CharsetProblem(f"the text has 8-bit bytes, and its charset is {label}", True)
    if label and not is_plain(label):
        good = decode(message, label)[1]
        return None if good else CharsetProblem(f"the text is not in its charset {label}", True)
    if not decode(message, "utf-8")[1]:
        ending = "and the mail names no charset" if not label else "although the mail says so"
        return CharsetProblem(f"the text is not UTF-8, {ending}", False)
    if label:
        return None
    return _UNNAMED


def _above_diff(text: Text) -> bytes:
    """The message: what git converts. It leaves the diff as it is."""
    data = b"\n" + text.data.replace(b"\r\n", b"\n")
    cuts = (data.find(mark) for mark in _CUTS)
    return data[: min((cut for cut in cuts if cut >= 0), default=len(data))]
