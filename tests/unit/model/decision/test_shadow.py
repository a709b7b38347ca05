# SPDX-License-Identifier: GPL-2.0-or-later
"""Tags against states: who changed what, and what is to be written."""

from __future__ import annotations

import pytest

from maintainer_kit.model.decision.shadow import reconcile

NEW, ACCEPTED, REJECTED = "mkit/new", "mkit/accepted", "mkit/rejected"


@pytest.mark.parametrize(
    ("situation", "tags", "written", "decided", "foreign", "add", "remove"),
    [
        ("fresh", "inbox", None, None, "", f"mkit {NEW}", ""),
        ("right", f"mkit {NEW}", None, None, "", "", ""),
        ("decided here", f"mkit {NEW}", None, "accepted", "", ACCEPTED, NEW),
        ("right again", f"mkit {ACCEPTED}", "accepted", "accepted", "", "", ""),
        (
            "crash before the tag",
            f"mkit {ACCEPTED}",
            "accepted",
            "rejected",
            "",
            REJECTED,
            ACCEPTED,
        ),
        ("crash after the tag", f"mkit {REJECTED}", "accepted", "rejected", "", "", ""),
        ("undone", f"mkit {ACCEPTED}", "accepted", None, "", NEW, ACCEPTED),
        ("another client set one", f"mkit {NEW} {ACCEPTED}", None, None, "accepted", "", NEW),
        ("another client replaced it", f"mkit {ACCEPTED}", None, None, "accepted", "", ""),
        ("theirs wins over ours", f"mkit {REJECTED}", "new", "accepted", "rejected", "", ""),
        (
            "ours and theirs",
            f"mkit {ACCEPTED} {REJECTED}",
            "accepted",
            "accepted",
            "rejected",
            "",
            ACCEPTED,
        ),
        ("two of theirs", f"mkit {ACCEPTED} {REJECTED}", None, None, "accepted", "", REJECTED),
        ("set before we ever wrote", ACCEPTED, None, None, "accepted", "mkit", ""),
        ("taken away", "mkit", "accepted", "accepted", "new", NEW, ""),
        ("new taken away", "mkit", None, None, "", NEW, ""),
        ("indexed afresh", "inbox", "accepted", "accepted", "", f"mkit {ACCEPTED}", ""),
        ("taken away and decided at once", "mkit", "accepted", "rejected", "", REJECTED, ""),
        ("their own tag", f"mkit {NEW} mkit/todo", None, None, "", "", ""),
        (
            "superseded by hand",
            f"mkit {NEW} mkit/superseded",
            None,
            None,
            "",
            "",
            "mkit/superseded",
        ),
    ],
)
def test_shown(
    situation: str,
    tags: str,
    written: str | None,
    decided: str | None,
    foreign: str,
    add: str,
    remove: str,
) -> None:
    found = reconcile(tags.split(), written, decided, shown=True)
    assert (found.foreign, found.add, found.remove) == (
        foreign,
        frozenset(add.split()),
        frozenset(remove.split()),
    )
    assert found.is_right is (foreign + add + remove == "")


@pytest.mark.parametrize(
    ("tags", "written", "foreign", "remove"),
    [
        ("inbox", None, "", ""),
        (f"mkit {NEW}", None, "", f"mkit {NEW}"),
        (f"mkit {ACCEPTED}", "accepted", "", f"mkit {ACCEPTED}"),
        ("mkit", "accepted", "", "mkit"),
        ("mkit/todo", None, "", ""),
    ],
)
def test_no_longer_shown(tags: str, written: str | None, foreign: str, remove: str) -> None:
    """An older revision, or a mail that is no patch, loses its tags."""
    found = reconcile(tags.split(), written, written, shown=False)
    assert (found.foreign, found.add, found.remove) == (
        foreign,
        frozenset(),
        frozenset(remove.split()),
    )


@pytest.mark.parametrize("tags", [f"mkit {NEW}", f"{ACCEPTED} {REJECTED}", "mkit", "", "mkit/todo"])
@pytest.mark.parametrize("written", [None, "accepted", "rejected"])
@pytest.mark.parametrize("decided", [None, "accepted", "new"])
@pytest.mark.parametrize("shown", [True, False])
def test_once_written_all_is_right(
    tags: str, written: str | None, decided: str | None, shown: bool
) -> None:
    first = reconcile(tags.split(), written, decided, shown=shown)
    state = first.foreign or decided
    after = (set(tags.split()) | first.add) - first.remove
    assert reconcile(after, state, state, shown=shown).is_right
