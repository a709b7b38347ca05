# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``apply`` says before it applies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build import BO, DAY, reply
from tests.integration.applied import Field, text
from tests.integration.driver import Mkit


@pytest.fixture
def place(mkit: Mkit, tmp_path: Path) -> Field:
    return Field(mkit, tmp_path)


def remarks(place: Field, *words: str) -> list[str]:
    found = place.applied(*words, "--to", "x", "--dry-run", "--onto", "master")["remarks"]
    assert isinstance(found, list)
    return [str(one) for one in found]


def test_another_series_for_the_same_lines(place: Field) -> None:
    place.author.commit("a: change it this way", a__c=text(n9="x();"))
    mine = place.post(f"{place.begin}..master")
    place.author.git("reset", "--quiet", "--hard", place.begin)
    place.author.commit("a: change it another way", a__c=text(n9="y();"))
    bo = ("-c", "user.name=Bo", "-c", "user.email=bo@shale.example")
    place.author.git(*bo, "commit", "--amend", "--quiet", "--reset-author", "--no-edit")
    other = place.post(f"{place.begin}..master")
    (one,) = (word for word in remarks(place, mine) if "waits too" in word)
    assert f'{other} "a: change it another way" waits too, and changes a.c:' in one


def test_a_series_upon_another(place: Field) -> None:
    """By its patch-ids, and without them by the blob that it starts from."""
    place.author.commit("a: first", a__c=text(n3="x();"))
    tip = place.author.git("rev-parse", "master")
    first = place.post(f"{place.begin}..master")
    place.author.commit("a: then", a__c=text(n3="x();", n5="y();"))
    second = place.post(f"{tip}..master")
    (one,) = (word for word in remarks(place, second, "--subset", "1") if "stands on" in word)
    assert one.endswith(f"mkit apply {first} {second} --to BRANCH")
    assert f'stands on {first} "a: first", which has not landed' in one
    assert not [word for word in remarks(place, first, second) if "stands on" in word]
    place.author.commit("b: else", b__c=text(n5="z();"))
    base = ("--base", place.begin)
    third = place.post("master~1..master", *base)
    needed = [word for word in remarks(place, third) if "stands on" in word]
    assert needed == []  # other files: nobody looks through all mail for an id


def test_findings_and_a_no(place: Field, mkit: Mkit) -> None:
    place.author.commit("a: change", a__c=text(n9="x();  "))
    topic = place.post(f"{place.begin}..master")
    mail = mkit.topic(topic)["revisions"][0]["patches"][0]["message_id"]
    mkit.bring(reply(mail, f"Nacked-by: {BO}\n", minutes=DAY, message_id="no@x.example"))
    mkit.run("list")
    said = remarks(place, topic)
    assert f'"a: change": {BO} says no' in said
    assert any(f"mkit check {topic}" in word for word in said)
