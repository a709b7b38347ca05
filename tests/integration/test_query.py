# SPDX-License-Identifier: GPL-2.0-or-later
"""Queries with the real notmuch: its own terms mean there what they mean to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import pytest

from maintainer_kit.model.query.expression import Mail
from maintainer_kit.model.query.parsing import parse
from tests.build import mail
from tests.integration.driver import Mkit

WORDS = ("alpha", "beta", "gamma")


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory, tools: None) -> Mkit:
    """A mail for each set of three words; its id tells them."""
    made = Mkit(tmp_path_factory.mktemp("words")).configure()
    mails = []
    for present in product((False, True), repeat=len(WORDS)):
        subject = " ".join(word for word, is_there in zip(WORDS, present, strict=True) if is_there)
        name = "".join(word[0] for word in subject.split()) or "none"
        sender = f"{name.title()} <{name}@made.example>"
        mails.append(mail(f"words {subject}", message_id=f"{name}@x", sender=sender))
    made.bring(*mails)
    return made


@pytest.fixture(scope="module")
def tools() -> Iterator[None]:
    from tests.conftest import require_tool

    require_tool("notmuch")
    yield


def holding(test: Callable[[str], bool]) -> set[str]:
    """Ids of the mails whose words are so."""
    names = ("".join(one) for one in product(("", "a"), ("", "b"), ("", "g")))
    return {f"{name or 'none'}@x" for name in names if test(name)}


@pytest.mark.parametrize(
    "text",
    [
        "alpha",
        "alpha beta",
        "alpha or beta gamma",
        "alpha and beta or gamma",
        "alpha or beta and not gamma",
        "not alpha",
        "not alpha beta",
        "alpha not beta gamma",
        "not alpha and beta",
        "not alpha or beta",
        "alpha xor beta or gamma",
        "alpha xor beta and gamma",
        "alpha and (beta or gamma)",
        "not (alpha or beta)",
        "alpha -beta -gamma",
        "alpha -(beta or gamma)",
        "+alpha or beta",
        "beta near alpha",
        "alpha adj/2 gamma",
        '"alpha beta"',
        "subject:alpha subject:beta",
        "from:ab@made.example",
        "from:ab or from:abg and not subject:gamma",
        "id:a@x id:b@x",
        'id:"a@x" or (id:b@x and beta)',
        "date:2026-01-05 alpha",
        "al*",
        "*",
        'foo or subject:"words alpha"',
    ],
)
def test_what_is_notmuchs_alone_is_what_notmuch_makes_of_it(words: Mkit, text: str) -> None:
    read = parse(text)
    assert isinstance(read, Mail)
    assert words.indexed(read.text) == words.indexed(text)
    found = words.run("search", "--json", "--", text).json["topics"]
    assert {one["message_id"] for one in found} == words.indexed(text)


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("-alpha", lambda name: "a" not in name),
        ("-alpha beta", lambda name: "a" not in name and "b" in name),
        ("-alpha -beta", lambda name: "a" not in name and "b" not in name),
        ("gamma or -alpha", lambda name: "g" in name or "a" not in name),
        ("gamma and -alpha beta", lambda name: "g" in name and "a" not in name and "b" in name),
        ("not -alpha", lambda name: "a" in name),
        ("gamma and not not alpha", lambda name: "g" in name and "a" in name),
        ("(-alpha) beta", lambda name: "a" not in name and "b" in name),
        ("-(alpha or beta)", lambda name: "a" not in name and "b" not in name),
        ("-(alpha beta) gamma", lambda name: "g" in name and not {"a", "b"} <= set(name)),
    ],
)
def test_a_dash_leaves_out_wherever_it_stands(
    words: Mkit, text: str, test: Callable[[str], bool]
) -> None:
    found = words.run("search", "--json", "--", text).json["topics"]
    assert {one["message_id"] for one in found} == holding(test)


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("-mkit:open alpha beta", lambda name: "a" in name and "b" in name),
        ("alpha author:ag beta", lambda name: "a" in name and "b" in name and "ag" in name),
        ("alpha and not author:ab", lambda name: "a" in name and "ab" not in name),
        ("author:ab or gamma -alpha", lambda name: "ab" in name or name in ("g", "bg")),
        ("-(author:ab or gamma)", lambda name: "ab" not in name and "g" not in name),
        ("author:bg (alpha or not beta)", lambda name: "bg" in name and "a" in name),
        ("author:made -beta", lambda name: "b" not in name),
        ("author:made -has:beta", lambda name: "b" not in name),
        ('-has:"alpha or beta" -mkit:archived', lambda name: name in ("", "g")),
    ],
)
def test_mixed_with_ours(words: Mkit, text: str, test: Callable[[str], bool]) -> None:
    found = words.run("search", "--json", "--", text).json["topics"]
    assert {one["message_id"] for one in found} == holding(test)


@pytest.mark.parametrize(
    ("text", "column"),
    [("date:foo", 1), ("turn:me date:foo", 9), ("turn:me and (a or date:x)", 13)],
)
def test_where_notmuch_refuses(words: Mkit, text: str, column: int) -> None:
    done = words.run("list", text, code=1)
    assert f"query, column {column}: notmuch cannot read the query" in done.stderr
