#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person who has guards look after instances: an idle rule counts down and *Keep running* keeps the instance, while another that
idles as well, without a rule, is left alone. Then a spot GPU is called back: the row and a card say so, and *Migrate now* has the
cloud look for another host.

Usage: guards_journey.py BIN_DIR [PICTURE_DIR]. Needs the programs and packages that tests/support/atspi_driver.py names.
"""
import json
import re
import time
import urllib.request

from stage import stage
from window_journey import received, select, wait_for_state

KEY = "sk_PLANTED_guards_journey_0123456"
LONG_AGO = 3600


def call(root, method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(root + path, data=data, method=method, headers={"Authorization": "Bearer " + KEY})
    with urllib.request.urlopen(request, timeout=5) as reply:
        return json.load(reply)


def instances(root):
    return call(root, "GET", "/gpu-instance/openapi/v1/gpu/instances?pageSize=100")["instances"]


def running(root, mode):
    """Those that have run for long, so that what they did in the last minutes is known; in the order of the table."""
    rows = [r for r in instances(root) if r["status"] == "running" and r["billingMode"] == mode
            and int(r.get("lastStartedAt") or 0) < time.time() - LONG_AGO]
    return sorted(rows, key=lambda r: r["name"])


def idle_for(root, instance):
    call(root, "POST", "/_sandbox/utilisation", {"instanceId": instance["id"], "gpu": 0, "cpu": 1})


def commands(root, operation):
    return [r for r in received(root) if r.get("operation") == operation]


def open_guards(app, name):
    select(app, name)
    app.find(role="page tab", name="Guards").click()
    app.find(role="push button", name=re.compile("idle rule…$"))


def set_number(form, label, number):
    box = form.find(role="spin button", label=label)
    box.click()
    form.s.key("ctrl+a")
    form.s.type_keys(str(number) + "\t")


def idle_guard(app, root, shot):
    first, second = running(root, "onDemand")[:2]
    idle_for(root, first)
    idle_for(root, second)
    name = first["name"]
    open_guards(app, name)
    app.find(role="push button", name="Set idle rule…").click()
    form = app.find(role=re.compile("dialog|frame|window"), name="Idle rule")
    set_number(form, "For", 5)
    form.find(role="check box", name=re.compile("^Dry run")).click()
    shot("idle-rule")
    form.find(role="push button", name="Save rule").click()
    form.gone(role="push button", name="Save rule")

    wait_for_state(app, name, "Stops in", 30)
    app.find(role="label", name=re.compile(f"^“{re.escape(name)}” will be stopped at"))
    shot("countdown")
    app.find(role="push button", name="Keep running").click()
    wait_for_state(app, name, "Running", 20)
    app.wait(lambda a: not a.find_all(role="push button", name="Keep running"), 10, "the end of the countdown")
    app.find(role="label", name=re.compile("quiet until"))
    shot("kept")
    seen = wait_for_state(app, second["name"], "Running", 5)
    assert "Stops in" not in seen, seen
    assert not commands(root, "stopInstance"), "somebody stopped something"


def spot_guard(app, root, shot):
    spot = running(root, "spot")[0]
    name = spot["name"]
    call(root, "POST", "/_sandbox/faults", {"kind": "spotReclaim", "instanceId": spot["id"], "noticeSeconds": 900})
    wait_for_state(app, name, "Reclaim in", 90)
    app.find(role="label", name=re.compile(f"^“{re.escape(name)}” loses its GPU at"))
    select(app, name)
    shot("spot-notice")
    # The time comes.
    call(root, "POST", "/_sandbox/advance", {"seconds": 960})
    wait_for_state(app, name, "Reclaimed", 90)
    shot("spot-reclaimed")
    app.find(role="label", name="Its spot GPU was taken back.")
    app.find(role="label", name=re.compile(f"^The spot GPU of “{re.escape(name)}” was reclaimed"))
    app.find_all(role="push button", name="Migrate now")[0].click()
    # What is lost is confirmed first.
    app.find(role="push button", name="Migrate instance").click()
    app.wait(lambda _: len(commands(root, "migrateInstance")) == 1, 20, "the request to migrate")
    wait_for_state(app, name, "Running|Ready", 90)
    shot("migrated")
    assert len(commands(root, "migrateInstance")) == 1


def main():
    with stage("guards", instances=40) as here:
        app = here.launch("instances", "--log-level", "debug", NOVITA_API_KEY=KEY, INSTANCE_POLL_INTERVAL="3")
        app.wait(lambda a: a.find(role="table", name="Instances table").table().nrows >= 30, 20, "the first instances")
        idle_guard(app, here.root, here.shot)
        spot_guard(app, here.root, here.shot)
        broken = [r for r in received(here.root) if r.get("violations")]
        assert not broken, f"requests outside the contract: {broken[:3]}"


if __name__ == "__main__":
    main()
