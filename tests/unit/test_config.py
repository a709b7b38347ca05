# SPDX-License-Identifier: GPL-2.0-or-later
"""Settings as they follow from what git knows."""

from __future__ import annotations

import pytest

from maintainer_kit.config import Entry, problems, read_settings
from maintainer_kit.errors import ConfigError


def test_my_name_is_gits_unless_i_say_another() -> None:
    git = {"user.name": [Entry("Old Name", "system"), Entry("Ada Author", "~/.gitconfig")]}
    assert read_settings(git).name == ("Ada Author",)
    own = {**git, "mkit.name": [Entry("Ada", "own"), Entry("A. Author", "own")]}
    assert read_settings(own).name == ("Ada", "A. Author")
    assert read_settings({}).name == ()
    assert problems(own) == []


@pytest.mark.parametrize(
    ("given", "apply", "backport"),
    [
        ({}, "off", "on"),
        ({"signoff": "on"}, "on", "on"),
        ({"signoff": "off"}, "off", "off"),
        ({"signoff": "on", "applysignoff": "off"}, "off", "on"),
        ({"signoff": "off", "backportsignoff": "on"}, "off", "on"),
        ({"applysignoff": "on"}, "on", "on"),
    ],
)
def test_one_setting_says_who_signs_off(given: dict[str, str], apply: str, backport: str) -> None:
    """Two older ones say it of one verb."""
    entries = {f"mkit.{name}": [Entry(value, "own")] for name, value in given.items()}
    found = read_settings(entries)
    assert (found.apply_sign_off, found.backport_sign_off) == (apply, backport)
    assert problems(entries) == []


def test_whether_i_sign_off_is_not_for_a_repository_to_say() -> None:
    found = read_settings({"mkit.signoff": [Entry("on", ".git/config", is_of_repository=True)]})
    assert found.apply_sign_off == "off"


def test_a_word_that_a_setting_does_not_have() -> None:
    with pytest.raises(ConfigError, match=r"mkit\.signOff is 'yes'"):
        read_settings({"mkit.signoff": [Entry("yes", "own")]})
