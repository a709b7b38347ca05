# SPDX-License-Identifier: GPL-2.0-or-later
"""The lists of a MAINTAINERS file."""

from __future__ import annotations

from maintainer_kit.model.maintainers.lists import list_addresses

TEXT = """\
List of maintainers: write to maintainers@lumen.example

PEBBLE FILE SYSTEM
M:	Robin Maintainer <robin@lumen.example>
L:	Talk@Hinge.example (moderated for non-subscribers)
L:	<doors@hinge.example>
L:
W:	https://a@b.example
F:	fs/pebble/
"""


def test_lines_of_lists_alone() -> None:
    assert list_addresses(TEXT) == {"talk.hinge.example", "doors.hinge.example"}
    assert list_addresses("") == frozenset()
