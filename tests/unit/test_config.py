# SPDX-License-Identifier: GPL-2.0-or-later
"""Settings as they follow from what git knows."""

from __future__ import annotations

from maintainer_kit.config import Entry, problems, read_settings


def test_my_name_is_gits_unless_i_say_another() -> None:
    git = {"user.name": [Entry("Old Name", "system"), Entry("Ada Author", "~/.gitconfig")]}
    assert read_settings(git).name == ("Ada Author",)
    own = {**git, "mkit.name": [Entry("Ada", "own"), Entry("A. Author", "own")]}
    assert read_settings(own).name == ("Ada", "A. Author")
    assert read_settings({}).name == ()
    assert problems(own) == []
