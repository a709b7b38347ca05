# SPDX-License-Identifier: GPL-2.0-or-later
"""``config`` and ``doctor``."""

from __future__ import annotations

from dataclasses import asdict

import click

from maintainer_kit.adapters import examine
from maintainer_kit.adapters.home import find_home
from maintainer_kit.adapters.kept.drafts import DraftFolder
from maintainer_kit.adapters.kept.left_out import LeftOutFile
from maintainer_kit.adapters.lei.spool import TrackSpool
from maintainer_kit.adapters.mail.refused import refused_mail
from maintainer_kit.cli.common import examples, json_option, print_lines
from maintainer_kit.config import KEYS, MEANINGS
from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.json_topics import dumps, envelope
from maintainer_kit.wiring.workspace import Workspace, open_workspace, repositories
from maintainer_kit.workflow.doctor import Finding, examine_stores


@click.command(
    "config", epilog=examples("mkit config", "git config --global mkit.me jane@example.org")
)
@json_option
def config_command(as_json: bool) -> None:
    """Every setting: its value, what it means, and which file says so. Set them with git config."""
    with open_workspace() as workspace:
        settings = _settings(workspace)
        places = _places(workspace)
    if as_json:
        click.echo(dumps(envelope(settings=settings, places=places)))
        return
    lines = []
    for one in settings:
        value = one["value"]
        shown = ", ".join(value) if isinstance(value, list) else value
        lines.append(f"{one['name']} = {visible_line(str(shown)) or '(not set)'}")
        lines.append(f"    {one['meaning']}  [{visible_line(str(one['origin']))}]")
    lines.append("")
    lines.extend(f"{name:<10} {visible_line(str(place))}" for name, place in places.items())
    print_lines(lines)


def _settings(workspace: Workspace) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for field, name in KEYS.items():
        value = getattr(workspace.stores.settings, field)
        if field == "repository":
            value = [str(path) for path in repositories(workspace.stores.settings)]
        entries = workspace.entries.get(name, [])
        origin = entries[-1].origin if entries else _default_origin(workspace, field)
        listed = list(value) if isinstance(value, tuple | list) else value
        found.append({"name": name, "value": listed, "meaning": MEANINGS[name], "origin": origin})
    return found


def _default_origin(workspace: Workspace, field: str) -> str:
    if field == "me" and workspace.stores.settings.me:
        return "default: user.email and notmuch's addresses"
    if field == "name" and workspace.stores.settings.name:
        return "default: user.name"
    return "default"


def _places(workspace: Workspace) -> dict[str, str]:
    home = workspace.home
    config = workspace.database.config
    return {
        "home": str(home.root),
        "journal": str(home.journal),
        "catalogue": str(home.catalogue),
        "mail": str(workspace.database.mail_root),
        "imports": str(workspace.database.mail_root / "mkit"),
        "notmuch": str(config) if config else "notmuch's own search order",
    }


@click.command("doctor", epilog=examples("mkit doctor", "mkit doctor --json"))
@json_option
def doctor_command(as_json: bool) -> int:
    """Say what is wrong and the command that mends it; changes nothing. Exit 1 on findings."""
    findings = _examine()
    serious = [one for one in findings if one.severity != "info"]
    if as_json:
        click.echo(dumps(envelope(findings=[asdict(one) for one in findings])))
    elif not findings:
        click.echo("all is well")
    for one in [] if as_json else findings:
        click.echo(
            f"{one.severity}: {visible_line(one.message)}\n    try: {visible_line(one.hint)}"
        )
    return 1 if serious else 0


def _examine() -> list[Finding]:
    """Everything that can be looked at; what cannot be opened is itself a finding."""
    findings = list(examine.examine_programs())
    if any(one.severity == "error" for one in findings):
        return findings
    home = find_home()
    try:
        home.create()
        findings.extend(examine.examine_home(home))
        findings.extend(examine.examine_refused(refused_mail(home)))
        findings.extend(examine.examine_left_out(LeftOutFile(home.root)))
        findings.extend(examine.examine_spool(TrackSpool(home.root)))
        findings.extend(examine.examine_drafts(DraftFolder(home.root)))
        with open_workspace() as workspace:
            findings.extend(examine.examine_settings(workspace.entries))
            findings.extend(examine.examine_index(workspace.database.path))
            findings.extend(examine.examine_journal(workspace.journal))
            findings.extend(examine_stores(workspace.stores))
            findings.extend(examine.examine_mail(workspace.catalogue))
    except MkitError as error:
        findings.append(Finding("error", error.message, error.hint or "see the message"))
    return findings
