# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers with where they come from, in words and as JSON."""

from __future__ import annotations

import pytest

from maintainer_kit.model.message.trailer import Trailer
from maintainer_kit.model.topic.applied import Given, Obstacle, Source
from maintainer_kit.render.given import given_json, given_words, state_words

BO = Trailer("Reviewed-by", "Bo <bo@shale.example>")


def made(source: Source, obstacle: Obstacle | None = None, revision: int = 2) -> Given:
    return Given(BO, "r@x", obstacle is None, source, revision, obstacle)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (made(Source.PATCH), ""),
        (made(Source.COVER), "in the cover letter"),
        (made(Source.REPLY), "in a reply"),
        (made(Source.COVER_REPLY), "in a reply to the cover letter"),
        (made(Source.CARRIED, revision=1), "given to v1, the same as here"),
        (made(Source.CARRIED), "given to an older posting, the same as here"),
        (made(Source.STALE, Obstacle.STALE, 1), "given to v1, changed since"),
        (made(Source.REPLY, Obstacle.WITHDRAWN), "in a reply, withdrawn"),
        (made(Source.PATCH, Obstacle.WITHDRAWN), "withdrawn"),
        (made(Source.REPLY, Obstacle.OTHER_SENDER), "in a reply, sent by another: not applied"),
        (made(Source.REPLY, Obstacle.NO_REVIEW), "in a reply, no review: not applied"),
        (
            made(Source.CARRIED, Obstacle.DROPPED, 1),
            "given to v1, the same as here, left out by its author: not applied",
        ),
        (made(Source.CARRIED, Obstacle.NACK, 1), "given to v1, the same as here, not applied"),
    ],
)
def test_words(given: Given, words: str) -> None:
    assert given_words(given, 2) == words


def test_state_alone() -> None:
    assert state_words(made(Source.REPLY, Obstacle.WITHDRAWN), 2) == "withdrawn"
    assert state_words(made(Source.REPLY), 2) == ""


def test_json() -> None:
    assert given_json(made(Source.REPLY, Obstacle.WITHDRAWN)) == {
        "name": "Reviewed-by",
        "value": "Bo <bo@shale.example>",
        "from_message_id": "r@x",
        "applied": False,
        "source": "reply",
        "not_applied": "withdrawn",
    }
    assert given_json(made(Source.PATCH))["not_applied"] is None
