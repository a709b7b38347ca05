# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the words of a title: its area, its first letter, its mood."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname

from maintainer_kit.checks.area import area_end, is_worded, names_area, usual_area
from maintainer_kit.checks.context import Look, Repository
from maintainer_kit.checks.example import GOOD
from maintainer_kit.checks.finding import Edit, Fix, Hit, Part, Severity
from maintainer_kit.checks.patch import Patch, in_title
from maintainer_kit.checks.rule import patch_rule
from maintainer_kit.checks.sources import GIT_SUBMITTING, TIP, submitting_patches
from maintainer_kit.checks.verbs import ARTICLES, COMMANDS, command_of
from maintainer_kit.lazy.pattern import lazy_pattern

_MOST_PATHS = 20
_FEW = 3
"""Fewer titles than that teach nothing."""
_CAPITAL = lazy_pattern(r"[A-Z][a-z']+(?=[ ,;]|$)")
_SMALL = lazy_pattern(r"[a-z][a-z-]*(?=[ ,;]|$)")
_KNOWN = COMMANDS | ARTICLES
_WORD = lazy_pattern(r"[A-Za-z-]+(?=[ ,;]|$)")


@patch_rule(
    "subject-no-prefix",
    Severity.WARNING,
    "The title does not say which area it is about.",
    why="Readers of a long list of commits or mails pick theirs by the first word. The area in "
    "front, as in 'net: ' or 'doc: ', tells whose the patch is, and what to search for later.",
    fix="Put the area in front: 'git log --oneline -- FILE' shows how it is written here.",
    source=submitting_patches("the-canonical-patch-format"),
    # How many of the last commits to the same files to learn from; and how many of a hundred
    # have to name an area before a patch is asked to.
    options={"learn-from": 50, "common": 50},
    passes=GOOD.with_(subject="[PATCH] mkfs.pebble, fsck: give the buffer back"),
    fails=GOOD.with_(subject="[PATCH] Give the buffer back when a mount fails"),
)
def subject_no_prefix(patch: Patch, look: Look) -> Iterator[Hit]:
    if not is_worded(patch) or names_area(patch.title):
        return
    area = ""
    if look.repository is not None and patch.paths:
        titles = _titles(look.repository, patch, look.number("learn-from"))
        area, named = usual_area(titles)
        if len(titles) >= _FEW and 100 * named < look.number("common"):
            return  # nobody names areas here
    like = f"'{area}: ', as other commits to these files do" if area else "'area: '"
    yield Hit(
        "the title names no area" + (f"; '{area}:' is usual here" if area else ""),
        in_title(patch, 0, len(patch.title)),
        Fix(f"begin the title with {like}"),
    )


def _titles(repository: Repository, patch: Patch, most: int) -> list[str]:
    """Titles of others' commits to the files that it touches, or to what is beside them."""
    paths = patch.paths[:_MOST_PATHS]
    found = repository.titles(paths, most)
    if len(found) < _FEW and (folders := [one for path in paths if (one := dirname(path))]):
        found = repository.titles(folders, most)
    return [one for one in found if one != patch.title]


@patch_rule(
    "subject-case",
    Severity.WARNING,
    "The first word of the title begins with the wrong kind of letter for this project.",
    why="Some projects begin the words behind the area with a small letter, some with a capital "
    "one. Titles that all look alike are read faster, and a maintainer need not change them.",
    fix="Write the first word behind the area as the project does.",
    source=GIT_SUBMITTING,
    options={"want": "lower"},
    passes=GOOD.with_(subject="[PATCH] pebble: README files are no directories", profile="git"),
    fails=GOOD.with_(subject="[PATCH] pebble: Give the buffer back", profile="git"),
)
def subject_case(patch: Patch, look: Look) -> Iterator[Hit]:
    want_capital = look.options["want"] == "capital"
    start = area_end(patch.title)
    if not start or not is_worded(patch):
        return
    found = (_SMALL if want_capital else _CAPITAL).match(patch.title, start)
    # Names keep their letters: only words that are known not to be one are judged.
    if not found or found[0].lower() not in _KNOWN:
        return
    first = found[0][0]
    right = first.upper() if want_capital else first.lower()
    spot = in_title(patch, start, found.end())
    kind = "a capital" if want_capital else "a small"
    edit = Edit(Part.SUBJECT, 0, 1, (_replaced(patch, start, start + 1, right),))
    yield Hit(
        f"'{found[0]}' begins with '{first}'; {kind} letter is usual here",
        spot,
        Fix(f"write '{right}{found[0][1:]}'", (edit,)),
    )


def _replaced(patch: Patch, start: int, end: int, text: str) -> str:
    """The subject with columns of its title replaced."""
    spot, line = in_title(patch, start, end), patch.title_line
    return line[: spot.start] + text + line[spot.end :]


@patch_rule(
    "subject-imperative",
    Severity.INFO,
    "The title tells what was done instead of giving the order.",
    why="A title completes the sentence 'if applied, this patch will ...'. So do git's own ones "
    "('Merge', 'Revert'), and a list of commits reads alike throughout.",
    fix="Begin with the plain verb: 'fix', not 'fixed', 'fixes' or 'fixing'.",
    source=TIP,
    passes=GOOD.with_(subject="[PATCH] pebble: fixes for mounts that fail"),
    fails=GOOD.with_(subject="[PATCH] pebble: added a missing call to pebble_put()"),
)
def subject_imperative(patch: Patch, look: Look) -> Iterator[Hit]:
    if not is_worded(patch):
        return
    start = area_end(patch.title)
    found = _WORD.match(patch.title, start)
    if not found:
        return
    following = patch.title[found.end() : found.end() + 40].split()
    command = command_of(found[0], following[0] if following else "")
    if command:
        right = command.capitalize() if found[0][0].isupper() else command
        yield Hit(
            f"'{found[0]}' tells what was done; a title is an order, as '{right}'",
            in_title(patch, start, found.end()),
            Fix(f"write '{right}', and the rest to go with it"),
        )
