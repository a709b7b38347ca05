# SPDX-License-Identifier: GPL-2.0-or-later
"""States, their order, and the tags that tell them."""

from __future__ import annotations

import pytest

from maintainer_kit.errors import ConfigError
from maintainer_kit.model.decision.state import DEFAULT_STATES, read_states, tag_of

NAMES = [state.name for state in DEFAULT_STATES.all]


def test_patchworks_names_are_all_there() -> None:
    names = (
        "new under-review changes-requested accepted rejected rfc not-applicable "
        "awaiting-upstream superseded deferred"
    )
    assert set(NAMES) == set(names.split())


def test_what_is_computed_cannot_be_set() -> None:
    assert set(NAMES) - set(DEFAULT_STATES.settable) == {"superseded"}


def test_ranks_tell_all_apart() -> None:
    assert len({DEFAULT_STATES.rank(name) for name in NAMES}) == len(NAMES)


@pytest.mark.parametrize(
    ("states", "least"),
    [
        ([], "new"),
        (["accepted"], "accepted"),
        (["accepted", "under-review", "rejected"], "under-review"),
        (["accepted", "new"], "new"),
        (["of-a-newer-mkit", "accepted"], "of-a-newer-mkit"),
    ],
)
def test_least_advanced(states: list[str], least: str) -> None:
    assert DEFAULT_STATES.least_advanced(states) == least


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("acc", ["accepted"]),
        ("re", ["rejected"]),
        ("acepted", ["accepted", "rejected"]),
        ("Changes", ["changes-requested"]),
        ("under_review", ["under-review"]),
        ("", []),
        ("xyzzy", []),
    ],
)
def test_near_states(word: str, near: list[str]) -> None:
    assert DEFAULT_STATES.near(word) == near


def test_tags() -> None:
    assert tag_of("accepted") == "mkit/accepted"
    tags = {"mkit", "mkit/accepted", "mkit/todo", "mkit/superseded", "inbox", "accepted"}
    assert DEFAULT_STATES.in_tags(tags) == {"accepted"}


def test_settings_add_states() -> None:
    states = read_states(
        (
            "needs_ack after=under-review action=yes colour=yellow",
            "queued after=accepted action=no next=mainlined,new",
            "mainlined action=no colour=green",
        )
    )
    order = states.settable
    assert order.index("needs-ack") == order.index("under-review") + 1
    assert order.index("queued") == order.index("accepted") + 1
    assert order[-1] == "mainlined"
    assert states.needs_action("needs-ack")
    assert not states.needs_action("queued")
    assert states["needs-ack"].colour == "yellow"
    assert states["queued"].may_become == ("mainlined", "new")
    assert states.least_advanced(["mainlined", "queued", "accepted"]) == "accepted"
    assert states.near("main") == ["mainlined"]
    assert states.in_tags(["mkit/queued", "mkit/todo"]) == {"queued"}


def test_settings_change_a_known_state() -> None:
    states = read_states(("rfc action=no after=deferred", "rejected colour=grey next=new"))
    assert not states.needs_action("rfc")
    assert states.rank("rfc") == states.rank("deferred") + 1
    assert (states["rejected"].colour, states["rejected"].may_become) == ("grey", ("new",))
    assert len(states.all) == len(NAMES)


def test_a_state_whose_setting_is_gone_hides_nothing() -> None:
    assert DEFAULT_STATES.needs_action("queued")
    assert DEFAULT_STATES.least_advanced(["queued", "new"]) == "queued"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "letters"),
        ("--help", "letters"),
        ("no/slash", "letters"),
        ("queued colour=pink", "colour="),
        ("queued action=maybe", "action="),
        ("queued after=xyzzy", "no state xyzzy"),
        ("queued next=xyzzy", "no state xyzzy"),
        ("queued next=superseded", "no state superseded"),
        ("queued rank=3", "rank="),
        ("superseded action=yes", "follows from the mail"),
        ('queued "after', "quotation"),
    ],
)
def test_a_setting_that_means_nothing(line: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_states((line,))
    assert told in caught.value.message
    assert "mkit.state" in (caught.value.hint or "")
