# SPDX-License-Identifier: GPL-2.0-or-later
"""From a mail's bytes to a record, also where a bug of ours is in the way."""

from __future__ import annotations

import pytest

from maintainer_kit.model.message.message import Kind
from maintainer_kit.workflow.cataloguing import base_name, understand
from tests.build import mail


class Trap(bytes):
    """A mail that trips a bug wherever its text is looked at."""

    def find(self, *_: object, **__: object) -> int:
        raise ZeroDivisionError("a bug")


@pytest.mark.parametrize("message_id", ["known@x", ""])
def test_a_mail_that_trips_a_bug_becomes_one_that_cannot_be_read(message_id: str) -> None:
    copy = understand(Trap(mail("talk")), message_id)
    assert copy.message.kind is Kind.UNREADABLE
    assert copy.message.oddities == (
        "cannot be read: mkit does not understand it: ZeroDivisionError: a bug",
    )
    assert copy.message.message_id.startswith(message_id or "notmuch-sha1-")
    assert len(copy.fingerprint) == 64


def test_its_own_message_id_where_none_is_given() -> None:
    raw = mail("talk", message_id="t@x")
    assert understand(raw).message.message_id == "t@x"
    assert understand(raw, "given@x").message.message_id == "given@x"
    assert understand(raw).fingerprint == understand(raw, "given@x").fingerprint


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/mail/cur/123.host:2,S", "123.host"),
        ("/mail/new/123.host", "123.host"),
        ("123", "123"),
        ("/mail/cur/a:2,b:2,FS", "a"),
    ],
)
def test_base_name(path: str, name: str) -> None:
    assert base_name(path) == name
