# SPDX-License-Identifier: GPL-2.0-or-later
"""Drafts as JSON, and what is none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.codec import dump_draft, load_draft
from maintainer_kit.model.reply.draft import Draft, Note, Stage, id_of

DRAFT = Draft(
    id=id_of("a@x"),
    answers="a@x",
    message_id="r@x",
    to=(Person("Ada", "ada@x"),),
    cc=(),
    subject="Re: x",
    parents=("a@x",),
    created=1,
    changed=2,
    text="Hm.",
    trailers=("Acked-by: R <r@x>",),
    notes=(Note(3, "Why?"),),
    stage=Stage.SENT,
    raw="From: x\n",
)


def test_there_and_back() -> None:
    assert load_draft(json.loads(json.dumps(dump_draft(DRAFT)))) == DRAFT


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("answers", 3),
        ("created", "1"),
        ("to", None),
        ("to", [["Ada"]]),
        ("to", [["Ada", 3]]),
        ("cc", ["ada@x"]),
        ("parents", "a@x"),
        ("trailers", [3]),
        ("notes", {}),
        ("notes", [[3]]),
        ("notes", [["3", "x"]]),
        ("notes", [[3, None]]),
        ("stage", "lost"),
        ("stage", None),
    ],
)
def test_what_is_no_draft(name: str, value: Any) -> None:
    assert load_draft({**dump_draft(DRAFT), name: value}) is None
    fields = dump_draft(DRAFT)
    del fields[name]
    assert load_draft(fields) is None
