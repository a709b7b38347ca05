# SPDX-License-Identifier: GPL-2.0-or-later
"""Validate what ``mkit check --format sarif`` prints by the schema of the standard.

    python -m bench.sarif_by_schema SCHEMA [FILE...]

SCHEMA is OASIS' sarif-schema-2.1.0.json, which is not ours to ship; FILE what mkit printed.
Without FILE: what each rule says of its failing example, and a report of hostile text.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator

from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.sarif import report_sarif
from tests.unit.render.reports import full_report, hostile_report


def _logs(files: list[Path]) -> Iterator[tuple[str, Any]]:
    for path in files:
        yield str(path), json.loads(path.read_bytes())
    if not files:
        yield "all rules", json.loads(dumps(report_sarif(full_report())))
        yield "hostile text", json.loads(dumps(report_sarif(hostile_report())))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("schema", type=Path)
    parser.add_argument("files", type=Path, nargs="*")
    options = parser.parse_args()
    schema = json.loads(options.schema.read_bytes())
    Draft4Validator.check_schema(schema)
    validator = Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)
    failed = False
    for name, log in _logs(options.files):
        problems = [f"{list(one.path)}: {one.message}" for one in validator.iter_errors(log)]
        results = sum(len(run.get("results", ())) for run in log["runs"])
        print(f"{name}: {results} results, {len(problems)} problems", *problems[:20], sep="\n  ")
        failed = failed or bool(problems)
    raise SystemExit(failed)


if __name__ == "__main__":
    main()
