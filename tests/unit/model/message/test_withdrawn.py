# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers that are taken back, and talk that only sounds like it."""

from __future__ import annotations

import pytest

from maintainer_kit.model.message.trailer import Trailer
from maintainer_kit.model.message.withdrawn import withdrawn_trailers

BO = "Bo Reviewer <bo@shale.example>"


def names(text: str) -> list[str]:
    return [one.name for one in withdrawn_trailers(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Please drop my Reviewed-by", "Reviewed-by"),
        ("This is broken, please drop my\nReviewed-by tag.", "Reviewed-by"),
        ("I take back my R-b.", "Reviewed-by"),
        ("I'd like to take my Reviewed-by back.", "Reviewed-by"),
        ("Retracting my ack, sorry", "Acked-by"),
        ("I have to withdraw my rvb.", "Reviewed-by"),
        ("Could you please drop my Acked-by tag?", "Acked-by"),
        ("my Tested-by no longer holds", "Tested-by"),
        ("So my Acked-by is withdrawn.", "Acked-by"),
        ("I withdraw my NAK.", "Nacked-by"),
        ("Please remove all my tags.", ""),
        ("Please use Reviewed-by instead of my earlier Acked-by.", "Acked-by"),
        ("I don't think it works, so please drop my ack.", "Acked-by"),
        ("Please replace my Acked-by with:", "Acked-by"),
        ("Please don't add my Reviewed-by yet.", "Reviewed-by"),
        ("I hereby revoke the Acked-by.", "Acked-by"),
    ],
)
def test_taken_back(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "> please drop my Reviewed-by",
        "-- \nplease drop my Reviewed-by",
        "Please don't drop my Reviewed-by.",
        "There is no need to drop my tag.",
        "Why did you drop my Reviewed-by?",
        "You dropped my Reviewed-by, please add it.",
        "Feel free to drop my R-b if you change this.",
        "If that goes in, drop my ack.",
        "Drop my Acked-by unless this is mended.",
        "You can keep my Reviewed-by",
        "Please add my Reviewed-by.",
        "Please remove the Reviewed-by of Cy",
        "Drop my patch.",
        "",
    ],
)
def test_not_taken_back(text: str) -> None:
    assert names(text) == []


def test_with_the_trailer_itself() -> None:
    text = f"Sorry, please drop my\nReviewed-by: {BO}\n\nThanks"
    assert withdrawn_trailers(text) == (Trailer("Reviewed-by", BO),)


def test_letters_whose_small_form_is_longer() -> None:
    assert names("\u0130\u0130\u0130 please drop my Reviewed-by") == ["Reviewed-by"]


def test_a_flood_is_bounded() -> None:
    flood = "".join(f"Drop my Reviewed-by: b{at}@x.example. " for at in range(3000))
    assert len(withdrawn_trailers(flood)) == 20
