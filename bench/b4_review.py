# SPDX-License-Identifier: GPL-2.0-or-later
"""``b4 review`` with series in its own database, entered by its own function as if each had been
tracked, which takes a network; and what that database says of them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.home import bare_environment

_NAME = "bench"
_FILL = """
import json, sys
from b4.review import tracking
conn = tracking.get_db(sys.argv[1])
for one in json.load(sys.stdin):
    tracking.add_series_to_db(
        conn, one["change"], one["revision"], one["subject"], one["name"], one["address"],
        one["date"], one["message_id"], one["total"])
"""


class Review:
    """A repository of somebody who tracks series, the last one on top of the list."""

    def __init__(self, base: Path, python: str, topics: Sequence[Mapping[str, Any]]) -> None:
        """Below ``base``; ``python`` is an interpreter that has b4, ``topics`` are mkit's."""
        self.folder = base / "repository"
        self._data = base / "data"
        self._python = python
        self.env = {**bare_environment(base), "XDG_DATA_HOME": str(self._data)}
        subprocess.run(["git", "init", "--quiet", str(self.folder)], env=self.env, check=True)
        (base / ".gitconfig").write_text("[user]\n\tname = R\n\temail = robin@lumen.example\n")
        self._run("git", "commit", "--quiet", "--allow-empty", "--message=begin")
        self._run(python, "-m", "b4.command", "review", "enroll", "-i", _NAME)
        listed = json.dumps([_of_topic(one) for one in topics])
        self._run(python, "-c", _FILL, _NAME, stdin=listed)

    def argv(self, *options: str) -> list[str]:
        """To start its screen."""
        return [self._python, "-m", "b4.command", *options, "review", "tui"]

    def states(self) -> dict[str, str]:
        """The status of each series that it still knows, by the id of the topic."""
        found = self._ask(f"{_NAME}.sqlite3", "SELECT change_id, status FROM series")
        return {str(change): str(status) for change, status in found}

    def flagged(self) -> set[str]:
        """The Message-IDs of all mails that bear its flag."""
        found = self._ask("messages.sqlite3", "SELECT msgid, flags FROM messages")
        return {str(one) for one, flags in found if "Flagged" in str(flags).split()}

    def _ask(self, file: str, question: str) -> list[tuple[object, ...]]:
        uri = f"file:{self._data / 'b4' / 'review' / file}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as db:
            return db.execute(question).fetchall()

    def _run(self, *argv: str, stdin: str = "") -> None:
        done = subprocess.run(
            argv, cwd=self.folder, env=self.env, input=stdin, capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(argv[:4])}: {done.stderr}")


def _of_topic(topic: Mapping[str, Any]) -> dict[str, object]:
    name, _, address = str(topic["author"]).rpartition(" <")
    return {
        "change": topic["id"],
        "revision": topic["revision"],
        "subject": f"[PATCH v{topic['revision']}] {topic['subject']}",
        "name": name or address,
        "address": address.rstrip(">"),
        "date": str(topic["updated"]).replace("Z", "+00:00"),
        "message_id": topic["message_id"],
        "total": topic["total"],
    }
