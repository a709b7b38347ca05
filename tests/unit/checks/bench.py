# SPDX-License-Identifier: GPL-2.0-or-later
"""From an example to findings: real mails read, a real repository and a real index behind them."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.checks.engine import NO_CONTEXT, Context, check_series
from maintainer_kit.checks.example import ADA, Example
from maintainer_kit.checks.finding import Finding
from maintainer_kit.checks.patch import Patch, Role
from maintainer_kit.checks.profile import Profile
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.checks.reading_commit import (
    CommitRecord,
    patch_of_commit,
    patch_of_message,
    patch_of_staged,
)
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.series import Series
from maintainer_kit.model.mail.person import parse_person

PLAIN = Profile("plain", "Every rule as it is written down", {})


def read_example(example: Example) -> Patch:
    """The example as what it is given as."""
    match example.kind:
        case "mail":
            return patch_of_mail(example.mail)
        case "file":
            return patch_of_mail(example.file, "0001-example.patch")
        case "message":
            person = parse_person(ADA)
            return patch_of_message(example.message, person, person, "COMMIT_EDITMSG")
        case "staged":
            return patch_of_staged(example.diff)
        case "commit":
            return patch_of_commit(_record(example))
    raise AssertionError(f"no such kind: {example.kind}")


def _record(example: Example) -> CommitRecord:
    author = parse_person(example.sender)
    return CommitRecord("9" * 40, ("8" * 40,), author, author, 0, example.message, example.diff)


def series_of(example: Example) -> Series:
    """The example and the rest of its series."""
    patches = [read_example(one) for one in example.series()]
    return Series(
        patches=tuple(one for one in patches if one.role is Role.PATCH),
        cover=next((one for one in patches if one.role is Role.COVER), None),
        others=tuple(one for one in patches if one.role is Role.OTHER),
    )


def findings(
    example: Example,
    rules: Sequence[Rule],
    profile: Profile = PLAIN,
    context: Context = NO_CONTEXT,
) -> list[Finding]:
    """What rules say of an example."""
    return check_series(series_of(example), rules, profile, context)
