# SPDX-License-Identifier: GPL-2.0-or-later
"""Pull requests: which mails are one, and from where they ask to pull."""

from __future__ import annotations

import pytest

from maintainer_kit.model.message.pull import Pull, asks_to_pull, read_pull
from maintainer_kit.model.message.subject import parse_subject
from tests.build import mail, read

ID = "ab" * 20
URL = "https://git.example/robin/pebble.git"
TEXT = f"""\
The following changes since commit {"cd" * 20}:

  Linux 6.2-rc4

are available in the Git repository at:

  {URL} tags/pebble-for-6.2

for you to fetch changes up to {ID}:

  pebble: fix it
"""


@pytest.mark.parametrize(
    ("subject", "body", "expected"),
    [
        ("[GIT PULL] fixes", "", True),
        ("[git pull] fixes", "", True),
        ("[GIT,PULL] fixes", "", True),
        ("[GIT PULL v2] fixes", "", True),
        ("[PULL] drm", "The following changes since commit 1234567:\n", True),
        ("[PULL] drm", "no request in it\n", False),
        ("GIT PULL: fixes", TEXT, True),
        ("pull request: bluetooth", "are available in the Git repository at:\n", True),
        ("pull-request: bpf 2026-01-05", TEXT, True),
        ("Please pull fixes", "please pull from:\n", True),
        ("[PATCH] pull the plug", "are available in the git repository at:\n", False),
        ("[PATCH] docs: explain git pull", TEXT, False),
        ("[PATCH net 0/5] fixes", TEXT, False),
        ("[PULL 00/25] queue", TEXT, False),
        ("Fwd: [GIT PULL] fixes", TEXT, False),
        ("pull out the cable", TEXT, False),
    ],
)
def test_asks_to_pull(subject: str, body: str, expected: bool) -> None:
    assert asks_to_pull(parse_subject(subject), body) is expected


@pytest.mark.parametrize(
    ("text", "pull"),
    [
        (TEXT, Pull(URL, "tags/pebble-for-6.2", ID)),
        (f"are available in the git repository at:\n  {URL}\n  main\n", Pull(URL, "main", "")),
        (f"are available in the git repository at:\n\n  {URL}\n\nfor you to", Pull(URL, "", "")),
        (f"Please pull from:\n\n\t{URL} main\n", Pull(URL, "main", "")),
        ("Hi,\n\n  git://git.example/x for-linus\n", Pull("git://git.example/x", "for-linus", "")),
        ("  git@git.example:x/y.git for-6.2\n", Pull("git@git.example:x/y.git", "for-6.2", "")),
        ("Please pull!\n", None),
        ("See https://x.example/ for it\n", None),
        ("", None),
    ],
)
def test_read_pull(text: str, pull: Pull | None) -> None:
    assert read_pull(text) == pull


def test_from_the_mail() -> None:
    assert read(mail("[GIT PULL] fixes", TEXT)).pull == Pull(URL, "tags/pebble-for-6.2", ID)
    assert read(mail("[PATCH net 0/5] fixes", TEXT)).pull == Pull(URL, "tags/pebble-for-6.2", ID)
    assert read(mail("[PATCH net 0/5] fixes", f"  {URL} main\n")).pull is None
    assert read(mail("hello", TEXT)).pull is None
