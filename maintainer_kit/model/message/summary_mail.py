# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that say which commits the patches of a series became: git-patchwork-bot's summaries, what
``b4 ty`` writes for a person, and pr-tracker-bot's answers to pull requests."""

from __future__ import annotations

import re

from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.message.announced import Announced
from maintainer_kit.model.message.commit_place import branch_of, tree_of
from maintainer_kit.model.message.commit_words import one_line
from maintainer_kit.model.message.identity import IDS, id_text

MOST = 200
_MAX_TEXT = 1 << 16
# "[1/2] TITLE", by patchwork "  - [v2,1/2] TITLE" or "  - TITLE", and the commit on the next line.
_ITEM = lazy_pattern(
    r"^[ \t]{0,8}(?P<dash>- )?(?:\[(?P<prefix>[^\]\n]{1,160})\][ \t]*)?(?P<title>\S[^\n]{0,600})\n"
    r"[ \t]{2,12}(?:commit:[ \t]*(?P<commit>[0-9a-f]{7,64})|(?P<url>https?://\S{1,500}))[ \t]*$",
    re.MULTILINE,
)
_SIGNS = ("commit:", "  http", "\thttp")
_NUMBER = lazy_pattern(r"(?:^|[ ,])(\d{1,4})/\d{1,4}$")
_LINKS = "Here is the summary with links:"
# Of cgit and its short links, gitweb, GitHub, GitLab; other addresses end in such numbers too.
_IN_URL = lazy_pattern(
    r"(?:/c/|/commits?/|(?:\.git\b|/commits?\b)\S{0,300}[?&;](?:id|h)=)([0-9a-f]{7,64})/?$"
)
# By patchwork, by b4 and by the templates that people make of it.
_APPLIED = lazy_pattern(
    r"^(?:(?:this|the following) [^\n]{1,60}?\b(?:was|were) )?applied to "
    r"(?P<tree>[^\s(),]{1,200}) \((?P<ref>[^)\s]{1,200})\)",
    re.MULTILINE | re.IGNORECASE,
)
_OF_TREE = lazy_pattern(
    r"^applied to (?:the )?(?P<ref>\S{1,200}) branch of (?:the )?(?P<tree>\S{1,200}) tree",
    re.MULTILINE | re.IGNORECASE,
)
_BROUGHT = lazy_pattern(
    r"^applied to\s{1,12}(?P<tree>[a-z+]{1,10}://\S{1,300})[ \t]{1,4}(?P<ref>[^\s,]{1,200})",
    re.MULTILINE | re.IGNORECASE,
)
_BRANCH = lazy_pattern(
    r"^applied to (?P<tree>)(?P<ref>[^\s(),]{1,200}), ", re.MULTILINE | re.IGNORECASE
)
_PLACES = (_APPLIED, _OF_TREE, _BROUGHT, _BRANCH)
_MERGE = "x-pr-merge-commit-id"
_ID = lazy_pattern(r"[0-9a-f]{12,64}")


def summed_up(text: str) -> tuple[Announced, ...]:
    """The commits in the list of such a summary, by the order of the list; none for other text.

    A list without numbers counts only as patchwork's bot introduces it.
    """
    text = text[:_MAX_TEXT]
    if not any(sign in text for sign in _SIGNS):
        return ()
    is_bots = _LINKS in text
    items = [one for one in _ITEM.finditer(text) if _number(one) or (is_bots and one["dash"])]
    if not items:
        return ()
    tree, ref = _place(text[: items[0].start()])
    found = (_announced(one, tree, ref) for one in items[:MOST])
    return tuple(dict.fromkeys(one for one in found if one.commit))


def _announced(item: re.Match[str], tree: str, ref: str) -> Announced:
    url = item["url"] or ""
    commit = item["commit"] or (named[1] if (named := _IN_URL.search(url)) else "")
    return Announced(commit, tree or tree_of(url), ref, one_line(item["title"]), _number(item))


def _number(item: re.Match[str]) -> int:
    """Of the patch; 0 where the list tells none, as for a cover letter."""
    found = _NUMBER.search(item["prefix"] or "")
    return int(found[1]) if found else 0


def _place(above: str) -> tuple[str, str]:
    """Tree and branch as the words above the list name them."""
    for pattern in _PLACES:
        if found := pattern.search(above):
            return tree_of(found["tree"]), branch_of(found["ref"])
    return "", ""


def pulled(mail: Mail) -> tuple[Announced, ...]:
    """The merge by which a pull request landed, as pr-tracker-bot's header fields name it; its
    parent is the commit that was pulled."""
    if _MERGE not in mail.headers:
        return ()
    merge = mail.header(_MERGE).strip()
    if not _ID.fullmatch(merge):
        return ()
    asked = IDS.search(mail.header("x-pr-tracked-message-id"))
    tip = mail.header("x-pr-tracked-commit-id").strip()
    return (
        Announced(
            merge,
            tree_of(mail.header("x-pr-merge-tree")),
            branch_of(mail.header("x-pr-merge-refname")),
            message_ids=(id_text(storable(asked[1])),) if asked else (),
            parent=tip if _ID.fullmatch(tip) else "",
        ),
    )
