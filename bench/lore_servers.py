# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit serve --lore`` and public-inbox-httpd of the same mail, both on loopback, for benches."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.home import MKIT, Home
from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.workflow.records import SourceMail
from tests.integration import inbox_server

_LIST = "bench"


def _home(base: Path) -> Home:
    return Home(base / "home", base)


def imported(mbox: Path, base: Path) -> None:
    """A home below ``base`` with the mail, where there is none."""
    home = _home(base)
    if (home.root / "config").exists():
        return
    home.configure("[mkit]\n\tme = nobody@bench.example\n")
    home.run("import", str(mbox))


@contextmanager
def serving_home(base: Path) -> Iterator[str]:
    """The address of the archive of everything in that home."""
    with started([*MKIT, "serve", "--lore", "--port", "0"], base) as url:
        yield url


@contextmanager
def started(program: Sequence[str], base: Path) -> Iterator[str]:
    """The address that a server tells, until the end of the block."""
    env = _home(base).env
    process = subprocess.Popen(program, env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        match = re.match(r"(http\S+)/ is served", line)
        assert match, line
        yield match[1]
    finally:
        process.terminate()
        process.communicate(timeout=30)


@contextmanager
def serving_ours(mbox: Path, base: Path) -> Iterator[str]:
    """The same of a home that is made for that."""
    imported(mbox, base)
    with serving_home(base) as url:
        yield url


@contextmanager
def serving_theirs(mbox: Path, base: Path) -> Iterator[str]:
    """The same of public-inbox-httpd, with one list that holds all of the mail."""
    raws = [one.raw for one in MailSource([mbox]) if isinstance(one, SourceMail)]
    archives = inbox_server.Archives(base, patience=3600).fill({_LIST: raws})
    with inbox_server.serving(archives) as server:
        yield f"{server.url}/{_LIST}"


def first_mails(base: Path) -> list[tuple[str, int]]:
    """Of each series in mkit's home below ``base``: its first mail's id, how many patches."""
    topics = _home(base).json("list", "--all", "--no-sync")["topics"]
    series = sorted((one for one in topics if one["kind"] == "series"), key=lambda one: one["id"])
    return [(one["message_id"], one["total"]) for one in series]
