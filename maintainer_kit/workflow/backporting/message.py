# SPDX-License-Identifier: GPL-2.0-or-later
"""The message of a backport: the same, with the upstream commit and its own sign-off."""

from __future__ import annotations

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.commit_words import upstream_of
from maintainer_kit.workflow.applying.message import signed

UPSTREAM, COMMIT = "upstream", "commit"
"""``[ Upstream commit SHA ]``, or ``commit SHA upstream.``"""
FORMS = (UPSTREAM, COMMIT)


def backport_message(message: str, upstream: str, form: str, signer: Person | None) -> str:
    """The message, ended by a newline. A commit that is a copy itself names its upstream commit
    already, and names no second one."""
    title, _, body = message.strip("\n").partition("\n\n")
    named = [] if upstream_of(message) else [_line(upstream, form)]
    below = "\n\n".join([*named, *([body.strip("\n")] if body.strip() else [])])
    lines = signed(below.split("\n") if below else [], [], signer)
    return "\n".join([title, *([""] if lines else []), *lines]) + "\n"


def _line(upstream: str, form: str) -> str:
    return f"commit {upstream} upstream." if form == COMMIT else f"[ Upstream commit {upstream} ]"
