# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a mail is read on the web."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.config import Settings
from maintainer_kit.errors import ConfigError, Refused
from maintainer_kit.workflow.addresses import archive_address

USUAL = Settings()
OWN = Settings(archive=("PebbleFS https://pebble.example/lists/pebblefs/",))


def test_the_usual_archive_has_all() -> None:
    assert archive_address(USUAL, "a@b.example") == "https://lore.kernel.org/all/a@b.example/"


@pytest.mark.parametrize("name", ["pebblefs", "pebblefs.lists.lumen.example", "PebbleFS.x"])
def test_a_list_with_an_archive_of_its_own(name: str) -> None:
    found = archive_address(OWN, "a@b.example", ["other.example", name])
    assert found == "https://pebble.example/lists/pebblefs/a@b.example/"


def test_another_list_is_in_the_usual_one() -> None:
    assert archive_address(OWN, "a@b.example", ["net.example"]).startswith("https://lore.")


@given(st.text(min_size=1, max_size=60))
def test_no_message_id_leads_elsewhere(message_id: str) -> None:
    parts = urlsplit(archive_address(USUAL, message_id.encode("utf-8", "replace").decode()))
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == (
        *("https", "lore.kernel.org"),
        *("", ""),
    )
    all_, name, rest = parts.path.removeprefix("/").split("/")
    assert (all_, rest) == ("all", "")
    assert unquote(name) == message_id


@pytest.mark.parametrize("message_id", ["", "notmuch-sha1-0123", "a" * 1000])
def test_what_no_archive_knows(message_id: str) -> None:
    with pytest.raises(Refused):
        archive_address(USUAL, message_id)


def test_a_wrong_address_is_told() -> None:
    with pytest.raises(ConfigError):
        archive_address(Settings(lore="file:///etc"), "a@b.example")
