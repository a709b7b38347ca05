# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about who is mailed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.checks.addressees import missing
from maintainer_kit.checks.context import Look, Need
from maintainer_kit.checks.example import BO, GOOD, LIST, ROBIN
from maintainer_kit.checks.finding import Fix, Hit, Severity
from maintainer_kit.checks.patch import Patch, in_header
from maintainer_kit.checks.rule import MAILS, patch_rule
from maintainer_kit.checks.sources import submitting_patches
from maintainer_kit.checks.trailer_edits import shown
from maintainer_kit.model.maintainers.recipient import Recipient

_SELECT = submitting_patches("select-the-recipients-for-your-patch")
_SHOWN = 4
_MAINTAINERS = f"""\
PEBBLE FILE SYSTEM
M:	{ROBIN}
R:	{BO}
L:	{LIST}
S:	Maintained
F:	fs/pebble/
"""
_KNOWN = GOOD.with_(maintainers=_MAINTAINERS, headers={"Cc": BO})
_AWAY = "Robin Maintainer <robin@oldmill.example>"


@patch_rule(
    "missing-maintainer",
    Severity.WARNING,
    "Somebody who looks after the changed files does not get the patch.",
    why="Maintainers have too much mail to watch every list. A patch that does not name them in To "
    "or Cc is often seen by nobody who could apply it.",
    fix="Add them: mkit whom, or scripts/get_maintainer.pl, names them all.",
    source=_SELECT,
    origins=MAILS,
    needs=(Need.MAINTAINERS,),
    options={"ignore": []},
    passes=_KNOWN,
    fails=_KNOWN.with_(headers={"To": LIST, "Cc": BO}),
)
def missing_maintainer(patch: Patch, look: Look) -> Iterator[Hit]:
    ignored = {one.lower() for one in look.words("ignore")}
    absent = [
        one
        for one, other in missing(patch, look)
        if not one.is_list and other is None and one.person.key not in ignored
    ]
    for asked, people in _parted(absent):
        yield Hit(
            f"not in To or Cc: {_listed(people)}",
            in_header("to" if asked else "cc"),
            Fix(f"Cc: {', '.join(str(one.person) for one in people[:_SHOWN])}"),
            None if asked else Severity.INFO,
        )


def _parted(absent: Sequence[Recipient]) -> Iterator[tuple[bool, list[Recipient]]]:
    """Those who decide about the files, then those who only want to see the patch."""
    asked = [one for one in absent if one.role != "reviewer" and one.pattern.startswith("F:")]
    rest = [one for one in absent if one not in asked]
    for is_asked, people in ((True, asked), (False, rest)):
        if people:
            yield is_asked, people


def _listed(people: Sequence[Recipient]) -> str:
    named = ", ".join(f"{shown(str(one.person))} ({_why(one)})" for one in people[:_SHOWN])
    return f"{named} and {len(people) - _SHOWN} more" if len(people) > _SHOWN else named


def _why(one: Recipient) -> str:
    return one.role if one.section else shown(one.reason)


@patch_rule(
    "missing-list",
    Severity.WARNING,
    "A mailing list of the changed files does not get the patch.",
    why="On the list a patch is seen by everybody who works on these files, by the robots that "
    "test patches, and by the archive that a Link: leads to.",
    fix="Add the list to Cc: mkit whom, or scripts/get_maintainer.pl, names it.",
    source=_SELECT,
    origins=MAILS,
    needs=(Need.MAINTAINERS,),
    # Nobody is told to write to a list for what is not public yet.
    options={
        "ignore": ["linux-kernel@vger.kernel.org"],
        "private": ["security@kernel.org", "linux-distros@vs.openwall.org"],
    },
    passes=_KNOWN,
    fails=_KNOWN.with_(headers={"To": ROBIN, "Cc": BO}),
)
def missing_list(patch: Patch, look: Look) -> Iterator[Hit]:
    ignored = {one.lower() for one in (*look.words("ignore"), *look.words("private"))}
    absent = [
        one
        for one, _ in missing(patch, look)
        if one.is_list and one.person.key not in ignored and not one.pattern.startswith("K:")
    ]
    if absent:
        named = ", ".join(one.person.address for one in absent[:_SHOWN])
        yield Hit(f"not in To or Cc: {named}", in_header("cc"), Fix(f"Cc: {named}"))


@patch_rule(
    "recipient-stale",
    Severity.INFO,
    "A maintainer is mailed at an address that MAINTAINERS does not name.",
    why="People change their employer, and the old address bounces or is read by nobody. "
    "MAINTAINERS has the address that they read.",
    fix="Write to the address in MAINTAINERS.",
    source=_SELECT,
    origins=MAILS,
    needs=(Need.MAINTAINERS,),
    passes=_KNOWN,
    fails=_KNOWN.with_(headers={"To": f"{_AWAY}, {LIST}", "Cc": BO}),
)
def recipient_stale(patch: Patch, look: Look) -> Iterator[Hit]:
    own = {patch.author.key, patch.submitter.key}
    for one, other in missing(patch, look):
        if other is not None and other.key not in own:
            yield Hit(
                f"{shown(str(other))} is {one.person.address} in MAINTAINERS",
                in_header("to"),
                Fix(f"write to {one.person.address}"),
            )
