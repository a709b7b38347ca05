# SPDX-License-Identifier: GPL-2.0-or-later
"""What git says of a patch that does not apply, in one line for a person."""

from __future__ import annotations

from maintainer_kit.adapters.process import Result
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import visible_line

_PLACE = lazy_pattern(r"^error: patch failed: (.+:\d+)$")
_CONFLICT = lazy_pattern(r"^CONFLICT \([^)]*\): (.+)$")
_ERROR = lazy_pattern(r"^(?:error|fatal): (.+)$")
_AGAIN = lazy_pattern(
    r": patch does not apply$|^Failed to merge|could not build fake ancestor|^could not apply"
)
_LACKS = ("lacks necessary blobs", "sha1 information is lacking", "blob corresponding to")
_MOST = 200


def why_not(result: Result) -> str:
    """The first reason; of a merge the conflicts."""
    lines = [*result.stderr.splitlines(), *result.stdout.decode("utf-8", "replace").splitlines()]
    conflicts = [found[1] for line in lines if (found := _CONFLICT.match(line))]
    if conflicts:
        more = f", and {len(conflicts) - 1} more" if len(conflicts) > 1 else ""
        return visible_line(conflicts[0])[:_MOST] + more
    if any(mark in line for line in lines for mark in _LACKS):
        return "the blobs that it names are not in the repository"
    for line in lines:
        if found := _PLACE.match(line):
            return f"{visible_line(found[1])[:_MOST]} is not as the patch expects it"
    said = [found[1] for line in lines if (found := _ERROR.match(line))]
    new = [one for one in said if not _AGAIN.search(one)]
    return visible_line((new or said or ["git did not say why"])[0])[:_MOST]
