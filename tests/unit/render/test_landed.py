# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a patch landed, in words."""

from __future__ import annotations

from dataclasses import replace

from maintainer_kit.model.queue.landed import Landing, Place
from maintainer_kit.render.landed import landed_text

PLACE = Place("mainline", "refs/heads/mas\x1bter", "/r.git", "a" * 40, 7, "v1.1")
SURE = Landing("1@x", "a" * 40, "patch-id", 1.0, True, "the same patch-id", (PLACE,))


def test_each_branch_has_a_line_with_the_evidence() -> None:
    (line,) = landed_text([SURE], "  ")
    assert line.startswith("  landed in mas")
    assert line.endswith("ter (mainline) as aaaaaaaaaaaa (v1.1), by patch-id")
    assert "\x1b" not in line


def test_what_is_not_sure_and_what_was_taken_back_say_so() -> None:
    back = Place("next", "refs/remotes/o/next", "/r.git", "a" * 40, 7, "", "b" * 40, 9)
    lines = list(landed_text([replace_places(SURE, PLACE, back)], ""))
    assert lines[1] == "landed in o/next (next) as aaaaaaaaaaaa, by patch-id; taken back by " + (
        "b" * 12
    )
    perhaps = Landing("1@x", "a" * 40, "similar", 0.3, False, "", (PLACE,))
    assert next(landed_text([perhaps], "")).startswith("perhaps landed in")
    assert list(landed_text([], "")) == []


def replace_places(landing: Landing, *places: Place) -> Landing:
    return replace(landing, places=places)
