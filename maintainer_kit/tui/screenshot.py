# SPDX-License-Identifier: GPL-2.0-or-later
"""A picture of the queue as it is now, without a terminal."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from textual.pilot import Pilot

from maintainer_kit.errors import MkitError, StateError
from maintainer_kit.tui.app import QueueApp
from maintainer_kit.tui.parts.themes import look_of
from maintainer_kit.tui.picture import picture
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.arrivals import check_arrivals
from maintainer_kit.workflow.sync import sync

_SIZE = (120, 40)


def write_screenshot(file: Path, *, plain: bool) -> None:
    """Sync, draw the queue at the size of COLUMNS and LINES, and write it as SVG.

    Raises StateError when the file cannot be written.
    """
    with open_workspace() as workspace:
        stores = workspace.stores
        sync(stores, wait=0.0)
        with suppress(MkitError):  # a picture of what is known is a picture
            check_arrivals(stores)
        look = look_of(
            stores.settings.theme,
            {**os.environ, "COLORTERM": "truecolor"},
            plain=plain,
            states=stores.states,
        )
        app = QueueApp(stores, look, watch=False)
        pictures: list[str] = []

        async def draw(pilot: Pilot[object]) -> None:
            await pilot.pause()
            pictures.append(picture(app))
            app.exit()

        app.run(headless=True, size=shutil.get_terminal_size(_SIZE), auto_pilot=draw)
    if app.bug:
        raise app.bug
    try:
        file.write_text(pictures[0], encoding="utf-8")
    except OSError as error:
        raise StateError(f"{file}: {error.strerror}", "name a file that can be written") from error
