# SPDX-License-Identifier: GPL-2.0-or-later
"""Hostile files: mboxes of any bytes, journals of any lines."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.adapters.journal import FileJournal
from maintainer_kit.adapters.mail.mbox import is_mbox, read_single, split_mbox

SEPARATOR = b"From a@x Mon Jan  5 09:00:00 2026\n"
CHUNKS = st.sampled_from(
    [
        SEPARATOR,
        b"From nobody\n",
        b"From a@x\n",
        b">From a\n",
        b">>From a\n",
        b"From: a@x\n",
        b"Subject: x\n",
        b"Content-Length: 5\n",
        b"Content-Length: 999999999\n",
        b"Content-Length: -1\n",
        b"\n",
        b"\r\n",
        b"body\n",
        b"\0\0",
        b"no newline",
    ]
)
MBOXES = st.lists(CHUNKS | st.binary(max_size=12), max_size=20).map(b"".join)
BODIES = st.lists(
    st.sampled_from(
        [b"text", b"From here", b">From here", b"", b"From a@x Mon Jan 5 09:00:00 2026"]
    ),
    max_size=6,
)


@given(MBOXES)
def test_any_bytes(data: bytes) -> None:
    pieces = list(split_mbox(data))
    at = 0
    for piece in pieces:
        assert piece.offset == at
        assert piece.end > piece.offset
        assert bool(piece.broken) is not bool(piece.raw)
        at = piece.end
    assert at == len(data)
    is_mbox(data)
    single = read_single(data)
    assert bool(single.broken) is not bool(single.raw)


@given(st.lists(BODIES, min_size=1, max_size=5))
def test_mboxrd_comes_back_as_it_was(bodies: list[list[bytes]]) -> None:
    mails = [
        b"From: a@x\nSubject: x\n\n" + b"".join(one + b"\n" for one in body) for body in bodies
    ]
    data = b"".join(SEPARATOR + _quoted(mail) + b"\n" for mail in mails)
    pieces = list(split_mbox(data))
    assert [piece.raw for piece in pieces] == mails
    assert not any(piece.broken for piece in pieces)


def _quoted(mail: bytes) -> bytes:
    lines = mail.split(b"\n")
    return b"\n".join(b">" + one if one.lstrip(b">").startswith(b"From ") else one for one in lines)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "group": JSON,
        "written": JSON,
        "index": JSON,
        "time": JSON | st.just("2026-01-05T09:00:00Z"),
        "who": JSON,
        "origin": JSON | st.just("cli"),
        "events": JSON | st.lists(st.dictionaries(st.sampled_from(["kind", "value"]), JSON)),
    },
)
JOURNALS = st.lists(
    st.binary(max_size=20) | ENTRIES.map(lambda entry: json.dumps(entry).encode()), max_size=6
).map(b"\n".join)


@given(JOURNALS, st.text(max_size=8))
def test_any_journal_can_be_read(data: bytes, mark: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.jsonl"
        path.write_bytes(data)
        journal = FileJournal(path)
        whole = journal.read()
        assert whole.is_whole
        assert journal.read(whole.mark).groups == ()
        assert journal.read(mark).groups == whole.groups
        assert len(journal.broken_lines()) <= data.count(b"\n") + 1
