# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails of a stable review: a release candidate of a stable kernel, patch by patch.

The cover letter calls it ``6.1.73-rc1 review`` and says until when answers are taken; each patch
begins with ``6.1-stable review patch.`` above a rule, and only below it with the author's From:.
In some years, and with some maintainers, that notice is left out.
"""

from __future__ import annotations

import re

from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.date import is_credible, read_date
from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.message.subject import Subject

_TITLE = lazy_pattern(r"^v?(\d+\.\d+(?:\.\d+)*-rc\d+)(?: stable)? review$", re.IGNORECASE)
_PATCH = lazy_pattern(r"^(\d+\.\d+[\w.]*(?:-rc\d+)?)(?:-stable|-longterm|-longrun)? review patch\.")
_RULE = lazy_pattern(r"^-{10,}[ \t]*\n", re.MULTILINE)
_UNTIL = lazy_pattern(
    r"^[> ]{0,4}Responses should be made by[ \t]+(.{10,60}?)[.]?[ \t]*$", re.MULTILINE
)
_UPSTREAM = lazy_pattern(
    r"^(?:\[ Upstream commit [0-9a-f]{12,64} \]|commit [0-9a-f]{12,64} upstream\b)",
    re.MULTILINE | re.IGNORECASE,
)
_TREE = lazy_pattern(r"^\d+\.\d+$")
_MANY = 20
"""Backports that somebody proposes come in fewer patches."""
_WEEKDAY = lazy_pattern(r"^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?[ \t]+")
_TOP = 400


def review_of(mail: Mail, subject: Subject, text: str) -> str:
    """What a mail puts under review: ``6.1.73-rc1`` of a cover letter, ``6.1`` of a patch; empty
    for other mail."""
    if subject.is_reply or subject.number is None or not subject.tags:
        return ""
    if subject.number == 0:
        found = _TITLE.match(subject.title)
        return found[1] if found else ""
    top = text[:_TOP].lstrip()
    found = _PATCH.match(top) if " review patch." in top else None
    return found[1] if found else _tree_without_notice(mail, subject, text)


def _tree_without_notice(mail: Mail, subject: Subject, text: str) -> str:
    """The tree of a long posting of other people's commits, sent by the tools of the stable
    maintainers and by nothing else."""
    tree = subject.tags[0]
    if len(subject.tags) > 1 or not _TREE.match(tree) or subject.revision > 1:
        return ""
    if (subject.total or 0) < _MANY or not _UPSTREAM.search(text[: 2 * _TOP]):
        return ""
    is_quilt = mail.header("user-agent").lower().startswith("quilt/")
    return tree if is_quilt or mail.header("x-patchwork-hint").lower() == "ignore" else ""


def below_notice(text: str) -> str:
    """A review patch's text below its notice, where the commit message begins."""
    found = _RULE.search(text, 0, 2000) if _PATCH.match(text[:_TOP].lstrip()) else None
    return text[found.end() :] if found else text


def deadline_of(text: str) -> int:
    """The date until which a stable review asks for answers; 0 without one."""
    found = _UNTIL.search(text[:20_000]) if "Responses should be made by" in text else None
    if not found:
        return 0
    # Older ones write "Fri Jul 22 12:00:00 UTC 2016", newer ones a date as of RFC 5322.
    seconds = read_date(found[1])
    if seconds is None:
        seconds = read_date(_WEEKDAY.sub("", found[1]))
    return seconds if seconds is not None and is_credible(seconds) else 0
