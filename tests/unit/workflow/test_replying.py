# SPDX-License-Identifier: GPL-2.0-or-later
"""Drafts are made, shown and sent, over stores in memory."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.config import Settings
from maintainer_kit.errors import Busy, ConfigError, NotFound, Refused
from maintainer_kit.model.decision.event import Event, EventKind, Origin
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.draft import Draft, Note, Stage
from maintainer_kit.workflow.decide import decide
from maintainer_kit.workflow.replying.desk import Desk, answered_mail
from maintainer_kit.workflow.replying.drafting import (
    all_drafts,
    comment,
    comments_in,
    draft_of,
    drop,
    find_draft,
    give,
    gives,
    put_recipients,
    say,
    to_author_only,
)
from maintainer_kit.workflow.replying.editing import take_edited, to_edit
from maintainer_kit.workflow.replying.ports import MaybeSent, NotSent
from maintainer_kit.workflow.replying.previewing import preview
from maintainer_kit.workflow.replying.sending import outcome_words, send, settle, uncertain
from maintainer_kit.workflow.replying.targets import find_line, mails_of, patches_of, trailed_mails
from maintainer_kit.workflow.replying.templates import put_template, template_names
from tests.build import BO, LIST, ROBIN, mail, part_id, posting
from tests.build import reply as answer
from tests.memory.desk import SETTINGS
from tests.memory.desk import Desk as Stores
from tests.memory.drafts import MemoryDrafts, MemoryOutbox, MemoryTemplates, reply_desk

COVER, ONE, TWO = (part_id("foo", number) for number in range(3))
NAMED = replace(SETTINGS, name=("Robin Maintainer",))


def desk(*raws: bytes, settings: Settings = NAMED) -> Desk:
    """A desk with a series of two patches, and more mail."""
    found = Stores(settings)
    found.deliver(*posting("foo", 2), *raws)
    found.sync()
    return reply_desk(found.stores)


def outbox(found: Desk) -> MemoryOutbox:
    assert isinstance(found.outbox, MemoryOutbox)
    return found.outbox


def kept(found: Desk) -> dict[str, Draft]:
    assert isinstance(found.drafts, MemoryDrafts)
    return found.drafts.kept


def topic(found: Desk) -> str:
    return found.stores.catalogue.topic_ids([ONE])[ONE]


def added_line(found: Desk, message_id: str) -> int:
    lines = answered_mail(found, message_id).text.split("\n")
    return next(at for at, line in enumerate(lines, 1) if line.startswith("+\t"))


def test_a_draft_is_kept_from_its_first_word_to_its_last() -> None:
    found = desk()
    new = draft_of(found, ONE)
    assert (new.is_empty, kept(found)) == (True, {})
    assert str(new.to[0]) == "Ada Author <ada@quarry.example>"
    made = comment(found, ONE, 3, "Why?")
    assert kept(found) == {made.id: made}
    again = comment(found, ONE, 1, "How?")
    assert again.notes == (Note(1, "How?"), Note(3, "Why?"))
    assert (again.message_id, again.created) == (made.message_id, made.created)
    assert again.changed > made.changed
    comment(found, ONE, 1, "")
    comment(found, ONE, 3, "")
    assert kept(found) == {}


def test_a_mail_that_is_gone() -> None:
    with pytest.raises(NotFound, match="no message"):
        comment(desk(), "gone@x", 1, "Why?")


def test_a_trailer_is_given_once_and_taken_back_wherever_it_is() -> None:
    found = desk()
    give(found, ONE, "Reviewed-by")
    made = give(found, ONE, "Reviewed-by")
    assert made.trailers == ("Reviewed-by: Robin Maintainer <robin@lumen.example>",)
    edited = take_edited(found, ONE, to_edit(found, ONE))
    assert (edited.trailers, gives(edited, "Reviewed-by")) == ((), True)
    assert give(found, ONE, "Reviewed-by").trailers == ()
    without = give(found, ONE, "Reviewed-by", on=False)
    assert not gives(without, "Reviewed-by")
    with pytest.raises(ConfigError, match="name"):
        nameless = replace(desk(settings=SETTINGS), sender=Person("", "robin@lumen.example"))
        give(nameless, ONE, "Acked-by")


def test_recipients_can_be_others() -> None:
    found = desk()
    say(found, ONE, "Hm.")
    assert to_author_only(found, ONE).cc == ()
    assert [one.address for one in to_author_only(found, ONE, only=False).cc] == [LIST]
    bo = Person("Bo", "bo@shale.example")
    assert put_recipients(found, ONE, [bo], []).to == (bo,)


def test_what_an_editor_leaves() -> None:
    found = desk()
    shown = to_edit(found, ONE)
    assert shown.startswith(f"To: Ada Author <ada@quarry.example>\nCc: {LIST}\nSubject: Re: ")
    with pytest.raises(Refused, match="nothing was written"):
        take_edited(found, ONE, "To: x@y.example\nCc:\n\n \n")
    assert kept(found) == {}
    made = take_edited(found, ONE, shown.replace("+\ttwo_1();", "+\ttwo_1();\n\nWhy two?\n"))
    at = added_line(found, ONE)
    assert comments_in(found, ONE) == (Note(at, "Why two?"),)
    assert made.subject == draft_of(found, ONE).subject
    with pytest.raises(Refused, match="is no address; the text is kept"):
        take_edited(found, ONE, "To: nobody\nCc:\n\nOther words.\n")
    assert draft_of(found, ONE).written == "Other words.\n"
    assert preview(found, draft_of(found, ONE)).lack == "it goes to nobody"
    take_edited(found, ONE, "To: ada@quarry.example\nSubject:\n\nOther words.\n")
    assert preview(found, draft_of(found, ONE)).lack == "it has no subject"


def test_what_says_nothing_is_not_sent() -> None:
    found = desk()
    quoted = take_edited(found, ONE, to_edit(found, ONE))
    assert preview(found, quoted).lack == "it says nothing"
    with pytest.raises(Refused, match="it says nothing"):
        send(found, [quoted])


def test_sent_mail_is_imported_and_the_draft_forgotten() -> None:
    found = desk()
    draft = say(found, ONE, "Fine.")
    outcome = send(found, [draft])
    assert outcome_words(outcome) == "1 reply sent"
    assert kept(found) == {}
    (posted,) = outbox(found).posted
    assert posted.message_id == draft.message_id
    record = found.stores.catalogue.records([draft.message_id])[draft.message_id]
    assert record.message.parents == (ONE, COVER)
    assert record.message.submitter.key == "robin@lumen.example"
    # Another reply to the same mail is another mail, although clock and process are the same.
    stands = replace(found, stores=replace(found.stores, clock=lambda: draft.created))
    assert say(stands, ONE, "And more.").message_id.endswith(f"{draft.id}.2-robin@lumen.example")


def test_a_failure_in_the_middle() -> None:
    found = desk()
    drafts = [say(found, one, "Fine.") for one in (COVER, ONE, TWO)]
    outbox(found).trouble = {1: NotSent("no route")}
    outcome = send(found, drafts)
    assert outcome_words(outcome) == (
        "1 of 3 replies sent, then: no route; 2 drafts are kept: mkit reply --send"
    )
    assert all_drafts(found) == drafts[1:]
    assert found.stores.catalogue.records([drafts[0].message_id])
    assert outcome_words(send(found, all_drafts(found))) == "2 replies sent"
    assert len({one.message_id for one in outbox(found).posted}) == 3


def test_what_nobody_knows_is_asked() -> None:
    found = desk()
    draft = say(found, ONE, "Fine.")
    outbox(found).trouble = {0: MaybeSent("no end"), 1: MaybeSent("no end")}
    outcome = send(found, [draft])
    assert outcome.is_uncertain
    assert f"nobody knows whether {draft.id} went out" in outcome_words(outcome)
    (asked,) = uncertain(found)
    assert asked.stage is Stage.SENDING
    for refused in (
        lambda: send(found, [asked]),
        lambda: say(found, ONE, "More."),
        lambda: drop(found, draft.id),
    ):
        with pytest.raises(Refused, match="is on its way"):
            refused()
    assert settle(found, draft.id, False) == draft
    send(found, [draft])
    settle(found, draft.id, True)
    assert kept(found) == {}
    assert found.stores.catalogue.records([draft.message_id])


def test_what_came_in_since_is_known_to_be_sent() -> None:
    found = desk()
    draft = say(found, ONE, "Fine.")
    outbox(found).trouble = {0: MaybeSent("no end")}
    send(found, [draft])
    other = Stores(NAMED)
    copy = answer(ONE, "Fine.\n", sender=ROBIN, message_id=draft.message_id)
    other.deliver(*posting("foo", 2), copy)
    other.sync()
    assert uncertain(replace(found, stores=other.stores)) == []
    assert kept(found) == {}


def test_mail_that_is_left_somewhere_is_not_imported() -> None:
    found = replace(desk(), outbox=MemoryOutbox(sends=False, words="left in FILE"))
    draft = say(found, ONE, "Fine.")
    assert outcome_words(send(found, [draft])) == "1 reply left in FILE"
    assert kept(found) == {}
    assert not found.stores.catalogue.records([draft.message_id])
    found.drafts.put(replace(draft, stage=Stage.SENDING))
    assert uncertain(found) == []
    assert kept(found) == {}


def test_an_import_that_must_wait_is_made_up_for() -> None:
    stores = Stores(NAMED)
    stores.deliver(*posting("foo", 2))
    stores.sync()
    found = reply_desk(stores.stores)
    draft = say(found, ONE, "Fine.")
    stores.lock.taken = True
    assert outcome_words(send(found, [draft])) == "1 reply sent"
    assert [one.stage for one in all_drafts(found)] == [Stage.SENT]
    stores.lock.taken = False
    assert uncertain(found) == []
    assert kept(found) == {}
    assert found.stores.catalogue.records([draft.message_id])


def test_two_do_not_send_at_once() -> None:
    found = desk()
    draft = say(found, ONE, "Fine.")
    with found.drafts.sending():
        with pytest.raises(Busy):
            send(found, [draft])
        with pytest.raises(Busy):
            settle(found, draft.id, True)
        assert uncertain(found) == []
    stale = draft
    say(found, ONE, "Other.")
    with pytest.raises(Refused, match="is another one now"):
        send(found, [stale])
    with pytest.raises(Refused, match="nothing is to be asked"):
        settle(found, draft.id, True)


def test_a_confidential_topic_asks_for_lists_and_new_people() -> None:
    private = replace(NAMED, confidential=("private@lists.lumen.example",))
    found = desk(settings=private)
    decide(found.stores, [Event(EventKind.CONFIDENTIAL, COVER, "yes")], Origin.CLI, "")
    draft = say(found, ONE, "Secret.")
    assert [one.address for one in preview(found, draft).exposed] == [LIST]
    with pytest.raises(Refused, match="is confidential"):
        send(found, [draft])
    people = [Person("", one) for one in ("ada@quarry.example", "private@lists.lumen.example")]
    draft = put_recipients(found, ONE, people, [found.sender])
    assert preview(found, draft).exposed == ()
    eve = Person("Eve", "eve@x.example")
    draft = put_recipients(found, ONE, [*people, eve], [])
    assert preview(found, draft).exposed == (eve,)
    assert send(found, [draft], is_public=True).failed is None


def test_a_public_topic_asks_nothing() -> None:
    found = desk()
    draft = say(found, ONE, "Hm.")
    draft = put_recipients(found, ONE, [Person("Eve", "eve@x.example")], [])
    assert preview(found, draft).exposed == ()
    assert preview(found, draft).topic_id == topic(found)


def test_ids_of_drafts() -> None:
    found = desk()
    draft = say(found, ONE, "Hm.")
    assert find_draft(found, draft.id[:4].upper()) == draft
    for word in ("", "x", draft.id[0], "zzzz"):
        with pytest.raises(NotFound):
            find_draft(found, word)
    found.drafts.put(replace(draft, id=draft.id[:4] + "00000000"))
    with pytest.raises(Refused, match="begins the ids of 2 drafts"):
        drop(found, draft.id[:4])
    drop(found, draft.id)
    assert draft.id not in kept(found)


def test_which_mails_are_meant() -> None:
    found = desk(
        *posting("bar", 2, cover=False),
        answer(ONE, "Why?\n", sender=BO, message_id="why@x"),
    )
    stores = found.stores
    assert mails_of(stores, topic(found)) == [COVER]
    assert mails_of(stores, topic(found), each=True) == [ONE, TWO]
    assert mails_of(stores, f"<{TWO}>") == [TWO]
    assert mails_of(stores, "why@x") == ["why@x"]
    assert patches_of(stores, "why@x") == [ONE, TWO]
    assert trailed_mails(stores, topic(found)) == [COVER]
    bar = [part_id("bar", number) for number in (1, 2)]
    other = stores.catalogue.topic_ids(bar)[bar[0]]
    assert mails_of(stores, other) == bar[:1]
    assert trailed_mails(stores, other) == bar
    assert trailed_mails(stores, bar[1]) == bar[1:]


def test_a_mail_of_no_topic_can_be_answered() -> None:
    text = f"Commit: {'ab' * 20}\nParent: x\n"
    found = desk(mail("foo: do it", text, message_id="notice@x"))
    assert found.stores.catalogue.topic_ids(["notice@x"]) == {}
    assert mails_of(found.stores, "notice@x") == ["notice@x"]
    assert trailed_mails(found.stores, "<notice@x>") == ["notice@x"]
    assert preview(found, say(found, "notice@x", "Thanks.")).topic_id == ""


def test_which_line_is_meant() -> None:
    found = desk(*posting("foo", 2, revision=2, change="two", cover=False, minutes=60))
    second = part_id("foo", 1, 2)
    assert find_line(found, [ONE, TWO], "fs/foo/1.c", 8) == (ONE, added_line(found, ONE))
    with pytest.raises(NotFound, match=r"no patch shows fs/foo/1.c:80"):
        find_line(found, [ONE, TWO], "fs/foo/1.c", 80)
    with pytest.raises(Refused, match="2 patches show"):
        find_line(found, [ONE, second], "fs/foo/1.c", 8)


def test_templates_stand_first() -> None:
    found = replace(desk(), templates=MemoryTemplates(b="Dear {author},\n", a="x"))
    assert template_names(found) == ["a", "b"]
    say(found, ONE, "Hm.")
    assert put_template(found, ONE, "b").text == "Dear Ada Author,\n\nHm."
    with pytest.raises(NotFound):
        put_template(found, ONE, "c")
