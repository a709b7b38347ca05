# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs that write code or sign for it, as trailers name them: mostly data.

A first name that is also a program's (Claude, Devin) is a person's until the address, or a model
beside it, says otherwise.
"""

from __future__ import annotations

import re

from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.person import Person

_MODEL = (
    r"(?:claude[ -](?:code|opus|sonnet|haiku|instant|ai\b|\d)"
    r"|(?:anthropic|anthropic's) claude|(?:openai |chat)gpt|gpt-?\d|codex\b|openai codex"
    r"|(?:github )?copilot\b|(?:google )?gemini[ -](?:cli|code|pro|flash|ultra|\d)|google gemini"
    r"|cursor[ -](?:agent|ai|ide|bot)|devin[ -]ai|aider\b|amazon q\b|codewhisperer\b|code ?llama"
    r"|(?:opus|sonnet|haiku)[ -]\d|deepseek|qwen|qoder\b|chatglm|glm-\d|kimi[ -]k?\d"
    r"|mistral[ -](?:ai|large|medium|small|\d)|codestral"
    r"|windsurf\b|tabnine\b|google jules|grok[ -](?:code|\d)|llama[ -]?\d|qodo\b|gemma[ -]?\d"
    r"|opencode\b|ai[ -](?:assistant|agent|tool)|an? (?:ai|llm)\b|llm\b)"
)
_ASSISTANT = lazy_pattern(rf"(?:the )?{_MODEL}", re.IGNORECASE)
_LONE = lazy_pattern(r"(?:claude|copilot|devin|cursor|gemini|codex|jules|grok|chatgpt|gpt)$", re.I)
_ADDRESS = lazy_pattern(
    r"noreply@(?:anthropic|openai|cursor)\.com$|claude@anthropic\.com$|copilot@github\.com$"
    r"|cursoragent@cursor\.com$|codex@openai\.com$|noreply@aider\.(?:dev|chat)$"
    r"|gemini(?:-cli|-code-assist)?@google\.com$|(?:\d{1,12}\+)?(?:copilot|claude|devin-ai-integration"
    r"|google-labs-jules|cursor|codex|gemini-code-assist)(?:\[bot\])?@users\.noreply\.github\.com$",
    re.IGNORECASE,
)
_VENDOR = lazy_pattern(
    r"@(?:[\w-]{1,40}\.){0,3}(?:anthropic|openai|cursor|cognition|windsurf)\.(?:com|ai|sh)$"
    r"|(?:^|[+._-])(?:no-?reply|bot|agent)@|@users\.noreply\.",
    re.IGNORECASE,
)
_BOT = lazy_pattern(r"\[bot\]", re.IGNORECASE)


def is_assistant(person: Person) -> bool:
    """Whether a person in a trailer is a program that writes code."""
    if _ADDRESS.search(person.address):
        return True
    name = person.name.strip()[:100]
    if _LONE.match(name):
        return not person.address or _VENDOR.search(person.address) is not None
    return _ASSISTANT.match(name) is not None


def is_bot(person: Person) -> bool:
    """Whether it is an account of a forge that it marks as a program's."""
    return _BOT.search(person.name[:200]) is not None or _BOT.search(person.address) is not None
