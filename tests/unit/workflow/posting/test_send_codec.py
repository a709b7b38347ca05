# SPDX-License-Identifier: GPL-2.0-or-later
"""Records of postings are written to disk and read back."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.draft import Stage
from maintainer_kit.workflow.posting.codec import dump_record, load_record
from maintainer_kit.workflow.posting.record import Letter, Mail, Posted, Record

PERSON = st.builds(Person, st.text(), st.text())
PEOPLE = st.lists(PERSON, max_size=3).map(tuple)
MAIL = st.builds(
    Mail,
    *(st.text(),) * 2,
    *(PEOPLE,) * 2,
    st.binary(),
    st.text(),
    st.sampled_from(Stage),
    is_left=st.booleans(),
)
LETTER = st.builds(Letter, st.integers(1, 99), PEOPLE, PEOPLE, st.text(), st.text())
POSTED = st.builds(
    Posted, st.integers(1, 99), st.lists(st.text(), max_size=3).map(tuple), st.text(), st.text()
)
RECORD = st.builds(
    Record,
    *(st.text(),) * 4,
    letter=st.none() | LETTER,
    revision=st.integers(0, 99),
    sender=PERSON,
    mails=st.lists(MAIL, max_size=3).map(tuple),
    tip=st.text(),
    why=st.text(),
    posted=st.lists(POSTED, max_size=2).map(tuple),
)


@given(RECORD)
def test_what_is_written_is_read(record: Record) -> None:
    assert load_record(json.loads(json.dumps(dump_record(record)))) == record


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(RECORD, st.data())
def test_what_is_none_is_told_apart(record: Record, data: Any) -> None:
    fields = dump_record(record)
    name = data.draw(st.sampled_from(sorted(fields)))
    fields[name] = data.draw(JSON)
    found = load_record(fields)
    assert found is None or isinstance(found, Record)
    del fields[name]
    assert load_record(fields) is None
