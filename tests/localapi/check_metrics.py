#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads metrics from standard input with the parser of the Prometheus client library and holds them to its naming rules.

Prints the samples as JSON, one object a line: {"name", "type", "labels", "value"}. Fails with a sentence when something is wrong.
"""
import json
import math
import re
import sys

from prometheus_client.parser import text_string_to_metric_families

NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


def check_histogram(family):
    buckets = [s for s in family.samples if s.name.endswith("_bucket")]
    count = [s.value for s in family.samples if s.name.endswith("_count")]
    sums = [s.value for s in family.samples if s.name.endswith("_sum")]
    assert len(count) == 1 and len(sums) == 1, f"{family.name}: one sum and one count are needed"
    bounds = [float(s.labels["le"]) for s in buckets]
    values = [s.value for s in buckets]
    assert bounds == sorted(set(bounds)), f"{family.name}: bounds must rise"
    assert math.isinf(bounds[-1]), f"{family.name}: the last bucket must be +Inf"
    assert values == sorted(values), f"{family.name}: buckets are cumulative"
    assert values[-1] == count[0], f"{family.name}: +Inf must equal the count"


def main():
    text = sys.stdin.buffer.read().decode("utf-8")
    assert text.endswith("\n"), "the last line must end"
    declared = re.findall(r"^# TYPE (\S+) (\S+)$", text, re.M)
    assert len({name for name, _ in declared}) == len(declared), "a family is declared twice"
    assert [name for name, _ in declared] == re.findall(r"^# HELP (\S+) .", text, re.M), "each family needs a help, before its type"
    for name, kind in declared:
        assert kind != "counter" or name.endswith("_total"), f"{name}: a counter must end in _total"
    families = list(text_string_to_metric_families(text))
    assert len(families) == len(declared), "families and declarations do not agree"
    seen = set()
    for family in families:
        assert family.type in ("counter", "gauge", "histogram"), f"{family.name}: {family.type}"
        assert family.documentation, f"{family.name}: no help"
        assert NAME.match(family.name), family.name
        if family.type == "histogram":
            check_histogram(family)
        for sample in family.samples:
            assert family.type != "counter" or sample.value >= 0, f"{sample.name}: a counter cannot be negative"
            key = (sample.name, tuple(sorted(sample.labels.items())))
            assert key not in seen, f"{key} stands there twice"
            seen.add(key)
            print(json.dumps({"name": sample.name, "type": family.type, "labels": sample.labels,
                              "value": sample.value if math.isfinite(sample.value) else str(sample.value)}))


if __name__ == "__main__":
    try:
        main()
    except Exception as problem:
        sys.exit(f"{type(problem).__name__}: {problem}")
