# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings as checks for Patchwork's REST API: one for each patch and family of rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from maintainer_kit.checks.catalogue import family_of
from maintainer_kit.checks.finding import RANK, Finding, Severity
from maintainer_kit.checks.patch import Role
from maintainer_kit.checks.report import Checked, Report
from maintainer_kit.model.mail.text import storable, visible_line
from maintainer_kit.render.json_topics import Json

_STATES = {Severity.INFO: "success", Severity.WARNING: "warning", Severity.ERROR: "fail"}
_LONGEST = 500
_MAX_URL = 200
"""What Patchwork takes; a longer one makes it refuse the check."""
_MAX_CONTEXT = 255
_NO_SLUG = re.compile(r"[^-a-zA-Z0-9_]")


def patchwork_checks(report: Report) -> Iterator[Json]:
    """What to POST to ``/api/patches/ID/checks/``, with the Message-ID by which ID is found: the
    worst of each family that spoke, and one ``success`` for a patch about which none did.

    Patchwork keeps no checks of cover letters: what is said of one, each patch of the series gets.
    """
    for checked in report.checked:
        yield from _of_series(checked)


def _of_series(checked: Checked) -> Iterator[Json]:
    parts = checked.series.all
    for_all = [one for one in checked.findings if parts[one.at].role is Role.COVER]
    own: dict[int, list[Finding]] = {}
    for finding in checked.findings:
        own.setdefault(finding.at, []).append(finding)
    for at, patch in enumerate(parts):
        if patch.role is Role.PATCH and patch.message_id is not None:
            yield from _of_patch(patch.message_id, [*for_all, *own.get(at, ())])


def _of_patch(message_id: str, findings: Iterable[Finding]) -> Iterator[Json]:
    families: dict[str, list[Finding]] = {}
    for finding in findings:
        families.setdefault(family_of(finding.rule), []).append(finding)
    for family, found in families.items():
        yield _check(message_id, family, found)
    if not families:
        yield _check(message_id, "check", [])


def _check(message_id: str, family: str, findings: list[Finding]) -> Json:
    """The fields of one check; without an address there is no ``target_url``."""
    ordered = sorted(findings, key=lambda one: -RANK[one.severity])
    told = "; ".join(f"{one.message} [{one.rule}]" for one in ordered) or "nothing to say"
    check = {
        "message_id": message_id,
        "state": _STATES[ordered[0].severity] if ordered else "success",
        "context": _NO_SLUG.sub("-", f"mkit-{family}")[:_MAX_CONTEXT],
        "description": _cut(storable(visible_line(told))),
    }
    if ordered and 0 < len(ordered[0].source) <= _MAX_URL:
        check["target_url"] = ordered[0].source
    return check


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "\u2026"
