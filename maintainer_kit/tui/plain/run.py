# SPDX-License-Identifier: GPL-2.0-or-later
"""The linear mode from its start to its end."""

from __future__ import annotations

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.actions import given_keys
from maintainer_kit.tui.plain.console import Console, Left
from maintainer_kit.tui.plain.following import follow
from maintainer_kit.tui.plain.prompts import PlainSession
from maintainer_kit.tui.plain.queue import QueuePrompts
from maintainer_kit.wiring.workspace import open_workspace


def run_plain(console: Console) -> None:
    """Ask and tell until the user leaves, or the input ends."""
    with open_workspace() as workspace:
        keymap = given_keys(workspace.stores.settings.key)
        session = PlainSession(workspace, console, keymap)
        console.tell(visible_line(follow(workspace.stores)))
        try:
            QueuePrompts(session).run()
        except Left:
            console.tell("")
