#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person whose instance runs a WebUI server: adds it in the settings by the instance and its port, tries it, and makes a picture with it in place of
Novita, which is sent nothing.

Usage: imageserver_journey.py BIN_DIR [PICTURE_DIR]. Needs the programs and packages that tests/support/atspi_driver.py names.
"""
import json
import re
import urllib.request

from stage import stage

KEY = "sk_PLANTED_imageserver_journey_0123"


def requests(root):
    with urllib.request.urlopen(root + "/_sandbox/requests", timeout=5) as reply:
        answer = json.load(reply)
    return answer["requests"] if isinstance(answer, dict) else answer


def window(app, name):
    return app.find(role=re.compile("dialog|frame|window"), name=name, timeout=20)


def add_server(app, shot):
    app.find(role="push button", name="Edit image servers", timeout=30).click()
    dialog = window(app, "Image servers")
    dialog.find(role="push button", name="Add image server").click()
    editor = window(app, "New image server")
    editor.find(role="text", name="Name").type("Worker")
    editor.find(role="combo box", label=re.compile("^Instance"))
    editor.find(role="push button", name="Test this server").click()
    editor.find(role="label", name=re.compile("It answers: "), timeout=30)
    shot("editor")
    editor.find(role="push button", name="Save server").click()
    dialog.find(role="push button", name="Test image server").click()
    dialog.find(role="label", name=re.compile("“Worker”: It answers"), timeout=30)
    shot("servers")
    dialog.find(role="push button", name="Close").click()


def choose_server(app):
    box = app.find(role="combo box", label=re.compile("^Made by"), timeout=30)
    box.click()
    app.s.key("Down")
    app.s.key("Return")
    app.wait(lambda _: box.name == "Worker", 10, "the server as the one that makes pictures")
    app.find(role="label", name=re.compile("^It has .* loaded"), timeout=30)


def make(app, shot):
    app.find(role="text", name="Prompt", timeout=20).type("a lighthouse in fog")
    button = app.find(role="push button", name="Generate")
    app.wait(lambda _: button.has("sensitive"), 20, "Generate can be pressed")
    shot("chosen")
    button.click()
    app.find(role="label", name=re.compile(r"seed \d+"), timeout=60)
    app.find(role="label", name=re.compile("job done|jobs done"), timeout=20)
    shot("picture")


def main():
    with stage("imageserver", instances=5) as here:
        app = here.launch("settings/images", NOVITA_API_KEY=KEY)
        add_server(app, here.shot)
        app.process.kill()
        app.process.wait(10)
        app = here.launch("images", NOVITA_API_KEY=KEY)
        choose_server(app)
        make(app, here.shot)
        paid = [row["path"] for row in requests(here.root) if re.search("/v3/", row.get("path", "")) and row.get("method") == "POST"]
        assert not paid, paid


if __name__ == "__main__":
    main()
