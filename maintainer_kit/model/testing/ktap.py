# SPDX-License-Identifier: GPL-2.0-or-later
"""Results of single tests out of what a run printed: KTAP, and TAP 13 and 14.

As KUnit, kselftest (which puts ``# `` before each line of a test within a test) and TAP producers
write it, with the kernel's time stamps before it or not.
"""

from __future__ import annotations

from collections.abc import Iterable

from maintainer_kit.lazy.dataclass import dataclass, field
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.testing.result import TestOutcome

_STAMP = lazy_pattern(r"(?:<\d{1,3}>)?\[ {0,8}\d{1,10}\.\d{1,9}\](?:\[ {0,4}[CT]\d{1,9}\])? ?")
_LIKELY = lazy_pattern(r"[ #<>\[\]\d.CT]{0,200}(?:not ok|ok|1\.\.|K?TAP v|Subtest: |Bail out!)")
"""What a line begins with that says anything, stamps and all."""
_VERSION = lazy_pattern(r"K?TAP version \d{1,3}\s*")
_PLAN = lazy_pattern(r"1\.\.(\d{1,6})(?:\s.{0,200})?")
_RESULT = lazy_pattern(r"(not )?ok\b(?: +(\d{1,9})\b)?(?: +- +| +|$)(.*)")
_WORD = lazy_pattern(r"\s*([A-Za-z]{1,20})\b")
_LONGEST_LINE = 1000
_LONGEST = 200
_MOST = 20_000
_DEEPEST = 16

_Leaf = tuple[str, TestOutcome]


@dataclass(frozen=True, slots=True)
class Tests:
    """What single tests came to."""

    __test__ = False

    outcomes: dict[str, TestOutcome] = field(default_factory=dict)
    lacking: int = 0
    """Tests that were announced and never reported."""
    has_bailed: bool = False
    """The suite gave up."""
    is_cut: bool = False
    """There are more than are kept."""


@dataclass(slots=True)
class _Group:
    """Tests at one depth, until the test that they are part of is reported."""

    indent: int
    name: str = ""
    planned: int | None = None
    told: int = 0
    leaves: list[_Leaf] = field(default_factory=list)

    @property
    def lacking(self) -> int:
        return max(0, (self.planned or 0) - self.told)


def read_ktap(lines: Iterable[str]) -> Tests:
    """What is said before a version or a plan is no test: programs print "ok" too."""
    reader = _Reader()
    for line in lines:
        if _LIKELY.match(line):
            reader.take(line[:_LONGEST_LINE].rstrip())
    return reader.end()


class _Reader:
    def __init__(self) -> None:
        self._groups: list[_Group] = []
        self._found: dict[str, TestOutcome] = {}
        self._lacking = 0
        self._is_on = self._has_bailed = self._is_cut = False
        self._left = _MOST
        self._next = ""

    def take(self, line: str) -> None:
        text = line.lstrip(" #")
        if text[:1] == "[" or text[:1] == "<":
            stamp = _STAMP.match(text)
            text = text[stamp.end() :] if stamp else text
            line, text = text, text.lstrip(" #")
        indent = len(line) - len(text)
        if text.startswith(("ok", "not ok")):
            found = _RESULT.fullmatch(text)
            if found and self._is_on:
                self._result(indent, found[1] is None, found[3] or found[2] or "")
        elif text.startswith("1.."):
            self._plan(indent, text)
        elif text.startswith("Subtest: "):
            # It stands at the depth of the tests below it (KTAP), or above them (TAP 14).
            self._next = text[9:].strip()
        elif text.startswith("Bail out!"):
            self._has_bailed = self._has_bailed or self._is_on
        elif _VERSION.fullmatch(text):
            self._is_on = True

    def end(self) -> Tests:
        while self._groups:
            self._close(self._groups.pop())
        return Tests(self._found, self._lacking, self._has_bailed, self._is_cut)

    def _close(self, group: _Group) -> None:
        """The test that these are part of was never reported."""
        self._lacking += group.lacking
        above = f"{group.name}/" if group.name else ""
        outer = self._groups[-1].leaves if self._groups else None
        for name, outcome in group.leaves:
            if outer is not None:
                outer.append((f"{above}{name}", outcome))
            else:
                self._keep(f"{above}{name}", outcome)

    def _keep(self, name: str, outcome: TestOutcome) -> None:
        name = storable(name[:_LONGEST])
        if name not in self._found and len(self._found) >= _MOST:
            self._is_cut = True
            return
        known = self._found.get(name, outcome)
        self._found[name] = min(known, outcome, key=_WORST.index)

    def _plan(self, indent: int, text: str) -> None:
        found = _PLAN.fullmatch(text)
        if found:
            self._is_on = True
            self._group(indent).planned = int(found[1])

    def _group(self, indent: int) -> _Group:
        """The group at that depth; deeper ones that nobody closed are part of no test."""
        while self._groups and self._groups[-1].indent > indent:
            self._close(self._groups.pop())
        if not self._groups or self._groups[-1].indent < indent:
            if len(self._groups) >= _DEEPEST:
                return self._groups[-1]
            self._groups.append(_Group(indent, self._next))
            self._next = ""
        return self._groups[-1]

    def _result(self, indent: int, is_ok: bool, said: str) -> None:
        name, outcome = _named(said, is_ok)
        parts: list[_Leaf] = []
        while self._groups and self._groups[-1].indent > indent:
            inner = self._groups.pop()
            self._lacking += inner.lacking
            parts = [*inner.leaves, *parts]
        group = self._group(indent)
        group.told += 1
        name = name or f"test {group.told}"
        if self._left <= 0:
            self._is_cut = True
            return
        self._left -= 1
        # A test that failed though all its parts passed has failed by itself.
        if not parts or (outcome is TestOutcome.FAIL and all(o is not outcome for _, o in parts)):
            group.leaves.append((name, outcome))
        group.leaves += ((f"{name}/{part}"[: 4 * _LONGEST], o) for part, o in parts)


_WORST = (TestOutcome.FAIL, TestOutcome.PASS, TestOutcome.SKIP)
_UNUSUAL = {
    "SKIP": TestOutcome.SKIP,
    "TODO": TestOutcome.SKIP,
    "XFAIL": TestOutcome.SKIP,
    "TIMEOUT": TestOutcome.FAIL,
    "ERROR": TestOutcome.FAIL,
}


def _named(said: str, is_ok: bool) -> _Leaf:
    outcome = TestOutcome.PASS if is_ok else TestOutcome.FAIL
    name, mark, rest = said.partition("#")
    word = _WORD.match(rest) if mark and not name.endswith("\\") else None
    unusual = _UNUSUAL.get(word[1].upper()) if word else None
    return (said.strip(), outcome) if unusual is None else (name.strip(), unusual)
