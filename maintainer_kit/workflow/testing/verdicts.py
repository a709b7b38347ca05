# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``mkit test`` says of one commit, by what is known: nothing is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from maintainer_kit.model.testing.configuration import Configuration
from maintainer_kit.model.testing.history import Commit, Span
from maintainer_kit.model.testing.problems import Verdict, problems_of
from maintainer_kit.model.testing.result import Key, Result
from maintainer_kit.workflow.testing.course import Course
from maintainer_kit.workflow.testing.report import tested

Verdicts = Mapping[str, Verdict | None]
"""By configuration, in the order of the settings; None of one that has no result which counts."""

Known = Callable[[Key], Result | None]


def known_verdicts(
    configurations: Sequence[Configuration],
    tip: Commit,
    base: Callable[[], Commit | None],
    known: Known,
) -> Verdicts:
    """``base`` is asked only where something is wrong with the tip; without one all that is wrong
    is new."""
    courses = _courses(configurations, Span(None, (tip,)), known)
    if any(_is_wrong(one.result(tip)) for one in courses):
        courses = _courses(configurations, Span(base(), (tip,)), known)
    return {one.configuration.name: tested(one).verdict for one in courses}


def verdict_words(verdicts: Verdicts) -> Iterator[str]:
    """``build: passed``, one for each configuration."""
    for name, verdict in verdicts.items():
        yield f"{name}: {verdict.value if verdict else 'not tested'}"


def _courses(configurations: Sequence[Configuration], span: Span, known: Known) -> list[Course]:
    return [Course(one, span, known) for one in configurations]


def _is_wrong(result: Result | None) -> bool:
    return result is not None and bool(problems_of(result))
