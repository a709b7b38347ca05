# SPDX-License-Identifier: GPL-2.0-or-later
"""Tests as they are configured."""

from __future__ import annotations

import pytest

from maintainer_kit.errors import ConfigError
from maintainer_kit.model.testing.configuration import (
    Configuration,
    read_configuration,
    read_configurations,
)


def test_a_name_and_a_command_are_enough() -> None:
    assert read_configuration("build make -s") == Configuration("build", "make -s")


def test_all_options_before_the_command() -> None:
    said = "w1 tip keep timeout=30m memory=4G cores=8 junit=out/*.xml  ARCH=arm64 make  -j8 'a  b'"
    assert read_configuration(said) == Configuration(
        name="w1",
        command="ARCH=arm64 make  -j8 'a  b'",
        on_each=False,
        seconds=1800,
        memory=4 << 30,
        cores=8,
        keeps=True,
        junit=("out/*.xml",),
    )


def test_what_looks_like_an_option_is_part_of_the_command_once_that_has_begun() -> None:
    found = read_configuration("a each make timeout=3 each")
    assert (found.command, found.seconds, found.on_each) == ("make timeout=3 each", 3600, True)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "build",
        "build each tip",
        "../x make",
        "-x make",
        "b timeout=0 make",
        "b timeout=1y make",
        "b timeout=\u0661h make",
        "b memory=x make",
        "b memory=0 make",
        "b cores=0 make",
        "b cores=\u00b2 make",
        "b junit=../x.xml make",
        "b junit=/etc/x.xml make",
        "b junit= make",
        "b junit=a**/x.xml make",
        "b timeout=367d make",
        "b memory=999999999T make",
    ],
)
def test_what_cannot_be_understood_is_refused_with_an_example(said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_configuration(said)
    assert caught.value.message.startswith("mkit.test is ")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("said", "seconds"), [("90", 90), ("90s", 90), ("2m", 120), ("13h", 46800), ("1d", 86400)]
)
def test_times(said: str, seconds: int) -> None:
    assert read_configuration(f"a timeout={said} true").seconds == seconds


def test_two_of_one_name_are_refused() -> None:
    with pytest.raises(ConfigError, match="a twice"):
        read_configurations(["a true", "b true", "a false"])
    assert [one.name for one in read_configurations(["b true", "a true"])] == ["b", "a"]
