# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit serve --lore`` and public-inbox-httpd of the same mail, both on loopback, for benches."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.workflow.records import SourceMail
from tests.integration import inbox_server

MKIT = [sys.executable, "-m", "maintainer_kit"]
_LIST = "bench"


def environment(base: Path) -> dict[str, str]:
    """Of mkit with a home below ``base``."""
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", os.getcwd())}
    mine = {"HOME": str(base), "MKIT_HOME": str(base / "home"), "GIT_CONFIG_NOSYSTEM": "1"}
    return {**kept, **mine, "LANG": "C.UTF-8"}


@contextmanager
def serving_ours(mbox: Path, base: Path) -> Iterator[str]:
    """The address of the archive of everything that mkit serves."""
    env = environment(base)
    (base / "home").mkdir(parents=True)
    (base / "home" / "config").write_text("[mkit]\n\tme = nobody@bench.example\n")
    subprocess.run([*MKIT, "import", str(mbox)], check=True, env=env)
    program = subprocess.Popen(
        [*MKIT, "serve", "--lore", "--port", "0"], env=env, stdout=subprocess.PIPE, text=True
    )
    try:
        assert program.stdout is not None
        line = program.stdout.readline()
        match = re.match(r"(http\S+)/ is served", line)
        assert match, line
        yield match[1]
    finally:
        program.terminate()
        program.communicate(timeout=30)


@contextmanager
def serving_theirs(mbox: Path, base: Path) -> Iterator[str]:
    """The same of public-inbox-httpd, with one list that holds all of the mail."""
    raws = [one.raw for one in MailSource([mbox]) if isinstance(one, SourceMail)]
    archives = inbox_server.Archives(base, patience=3600).fill({_LIST: raws})
    with inbox_server.serving(archives) as server:
        yield f"{server.url}/{_LIST}"


def first_mails(base: Path) -> list[tuple[str, int]]:
    """Of each series in mkit's home below ``base``: its first mail's id, how many patches."""
    import json

    done = subprocess.run(
        [*MKIT, "list", "--all", "--no-sync", "--json"],
        check=True,
        env=environment(base),
        capture_output=True,
    )
    topics = json.loads(done.stdout)["topics"]
    series = sorted((one for one in topics if one["kind"] == "series"), key=lambda one: one["id"])
    return [(one["message_id"], one["total"]) for one in series]
