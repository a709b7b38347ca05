# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about generated content: what trailers say of it. Nothing is guessed from the text."""

from __future__ import annotations

from collections.abc import Iterator

from maintainer_kit.checks.assistants import is_assistant
from maintainer_kit.checks.context import Look
from maintainer_kit.checks.example import ADA, GOOD
from maintainer_kit.checks.finding import Fix, Hit, Severity
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.placed_trailers import PlacedTrailer
from maintainer_kit.checks.rule import patch_rule
from maintainer_kit.checks.signers import named_in
from maintainer_kit.checks.sources import CODING_ASSISTANTS, QEMU_PROVENANCE
from maintainer_kit.checks.trailer_edits import at_name, at_value, shown
from maintainer_kit.lazy.pattern import lazy_pattern

_SIGNED = f"Signed-off-by: {ADA}"
_TOOLS = ("Assisted-by", "Generated-by", "Co-generated-by", "Ai-assisted-by", "Generated-with")
_AUTHORS = (
    "Co-authored-by",
    "Co-developed-by",
    "Authored-by",
    "Originally-authored-by",
    "Written-by",
    "Helped-by",
)
_AGENT = lazy_pattern(
    r"[^\s:<>@][^:<>@]{0,60}:[^\s:<>@]{1,80}(?:[ \t]{1,4}\[?[^\s<>@\[\]]{1,60}\]?){0,20}$"
)


@patch_rule(
    "ai-policy",
    Severity.WARNING,
    "A trailer says that a tool generated a part of the patch.",
    why="Some projects take nothing, or not everything, that a language model wrote: nobody can "
    "certify yet under which licence it is. The author has to know the project's rules, and to "
    "have the right to sign off every line.",
    fix="Read the project's policy on generated content before you send this.",
    source=QEMU_PROVENANCE,
    options={"declines": False},
    passes=GOOD,
    fails=GOOD.with_(trailers=f"Assisted-by: Claude:claude-opus-4\n{_SIGNED}"),
)
def ai_policy(patch: Patch, look: Look) -> Iterator[Hit]:
    """``declines``: the project takes no generated content at all."""
    for one in patch.trailers[:200]:
        if not _credits_tool(one):
            continue
        if look.flag("declines"):
            words = f"the project takes no generated content: '{shown(f'{one.name}: {one.value}')}'"
        else:
            words = f"the project has rules for generated content: '{shown(one.value)}'"
        yield Hit(words, at_value(patch, one), Fix("read the project's policy first"))


def _credits_tool(one: PlacedTrailer) -> bool:
    """Whether a trailer says that a program wrote or helped to write the patch."""
    if not one.value or (one.name not in _TOOLS and one.name not in _AUTHORS):
        return False
    if one.name != "Assisted-by" and one.name in _TOOLS:
        return True
    person = named_in(one)
    if is_assistant(person):
        return True
    # People assist too; a model has a colon and no address.
    return one.name == "Assisted-by" and "@" not in one.value


@patch_rule(
    "assisted-by-format",
    Severity.WARNING,
    "The tool that helped is not named as 'Assisted-by: AGENT:MODEL [TOOL]'.",
    why="The kernel wants to know what tools took part, in a form that can be counted: the agent, "
    "a colon, the version of the model, and behind it tools of analysis. A program is no author: "
    "Co-developed-by: is for people, who can sign off.",
    fix="Write Assisted-by: AGENT:MODEL, such as Assisted-by: Claude:claude-opus-4 sparse.",
    source=CODING_ASSISTANTS,
    aliases=("BAD_SIGN_OFF",),
    passes=GOOD.with_(trailers=f"Assisted-by: Claude:claude-opus-4 sparse\n{_SIGNED}"),
    fails=GOOD.with_(trailers=f"Assisted-by: Claude Opus 4.6\n{_SIGNED}"),
)
def assisted_by_format(patch: Patch, look: Look) -> Iterator[Hit]:
    for one in patch.named("Assisted-by", "Generated-by", "Generated-with", *_AUTHORS)[:200]:
        if one.name == "Assisted-by":
            if one.value and not _AGENT.match(one.value[:1000]):
                words = f"'{shown(one.value)}' is not AGENT:MODEL"
                yield Hit(words, at_value(patch, one), Fix("write it as Claude:claude-opus-4"))
        elif one.value and _credits_tool(one):
            words = f"{one.name}: names a program, '{shown(one.value)}'"
            yield Hit(words, at_name(one), Fix("name it in Assisted-by: AGENT:MODEL"))
