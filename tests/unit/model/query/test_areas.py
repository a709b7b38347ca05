# SPDX-License-Identifier: GPL-2.0-or-later
"""Where somebody knows the way."""

from __future__ import annotations

from maintainer_kit.model.query.areas import MAX_AREAS, areas_of, is_within


def test_areas_are_directories_and_files_at_the_top() -> None:
    assert areas_of(["fs/a/x.c", "fs/a/y.c", "Makefile"]) == {"fs/a/", "Makefile"}


def test_what_goes_all_over_the_tree_tells_nothing() -> None:
    assert not areas_of(f"dir{at}/x.c" for at in range(MAX_AREAS + 1))
    assert areas_of(f"dir{at}/x.c" for at in range(MAX_AREAS))


def test_one_file_is_enough() -> None:
    areas = areas_of(["fs/a/x.c", "Makefile"])
    assert is_within(["net/core.c", "fs/a/new.c"], areas)
    assert is_within(["Makefile"], areas)
    assert not is_within(["fs/a/b/x.c", "Kbuild"], areas)
