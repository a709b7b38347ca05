# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the lines of a mail's diff stand in the files."""

from __future__ import annotations

import time

from maintainer_kit.model.patch.places import OLD, read_places
from maintainer_kit.tui.topic.document import text_lines
from maintainer_kit.tui.topic.layout import lay_out
from maintainer_kit.tui.topic.page import Page, Spot, spot_words
from tests.build import edit
from tests.tui.reading import DIFF

LINES = 100_000


def _page(text: str) -> Page:
    return Page(text_lines(text))


def test_spots_are_the_places_of_the_model() -> None:
    text = f"Words.\n---\n{DIFF}-- \n2.39.5\n"
    page, places = _page(text), read_places(text.split("\n"))
    lines = range(text[: text.index("-- \n2.39")].count("\n"))
    for at in lines:
        spot, place = page.spot(at), places[at]
        assert (spot.path if spot else "") == place.path
        if spot and (spot.old or spot.new):
            assert (spot.new or spot.old) == place.line
            assert (not spot.new) == (place.side == OLD)


def test_a_line_is_found_again() -> None:
    page = _page(DIFF)
    for at in range(len(page.lines)):
        spot = page.spot(at)
        assert spot is not None
        if spot.new:
            assert page.find(spot.path, spot.new, old=False) == at
        if spot.old:
            assert page.find(spot.path, spot.old, old=True) == at
    assert page.find("tools/walk.py", 0, old=False) == page.files[1].start
    assert page.find("tools/walk.py", 999, old=False) is None
    assert page.find("none.c", 1, old=False) is None


def test_files_with_their_counts() -> None:
    found = [(one.path, one.change, one.added, one.removed) for one in _page(DIFF).files]
    assert found == [("fs/walk.c", "modified", 2, 2), ("tools/walk.py", "modified", 1, 1)]


def test_files_without_hunks() -> None:
    text = (
        "diff --git a/a.png b/a.png\nnew file mode 100644\nindex 000..111\n"
        "Binary files /dev/null and b/a.png differ\n"
        "diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y\n"
        "diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n"
    )
    found = [(one.path, one.change) for one in _page(text).files]
    assert found == [("a.png", "binary"), ("y", "renamed"), ("run.sh", "mode")]


def test_a_diff_without_gits_header() -> None:
    text = edit().partition("\n")[2].partition("\n")[2]
    page = _page(f"{text}{text.replace('inode', 'other')}")
    assert [one.path for one in page.files] == ["fs/pebble/inode.c", "fs/pebble/other.c"]
    assert page.spot(5) == Spot("fs/pebble/inode.c", 0, 8)


def test_words_of_a_spot() -> None:
    assert spot_words(None, 20) == ""
    assert spot_words(Spot("a.c", 3, 4), 20) == "a.c -3 +4"
    assert spot_words(Spot("fs/long/path/name.c", 0, 4), 16) == "...ath/name.c +4"
    assert spot_words(Spot("x" * 9000, 0, 0), 16).startswith("...x")


def test_a_long_diff_is_looked_up_at_once() -> None:
    head = f"diff --git a/t b/t\n--- /dev/null\n+++ b/t\n@@ -0,0 +1,{LINES} @@\n"
    page = _page(head + "+row\n" * LINES)
    start = time.process_time()
    layout = lay_out(page.lines, 80, fold=True)
    for at in range(LINES - 500, LINES):
        assert page.spot(at + 4) == Spot("t", 0, at + 1)
    assert page.find("t", LINES, old=False) == LINES + 3
    assert layout.row_of(LINES) == LINES
    assert time.process_time() - start < 5
