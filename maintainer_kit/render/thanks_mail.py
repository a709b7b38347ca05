# SPDX-License-Identifier: GPL-2.0-or-later
"""The words of a mail of thanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from maintainer_kit.model.mail.text import storable, visible_line
from maintainer_kit.model.message.message import Message
from maintainer_kit.workflow.thanking.facts import SHOWN, Applied, Thanks

_USUAL = "Applied to {tree} ({branch}), thanks!\n\n{applied}\n\n{missing}"
"""Our own reader knows tree and branch by these words, and each commit by the lines below."""
_FIELD = re.compile(r"(\{[a-z]{1,20}\})")
_BLANKS = re.compile(r"\n{3,}")
_INDENT = " " * 6
_LONGEST = 300


def thanks_words(thanks: Thanks, template: str, lists: Sequence[str]) -> str:
    """The text below the quote. A template may hold ``{tree}``, ``{branch}``, ``{author}``,
    ``{subject}``, ``{lists}``, ``{applied}`` and ``{missing}``; what was applied is always told."""
    template = template.strip("\n") or _USUAL
    if "{applied}" not in template:
        template = f"{template}\n\n{{applied}}\n\n{{missing}}"
    values = _values(thanks, lists)
    text = "".join(values.get(part, part) for part in _FIELD.split(template))
    return _BLANKS.sub("\n\n", text).strip("\n")


def _values(thanks: Thanks, lists: Sequence[str]) -> dict[str, str]:
    """By field; what a mail says is put in as it is, and never looked through for fields."""
    head = thanks.head
    return {
        "{tree}": _line(thanks.tree.name),
        "{branch}": _line(thanks.tree.branch),
        "{author}": _line(head.submitter.name or head.submitter.address),
        "{subject}": _line(head.full_subject),
        "{lists}": _line(", ".join(lists)),
        "{applied}": "\n".join(_applied(thanks)),
        "{missing}": "\n".join(_missing(thanks.missing)),
    }


def _applied(thanks: Thanks) -> Iterator[str]:
    for one in thanks.applied:
        yield _listed(one.message)
        yield _INDENT + _commit(thanks.tree.url, one.commit)
        yield from (f"{_INDENT}({words})" for words in _changed(one))


def _commit(url: str, commit: str) -> str:
    if url:
        return url.replace("{commit}", commit)
    return f"commit: {commit[:SHOWN]}"


def _changed(one: Applied) -> Iterator[str]:
    if one.title:
        yield f"as: {_line(one.title)}"
    if one.is_edited:
        yield "with changes to the patch"


def _missing(patches: Sequence[Message]) -> Iterator[str]:
    if patches:
        yield "Not in this branch:"
        yield from map(_listed, patches)


def _listed(patch: Message) -> str:
    """``[2/5] fs: fix it``: with a number our reader tells which patch is meant."""
    subject = patch.subject
    return f"[{subject.number or 1}/{subject.total or 1}] {_line(subject.title)}"


def _line(value: str) -> str:
    return " ".join(storable(visible_line(value)).split())[:_LONGEST]
