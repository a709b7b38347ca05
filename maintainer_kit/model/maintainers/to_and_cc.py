# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is asked to take a patch, and who is only shown it."""

from __future__ import annotations

from collections.abc import Container, Iterable

from maintainer_kit.model.maintainers.recipient import BLAMED, IN_FILE, Recipient, Recipients

_SHOWN = frozenset({"reviewer", IN_FILE, BLAMED})


def to_and_cc(
    recipients: Iterable[Recipient], own: Container[str], wide: Container[str]
) -> Recipients:
    """Part the recipients, as the kernel's guide to submitting patches has it.

    To: maintainers of the files, and the lists of the sections in ``own``: those that name one of
    the files most precisely. Cc: reviewers, other lists, who is named in a file or found by a
    word, and the people of the sections in ``wide``, which take in every file. Where nobody would
    be left for To, everybody is.
    """
    to: list[Recipient] = []
    cc: list[Recipient] = []
    for one in recipients:
        (to if _is_asked(one, own, wide) else cc).append(one)
    return Recipients(tuple(to), tuple(cc)) if to else Recipients(tuple(cc), ())


def _is_asked(one: Recipient, own: Container[str], wide: Container[str]) -> bool:
    if one.role in _SHOWN or one.pattern.startswith("K:"):
        return False
    return one.section in own or not (one.is_list or one.section in wide)
