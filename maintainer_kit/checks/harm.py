# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether mending changed more than it was to: the last look before anything is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from maintainer_kit.checks.finding import Edit, Part
from maintainer_kit.checks.patch import Patch, Role
from maintainer_kit.model.patch.patch_id import patch_id

IN_BODY_FROM = "From: "
_BETWEEN = re.compile(r"[\s<>,;:()\"]+")
_SIGNS = re.compile(r"[ \t]{0,8}[A-Za-z][A-Za-z -]{1,40}by[ \t]{0,4}:", re.IGNORECASE)
_OTHER = re.compile(r"[ \t]{0,8}(?:cc|to|from|date|link|closes|fixes)[ \t]{0,4}:", re.IGNORECASE)


def harm(before: Patch, after: Patch, expected: Patch | None, edits: Sequence[Edit]) -> str:
    """What is wrong with ``after``, in words; empty when nothing is.

    ``expected`` is how it was to read after ``edits``; None where it was only saved anew.
    """
    if before.role is not Role.OTHER and after.role is not before.role:
        return "it would not be read as a patch any more"
    if not any(edit.part is Part.DIFF for edit in edits) and not _same_diff(before, after):
        return "the diff would not be the same"
    if _is_broken(after) and not _is_broken(before):
        return "the diff would be broken"
    if signs(after) - named(before):
        return "it would sign in somebody's name"
    if names_author(edits) is None and after.author.key != before.author.key:
        return "it would have another author"
    if expected is None:
        return "" if after.title_line == before.title_line else "its subject would be another"
    return "" if _reads_as(after, expected, edits) else "it would be read differently"


def names_author(edits: Iterable[Edit]) -> Edit | None:
    """The edit that puts the author's From: at the top of the text."""
    for edit in edits:
        is_top = edit.part is Part.BODY and edit.first == 0 and edit.count == 0
        if is_top and edit.lines and edit.lines[0].startswith(IN_BODY_FROM):
            return edit
    return None


def signs(patch: Patch) -> Counter[str]:
    """Addresses of those that trailers speak for (``...-by:``): how often each."""
    return _addresses(line for line in patch.body if _SIGNS.match(line))


def named(patch: Patch) -> Counter[str]:
    """Addresses that stand where a misspelt trailer may be, how often each: not those of
    recipients."""
    whole = patch.mail.text.split("\n") if patch.mail else ()
    read, told = (
        _addresses(line for line in lines if not _OTHER.match(line))
        for lines in ((*patch.body, *patch.notes), whole)
    )
    # Above an attached diff stands what was not read as its message.
    return read | told


def _addresses(lines: Iterable[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in lines:
        if "@" in line:
            words = _BETWEEN.split(line[:2000].lower())
            found.update(one.strip(".") for one in words if "@" in one[1:])
    return found


def _same_diff(before: Patch, after: Patch) -> bool:
    old, new = before.diff_text, after.diff_text
    return old == new or (bool(new) and patch_id(old) == patch_id(new))


def _is_broken(patch: Patch) -> bool:
    return patch.diff is not None and bool(patch.diff.damage)


def _reads_as(after: Patch, expected: Patch, edits: Iterable[Edit]) -> bool:
    body: Sequence[str] = expected.body
    if (edit := names_author(edits)) and after.in_body.get("from"):
        body = body[len(edit.lines) :]
    return (
        after.title_line == " ".join(expected.title_line.split())
        and _trimmed(after.body) == _trimmed(body)
        and _trimmed(after.notes) == _trimmed(expected.notes)
        and after.diff_text.rstrip("\n") == expected.diff_text.rstrip("\n")
    )


def _trimmed(lines: Sequence[str]) -> list[str]:
    return "\n".join(lines).strip("\n").split("\n")
