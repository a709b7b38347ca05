# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines of mkit.delegate: understood, or refused with what helps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.errors import ConfigError
from maintainer_kit.model.mail.person import NOBODY, Person, parse_person
from maintainer_kit.model.queue.delegation_rules import (
    CONDITIONS,
    is_address,
    plain_person,
    read_rules,
)

ROBIN = Person("Robin Maintainer", "robin@lumen.example")
JANE = Person("Jane Doe", "jane@quarry.example")


@pytest.mark.parametrize(
    "line",
    [
        '"Jane Doe <jane@quarry.example>" path=fs/erofs/',
        # git takes the quotes away when they stand in its own file.
        "Jane Doe <jane@quarry.example> path=fs/erofs/",
        "'Jane Doe' '<jane@quarry.example>'   path=fs/erofs/",
    ],
)
def test_a_person_with_or_without_quotes(line: str) -> None:
    (rule,) = read_rules((line,))
    assert (rule.who, rule.conditions) == (JANE, (("path", ("fs/erofs/",)),))
    assert rule.name == "rule 1: path=fs/erofs/"


def test_an_address_alone_and_the_two_words() -> None:
    lines = ("jane@quarry.example list=a@b.c", "me to=@lumen.example", "nobody from=Bot@x.y")
    rules = read_rules(lines, ROBIN)
    assert [rule.who for rule in rules] == [Person("", "jane@quarry.example"), ROBIN, NOBODY]
    assert [rule.number for rule in rules] == [1, 2, 3]
    assert rules[2].conditions == (("from", ("bot@x.y",)),)


def test_conditions_are_kept_by_kind_and_told_as_written() -> None:
    line = "me path=a/ 'section=EROFS FILE SYSTEM' path=B/* prefix=Net-Next when=away"
    (rule,) = read_rules((line,), ROBIN)
    assert rule.conditions == (
        ("path", ("a/", "B/*")),
        ("section", ("erofs file system",)),
        ("prefix", ("net-next",)),
        ("when", ("away",)),
    )
    assert rule.words == "path=a/ 'section=EROFS FILE SYSTEM' 'path=B/*' prefix=Net-Next when=away"
    assert (rule.has("when"), rule.has("any-section", "list")) == (True, False)


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("", "no condition", "git config"),
        ("jane@quarry.example", "no condition", "path="),
        ("jane@quarry.example fs/erofs/", "no condition", "path="),
        ("path=fs/erofs/", "begins with no address", "path="),
        ("Jane path=fs/erofs/", "'Jane', which is no address", "<jane@"),
        ("a@b.c, d@e.f path=x", "no address", "<jane@"),
        ("jane@quarry.example path=x and list=y", "'and' where a condition", "one of: path="),
        ("jane@quarry.example paths=x", "paths=, which is no condition", "did you mean path=?"),
        ("jane@quarry.example colour=red", "colour=, which", "one of: path="),
        ("jane@quarry.example path=", "path= without a value", "git config"),
        ("jane@quarry.example 'prefix= '", "prefix= without a value", "git config"),
        ("jane@quarry.example when=asleep", "'when=asleep'", "when=away is all"),
        ("jane@quarry.example from=bo", "'from=bo', which is no address", "from=@DOMAIN"),
        ("jane@quarry.example to=@", "'to=@', which is no address", "to=@DOMAIN"),
        ("jane@quarry.example to=@a@b", "which is no address", "to=@DOMAIN"),
        ("Pat O'Neil <pat@quarry.example> path=x", "cannot be read", "quotes"),
    ],
)
def test_what_means_nothing_is_named_with_the_next_step(line: str, message: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_rules(("me path=x", line), ROBIN)
    assert repr(line) in caught.value.message
    assert message in caught.value.message
    assert hint in (caught.value.hint or "")
    assert "--get-all mkit.delegate" in (caught.value.hint or "")


def test_me_has_to_be_somebody() -> None:
    with pytest.raises(ConfigError, match="nobody said who I am") as caught:
        read_rules(("me path=x",))
    assert "mkit.me" in (caught.value.hint or "")


@given(st.text(max_size=60) | st.builds("me {}={}".format, st.sampled_from(CONDITIONS), st.text()))
def test_any_line_is_a_rule_or_is_refused(line: str) -> None:
    try:
        (rule,) = read_rules((line,), ROBIN)
    except ConfigError as error:
        assert error.hint
    else:
        assert rule.conditions
        assert rule.words.isprintable() or not line.isascii()


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Jane Doe", "Jane Doe"),
        ("Doe, Jane", "Doe Jane"),
        ("Jane (Quarry Inc.) Doe [maintainer]", "Jane Doe"),
        ("(jane)", "jane"),
        ('Jane "JD" Doe', "Jane JD Doe"),
        ("Boss <boss@x.example>", "Boss boss x.example"),
        ("Jane\x1b[2J\n\u202eDoe", "Jane 2J Doe"),
        ("J\u00e4ne \u9ad8", "J\u00e4ne \u9ad8"),
        ("", ""),
    ],
)
def test_a_name_that_needs_no_quotes(name: str, plain: str) -> None:
    assert plain_person(Person(name, "j@x.example")) == Person(plain, "j@x.example")


@given(st.text(max_size=300))
def test_a_person_is_read_back_as_it_was_written(name: str) -> None:
    made = plain_person(Person(name, "j@x.example"))
    assert parse_person(str(made)) == made
    assert plain_person(made) == made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jane@quarry.example", True),
        ("j.d+x@quarry.example", True),
        ("jane", False),
        ("@quarry.example", False),
        ("jane@", False),
        ("jane doe@quarry.example", False),
        ("a@b@c", False),
        ('"a"@c', False),
        ("<a@c>", False),
        ("a@c\x07", False),
    ],
)
def test_addresses_that_need_no_quotes(text: str, expected: bool) -> None:
    assert is_address(text) is expected
