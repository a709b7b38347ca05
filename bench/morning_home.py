# SPDX-License-Identifier: GPL-2.0-or-later
"""A reader's home for a year of mornings: mail comes in, and the queue is asked as scripts do."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.rerolls_due import Person
from maintainer_kit.cli.main import run
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.importing import import_mail
from maintainer_kit.workflow.ports import SourceMail

Json = dict[str, Any]


class MorningHome:
    """An identity of its own below a directory; the clock stands where the last mail left it."""

    def __init__(self, base: Path, me: Person, lists: Sequence[str]) -> None:
        self._home = base / "mkit"
        self._home.mkdir(parents=True)
        lines = [f"\tme = {one}" for one in sorted(me.addresses)]
        lines += [f'\tname = "{me.name}"'] if me.name else []
        lines += [f"\tlist = {one}" for one in lists]
        text = "\n".join(["[mkit]", *lines, ""])
        (self._home / "config").write_text(text, encoding="utf-8")
        self._received = 0

    def receive(self, raws: Sequence[bytes], now: int) -> None:
        """Import a day's mails; it is ``now`` then, in seconds since the epoch."""
        os.environ["MKIT_HOME"] = str(self._home)
        os.environ["MKIT_NOW"] = datetime.fromtimestamp(now, UTC).isoformat()
        start = self._received
        self._received += len(raws)
        mails = [SourceMail("day", start + at, raw) for at, raw in enumerate(raws)]
        with open_workspace() as workspace:
            import_mail(workspace.stores, mails)

    def my_turn(self) -> frozenset[str]:
        """Of all topics whose turn is "me": their ids, and the Message-ID of the mail by which the
        queue shows each."""
        found = self._ask("list", "--turn", "me")["topics"]
        return frozenset(one[key] for one in found for key in ("id", "message_id"))

    def topic_of(self, message_id: str) -> Json:
        """The topic of a mail as ``mkit search`` has it."""
        quoted = message_id.replace('"', '""')
        found: Json = self._ask("search", f'id:"{quoted}"')["topics"][0]
        return found

    def _ask(self, *argv: str) -> Json:
        """What a verb prints; what came in was synced already."""
        printed = io.StringIO()
        with redirect_stdout(printed):
            code = run([argv[0], "--json", "--no-sync", *argv[1:]])
        if code:
            raise RuntimeError(f"mkit {' '.join(argv)} ended with {code}: {printed.getvalue()}")
        answer: Json = json.loads(printed.getvalue())
        return answer
