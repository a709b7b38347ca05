# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings as SARIF 2.1.0 (OASIS standard), for code scanning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from maintainer_kit import __version__
from maintainer_kit.checks.catalogue import all_rules
from maintainer_kit.checks.finding import Finding, Severity
from maintainer_kit.checks.report import Checked, Report
from maintainer_kit.checks.rule import Rule
from maintainer_kit.model.mail.text import storable, visible_line
from maintainer_kit.render.finding_place import file_spot, named
from maintainer_kit.render.fingerprint import fingerprints
from maintainer_kit.render.json_topics import Json
from maintainer_kit.render.needs import need_words

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def report_sarif(report: Report) -> Json:
    """One run with its rules, results, and what could not be checked as notifications."""
    described = list(_descriptors(report))
    index = {one["id"]: at for at, one in enumerate(described)}
    run = {
        "tool": {"driver": {"name": "mkit check", "version": __version__, "rules": described}},
        "columnKind": "unicodeCodePoints",
        "results": [result for one in report.checked for result in _results(one, index)],
        "invocations": [_invocation(report)],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _descriptors(report: Report) -> Iterator[Json]:
    """The rules that spoke, then other tools' that did."""
    used = {one.rule for one in report.findings()}
    for rule in all_rules():
        if rule.id in used:
            used.remove(rule.id)
            yield _descriptor(rule)
    for name in sorted(used):
        yield {"id": _plain(name), "shortDescription": _message(name)}


def _descriptor(rule: Rule) -> Json:
    return {
        "id": rule.id,
        "shortDescription": _message(rule.words),
        "fullDescription": _message(rule.why),
        "help": _message(f"{rule.fix} {rule.source.title}: {rule.source.url}"),
        "helpUri": rule.source.url,
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _results(checked: Checked, index: dict[str, int]) -> Iterator[Json]:
    for finding, mark in fingerprints(checked):
        yield _result(finding, index, mark)


def _result(finding: Finding, index: dict[str, int], mark: str) -> Json:
    name = named(finding)
    rule = _plain(finding.rule)
    result: Json = {
        "ruleId": rule,
        "ruleIndex": index[rule],
        "level": _LEVELS[finding.severity],
        "message": _message(f"{finding.title}: {finding.message}" if name else finding.message),
        "partialFingerprints": {"mkitFinding/v1": mark},
        "locations": [_location(finding)],
    }
    properties = {"commit": finding.commit, "messageId": finding.message_id}
    if given := {key: _plain(value) for key, value in properties.items() if value}:
        result["properties"] = given
    return result


def _location(finding: Finding) -> Json:
    spot = file_spot(finding)
    logical = {
        "name": _plain(f"{finding.spot.part.value} of {finding.title}"),
        "fullyQualifiedName": _plain(
            finding.commit or finding.message_id or finding.title or "staged"
        ),
        "kind": "member",
    }
    location: Json = {"logicalLocations": [logical]}
    if spot is not None:
        physical: Json = {"artifactLocation": {"uri": _uri(spot.path)}}
        if spot.line:
            physical["region"] = {"startLine": spot.line}
            if spot.start and spot.end:
                physical["region"] |= {"startColumn": spot.start, "endColumn": spot.end}
        location["physicalLocation"] = physical
    return location


def _uri(path: str) -> str:
    """A relative reference (RFC 3986), or file: of a whole path; no path of a mail can be taken for
    a scheme or a host."""
    try:
        raw = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raw = storable(path).encode()
    encoded = quote(raw, safe="/")
    return f"file://{encoded}" if encoded.startswith("/") else encoded


def _invocation(report: Report) -> Json:
    errors = [f"{one.name}: not checked: {one.reason}" for one in report.unchecked]
    notes = [f"rules that need {one} were not asked" for one in need_words(report.missing)]
    found: Json = {"executionSuccessful": not errors}
    if errors:
        found["toolExecutionNotifications"] = _notifications("error", errors)
    if notes:
        found["toolConfigurationNotifications"] = _notifications("note", notes)
    return found


def _notifications(level: str, texts: Sequence[str]) -> list[Json]:
    return [{"level": level, "message": _message(text)} for text in texts]


def _message(text: str) -> Json:
    """A plain-text message (3.11.5, 3.11.6 of the standard): braces are doubled, which else would
    be placeholders, and what a mail says cannot become a link."""
    doubled = _plain(text).replace("{", "{{").replace("}", "}}")
    return {"text": doubled.replace("](", "\\](")}


def _plain(text: str) -> str:
    return storable(visible_line(text))
