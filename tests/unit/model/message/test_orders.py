# SPDX-License-Identifier: GPL-2.0-or-later
"""Orders are lines of the writer's own text, and nothing else."""

from __future__ import annotations

import time

import pytest

from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.message.orders import Order, orders_of, read_orders
from tests.build import BO, edit, mail, read, reply

ACCEPTED = Order("state", "accepted", "pw-bot: accepted")


@pytest.mark.parametrize(
    ("line", "verb", "words"),
    [
        ("pw-bot: accepted", "state", "accepted"),
        ("pw-bot:cr", "state", "cr"),
        ("pw-bot: changes requested  ", "state", "changes requested"),
        ("#mkit state under-review", "state", "under-review"),
        ("#mkit: state cr", "state", "cr"),
        ("#mkit delegate Ada <ada@quarry.example>", "delegate", "Ada <ada@quarry.example>"),
        ("#mkit note wait for\tv3", "note", "wait for\tv3"),
        ("#mkit frobnicate it", "frobnicate", "it"),
        ("#mkit state", "state", ""),
        ("pw-bot:", "state", ""),
    ],
)
def test_forms(line: str, verb: str, words: str) -> None:
    assert read_orders(f"Hello,\n\n{line}\n") == (Order(verb, words, line.rstrip()),)


@pytest.mark.parametrize(
    "text",
    [
        "> pw-bot: accepted",
        ">pw-bot: accepted",
        " pw-bot: accepted",
        "\tpw-bot: accepted",
        "Say pw-bot: accepted",
        "PW-BOT: accepted",
        "pw-bot accepted",
        "#mkits state accepted",
        "#mkit",
        "# mkit state accepted",
        "-- \nBo\npw-bot: accepted",
        "--\nBo\npw-bot: accepted",
        "_______________________________________________\npw-bot: accepted",
        f"{edit()}pw-bot: accepted",
        "--- a/x\n+++ b/x\npw-bot: accepted",
        "Index: x\npw-bot: accepted",
        "@@ -1,2 +1,2 @@\npw-bot: accepted",
        "-- >8 --\npw-bot: accepted",
        "8< - - -\npw-bot: accepted",
        "---------- Forwarded message ---------\nFrom: Ada\n\npw-bot: accepted",
        "----- Forwarded message from Ada <a@x.example> -----\n\npw-bot: accepted",
        "Begin forwarded message:\n\npw-bot: accepted",
        "-----Original Message-----\nFrom: Ada\nSent: now\n\npw-bot: accepted",
        "From: Ada\nSent: now\nTo: Bo\nSubject: x\n\npw-bot: accepted",
        "On Mon, 5 Jan 2026, Ada wrote:\n\npw-bot: accepted",
        "On Mon, 5 Jan 2026 at 10:00, Ada of a long name\n<ada@x> wrote:\npw-bot: accepted",
        f"pw-bot: {'x' * 2000}",
        "x\rpw-bot: accepted",
        "x\u2028pw-bot: accepted",
    ],
)
def test_what_is_no_order(text: str) -> None:
    assert read_orders(f"Hello,\n\n{text}\n") == ()


@pytest.mark.parametrize(
    "above",
    [
        "On Mon, 5 Jan 2026, Ada wrote:\n> why?\n\nBecause.\n\n",
        "On Mon, 5 Jan 2026, Ada wrote:\n\n> why?\n",
        "On Mon, 5 Jan 2026 at 10:00, Ada of a long name\n<ada@x.example> wrote:\n> why?\n",
        "> -- \n> Ada\n",
        "> diff --git a/x b/x\n> --- a/x\n> +++ b/x\n",
        "> -----Original Message-----\n",
        "",
    ],
)
def test_an_order_below_a_quote(above: str) -> None:
    assert read_orders(f"{above}pw-bot: accepted\n") == (ACCEPTED,)


def test_only_the_plain_text_gives_orders() -> None:
    html = mail("x", "<pre>\npw-bot: accepted\n</pre>", headers={"Content-Type": "text/html"})
    assert orders_of(read_mail(html)) == ()
    parts = (
        "--b\n\nFine.\n--b\nContent-Type: text/html\n\npw-bot: accepted\n"
        "--b\nContent-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\n"
        "pw-bot: accepted\n--b\nContent-Type: text/x-patch; name=a.patch\n\npw-bot: accepted\n"
        "--b\nContent-Type: message/rfc822\n\nSubject: y\n\npw-bot: accepted\n--b--\n"
    )
    kind = {"Content-Type": "multipart/mixed; boundary=b"}
    assert orders_of(read_mail(mail("x", parts, headers=kind))) == ()
    plain = parts.replace("Fine.", "pw-bot: accepted")
    assert orders_of(read_mail(mail("x", plain, headers=kind))) == (ACCEPTED,)


def test_a_lone_attachment_gives_none() -> None:
    kind = {"Content-Type": "text/x-patch; name=a.patch"}
    assert orders_of(read_mail(mail("x", "pw-bot: accepted\n", headers=kind))) == ()


def test_encoded_text_is_read() -> None:
    coded = mail("x", "cHctYm90OiBhY2NlcHRlZAo=\n", headers={"Content-Transfer-Encoding": "base64"})
    assert orders_of(read_mail(coded)) == (ACCEPTED,)


def test_facts_tell_of_orders() -> None:
    raw = reply("a@x", "Fine.\n\npw-bot: accepted\n#mkit note soon\n#regzbot dup: a@x\n", sender=BO)
    assert read(raw).commands == ("regzbot dup: a@x", "pw-bot: accepted", "#mkit note soon")


def test_orders_are_bounded() -> None:
    assert len(read_orders("pw-bot: cr\n" * 10_000)) == 20
    start = time.process_time()
    for text in (
        "pw-bot: x\n" + "- " * 500_000,
        "#mkit " * 100_000,
        "#mkit" + " " * 500_000,
        "pw-bot:\n" + ">8<%-" * 100_000 + "\n",
        "pw-bot:\n" + "On 2026 wrote:\n\n" * 50_000,
    ):
        read_orders(text)
    assert time.process_time() - start < 2
