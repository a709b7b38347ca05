# SPDX-License-Identifier: GPL-2.0-or-later
"""Views: queries with a name, those that are built in and those of the settings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from maintainer_kit.errors import ConfigError
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.query.expression import Expression, Problem
from maintainer_kit.model.query.parsing import parse

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")
_EXAMPLE = "git config --add mkit.view 'net file:net/ mkit:open # network patches'"


@dataclass(frozen=True, slots=True)
class View:
    """A part of the queue."""

    name: str
    words: str
    short: str
    """For a narrow bar."""
    empty: str
    """What is said when there is nothing in it."""
    query: str


BUILT_IN = (
    View("all", "needs action", "action", "Nothing needs anybody.", "mkit:open"),
    View("me", "your turn", "yours", "Nothing waits for you.", "mkit:open turn:me"),
    View("author", "author", "author", "Nothing waits for its author.", "mkit:open turn:author"),
    View("reviewer", "review", "review", "Nothing waits for review.", "mkit:open turn:reviewer"),
    View("everything", "everything", "all", "There is no mail yet.", ""),
    View("mine", "mine", "mine", "Nothing of yours is open.", "mkit:open mkit:mine"),
    View(
        "delegated",
        "delegated to others",
        "others",
        "Nothing is delegated to others.",
        "mkit:open -delegate:me -delegate:nobody",
    ),
    View(
        "could-review",
        "could review",
        "could",
        "Nothing where you know your way waits for a review.",
        "mkit:could-review",
    ),
    View(
        "nobodys",
        "nobody's",
        "nobody",
        "Everything open has somebody who maintains it.",
        "mkit:open mkit:nobodys",
    ),
    View(
        "accepted",
        "accepted",
        "accept",
        "Nothing is accepted and not archived.",
        "state:accepted -mkit:archived",
    ),
    View(
        "landed",
        "landed",
        "landed",
        "Nothing that landed is left to prune.",
        "landed:yes -mkit:archived",
    ),
    View("starred", "starred", "starred", "Nothing is starred.", "mkit:starred"),
    View("snoozed", "snoozed", "snoozed", "Nothing is snoozed.", "mkit:snoozed"),
    View("stale", "stale", "stale", "Nothing open is older than 30 days.", "mkit:stale"),
)


def read_view(line: str) -> View:
    """The view of a line ``NAME QUERY [# WORDS]`` of the settings.

    Raises ConfigError for another line, and for a query that cannot be read.
    """
    name, _, rest = line.strip().partition(" ")
    if not _NAME.fullmatch(name):
        reason = f"{name!r} is no name: small letters, digits and dashes"
        raise ConfigError(f"mkit.view {line!r}: {reason}", _EXAMPLE)
    query, words = _split(rest.strip())
    if not query:
        raise ConfigError(f"mkit.view {line!r}: there is no query in it", _EXAMPLE)
    problem = parse(query)
    if isinstance(problem, Problem):
        reason = f"column {problem.column} of the query: {problem.message}"
        raise ConfigError(f"mkit.view {name}: {reason}", problem.hint or _EXAMPLE)
    words = words or name
    return View(name, words, name, f"There is nothing in {words}.", query)


def _split(rest: str) -> tuple[str, str]:
    """The query, and the words behind the last ``#`` that stands alone outside of quotes."""
    query, sign, words = f" {rest}".rpartition(" # ")
    if sign and query.count('"') % 2 == 0:
        return query.strip(), words.strip()
    return rest, ""


def all_views(lines: Iterable[str]) -> dict[str, View]:
    """All views by name: the built-in ones, then those of the settings; one of these takes the
    place of another with its name. Raises ConfigError."""
    views = {view.name: view for view in BUILT_IN}
    views.update((view.name, view) for view in map(read_view, lines))
    return views


def expression_of(view: View) -> Expression:
    """What a view asks; its query was read before, and had no problem."""
    found = parse(view.query)
    assert not isinstance(found, Problem)
    return found
