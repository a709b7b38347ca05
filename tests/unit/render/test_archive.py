# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages, feeds, texts and mboxes of the served archive."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

from maintainer_kit.adapters.mail.mbox import split_mbox
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.render.archive_feed import feed
from maintainer_kit.render.archive_page import archives_page, mail_page, newest_page
from maintainer_kit.render.archive_text import config_text
from maintainer_kit.render.mboxrd import mboxrd
from tests.build import mail, read

EVIL = '<script>alert("x")</script>&\x01'
ATOM = "{http://www.w3.org/2005/Atom}"


def test_an_mbox_gives_the_mails_back() -> None:
    raws = [
        mail("one", "From the start\n>From quoted\nA From inside\n"),
        mail("two", "no newline at its end")[:-1],
        mail("three", "\n\n"),
    ]
    found = [piece.raw for piece in split_mbox(b"".join(map(mboxrd, raws)))]
    assert [one.rstrip(b"\n") for one in found] == [one.rstrip(b"\n") for one in raws]
    assert found[0] == raws[0]


def test_a_page_has_no_markup_of_a_mail() -> None:
    raw = mail(EVIL, EVIL, sender=f'"{EVIL}" <a@x>', message_id='a"<b>@x')
    message, found = read(raw), read_mail(raw)
    for page in (mail_page(found, message), newest_page("all", [message])):
        assert b"<script" not in page and b"\x01" not in page
    assert b"<b>" not in archives_page({"<b>.x": 1}, "all")


def test_a_feed_is_xml_whatever_a_mail_says() -> None:
    messages = [read(mail(EVIL, "x", sender="A & B <a@x>"))]
    tree = fromstring(feed("a <b>", 'http://h/"x"/', messages))
    entries = tree.findall(f"{ATOM}entry")
    assert len(entries) == 1
    assert "<script>" in (entries[0].findtext(f"{ATOM}title") or "")
    assert entries[0].findtext(f"{ATOM}author/{ATOM}name") == "A & B"
    assert fromstring(feed("empty", "http://h/", [])).findtext(f"{ATOM}title") == "empty"


def test_the_configuration_is_of_git_syntax() -> None:
    text = config_text("all", ["a.x", 'b"\\.x'], "http://h/all/")
    assert text.splitlines() == [
        '[publicinbox "all"]',
        "\turl = http://h/all/",
        '\tlistid = "a.x"',
        '\tlistid = "b\\"\\\\.x"',
    ]
