# SPDX-License-Identifier: GPL-2.0-or-later
"""The JSON Schemas in docs/, also in a strict form that lets no undocumented field pass."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "schemas"
_OPEN = {"topic", "group", "mail"}
"""Definitions that others add fields to: they are closed where they are used."""


def names() -> list[str]:
    """All schemas, but for what they have in common."""
    return sorted(path.stem for path in FOLDER.glob("*.json") if path.stem != "common")


@cache
def load(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def check(value: object, name: str) -> None:
    """Raise unless ``value`` is what the schema says, with not a field more."""
    common = load("common")
    closed = {
        "$defs": {key: one if key in _OPEN else _close(one) for key, one in common["$defs"].items()}
    }
    # A plain use of what others extend is closed by hand: nothing is added there.
    for key in _OPEN:
        closed["$defs"][f"closed_{key}"] = {
            "$ref": f"#/$defs/{key}",
            "unevaluatedProperties": False,
        }
    registry: Registry[Any] = Registry().with_resource(
        "common.json", DRAFT202012.create_resource(closed)
    )
    validator = Draft202012Validator(_close(load(name)), registry=registry)
    problems = [
        f"{'/'.join(map(str, one.path))}: {one.message}" for one in validator.iter_errors(value)
    ]
    assert not problems, "\n".join(problems)


def _close(schema: Any) -> Any:
    """The schema, with objects that hold only the fields it names."""
    if isinstance(schema, list):
        return [_close(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    reference = schema.get("$ref", "")
    name = reference.rpartition("/")[2]
    if name in _OPEN and not schema.get("properties"):
        return {**schema, "$ref": f"{reference.removesuffix(name)}closed_{name}"}
    closed = {
        key: {inner: _close(one) for inner, one in value.items()}
        if key in ("properties", "$defs")
        else value
        if key in ("if", "then")
        else _close(value)
        for key, value in schema.items()
    }
    if "properties" in schema and "additionalProperties" not in schema:
        closed["unevaluatedProperties"] = False
    return closed
