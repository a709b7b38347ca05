# SPDX-License-Identifier: GPL-2.0-or-later
"""What makes a finding the same one after a rebase or a resend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from maintainer_kit.checks.finding import Finding
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.report import Checked
from maintainer_kit.model.patch.patch_id import patch_id


def fingerprints(checked: Checked) -> Iterator[tuple[Finding, str]]:
    """The findings of a series with their marks: equal for one rule, one change, the same words
    and the how-manieth of these in the patch, whatever the lines, the commit and the mail are."""
    changes: dict[int, str] = {}
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in checked.findings:
        if finding.at not in changes:
            changes[finding.at] = _change(checked.series.all[finding.at])
        told = " ".join(finding.message.lower().split())
        key = (finding.rule, changes[finding.at], told)
        text = "\0".join((*key, str(seen[key])))
        seen[key] += 1
        yield finding, sha256(text.encode("utf-8", "replace")).hexdigest()


def _change(patch: Patch) -> str:
    """The patch-id; what has no diff is known by its title."""
    return (patch_id(patch.diff_text) if patch.diff_text else None) or patch.title
