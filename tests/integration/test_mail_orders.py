# SPDX-License-Identifier: GPL-2.0-or-later
"""Orders by mail: obeyed when they are signed by somebody who may give them, else refused with a
reason and nothing changed. Signatures, name server, notmuch and stores are real."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from maintainer_kit.model.decision.event import EventKind, Group, Origin
from maintainer_kit.wiring.mail_orders import obey_mail
from maintainer_kit.wiring.workspace import Workspace, open_workspace
from maintainer_kit.workflow.decide import set_state, undo
from maintainer_kit.workflow.orders.obey import Obeyed
from maintainer_kit.workflow.sync import sync
from tests.build import ADA, BO, START, mail, part_id, posting, reply
from tests.integration.driver import CONFIG, Mkit, states
from tests.integration.signing import (
    COVERED,
    FOREIGN,
    NameServer,
    dkim_signed,
    keyring,
    name_server,
    patatt_signed,
)

MIA = "Mia Maintainer <mia@lumen.example>"
EVE = "Eve <eve@evil.example>"
NOW = int((time.time() - START.timestamp()) / 60)
"""The wall clock, in minutes after START: signatures go by it."""
HOUR, DAY = 60, 24 * 60
_NUMBER = count()
MAINTAINERS = """\
List of maintainers

STONES
M:\tMia Maintainer <mia@lumen.example>
R:\tRia Reviewer <ria@lumen.example>
S:\tMaintained
F:\tfs/stone/
"""

pytestmark = pytest.mark.timeout(120)


@dataclass(frozen=True)
class Desk:
    """A home in which orders by mail are on, and the name server that it asks."""

    mkit: Mkit
    names: NameServer

    @contextmanager
    def open(self) -> Iterator[Workspace]:
        """The stores, in this process: name servers are asked from threads of ours."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.mkit.env.items():
                patch.setenv(name, value) if value else patch.delenv(name, raising=False)
            with open_workspace() as workspace:
                yield workspace

    def arrive(self, *raws: bytes) -> Obeyed:
        self.mkit.deliver(*raws)
        return self.look()

    def look(self) -> Obeyed:
        with self.open() as workspace:
            sync(workspace.stores)
            return obey_mail(workspace)

    @property
    def groups(self) -> list[Group]:
        with self.open() as workspace:
            return workspace.stores.catalogue.groups()

    @property
    def states(self) -> dict[str, str]:
        return states(self.mkit.topic(part_id("stone", 0)))

    @property
    def refusal(self) -> str:
        """Why the last mail was refused."""
        (event,) = self.groups[-1].events
        assert event.kind is EventKind.REFUSED
        return event.value


def furnish(place: Path, names: NameServer) -> Desk:
    for domain in ("shale.example", "quarry.example", "lumen.example"):
        names.publish(domain)
    names.publish("evil.example", FOREIGN)
    tree = place / "tree"
    tree.mkdir()
    (tree / "MAINTAINERS").write_text(MAINTAINERS)
    mkit = Mkit(place, {"MKIT_NOW": ""}).configure(
        f"{CONFIG}\tmailCommands = on\n\tmailCommander = Bo@Shale.example\n"
        f"\tdns = {names.address}\n\tkeyring = {place}/keys\n\trepository = {tree}\n"
    )
    mkit.program(["git", "init", "-q", str(tree)])
    mkit.bring(*posting("stone", 3, minutes=NOW - 3 * DAY))
    return Desk(mkit, names)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with name_server() as names:
        yield furnish(tmp_path, names)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One where nothing is ever decided."""
    with name_server() as names:
        yield furnish(tmp_path_factory.mktemp("quiet"), names)


def says(
    text: str = "pw-bot: accepted\n",
    *,
    to: str = part_id("stone", 0),
    sender: str = BO,
    ago: int = 2 * HOUR,
    message_id: str = "",
    subject: str = "Re: [PATCH 0/3] stone: make it better",
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """An order, sent ``ago`` minutes before now."""
    return mail(
        subject,
        f"Thanks.\n\n{text}",
        sender=sender,
        message_id=message_id or f"order-{next(_NUMBER)}@made.example",
        parents=[to],
        minutes=NOW - ago,
        headers=headers,
    )


def signed(raw: bytes, domain: str = "shale.example", **more: Any) -> bytes:
    return dkim_signed(raw, domain, **more)


ALL = {part_id("stone", number) for number in (1, 2, 3)}


def test_a_series_is_accepted(desk: Desk) -> None:
    assert desk.arrive(signed(says(message_id="order@made.example"))) == Obeyed(obeyed=1)
    assert desk.states == dict.fromkeys(ALL, "accepted")
    (group,) = desk.groups
    assert (group.who, group.origin) == ("bo@shale.example", Origin.MAIL)
    assert group.why.startswith("pw-bot: accepted in <order@made.example>, sent 20")
    assert {event.message_id for event in group.events} == ALL
    assert "mkit/accepted" in desk.mkit.tags(part_id("stone", 1))


def test_it_is_obeyed_once(desk: Desk) -> None:
    raw = signed(says())
    assert desk.arrive(raw) == Obeyed(obeyed=1)
    assert desk.look() == Obeyed()
    assert desk.arrive(raw, raw + b"\n-- \nlist footer\n") == Obeyed()
    assert len(desk.groups) == 1


def test_one_patch_by_an_answer_below_an_answer(desk: Desk) -> None:
    patch = part_id("stone", 2)
    talk = reply(patch, "Why?\n", sender=MIA, message_id="why@made.example", minutes=NOW - DAY)
    assert desk.arrive(talk, signed(says("pw-bot: cr\n", to="why@made.example"))).obeyed == 1
    assert desk.states == {**dict.fromkeys(ALL, "new"), patch: "changes-requested"}


def test_all_verbs_are_one_group(desk: Desk) -> None:
    text = "#mkit state ur\n#mkit delegate Mia Maintainer <mia@lumen.example>\n#mkit note at v3\n"
    assert desk.arrive(signed(says(text))) == Obeyed(obeyed=1)
    (group,) = desk.groups
    assert [event.kind for event in group.events] == [
        *[EventKind.STATE] * 3,
        EventKind.DELEGATE,
        EventKind.NOTE,
    ]
    topic = desk.mkit.topic(part_id("stone", 0))
    assert topic["delegate"] == MIA
    assert topic["state"] == "under-review"


def test_off_by_default(desk: Desk) -> None:
    config = desk.mkit.home / "config"
    config.write_text(config.read_text().replace("\tmailCommands = on\n", ""))
    assert desk.arrive(signed(says())) == Obeyed()
    assert desk.groups == []
    assert desk.names.asked == []


def test_patatt(desk: Desk, tmp_path: Path) -> None:
    keyring(tmp_path / "keys", "bo@shale.example")
    raw = patatt_signed(says(ago=0), "bo@shale.example")
    assert desk.arrive(raw) == Obeyed(obeyed=1)
    assert desk.states == dict.fromkeys(ALL, "accepted")
    assert desk.names.asked == []


def test_patatt_forged(desk: Desk, tmp_path: Path) -> None:
    keyring(tmp_path / "keys", "bo@shale.example")
    raw = patatt_signed(says(ago=0), "bo@shale.example").replace(b"accepted", b"rejected")
    assert desk.arrive(raw) == Obeyed(refused=1)
    assert "the text was changed" in desk.refusal


def test_patatt_does_not_say_what_is_answered(desk: Desk, tmp_path: Path) -> None:
    """It signs the title: sent again as an answer to something else, it tells nothing."""
    keyring(tmp_path / "keys", "bo@shale.example")
    desk.mkit.deliver(*posting("other", 1, minutes=NOW - DAY))
    raw = patatt_signed(says(ago=0), "bo@shale.example")
    raw = raw.replace(part_id("stone", 0).encode(), part_id("other", 0).encode())
    assert desk.arrive(raw) == Obeyed(refused=1)
    assert "what it answers is not signed" in desk.refusal


def test_a_maintainer_of_the_files(desk: Desk) -> None:
    assert desk.arrive(signed(says(sender=MIA), "lumen.example")) == Obeyed(obeyed=1)
    assert set(desk.states.values()) == {"accepted"}


def test_of_other_files_he_is_none(desk: Desk) -> None:
    desk.mkit.deliver(*posting("sand", 1, minutes=NOW - DAY))
    raw = signed(says(sender=MIA, to=part_id("sand", 1)), "lumen.example")
    assert desk.arrive(raw) == Obeyed(refused=1)
    assert "neither commander" in desk.refusal


def test_the_author_takes_his_series_back(desk: Desk) -> None:
    raw = signed(says("pw-bot: changes-requested\n", sender=ADA), "quarry.example")
    assert desk.arrive(raw) == Obeyed(obeyed=1)
    assert set(desk.states.values()) == {"changes-requested"}
    again = says("pw-bot: defer\n", sender=ADA, ago=HOUR, message_id="again@made.example")
    assert desk.arrive(signed(again, "quarry.example")) == Obeyed(refused=1)
    assert set(desk.states.values()) == {"changes-requested"}


def swapped(old: str, new: str, raw: bytes | None = None) -> bytes:
    """Something changed after it was signed."""
    before = raw or signed(says())
    assert old.encode() in before
    return before.replace(old.encode(), new.encode())


def by_eve() -> bytes:
    """Properly signed, by somebody who may tell us nothing."""
    return signed(says(sender=EVE), "evil.example", key=FOREIGN)


REFUSED = [
    ("no signature", says(), "no DKIM signature"),
    ("another text", swapped("accepted", "rejected"), "body hash mismatch"),
    ("another sender", by_eve(), "neither commander"),
    ("another's domain", signed(says(), "evil.example", key=FOREIGN), "not of shale.example"),
    ("another's key", signed(says(), key=FOREIGN), "does not hold"),
    ("From was changed", swapped("Bo Reviewer", "Robin"), "does not hold"),
    ("From was put there", swapped(EVE, BO, by_eve()), "not of shale.example"),
    ("two senders", swapped("\nTo: ", "\nFrom: eve@evil.example\nTo: "), "several from"),
    ("part of the text", signed(says(), length=True), "only the beginning"),
    (
        "more text",
        signed(says("Fine.\n"), length=True) + b"pw-bot: accepted\n",
        "only the beginning",
    ),
    ("the key is gone", signed(says(), selector="old"), "holds no key"),
    (
        "what it answers is not signed",
        signed(says(subject="Re: hello"), covered=COVERED[:5]),
        "what it answers is not signed",
    ),
    ("an author accepts", signed(says(sender=ADA), "quarry.example"), "may not set accepted"),
    (
        "a reviewer",
        signed(says(sender="Ria <ria@lumen.example>"), "lumen.example"),
        "neither commander",
    ),
    ("too old", signed(says(ago=15 * DAY)), "sent 15 days ago"),
    ("too young", signed(says(ago=-2 * DAY)), "still to come"),
    ("no such state", signed(says("pw-bot: lovely\n")), "no state lovely"),
    ("computed", signed(says("pw-bot: superseded\n")), "follows from the mail"),
    ("no such verb", signed(says("#mkit destroy all\n")), "no command 'destroy'"),
    ("nobody named", signed(says("#mkit delegate Mia\n")), "not one person"),
    ("no words", signed(says("#mkit note\n")), "note of what?"),
    ("two things", signed(says("pw-bot: cr\npw-bot: accepted\n")), "it says both"),
    ("half of it wrong", signed(says("pw-bot: cr\n#mkit delegate x\n")), "not one person"),
    ("answers several", signed(says(headers={"In-Reply-To": "<a@x> <b@x>"})), "which one mail"),
]


@pytest.mark.parametrize(
    ("raw", "why"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_refused(raw: bytes, why: str, quiet: Desk) -> None:
    assert quiet.arrive(raw) == Obeyed(refused=1)
    assert why in quiet.refusal
    assert set(quiet.states.values()) == {"new"}
    assert quiet.look() == Obeyed()


def test_the_time_of_the_signature_does_for_a_date(desk: Desk) -> None:
    raw = signed(says(), covered=("from", "in-reply-to"))
    early = swapped("Date: ", "Date: Mon, 5 Jan 2026 09:00:00 +0000\nX-Date: ", raw)
    assert desk.arrive(early).obeyed == 0
    assert desk.arrive(raw.replace(b"order-", b"other-")) == Obeyed(obeyed=1)
    sent = desk.groups[-1].why.rpartition(", sent ")[2]
    assert abs(datetime.fromisoformat(sent).timestamp() - time.time()) < 300


DIFF = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
IGNORED = {
    "in a quote": says("> pw-bot: accepted\n"),
    "not at the start of a line": says(" pw-bot: accepted\n"),
    "in a signature": says("-- \npw-bot: accepted\n"),
    "in HTML": says(headers={"Content-Type": "text/html"}),
    "in a patch": says(f"{DIFF}pw-bot: accepted\n"),
    "in a mail that is passed on": says("---- Forwarded message ----\npw-bot: accepted\n"),
}


@pytest.mark.parametrize("raw", IGNORED.values(), ids=IGNORED)
def test_what_is_no_order_is_passed_over(raw: bytes, quiet: Desk) -> None:
    before = quiet.groups, list(quiet.names.asked)
    assert quiet.arrive(signed(raw)) == Obeyed()
    assert (quiet.groups, quiet.names.asked) == before


def test_a_patch_gives_no_orders(desk: Desk) -> None:
    (cover, *_) = posting("sand", 1, minutes=NOW - DAY, tail="pw-bot: accepted\n", sender=BO)
    assert desk.arrive(signed(cover)) == Obeyed()
    assert desk.groups == []


def test_a_replay_under_another_name(desk: Desk) -> None:
    """Many domains sign no Message-ID. What was decided since stands, by hand or taken back."""
    covered = [one for one in COVERED if one != "message-id"]
    raw = signed(says(), covered=covered)
    assert desk.arrive(raw) == Obeyed(obeyed=1)
    with desk.open() as workspace:
        set_state(workspace.stores, "new", sorted(ALL), Origin.CLI)
    assert set(desk.states.values()) == {"new"}
    again = raw.replace(b"order-", b"replay-")
    assert desk.arrive(again) == Obeyed(refused=1)
    assert set(desk.states.values()) == {"new"}
    assert any("decided later" in e.value for g in desk.groups for e in g.events)


def test_what_a_person_decided_later_stands(desk: Desk) -> None:
    with desk.open() as workspace:
        sync(workspace.stores)
        set_state(workspace.stores, "rejected", sorted(ALL), Origin.TUI)
    assert desk.arrive(signed(says())) == Obeyed(refused=1)
    assert set(desk.states.values()) == {"rejected"}
    assert any("decided later" in e.value for g in desk.groups for e in g.events)


def test_what_a_person_took_back_is_not_done_again(desk: Desk) -> None:
    with desk.open() as workspace:
        sync(workspace.stores)
        set_state(workspace.stores, "rejected", sorted(ALL), Origin.CLI)
        undo(workspace.stores, Origin.CLI)
    assert desk.arrive(signed(says("pw-bot: reject\n"))) == Obeyed(refused=1)
    assert set(desk.states.values()) == {"new"}


def test_orders_of_one_sync_are_obeyed_in_the_order_of_their_dates(desk: Desk) -> None:
    first = says("pw-bot: ur\n", ago=3 * HOUR, message_id="first@made.example")
    assert desk.arrive(signed(says()), signed(first)) == Obeyed(obeyed=2)
    assert set(desk.states.values()) == {"accepted"}


def test_an_older_order_that_comes_late_changes_nothing(desk: Desk) -> None:
    assert desk.arrive(signed(says())) == Obeyed(obeyed=1)
    late = says("pw-bot: ur\n", ago=3 * HOUR, message_id="late@made.example")
    assert desk.arrive(signed(late)) == Obeyed(refused=1)
    later = says("pw-bot: cr\n", ago=HOUR, message_id="later@made.example")
    assert desk.arrive(signed(later)) == Obeyed(obeyed=1)
    assert set(desk.states.values()) == {"changes-requested"}


def test_without_an_answer_it_waits(desk: Desk) -> None:
    desk.names.is_silent = True
    assert desk.arrive(signed(says())) == Obeyed(waiting=1)
    assert desk.groups == []
    desk.names.is_silent = False
    assert desk.look() == Obeyed(obeyed=1)


def test_it_waits_for_what_it_answers(desk: Desk) -> None:
    raw = signed(says(to=part_id("sand", 1)))
    assert desk.arrive(raw) == Obeyed(waiting=1)
    assert desk.arrive(*posting("sand", 1, minutes=NOW - DAY)) == Obeyed(obeyed=1)


def test_a_copy_that_a_list_changed_does_no_harm(desk: Desk) -> None:
    """The list adds its footer, and its own address in From; the sender's own copy comes later."""
    raw = signed(says())
    passed_on = raw.replace(BO.encode(), b"Bo via stones <stones@lists.example>") + b"-- \nfooter\n"
    assert desk.arrive(passed_on) == Obeyed(refused=1)
    assert desk.look() == Obeyed()
    assert desk.arrive(raw) == Obeyed(obeyed=1)
    assert set(desk.states.values()) == {"accepted"}


def test_a_forged_copy_does_no_harm(desk: Desk) -> None:
    raw = signed(says())
    assert desk.arrive(raw.replace(b"accepted", b"rejected"), raw) == Obeyed(obeyed=1)
    assert set(desk.states.values()) == {"accepted"}


def test_an_unverified_sender_is_not_named_as_if_he_were_known(desk: Desk) -> None:
    assert desk.arrive(says()) == Obeyed(refused=1)
    (group,) = desk.groups
    assert group.who == "bo@shale.example (unverified)"


def test_who_may_be_anybody_costs_no_question(desk: Desk) -> None:
    assert desk.arrive(by_eve()).refused == 1
    assert desk.names.asked == []


def test_a_repository_cannot_let_anybody_in(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever made the repository that the reader is in is not the reader."""
    tree = tmp_path / "trap"
    desk.mkit.program(["git", "init", "-q", str(tree)])
    for name, value in (("mailCommander", "eve@evil.example"), ("repository", str(tree))):
        desk.mkit.program(["git", "-C", str(tree), "config", "--add", f"mkit.{name}", value])
    (tree / "MAINTAINERS").write_text(MAINTAINERS.replace("mia@lumen", "eve@evil"))
    desk.mkit.deliver(by_eve())
    monkeypatch.chdir(tree)
    assert desk.look() == Obeyed(refused=1)


def test_the_encoding_counts_where_it_is_not_signed(desk: Desk) -> None:
    """Plain text is passed off for quoted-printable."""
    raw = signed(says("pw-bot=3A accepted\n"))
    coded = swapped("\nTo: ", "\nContent-Transfer-Encoding: quoted-printable\nTo: ", raw)
    assert desk.arrive(coded) == Obeyed(refused=1)
    assert "how its text is to be read is not signed" in desk.refusal


def test_a_part_is_not_passed_off_for_the_text(desk: Desk) -> None:
    """Whoever attaches a mail with an order gives none."""
    parts = "--b\n\nLook at this.\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\n"
    kind = {"Content-Type": "multipart/mixed; boundary=b"}
    raw = signed(says(f"{parts}pw-bot: accepted\n--b--\n", headers=kind))
    assert desk.arrive(raw) == Obeyed()
    plain = swapped(kind["Content-Type"], "text/plain", raw).replace(b"order-", b"other-")
    assert desk.arrive(plain).obeyed == 0
    assert set(desk.states.values()) == {"new"}


def test_the_encoding_that_is_signed_is_believed(desk: Desk) -> None:
    coded = {"Content-Type": "text/plain", "Content-Transfer-Encoding": "quoted-printable"}
    raw = says("pw-bot=3A accepted\n", headers=coded)
    covered = [*COVERED, "content-type", "content-transfer-encoding"]
    assert desk.arrive(signed(raw, covered=covered)) == Obeyed(obeyed=1)


def test_a_subject_tells_what_is_answered(desk: Desk) -> None:
    """Some big mail services sign no In-Reply-To."""
    covered = [one for one in COVERED if one not in ("in-reply-to", "references")]
    desk.mkit.deliver(*posting("other", 1, minutes=NOW - DAY))
    raw = signed(says(), covered=covered)
    turned = swapped(part_id("stone", 0), part_id("other", 0), raw).replace(b"order-", b"other-")
    assert desk.arrive(turned).obeyed == 0
    assert desk.arrive(raw) == Obeyed(obeyed=1)


def test_an_order_is_not_older_than_what_it_answers(desk: Desk) -> None:
    desk.mkit.deliver(*posting("sand", 1, minutes=NOW - HOUR))
    assert desk.arrive(signed(says(to=part_id("sand", 0), ago=3 * DAY))) == Obeyed(refused=1)
    assert "older than what it answers" in desk.refusal


def test_copies_that_disagree(desk: Desk) -> None:
    """A sender who signs two different mails of one id is not to be guessed at."""
    two = [signed(says(f"pw-bot: {one}\n", message_id="both@x.example")) for one in ("cr", "ur")]
    assert desk.arrive(*two) == Obeyed(refused=1)
    assert desk.refusal == "its copies disagree"


def test_a_limit_of_the_settings_holds_for_mail_too(desk: Desk) -> None:
    config = desk.mkit.home / "config"
    config.write_text(config.read_text() + "\tstate = new next=under-review\n")
    assert desk.arrive(signed(says())) == Obeyed(refused=1)
    assert "lets no accepted follow" in desk.refusal
    ordered = signed(says("pw-bot: ur\n", ago=HOUR))
    assert desk.arrive(ordered) == Obeyed(obeyed=1)


def test_a_rebuild_neither_forgets_nor_repeats(desk: Desk) -> None:
    assert desk.arrive(signed(says())) == Obeyed(obeyed=1)
    assert desk.arrive(says("pw-bot: cr\n", ago=HOUR)) == Obeyed(refused=1)
    before = desk.groups
    desk.mkit.run("rebuild")
    assert desk.look() == Obeyed()
    assert desk.groups == before
    assert set(desk.states.values()) == {"accepted"}
