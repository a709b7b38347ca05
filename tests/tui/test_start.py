# SPDX-License-Identifier: GPL-2.0-or-later
"""What the screens load before their first paint: nothing that only reading or deciding needs."""

from __future__ import annotations

import subprocess
import sys

_LATER = (
    "maintainer_kit.checks.",
    "maintainer_kit.matching.",
    "maintainer_kit.model.message.",
    "maintainer_kit.model.patch.",
    "maintainer_kit.model.reply.",
    "maintainer_kit.model.topic.",
    "maintainer_kit.tui.compare.",
    "maintainer_kit.tui.topic.",
    "maintainer_kit.workflow.decide",
    "maintainer_kit.workflow.project",
    "maintainer_kit.workflow.sharing.",
    "email.",
    "git.",
    "mailbox",
    "notmuch2",
    "tempfile",
)
_NEEDED = {"maintainer_kit.model.message.check", "maintainer_kit.model.topic.kind"}
"""Small ones, of names."""


def test_what_is_needed_later_is_loaded_later() -> None:
    program = (
        "import sys, textual.app, textual.widgets; known = set(sys.modules);"
        "import maintainer_kit.cli.screen, maintainer_kit.tui.app;"
        "print(*sorted(set(sys.modules) - known))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    loaded = run.stdout.split()
    assert "maintainer_kit.tui.queue.screen" in loaded, run.stderr
    assert [one for one in loaded if one.startswith(_LATER) and one not in _NEEDED] == []
