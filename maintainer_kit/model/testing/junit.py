# SPDX-License-Identifier: GPL-2.0-or-later
"""Results of single tests out of JUnit's XML, as many runners write it."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.testing.result import TestOutcome

_LONGEST = 200
_MOST = 20_000
_OUTCOMES = {
    "failure": TestOutcome.FAIL,
    "error": TestOutcome.FAIL,
    "skipped": TestOutcome.SKIP,
}


class NotJUnit(Exception):
    """What cannot be read; the words say why."""


def read_junit(data: bytes) -> dict[str, TestOutcome]:
    """Tests by ``class.name``. Raises NotJUnit for what is no XML, or XML that defines things."""
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    # Entities that blow up need a declaration, and no test runner writes one.
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise NotJUnit(str(error)) from error
    return reader.found


class _Reader:
    def __init__(self) -> None:
        self.found: dict[str, TestOutcome] = {}
        self._name = ""
        self._outcome = TestOutcome.PASS

    def refuse(self, *_: object) -> None:
        raise NotJUnit("it has a document type")

    def start(self, tag: str, attributes: dict[str, Any]) -> None:
        if tag == "testcase":
            parts = [str(attributes.get(one, ""))[:_LONGEST] for one in ("classname", "name")]
            self._name = ".".join(one for one in parts if one)
            self._outcome = TestOutcome.PASS
        elif tag in _OUTCOMES and self._outcome is not TestOutcome.FAIL:
            self._outcome = _OUTCOMES[tag]

    def end(self, tag: str) -> None:
        if tag != "testcase" or not self._name:
            return
        name = storable(self._name)
        has_room = name in self.found or len(self.found) < _MOST
        # One that was run again counts as what it came to in the worst case.
        if has_room and self.found.get(name) is not TestOutcome.FAIL:
            self.found[name] = self._outcome
        self._name = ""
