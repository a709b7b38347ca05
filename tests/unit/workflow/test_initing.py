# SPDX-License-Identifier: GPL-2.0-or-later
"""Which settings change by what is answered to ``init``."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.errors import Refused
from maintainer_kit.model.maintainers.maintainers import read_maintainers
from maintainer_kit.workflow.initing import (
    Answers,
    Known,
    lists_maintained,
    plan_changes,
)

ME = "robin@lumen.example"
ANSWERS = Answers((ME,), (), (), "lore")
FILE = """
PEBBLEFS
M:	Robin Maintainer <Robin@lumen.example>
R:	Anja Großmann <anja@quarry.example>
L:	pebblefs@lists.lumen.example (moderated for non-subscribers)
L:	linux-fsdevel@vger.kernel.org
S:	Maintained
F:	fs/pebble/

WICK
M:	Priya Raman <priya@shale.example>
R:	Robin Maintainer <robin@lumen.example>
L:	wick@lists.lumen.example
S:	Maintained
F:	drivers/wick/

THE REST
M:	Robin Maintainer <robin@lumen.example>
L:	linux-kernel@vger.kernel.org
S:	Buried alive in reporters
F:	*
F:	*/
"""


def planned(answers: Answers, **known: Known) -> list[tuple[str, str, str]]:
    """Changes as ``(action, name, value)``; ``known`` by the last word of a setting's name."""
    named = {f"mkit.{name}": one for name, one in known.items()}
    return [(one.action, one.name, one.value) for one in plan_changes(named, answers)]


def test_what_counts_already_is_not_written() -> None:
    assert planned(ANSWERS, me=Known(effective=(ME,))) == []
    held = Known(("a@x.example", "b@x.example"), {}, ("a@x.example", "b@x.example"))
    both = replace(ANSWERS, lists=("b@x.example", "a@x.example"))
    assert planned(both, me=Known(effective=(ME,)), list=held) == []


def test_values_are_added_and_taken_away() -> None:
    held = Known(("a@x.example", "b@x.example"), {}, ("a@x.example", "b@x.example"))
    found = planned(replace(ANSWERS, lists=("b@x.example", "c@x.example")), list=held)
    assert found == [
        ("add", "mkit.me", ME),
        ("remove", "mkit.list", "a@x.example"),
        ("add", "mkit.list", "c@x.example"),
    ]


def test_a_default_is_replaced_as_a_whole() -> None:
    """A value of mkit.me hides user.email and notmuch's addresses."""
    two = replace(ANSWERS, me=(ME, "r@home.example"))
    found = planned(two, me=Known(effective=(ME,)))
    assert found == [("add", "mkit.me", ME), ("add", "mkit.me", "r@home.example")]


def test_what_another_file_says_cannot_be_taken_away() -> None:
    known = Known((), {"a@x.example": "/etc/gitconfig"}, ("a@x.example",))
    with pytest.raises(Refused, match=r"/etc/gitconfig"):
        planned(replace(ANSWERS, lists=("b@x.example",)), list=known)
    more = replace(ANSWERS, lists=("a@x.example", "b@x.example"))
    assert ("add", "mkit.list", "b@x.example") in planned(more, list=known)
    assert ("add", "mkit.list", "a@x.example") not in planned(more, list=known)


def test_a_private_home_hides_what_other_files_say() -> None:
    known = Known((), {"a@x.example": "~/.gitconfig"}, ("a@x.example",), is_private=True)
    more = replace(ANSWERS, lists=("a@x.example", "b@x.example"))
    lists = [value for _, name, value in planned(more, list=known) if name == "mkit.list"]
    assert lists == ["a@x.example", "b@x.example"]
    with pytest.raises(Refused):
        planned(ANSWERS, list=known)


@pytest.mark.parametrize(
    "wrong",
    [
        {"me": ()},
        {"me": ("robin",)},
        {"me": ("Robin <robin@lumen.example>",)},
        {"me": ("--file=x@y",)},
        {"me": ("a@b\n[core]",)},
        {"lists": ("two words",)},
        {"lists": ("--global",)},
        {"repositories": ("a\x1b[2J",)},
        {"repositories": (" ",)},
    ],
)
def test_what_means_nothing_is_refused(wrong: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(Refused):
        planned(replace(ANSWERS, **wrong))  # type: ignore[arg-type]


def test_lists_of_the_sections_that_i_maintain() -> None:
    maintainers = read_maintainers({"MAINTAINERS": FILE})
    mine = ("pebblefs@lists.lumen.example", "linux-fsdevel@vger.kernel.org")
    assert lists_maintained(maintainers, (ME,)) == mine
    assert lists_maintained(maintainers, ("priya@shale.example",)) == ("wick@lists.lumen.example",)
    assert lists_maintained(maintainers, ("anja@quarry.example", "nobody@x.example")) == ()
