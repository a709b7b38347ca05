# SPDX-License-Identifier: GPL-2.0-or-later
"""The message of a backport: the same, with the upstream commit and its own sign-off."""

from __future__ import annotations

import re

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.commit_words import upstream_of

UPSTREAM, COMMIT = "upstream", "commit"
"""``[ Upstream commit SHA ]``, or ``commit SHA upstream.``"""
FORMS = (UPSTREAM, COMMIT)
_TRAILER = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9-]{1,40}: \S|\[[^\]\n]{1,200}\]$|\(cherry picked from )"
)


def backport_message(message: str, upstream: str, form: str, signer: Person | None) -> str:
    """The message, ended by a newline. A commit that is a copy itself names its upstream commit
    already, and names no second one."""
    title, _, body = message.strip("\n").partition("\n\n")
    parts = [title] if upstream_of(message) else [title, _line(upstream, form)]
    text = "\n\n".join([*parts, *([body.strip("\n")] if body.strip() else [])])
    return _signed(text, signer) + "\n"


def _line(upstream: str, form: str) -> str:
    return f"commit {upstream} upstream." if form == COMMIT else f"[ Upstream commit {upstream} ]"


def _signed(text: str, signer: Person | None) -> str:
    if signer is None:
        return text
    line = f"Signed-off-by: {signer.name} <{signer.address}>"
    last = text.rstrip("\n").rpartition("\n")[2]
    if last == line:
        return text
    is_below = "\n\n" in text and _TRAILER.match(last) and not last.startswith("[ Upstream")
    return f"{text}{'' if is_below else chr(10)}\n{line}"
