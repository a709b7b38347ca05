# SPDX-License-Identifier: GPL-2.0-or-later
"""The mail that asks to pull, in the form of git-request-pull(1): readers are made for it."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.model.mail.text import count_of, storable
from maintainer_kit.model.reply.threading import clean_subject
from maintainer_kit.workflow.pull_request.facts import MergeTry, Offer, Point

RULE = "-" * 64
_MARK = "[GIT PULL]"
_MOST_NAMED = 50


def request_subject(offer: Offer) -> str:
    """By the tag's first line, else the branch's name."""
    title = offer.tag.title if offer.tag else ""
    return clean_subject(f"{_MARK} {title or offer.name}")


def request_form(offer: Offer, url: str) -> str:
    """What git request-pull would say."""
    blocks = [
        f"The following changes since commit {_point(offer.base)}",
        "are available in the Git repository at:",
        f"  {url} {offer.pulled_ref}",
        f"for you to fetch changes up to {_point(offer.tip)}",
    ]
    text = "\n\n".join(blocks) + f"\n\n{RULE}\n"
    if offer.tag:
        text += f"{offer.tag.message}\n{RULE}\n"
    if offer.description:
        text += (
            f"(from the branch description for {offer.name} local branch)\n\n"
            f"{offer.description.rstrip()}\n{RULE}\n"
        )
    return f"{text}{offer.shortlog}{offer.diffstat}"


def _point(point: Point) -> str:
    return f"{point.commit}:\n\n  {point.title} ({point.date})"


def request_text(offer: Offer, url: str, words: str, tried: MergeTry) -> str:
    """The whole of the mail: one's own words, what upstream will meet, the form."""
    above = [one.strip("\n").rstrip() for one in (words, conflict_words(offer, tried)) if one]
    blocks = [*(one for one in above if one.strip()), request_form(offer, url)]
    return storable("\n\n".join(blocks)).replace("\0", "").rstrip("\n") + "\n"


def conflict_words(offer: Offer, tried: MergeTry) -> str:
    """What whoever pulls has to know of a merge; empty where it is clean."""
    if tried.is_clean:
        return ""
    head = (
        f"Merging this into {offer.upstream.name} as of {offer.upstream.tip.commit[:12]} leaves"
        f" {count_of(len(tried.conflicts), 'file')} in conflict:"
    )
    return "\n".join([head, "", *named(tried.conflicts)])


def named(paths: Sequence[str]) -> list[str]:
    """A line each; of very many the first."""
    lines = [f"  {one}" for one in paths[:_MOST_NAMED]]
    if len(paths) > _MOST_NAMED:
        lines.append(f"  ... and {count_of(len(paths) - _MOST_NAMED, 'other file')}")
    return lines
