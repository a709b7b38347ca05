# SPDX-License-Identifier: GPL-2.0-or-later
"""Results as JSON, for files and for notes; what was written by others is read as hostile."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from maintainer_kit.lazy.dataclass import replace
from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.testing.result import Diagnostic, Key, Outcome, Result, TestOutcome

VERSION = 1
_MOST = 20_000
"""Tests, and diagnostics, of one result."""
_LONGEST = 1000
_MOST_SHARED = 2000
_SMALL = (1 << 31) - 1


def dump_result(key: Key, result: Result) -> str:
    """One line, the same for the same result."""
    tests = {
        one.value: sorted(name for name, said in result.tests if said is one) for one in TestOutcome
    }
    value = {
        "version": VERSION,
        "configuration": key.name,
        "command": key.command,
        "tree": key.tree,
        "commit": result.commit,
        "outcome": result.outcome.value,
        "code": result.code,
        "seconds": round(result.seconds, 2),
        "when": result.when,
        "by": result.by,
        "limits": [result.time_limit, result.memory_limit],
        "whole": result.whole,
        "cut": result.is_cut,
        "said": [[*one, count] for one, count in result.diagnostics],
        "tests": {name: some for name, some in tests.items() if some},
    }
    return storable(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def load_result(line: str | bytes) -> tuple[Key, Result] | None:
    """None for what is none, or is of a newer version."""
    try:
        told = json.loads(line)
        if not isinstance(told, dict) or told.get("version") != VERSION:
            return None
        return _key(told), _result(told)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def for_notes(result: Result) -> Result:
    """The same, small enough to be shared: of many tests those that did not pass come first."""
    tests = sorted(result.tests, key=lambda one: (_RANK[one[1]], one[0]))[:_MOST_SHARED]
    said = result.diagnostics[:_MOST_SHARED]
    is_cut = len(tests) < len(result.tests) or len(said) < len(result.diagnostics)
    return replace(
        result, tests=tuple(sorted(tests)), diagnostics=said, is_cut=result.is_cut or is_cut
    )


_RANK = {TestOutcome.FAIL: 0, TestOutcome.PASS: 1, TestOutcome.SKIP: 2}


def _key(told: Mapping[str, Any]) -> Key:
    return Key(_text(told["tree"]), _text(told["configuration"]), _long(told["command"]))


def _result(told: Mapping[str, Any]) -> Result:
    limits = told["limits"]
    return Result(
        outcome=Outcome(told["outcome"]),
        code=None if told["code"] is None else _number(told["code"]),
        seconds=float(_bounded(told["seconds"])),
        when=_number(told["when"]),
        by=_text(told["by"]),
        commit=_text(told["commit"]),
        time_limit=_number(limits[0]),
        memory_limit=int(_bounded(limits[1], 1 << 62)),
        whole=told["whole"] is True,
        is_cut=told["cut"] is True,
        diagnostics=tuple(sorted(_diagnostics(told["said"]))),
        tests=tuple(sorted(_tests(told["tests"]))),
    )


def _diagnostics(told: Iterable[Any]) -> Iterator[tuple[Diagnostic, int]]:
    for number, (kind, path, message, flag, count) in enumerate(told):
        if number == _MOST:
            return
        yield Diagnostic(_text(kind), _text(path), _text(message), _text(flag)), _number(count)


def _tests(told: Mapping[str, Any]) -> Iterator[tuple[str, TestOutcome]]:
    left = _MOST
    for outcome in TestOutcome:
        for name in told.get(outcome.value, ())[:left]:
            left -= 1
            yield _text(name), outcome


def _text(value: object, most: int = _LONGEST) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return storable(value[:most])


def _long(value: object) -> str:
    return _text(value, 1 << 16)


def _number(value: object) -> int:
    return int(_bounded(value))


def _bounded(value: object, most: int = _SMALL << 10) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= most:
        raise TypeError(value)
    return value
