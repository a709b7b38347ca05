# SPDX-License-Identifier: GPL-2.0-or-later
"""The merge that answers a request: what its message says, and when it is not made."""

from __future__ import annotations

from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import storable, visible_line
from maintainer_kit.workflow.applying.message import Manner, links_to, signed
from maintainer_kit.workflow.landing.follow import MAIN
from maintainer_kit.workflow.pull_request.arrived import Arrived
from maintainer_kit.workflow.pull_request.asked import Asked


def merge_message(asked: Asked, arrived: Arrived, manner: Manner) -> str:
    """As git merge writes it, with what the tag says, and the trailers of the settings."""
    kind = "tag" if arrived.tag or asked.is_tag else "branch"
    place = asked.url.rstrip("/").removesuffix(".git")
    into = "" if arrived.target.name in MAIN else f" into {arrived.target.name}"
    what = f"{kind} '{asked.name}'" if asked.name else f"commit '{arrived.tip[:12]}'"
    title = visible_line(f"Merge {what} of {place}{into}")
    body = arrived.tag.message.strip() if arrived.tag else ""
    below = body.split("\n") if body else []
    links = links_to(below, asked.message_id, manner.link)
    lines = signed(below, links, manner.signer)
    text = "\n".join([title, *([""] if lines else []), *lines])
    return storable(text).replace("\0", "") + "\n"


def refuse_merge(arrived: Arrived) -> None:
    """Raise Refused where no reason is good enough to make it."""
    name = arrived.target.name
    if arrived.is_merged:
        raise Refused(f"{name} has all of it", "mkit pull-request --receive TARGET --thanks")
    if not arrived.tried.is_clean:
        paths = ", ".join(visible_line(one) for one in arrived.tried.conflicts[:3])
        hint = f"git pull in a work tree of {name}, and resolve them there"
        raise Refused(f"merging into {name} leaves conflicts: {paths}", hint)
    if arrived.empties:
        raise Refused(f"merging it would leave {name} without a file")
