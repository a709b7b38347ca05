# SPDX-License-Identifier: GPL-2.0-or-later
"""The words of the language: fields of ours, properties, and the fields that are notmuch's."""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum

from maintainer_kit.lazy.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A field of ours, for help and for messages."""

    words: str
    example: str


FIELDS = {
    "state": Field("the topic's state", "state:accepted"),
    "turn": Field("whose turn it is", "turn:me"),
    "delegate": Field("who is to decide: me, nobody, or words of a name or address", "delegate:me"),
    "author": Field("words of the author's or sender's name or address", 'author:"Jane Doe"'),
    "by": Field("who gave a review trailer: me, or words of an address", "by:jane"),
    "list": Field("a list by its address, its List-Id, or how that begins", "list:linux-erofs"),
    "kind": Field("series, report, pull-request, discussion or stable-review", "kind:report"),
    "age": Field("time since the newest mail", "age:>30d"),
    "file": Field("files that the newest patches touch", "file:fs/erofs/"),
    "landed": Field(
        "whether its patches are in branches: yes, no, part; or in which branch or role",
        "landed:part",
    ),
    "note": Field("words of notes and of reasons given", "note:benchmark"),
    "topic": Field("a topic's id, or how it begins", "topic:k3v9"),
    "revision": Field("the number of the newest revision", "revision:>2"),
    "mkit": Field("a property", "mkit:open"),
    "view": Field("a saved view", "view:mine"),
    "has": Field("topics with a mail that notmuch finds so", 'has:"from:jane tag:unread"'),
}
"""What is looked up in the catalogue, by topic; all other fields are notmuch's, by mail."""

NOTMUCH = frozenset(
    {
        "attachment",
        "body",
        "date",
        "folder",
        "from",
        "id",
        "is",
        "lastmod",
        "mid",
        "mimetype",
        "path",
        "property",
        "query",
        "sexp",
        "subject",
        "tag",
        "thread",
        "to",
    }
)


class Property(StrEnum):
    """What ``mkit:`` can ask."""

    OPEN = "open"
    MINE = "mine"
    STARRED = "starred"
    WATCHED = "watched"
    MUTED = "muted"
    SNOOZED = "snoozed"
    ARCHIVED = "archived"
    CONFIDENTIAL = "confidential"
    IGNORED = "ignored"
    FIX = "fix"
    REGRESSION = "regression"
    INCOMPLETE = "incomplete"
    UNREVIEWED = "unreviewed"
    COULD_REVIEW = "could-review"
    NOBODYS = "nobodys"
    STALE = "stale"
    NEW_CONTRIBUTOR = "new-contributor"


PROPERTIES = {
    Property.OPEN: "somebody has to act: not archived, decided, muted or snoozed",
    Property.MINE: "I posted it, wrote in it or reviewed it, or it is delegated to me",
    Property.STARRED: "starred",
    Property.WATCHED: "watched",
    Property.MUTED: "muted",
    Property.SNOOZED: "snoozed, and what it waits for has not come yet",
    Property.ARCHIVED: "archived",
    Property.CONFIDENTIAL: "confidential, by hand or by its list",
    Property.IGNORED: "kept out of the queue by a rule of intake",
    Property.FIX: "a patch of it has a Fixes: trailer",
    Property.REGRESSION: "called or tracked as a regression",
    Property.INCOMPLETE: "patches of it never arrived",
    Property.UNREVIEWED: "an open series that nobody gave a Reviewed-by",
    Property.COULD_REVIEW: "unreviewed, not mine, in directories where I posted or reviewed",
    Property.NOBODYS: "touches files that nobody actively maintains by MAINTAINERS",
    Property.STALE: "open, and no mail for 30 days",
    Property.NEW_CONTRIBUTOR: "the only topic of its author",
}

LANDED = ("yes", "no", "part")
"""Values of ``landed:`` besides roles of branches, and branches."""

ME, NOBODY = "me", "nobody"
"""Values of ``delegate:`` besides people; ``me`` of ``by:`` too."""

_SURE = 0.88
"""How alike a word with a colon must be to one of ours to be taken for a slip: ``stat:`` is,
``page:`` (beside ``age:``) is not."""


def near_field(name: str) -> str:
    """The field of ours that was probably meant; empty where it may be notmuch's, or a word."""
    if name in NOTMUCH:
        return ""
    return next(iter(get_close_matches(name, FIELDS, n=1, cutoff=_SURE)), "")
