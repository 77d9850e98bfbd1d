#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person who looks at webhook deliveries: a signed one and one that is signed with another secret come in, the first is read and sent once
more, and shows up as a duplicate; the test of the receiver says each step. After a kill all of them are still there.

Usage: webhooks_journey.py BIN_DIR [PICTURE_DIR]. Needs the programs and packages that tests/support/atspi_driver.py names.
"""
import datetime
import hashlib
import hmac
import json
import os
import re
import socket
import urllib.error
import urllib.request

from stage import stage

KEY = "sk_PLANTED_webhooks_journey_01234"
SECRET = "PLANTED_webhook_secret_0123456789"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def deliver(port, instance, secret=SECRET):
    """Sends an event as the original sender does; the status of the answer."""
    now = datetime.datetime.now(datetime.timezone.utc)
    body = json.dumps({"instanceId": instance, "status": "ready", "timestamp": now.strftime("%Y-%m-%dT%H:%M:%S.000Z"), "reason": "ready"},
                      separators=(",", ":")).encode()
    headers = {"Content-Type": "application/json", "X-Webhook-Timestamp": str(int(now.timestamp())),
               "X-Webhook-Signature": "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}
    try:
        with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/webhook", data=body, headers=headers), timeout=5) as reply:
            return reply.status
    except urllib.error.HTTPError as error:
        return error.code


def deliveries(app):
    return app.find(role="table", name="Deliveries table").table()


def results(app, count):
    """The words of the column Result, the newest first, once there are so many rows."""
    app.wait(lambda a: a.find_all(role="table", name="Deliveries table") and deliveries(a).nrows == count, 15, f"{count} deliveries")
    return [row[1] for row in deliveries(app).rows()]


def launch(here, port):
    return here.launch("webhooks", "--receiver-port", str(port), NOVITA_API_KEY=KEY, WEBHOOK_SECRET=SECRET)


def read_and_replay(app, port, shot):
    app.find(role="label", name=re.compile("^Nothing has arrived yet"), timeout=20)
    shot("empty")
    assert deliver(port, "inst_1_journey") == 200
    assert results(app, 1) == ["Accepted"]
    assert deliver(port, "inst_2_journey", "another secret that is wrong") == 401
    assert results(app, 2) == ["Bad signature", "Accepted"]

    deliveries(app).click_cell(0)
    app.find(role="label", name=re.compile("made with another secret"))
    deliveries(app).click_cell(1)
    body = app.find(role="text", name="Delivery body")
    app.wait(lambda _: "inst_1_journey" in body.text, 8, "the body")
    shot("details")
    app.find(role="push button", name="Replay").click()
    app.find(role="label", name=re.compile("^Answered 200"))
    assert results(app, 3)[0] == "Duplicate of #1"
    shot("replayed")


def test_receiver(app, shot):
    app.find(role="push button", name="Send a test delivery").click()
    app.find(role="label", name="A test delivery came into the inbox.")
    shot("tested")
    app.find(role="push button", name="Close test report").click()
    app.gone(role="push button", name="Close test report")
    assert results(app, 4)[0] == "Accepted"


def main():
    with stage("webhooks", instances=40) as here:
        port = free_port()
        app = launch(here, port)
        read_and_replay(app, port, here.shot)
        test_receiver(app, here.shot)
        app.process.kill()
        app.process.wait(10)
        app = launch(here, port)
        assert results(app, 4) == ["Accepted", "Duplicate of #1", "Bad signature", "Accepted"]
        here.shot("after-kill")
        for folder, _, files in os.walk(here.data):
            for name in files:
                with open(os.path.join(folder, name), "rb") as file:
                    assert SECRET.encode() not in file.read(), f"the secret stands in {name}"


if __name__ == "__main__":
    main()
