# SPDX-License-Identifier: GPL-2.0-or-later
"""Which mails are the same mail: Message-IDs as notmuch keys them, copies and variants."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build import mail, part_id, patch, posting
from tests.integration.driver import SAMPLE, Json, Mkit, message_ids
from tests.integration.mboxes import mboxrd

LISTED = {"List-Id": "Pebble <pebblefs.lists.lumen.example>"}
ELSEWHERE = {"List-Id": "Wick <wick.lists.lumen.example>", "X-TUID": "abcDEF", "Received": "by b"}
FOOTER = (
    "_______________________________________________\n"
    "Wick mailing list\nhttps://lists.lumen.example/listinfo/wick\n"
)
FORMS = {
    "plain": b"<plain@made.example>",
    "without brackets": b"bare@made.example",
    "without anything": b"",
    "empty brackets": b"<>",
    "spaces around": b"   <  around@made.example  >  ",
    "spaces inside": b"<in side@made.example>",
    "folded": b"\n <folded@made.example>",
    "comment behind": b"<comment@made.example> (added by a relay)",
    "encoded word behind": b"<gnus@made.example> =?utf-8?q?(caf=C3=A9)?=",
    "two of them": b"<one@made.example> <two@made.example>",
    "no at sign": b"<no-at-sign>",
    "slash": b"<Y2DfeqJB/gyUUcRQ@made.example>",
    "a path": b"<../../../../etc/passwd@made.example>",
    "absolute path": b"</etc/passwd>",
    "quotes": b'<"quo ted"@made.example>',
    "query words": b"<a or b and not c*@made.example>",
    "percent": b"<100%25@made.example>",
    "very long": b"<" + b"x" * 400 + b"@made.example>",
    "long, just short enough": b"<" + b"y" * 150 + b"@made.example>",
    "raw utf-8": "<grüße@made.example>".encode(),
    "raw latin-1": "<grüße-l1@made.example>".encode("latin-1"),
    "unclosed": b"<unclosed@made.example",
    "tab": b"\t<tab@made.example>",
    "upper case": b"<UPPER@MADE.Example>",
    "dots and dollars": b"<$dollar..dots$@made.example>",
}


def letter(number: int, form: bytes, body: str = "text\n") -> bytes:
    head = f"From: ada@quarry.example\nSubject: mail {number}\nDate: Mon, 5 Jan 2026 09:00:00 +0000"
    return (
        head.encode() + b"\nMessage-ID:" + (b" " + form if form else b"") + f"\n\n{body}".encode()
    )


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Mkit:
    """A home with one mail of each form."""
    made = Mkit(tmp_path_factory.mktemp("forms")).configure()
    assert made.bring(*all_forms())["new"] == len(FORMS)
    return made


def all_forms() -> list[bytes]:
    return [letter(at, form) for at, form in enumerate(FORMS.values())]


@pytest.fixture(scope="module")
def by_form(forms: Mkit) -> dict[str, Json]:
    """The topic that each form's mail makes."""
    subjects = {f"mail {at}": form for at, form in enumerate(FORMS)}
    return {subjects[topic["subject"]]: topic for topic in forms.topics()}


def test_ids_are_what_notmuch_takes_them_for(forms: Mkit, by_form: dict[str, Json]) -> None:
    assert set(by_form) == set(FORMS)
    for form, topic in by_form.items():
        (message_id,) = message_ids(topic)
        found = forms.notmuch("search", "--output=summary", quoted_id(message_id))
        assert f"mail {list(FORMS).index(form)} " in found, form
    assert set().union(*map(message_ids, by_form.values())) == forms.indexed()


def quoted_id(message_id: str) -> str:
    return 'id:"{}"'.format(message_id.replace('"', '""'))


@pytest.mark.parametrize("form", FORMS)
def test_a_mail_is_found_by_its_id(forms: Mkit, by_form: dict[str, Json], form: str) -> None:
    (message_id,) = message_ids(by_form[form])
    # An id that has brackets of its own is given as it is.
    target = message_id if "<" in message_id else f"<{message_id}>"
    assert forms.json("show", "--no-sync", target)["topic"] == by_form[form]


def test_all_forms_are_known_when_they_come_again(forms: Mkit) -> None:
    again = forms.bring(*all_forms())
    assert (again["new"], again["duplicates"], again["variants"]) == (0, len(FORMS), 0)


def test_all_forms_are_found_again_by_a_rebuild(forms: Mkit) -> None:
    before = forms.export()
    assert len(before) == len(FORMS)
    forms.run("rebuild")
    assert forms.export() == before


def test_two_mails_without_an_id_are_two_mails(mkit: Mkit) -> None:
    report = mkit.bring(letter(1, b"", "one\n"), letter(2, b"", "other\n"))
    assert report["new"] == 2
    assert all(one.startswith("notmuch-sha1-") for one in mkit.indexed())
    ids = set().union(*(message_ids(topic) for topic in mkit.topics()))
    assert ids == mkit.indexed()


def test_a_mail_without_an_id_says_so(mkit: Mkit) -> None:
    raw = patch("[PATCH] pebble: no id", headers={"Message-ID": ""})
    mkit.bring(raw)
    (topic,) = mkit.topics()
    assert "no Message-ID" in topic["revisions"][0]["patches"][0]["oddities"]


def test_importing_again_changes_nothing(sample: Mkit) -> None:
    before = sample.export()
    files = sorted(path.name for path in (sample.home / "mail").rglob("*:2,*"))
    report = sample.json("import", *sorted(SAMPLE.glob("*.mbox")))
    assert report["new"] == 0
    assert report["variants"] == 0
    assert report["duplicates"] == report["messages"] > 400
    assert sample.export() == before
    assert sorted(path.name for path in (sample.home / "mail").rglob("*:2,*")) == files


def test_another_content_under_one_id_is_kept_and_counted(mkit: Mkit) -> None:
    one = patch("[PATCH] pebble: a", message_id="same@made.example")
    other = patch("[PATCH] pebble: b", message_id="same@made.example", minutes=5)
    report = mkit.bring(one, other)
    assert (report["new"], report["duplicates"], report["variants"]) == (1, 1, 1)
    assert mkit.bring(other)["variants"] == 0
    files = mkit.notmuch("search", "--output=files", "id:same@made.example").split()
    assert sorted(Path(name).read_bytes() for name in files) == sorted((one, other))
    topic = mkit.topic("same@made.example")
    assert topic["subject"] == "pebble: a", "the earliest Date speaks"
    assert "2 different mails" in " ".join(topic["revisions"][0]["patches"][0]["oddities"])


def test_which_variant_speaks_does_not_depend_on_the_order(mkit: Mkit, tmp_path: Path) -> None:
    one = patch("[PATCH] pebble: a", message_id="same@made.example")
    other = patch("[PATCH] pebble: b", message_id="same@made.example")
    mkit.bring(one)
    mkit.bring(other)
    second = Mkit(tmp_path / "second").configure()
    second.bring(other)
    second.bring(one)
    assert mkit.export() == second.export()


def test_variants_in_one_import_equal_variants_in_two(mkit: Mkit, tmp_path: Path) -> None:
    raws = [
        patch(f"[PATCH] pebble: {at}", message_id="same@made.example", minutes=at)
        for at in range(3)
    ]
    report = mkit.bring(*raws)
    assert (report["new"], report["duplicates"], report["variants"]) == (1, 2, 2)
    second = Mkit(tmp_path / "second").configure()
    assert [second.bring(raw)["variants"] for raw in reversed(raws)] == [0, 1, 1]
    assert mkit.export() == second.export()


def test_a_copy_through_another_list_is_no_variant(mkit: Mkit) -> None:
    body = "Hello both lists.\n"
    one = mail("cross-post", body, message_id="cross@made.example", headers=LISTED)
    other = mail(
        "cross-post", f"{body}{FOOTER}", message_id="cross@made.example", headers=ELSEWHERE
    )
    report = mkit.bring(one, other)
    assert (report["new"], report["duplicates"], report["variants"]) == (1, 1, 0)
    assert len(mkit.notmuch("search", "--output=files", "id:cross@made.example").split()) == 2
    lists = mkit.topic("cross@made.example")["lists"]
    assert {"pebblefs.lists.lumen.example", "wick.lists.lumen.example"} <= set(lists)


def test_the_road_of_a_copy_does_not_count(mkit: Mkit, tmp_path: Path) -> None:
    raw = posting("road", 1)[1]
    travelled = b"Received: from a by b; Mon, 5 Jan 2026 09:00:00 +0000\nX-TUID: zzz\n" + raw
    (tmp_path / "a.mbox").write_bytes(mboxrd([raw, travelled, raw.replace(b"\n", b"\r\n")]))
    report = mkit.json("import", tmp_path / "a.mbox")
    assert (report["new"], report["duplicates"], report["variants"]) == (1, 2, 0)
    assert mkit.topic(part_id("road", 1))["received"] == 1
