# SPDX-License-Identifier: GPL-2.0-or-later
"""Where in a patch mail a line of a file stands."""

from __future__ import annotations

from maintainer_kit.model.patch.places import NEW, OLD, read_places


def lines_of_file(text: str, path: str, line: int) -> list[int]:
    """The lines of a mail's text, from 1, that are a line of the new file, or of the old one where
    ``line`` is negative; the end of a path will do."""
    side, number = (NEW, line) if line > 0 else (OLD, -line)
    lines = text.split("\n")
    found = [
        place
        for place in read_places(lines)
        if place.hunk
        and place.line == number
        and place.side == side
        and (place.path == path or place.path.endswith(f"/{path}"))
        and not lines[place.at - 1].startswith(("@@ -", "\\"))
    ]
    exact = [one.at for one in found if one.path == path]
    return exact or [one.at for one in found]
