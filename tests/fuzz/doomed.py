# SPDX-License-Identifier: GPL-2.0-or-later
"""A program that works in a real home until it kills itself: a process of its own, as ``python -m
tests.fuzz.doomed``, with its task as JSON on its input.

Each group that the journal has reported as written is told on the output at once.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from maintainer_kit.errors import MkitError
from maintainer_kit.model.decision.event import Group
from maintainer_kit.workflow.storing import rebuild
from maintainer_kit.workflow.sync import sync
from tests.fuzz.acts import Act, perform
from tests.fuzz.places import RealPlace, line_of
from tests.memory.fuse import Fuse


class Deadly(Fuse):
    """Ends the process at one of its calls, without a word to anybody."""

    def spend(self, name: str) -> None:
        self.calls.append(name)
        if len(self.calls) == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


class DoomedPlace(RealPlace):
    """Tells the process that has started this one."""

    def tell(self, group: Group) -> None:
        os.write(1, line_of(group) + b"\n")


def main(task: dict[str, Any]) -> None:
    place = DoomedPlace(Path(task["folder"]), Path(task["hub"]))
    place.clock.now = task["now"]
    place.tagged.update(task["tagged"])
    stores = Deadly(task["call"]).guard(place.stores)
    try:
        if task["act"]["kind"] == "sync":
            sync(stores)
        elif task["act"]["kind"] == "rebuild":
            rebuild(stores)
        else:
            perform(stores, Act(**{**task["act"], "targets": tuple(task["act"]["targets"])}))
    except MkitError as error:
        print(error, file=sys.stderr)


if __name__ == "__main__":
    main(json.load(sys.stdin))
