# SPDX-License-Identifier: GPL-2.0-or-later
"""Bots are known by their address alone."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.bots import BOTS, find_bot


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("lkp@intel.com", "kernel test robot"),
        ("oliver.sang@intel.com", "kernel test robot"),
        ("lkp@robots.example", "kernel test robot"),
        ("syzbot+abc123@syzkaller.appspotmail.com", "syzbot"),
        ("patchwork-bot+netdevbpf@kernel.org", "patchwork-bot"),
        ("tip-bot2@linutronix.de", "tip-bot"),
        ("pr-tracker-bot@kernel.org", "pr-tracker-bot"),
        ("bot@kernelci.org", "kernelci"),
        ("bluez.test.bot@gmail.com", "bluez.test.bot"),
        ("ci@build.example", "list CI"),
        ("devnull@kernel.org", "git-commits-head"),
    ],
)
def test_known(address: str, name: str) -> None:
    bot = find_bot(Person("whoever", address))
    assert bot is not None and bot.name == name


@pytest.mark.parametrize(
    "address", ["ada@quarry.example", "cinderella@x.example", "abbot@x.example", "", "syzbot"]
)
def test_people(address: str) -> None:
    assert find_bot(Person("kernel test robot", address)) is None


def test_names_are_distinct() -> None:
    assert len({bot.name for bot in BOTS}) == len(BOTS)
