# SPDX-License-Identifier: GPL-2.0-or-later
"""format=flowed, joined and not."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.flowed import unflow


@pytest.mark.parametrize(
    ("text", "joined", "stuffed_only"),
    [
        ("one \ntwo\nthree", "one two\nthree", "one \ntwo\nthree"),
        (" From here\n  two spaces", "From here\n two spaces", "From here\n two spaces"),
        ("> quoted \n> more", "> quoted \n> more", "> quoted \n> more"),
        ("text\n-- \nname", "text\n-- \nname", "text\n-- \nname"),
        ("ends soft ", "ends soft ", "ends soft "),
        ("crlf \r\ntwo\r\n", "crlf two\n", "crlf \ntwo\n"),
        ("one \n\ntwo \n three", "one \ntwo three", "one \n\ntwo \nthree"),
        ("ends soft \n", "ends soft ", "ends soft \n"),
        (" > stuffed \nquote", "> stuffed \nquote", "> stuffed \nquote"),
        (" -- \nname", "-- \nname", "-- \nname"),
        (" \n \n", "\n\n", "\n\n"),
        ("-- more \ntext", "-- more text", "-- more \ntext"),
        ("", "", ""),
    ],
)
def test_unflow(text: str, joined: str, stuffed_only: str) -> None:
    assert unflow(text, join=True) == joined
    assert unflow(text, join=False) == stuffed_only


def test_delsp_glues_without_the_space() -> None:
    assert unflow("\u5929 \n\u6c14", join=True, delete_space=True) == "\u5929\u6c14"
