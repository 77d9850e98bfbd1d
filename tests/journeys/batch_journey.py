#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A batch of twenty creates through the real window, killed in the middle: after the restart every row is accounted for,
nothing was sent by itself, no instance exists twice, every start is still watched, and the person finishes the batch.

Usage: batch_journey.py BIN_DIR [PICTURE_DIR]. Needs the programs and packages that tests/support/atspi_driver.py names.
"""
import json
import os
import re
import sqlite3
import time
import urllib.request

from stage import stage

KEY = "sk_PLANTED_batch_journey_0123456789"
NAME = "swarm"
ROWS = 20
PATIENCE = 90


def call(root, path, method="GET", body=None):
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(root + path, data=data, method=method, headers={"Authorization": "Bearer " + KEY})
    with urllib.request.urlopen(request, timeout=10) as reply:
        return json.load(reply)


def received(root):
    requests = call(root, "/_sandbox/requests")
    return requests["requests"] if isinstance(requests, dict) else requests


def creates(root):
    return [r for r in received(root) if r.get("operation") == "createInstance"]


def ours(root):
    """name by id, of what the cloud has of the batch"""
    rows = call(root, "/gpu-instance/openapi/v1/gpu/instances?pageSize=100")["instances"]
    return {row["id"]: row["name"] for row in rows if row["name"].startswith(NAME)}


def until(predicate, what, timeout=PATIENCE, interval=0.02):
    end = time.monotonic() + timeout
    while True:
        value = predicate()
        if value:
            return value
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(interval)


def watched(data):
    """instance ids that have a start-up monitor in the history file"""
    file = os.path.join(data, "console", "history.sqlite")
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10) as history:
        return {row[0] for row in history.execute("SELECT subject FROM operation WHERE kind = 'startup'")}


def launch(here):
    return here.launch("instances", "--log-level", "debug", timeout=PATIENCE, NOVITA_API_KEY=KEY)


def begin_batch(app, shot):
    app.find(role="push button", name="New instance", timeout=PATIENCE).click()
    wizard = app.find(role=re.compile("dialog|frame|window"), name=re.compile("New instance"), timeout=PATIENCE)
    wizard.wait(lambda w: w.find(role="table", name="Offers table").table().nrows > 0, PATIENCE, "offers")
    wizard.find(role="push button", name="Next").click()
    wizard.find(role="text", name="Image", timeout=PATIENCE).type("docker.io/library/ubuntu:22.04")
    wizard.find(role="push button", name="Next").click()
    wizard.find(role="text", name="Name", timeout=PATIENCE).type(NAME)
    wizard.find(role="push button", name="Next").click()
    wizard.find(role="push button", name="Create several…", timeout=PATIENCE).click()
    dialog = app.find(role=re.compile("dialog|frame|window"), name=re.compile("Create several"), timeout=PATIENCE)
    dialog.find(role="spin button", name="Number of instances", timeout=PATIENCE).type(str(ROWS))
    table = dialog.find(role="table", name="Batch rows").table()
    until(lambda: table.nrows == ROWS, "twenty rows are planned")
    shot("1-plan")
    dialog.find(role="push button", name="Create all").click()


def states(app):
    """row states of the batch dialog, by word"""
    table = app.find(role="table", name="Batch rows", timeout=PATIENCE).table()
    words = [table.cell(row, 5).name for row in range(table.nrows)]
    return {word: words.count(word) for word in set(words)}


def journey(here):
    root, data, session, shot = here.root, here.data, here.session, here.shot
    call(root, "/_sandbox/faults", "POST", {"kind": "latency", "operation": "createInstance", "ms": 1500})
    app = launch(here)
    app.wait(lambda a: a.find(role="table", name="Instances table").table().nrows >= 3, PATIENCE, "the first instances")
    begin_batch(app, shot)
    until(lambda: len(creates(root)) >= 8, "eight creates were sent")
    session.apps[-1].kill()
    session.apps[-1].wait(10)
    call(root, "/_sandbox/faults", "DELETE")
    sent = len(creates(root))
    assert 8 <= sent < ROWS, f"{sent} creates had been sent: that is not the middle"

    app = launch(here)
    app.find(role="push button", name="Show batch", timeout=PATIENCE)
    shot("2-cut-off")
    app.find(role="push button", name="Show batch").click()
    # Each one that was sent took effect, whether or not its answer came; what came of each is known in the end.
    until(lambda: states(app) == {"Created": sent, "Not begun": ROWS - sent}, f"{sent} created and the rest not begun", interval=0.3)
    shot("3-accounted")
    assert len(creates(root)) == sent, "something was sent by itself"
    made = ours(root)
    assert len(made) == sent and len(set(made.values())) == sent, f"instances of the batch: {sorted(made.values())}"
    until(lambda: watched(data) >= set(made), "every start is watched")

    app.find(role="push button", name="Resume").click()
    until(lambda: states(app) == {"Created": ROWS}, "all are created", interval=0.3)
    shot("4-done")
    made = ours(root)
    assert sorted(made.values()) == sorted(f"{NAME}-{n}" for n in range(1, ROWS + 1)), f"instances of the batch: {sorted(made.values())}"
    assert len(creates(root)) == ROWS, f"{len(creates(root))} creates were sent"
    until(lambda: watched(data) >= set(made), "every start is watched")
    broken = [r for r in received(root) if r.get("violations")]
    assert not broken, f"requests outside the contract: {broken[:3]}"


def main():
    # A slower cloud: there is time to fall into the middle.
    with stage("batch", instances=3, seed=11, time_scale=5) as here:
        journey(here)


if __name__ == "__main__":
    main()
