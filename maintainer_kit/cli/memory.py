# SPDX-License-Identifier: GPL-2.0-or-later
"""``snooze``, ``note``, ``star``, ``watch``, ``mute``, ``confidential``: what mkit remembers of a
topic."""

from __future__ import annotations

from typing import Any

import click

from maintainer_kit.cli.common import examples, moment_of
from maintainer_kit.cli.deciding import Asked, carry_out, deciding, on_topics
from maintainer_kit.model.decision.event import MUTE, NO, WATCH, YES, EventKind
from maintainer_kit.wiring.workspace import clock
from maintainer_kit.workflow.decide import plan_each
from maintainer_kit.workflow.remembering import plan_note, plan_snooze, until_value

off_option = click.option("--off", is_flag=True, help="No longer.")


def _now() -> int:
    return clock() // 1_000_000


@click.command(
    "snooze",
    epilog=examples("mkit snooze --until 2w k3v9", "mkit snooze --mail --tag v6.19-rc1 k3v9"),
)
@click.option("--until", metavar="WHEN", default="", help="A date, a weekday, 3d, 2w, 1m.")
@click.option("--mail", is_flag=True, help="Until new mail comes.")
@click.option("--tag", metavar="TAG", default="", help="Until a repository of mine has this tag.")
@click.option("--off", is_flag=True, help="Wake up.")
@deciding
def snooze_command(until: str, mail: bool, tag: str, off: bool, **options: Any) -> None:
    """Take TARGETs out of the queue until something happens; whatever comes first brings them back.

    They come back by themselves, and the queue says why. A new revision is not snoozed.
    """
    if off == bool(until or mail or tag):
        raise click.UsageError("say until what: --until WHEN, --mail, --tag TAG; or --off")
    when = moment_of(until, _now()) if until else 0
    carry_out(
        "done",
        Asked(**options),
        lambda stores, found: plan_snooze(stores, found, until=when, mail=mail, tag=tag),
    )


@click.command(
    "note",
    epilog=examples('mkit note "waits for the vendor\'s answer" k3v9', "mkit note --drop k3v9"),
)
@click.option("--drop", is_flag=True, help="Drop all notes of TARGET; then there is no TEXT.")
@click.argument("text")
@deciding
def note_command(text: str, drop: bool, **options: Any) -> None:
    """Keep TEXT with the topics of TARGETs, for yourself; mkit list note:WORD finds it."""
    asked = Asked(**options)
    if drop:
        asked = Asked(**{**options, "targets": (text, *options["targets"])})
    carry_out(
        "noted",
        asked,
        lambda stores, found: plan_note(stores, found, "" if drop else text),
    )


@click.command("star", epilog=examples("mkit star k3v9", "mkit star --off k3v9"))
@off_option
@deciding
def star_command(off: bool, **options: Any) -> None:
    """Mark the topics of TARGETs; mkit list mkit:starred finds them."""
    value = NO if off else YES
    carry_out(
        "done",
        Asked(**options),
        lambda _, found: plan_each(EventKind.STAR, value, on_topics(found)),
    )


@click.command("watch", epilog=examples("mkit watch k3v9", "mkit watch --off k3v9"))
@off_option
@deciding
def watch_command(off: bool, **options: Any) -> None:
    """Follow the topics of TARGETs: the digest tells of all new mail in them."""
    value = "" if off else WATCH
    carry_out(
        "done",
        Asked(**options),
        lambda _, found: plan_each(EventKind.ATTENTION, value, on_topics(found)),
    )


@click.command("mute", epilog=examples("mkit mute k3v9", "mkit mute --off k3v9"))
@off_option
@deciding
def mute_command(off: bool, **options: Any) -> None:
    """Keep the topics of TARGETs out of the queue for good, whatever comes in."""
    value = "" if off else MUTE
    carry_out(
        "done",
        Asked(**options),
        lambda _, found: plan_each(EventKind.ATTENTION, value, on_topics(found)),
    )


@click.command(
    "confidential",
    epilog=examples("mkit confidential --until 2026-12-15 k3v9", "mkit confidential --off k3v9"),
)
@click.option("--until", metavar="WHEN", default="", help="The end of the embargo.")
@off_option
@deciding
def confidential_command(until: str, off: bool, **options: Any) -> None:
    """Keep the topics of TARGETs to yourself: never shared, served, or in a mailed digest.

    An embargo that has ended makes nothing public by itself: --off does.
    """
    if off and until:
        raise click.UsageError("--off and --until exclude each other")
    value = until_value(moment_of(until, _now())) if until else NO if off else YES
    carry_out(
        "done",
        Asked(**options),
        lambda _, found: plan_each(EventKind.CONFIDENTIAL, value, on_topics(found)),
    )
