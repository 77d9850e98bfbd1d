#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person at the real window: creates an instance, watches it run, stops it and deletes it. Then the desktop ends the
program while another create hangs.

Usage: window_journey.py BIN_DIR [PICTURE_DIR]. Needs the programs and packages that tests/support/atspi_driver.py names.
The sandbox runs as its own process; what it was asked is checked at the end: one create for each instance, nothing outside the contract.
"""
import json
import os
import re
import sys
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from atspi_driver import NotFound  # noqa: E402
from stage import stage  # noqa: E402

KEY = "sk_PLANTED_window_journey_0123456789"
NAME = "journey-box"


def ask(root, path):
    with urllib.request.urlopen(root + path, timeout=5) as reply:
        return json.load(reply)


def state_of(table, name):
    for row in table.rows(limit=50):
        if any(name == cell or cell.startswith(name + " ") for cell in row):
            return " | ".join(row)
    return None


def wait_for_state(app, name, word, timeout):
    end = time.monotonic() + timeout
    seen = None
    while time.monotonic() < end:
        try:
            seen = state_of(app.find(role="table", name="Instances table").table(), name)
            if (word is None and seen is None) or (word and seen and re.search(word, seen, re.IGNORECASE)):
                return seen
        except NotFound:
            raise
        except Exception as problem:  # a row that vanishes while it is read
            seen = repr(problem)
        time.sleep(0.25)
    raise AssertionError(f"{name} never showed {word!r}; last seen: {seen}")


def select(app, name):
    table = app.find(role="table", name="Instances table").table()
    for r in range(min(table.nrows, 50)):
        if table.cell(r, 0).name == name:
            table.click_cell(r, 0)
            return
    raise AssertionError(f"{name} is not in the table")


def create(app, name, shot):
    app.find(role="push button", name="New instance").click()
    wizard = app.find(role=re.compile("dialog|frame|window"), name=re.compile("New instance"))
    shot(name + "-1-product")
    wizard.wait(lambda w: w.find(role="table", name="Offers table").table().nrows > 0, 20, "offers")
    wizard.find(role="table", name="Offers table").table().click_cell(0, 0)
    wizard.find(role="push button", name="Next").click()
    wizard.find(role="text", name="Image").type("docker.io/library/ubuntu:22.04")
    wizard.find(role="push button", name="Next").click()
    wizard.find(role="text", name="Name").type(name)
    wizard.find(role="push button", name="Next").click()
    shot(name + "-2-review")
    wizard.find(role="push button", name="Create").click()


def journey(app, shot):
    app.find(role="table", name="Instances table")
    app.wait(lambda a: a.find(role="table", name="Instances table").table().nrows >= 5, 20, "the first instances")
    shot("list")

    create(app, NAME, shot)
    wait_for_state(app, NAME, "Running|Ready", 60)
    shot("running")

    select(app, NAME)
    app.find(role="push button", name="Stop").click()
    app.find(role="push button", name=re.compile("^Stop .*instance|^Stop “?" + NAME)).click()
    wait_for_state(app, NAME, "Stopped", 60)
    shot("stopped")

    select(app, NAME)
    app.find(role="push button", name="Delete").click()
    shot("confirm-delete")
    app.find(role="push button", name=re.compile("^Delete .*instance|^Delete “?" + NAME)).click()
    wait_for_state(app, NAME, None, 60)
    shot("deleted")


def received(root):
    requests = ask(root, "/_sandbox/requests")
    return requests["requests"] if isinstance(requests, dict) else requests


def creates(root):
    return [r for r in received(root) if r.get("operation") == "createInstance"]


def end_while_creating(session, app, root, shot):
    fault = json.dumps({"kind": "hang", "operation": "createInstance"}).encode()
    urllib.request.urlopen(urllib.request.Request(root + "/_sandbox/faults", data=fault, method="POST"), timeout=5).close()
    create(app, "hanging-box", shot)
    app.wait(lambda _: len(creates(root)) == 2, 20, "the second create")
    program = session.apps[-1]
    program.terminate()
    code = program.wait(10)
    assert code == 0, f"the program ended with {code}"


def check_requests(root):
    rows = received(root)
    assert len(creates(root)) == 2, f"{len(creates(root))} creates were sent"
    broken = [r for r in rows if r.get("violations")]
    assert not broken, f"requests outside the contract: {broken[:3]}"
    assert KEY not in json.dumps(rows)


def check_no_key_on_disk(directory):
    for folder, _, files in os.walk(directory):
        for name in files:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and KEY.encode() in open(path, "rb").read():
                raise AssertionError(f"the key is in {path}")


def main():
    with stage("window") as here:
        app = here.launch("instances", "--log-level", "debug", NOVITA_API_KEY=KEY)
        journey(app, here.shot)
        end_while_creating(here.session, app, here.root, here.shot)
        check_requests(here.root)
        check_no_key_on_disk(here.data)
        check_no_key_on_disk(here.session.dir)


if __name__ == "__main__":
    main()
