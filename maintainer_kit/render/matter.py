# SPDX-License-Identifier: GPL-2.0-or-later
"""What a topic is about besides its patches: a report and what mends it, a pull, a deadline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.topic.topic import Topic

_MAX_COMMANDS = 50
_ORDERS = ("pw-bot:", "#mkit")


def _commands(topic: Topic) -> list[tuple[str, str]]:
    """What trackers, and mkit, were told in the thread, each with the mail that says it."""
    found = [(one, message.message_id) for message in topic.messages for one in message.commands]
    return found[:_MAX_COMMANDS]


def matter_json(topic: Topic) -> dict[str, Any]:
    """Fields of a topic in ``show`` and ``export``."""
    pull = topic.root.pull
    return {
        "mends": list(topic.mends),
        "mended_by": list(topic.mended_by),
        "reported": topic.root.reported or None,
        "lacks": list(topic.lacks),
        "commands": [{"command": one, "message_id": of} for one, of in _commands(topic)],
        "pull": {"url": pull.url, "ref": pull.ref or None, "commit": pull.commit or None}
        if pull
        else None,
    }


def matter_text(topic: Topic) -> Iterator[str]:
    """The same as lines of ``mkit show``; none of what is not there."""
    for name in topic.mends:
        yield f"  mends      {visible_line(name)}"
    for patch, _ in topic.fixes:
        title = visible_line(patch.subject.title)
        yield f"  mended by  {title}  {visible_line(patch.message_id)}"
    if topic.lacks:
        yield f"  lacks      {', '.join(topic.lacks)}"
    for command, _ in _commands(topic):
        what = "order" if command.startswith(_ORDERS) else "tracker"
        yield f"  {what:<10} {visible_line(command)}"
    if pull := topic.root.pull:
        at = f"  ({pull.commit[:12]})" if pull.commit else ""
        yield f"  pull from  {visible_line(f'{pull.url} {pull.ref}'.strip())}{at}"
