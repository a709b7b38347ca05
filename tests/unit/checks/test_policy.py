# SPDX-License-Identifier: GPL-2.0-or-later
"""What trailers say of tools that wrote a part of a patch."""

from __future__ import annotations

import time

import pytest

from maintainer_kit.checks.example import ADA, BO, GOOD, Example
from maintainer_kit.checks.profile import read_profile
from maintainer_kit.checks.rules import policy
from tests.unit.checks.bench import findings

_SIGNED = f"Signed-off-by: {ADA}"


def _with(line: str) -> Example:
    return GOOD.with_(trailers=f"{line}\n{_SIGNED}")


@pytest.mark.parametrize(
    "line",
    [
        "Assisted-by: Claude:claude-opus-4",
        "Assisted-by: Opus 4.7",
        "Assisted-by: qoder:(unknown)",
        "Co-authored-by: Claude Sonnet 4.6 <noreply@anthropic.com>",
        "Co-Authored-By: Copilot <223556219+Copilot@users.noreply.github.com>",
        "Co-developed-by: ChatGPT",
        "Generated-by: some model",
    ],
)
def test_a_trailer_that_credits_a_tool_is_seen(line: str) -> None:
    assert [one.severity for one in findings(_with(line), [policy.ai_policy])] == ["warning"]


@pytest.mark.parametrize(
    "line",
    [
        f"Assisted-by: {BO}",
        f"Co-authored-by: {BO}",
        "Co-authored-by: Claude Dupont <claude@quarry.example>",
        "Reported-by: Claude Code <noreply@anthropic.com>",
        "Suggested-by: ChatGPT",
    ],
)
def test_people_and_reports_are_no_generated_content(line: str) -> None:
    assert findings(_with(line), [policy.ai_policy]) == []


def test_nothing_is_guessed_from_the_text() -> None:
    body = "This looks as if a language model wrote it.\n\nGenerated with a tool, says Claude."
    assert findings(GOOD.with_(body=body), [policy.ai_policy, policy.assisted_by_format]) == []


def test_a_project_can_decline() -> None:
    text = '[rules]\nai-policy = {severity = "error", declines = true}'
    profile = read_profile("p", text, lambda name: "")
    [found] = findings(_with("Assisted-by: Codex:gpt-5"), [policy.ai_policy], profile)
    assert found.severity == "error"
    assert "takes no generated content" in found.message


@pytest.mark.parametrize(
    "value",
    [
        "Claude:claude-opus-4",
        "Codex:GPT-5.5",
        "GitHub Copilot:gpt-5 [sparse] [smatch]",
        "Claude:claude-3-opus coccinelle sparse",
        "qoder:(unknown)",
    ],
)
def test_agent_and_model_are_named(value: str) -> None:
    assert findings(_with(f"Assisted-by: {value}"), [policy.assisted_by_format]) == []


@pytest.mark.parametrize(
    "value", ["Claude Opus 4.6", "Opus 4.7", "Claude <noreply@anthropic.com>", "Claude: opus", BO]
)
def test_other_forms_are_named(value: str) -> None:
    assert len(findings(_with(f"Assisted-by: {value}"), [policy.assisted_by_format])) == 1


def test_a_program_is_no_author() -> None:
    line = "Co-developed-by: Claude Opus 4.6 <noreply@anthropic.com>"
    [found] = findings(_with(line), [policy.assisted_by_format])
    assert "names a program" in found.message


def test_hostile_values_are_read_in_good_time() -> None:
    started = time.monotonic()
    for value in ("a:b " + "x, " * 30_000 + "<", "a" * 100_000, "a:b" + " [x]" * 30_000):
        findings(_with(f"Assisted-by: {value}"), [policy.ai_policy, policy.assisted_by_format])
    assert time.monotonic() - started < 20
