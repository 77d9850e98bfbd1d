#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person who makes a picture for the first time: types a prompt, presses *Generate*, sees how far it is and the picture, finds it in the gallery
after the program was killed and started again, and reuses its seed.

Usage: images_journey.py BIN_DIR [PICTURE_DIR]. Needs the programs and packages that tests/support/atspi_driver.py names.
"""
import json
import re
import urllib.request

from stage import stage

KEY = "sk_PLANTED_images_journey_0123456"
PROMPT = "a lighthouse in fog"


def received(root, path):
    with urllib.request.urlopen(root + "/_sandbox/requests", timeout=5) as reply:
        requests = json.load(reply)
    rows = requests["requests"] if isinstance(requests, dict) else requests
    return [row for row in rows if row.get("path", "").endswith(path)]


def prompt(app):
    return app.find(role="text", name="Prompt", timeout=20)


def generate(app):
    button = app.find(role="push button", name="Generate")
    app.wait(lambda _: button.has("sensitive"), 20, "Generate can be pressed")
    button.click()


def facts(app):
    """What is said of the picture in the middle."""
    return app.find(role="label", name=re.compile(r"seed \d+"), timeout=40).name


def make(app, shot):
    prompt(app)
    shot("empty")
    prompt(app).type(PROMPT)
    shot("typed")
    generate(app)
    shot("under-way")
    seen = facts(app)
    app.find(role="label", name=re.compile("job done|jobs done"), timeout=20)
    shot("picture")
    return re.search(r"seed (\d+)", seen).group(1)


def find_in_gallery(app, shot):
    app.find(role="page tab", name="Gallery").click()
    pictures = app.find(role=re.compile("list"), name="Pictures", timeout=20)
    pictures.find(name=re.compile("^" + re.escape(PROMPT)), timeout=20, into_views=True)
    shot("gallery")
    app.find(role="page tab", name="Create").click()


def reuse_seed(app, seed, shot):
    assert seed in facts(app)
    app.find(role="push button", name="Reuse settings…").click()
    dialog = app.find(role=re.compile("dialog|frame|window"), name=re.compile("^Reuse settings"))
    shot("preview")
    dialog.find(role="push button", name="Apply to the form").click()
    field = app.find(role="text", name="Seed", timeout=15)
    app.wait(lambda _: field.text.replace(",", "").replace(" ", "") == seed, 15, "the seed in the form")
    app.find(role="label", name="Settings restored.")
    shot("seed")


def main():
    with stage("images", instances=2) as here:
        app = here.launch("images", NOVITA_API_KEY=KEY)
        seed = make(app, here.shot)
        app.process.kill()
        app.process.wait(10)
        app = here.launch("images", NOVITA_API_KEY=KEY)
        app.wait(lambda a: prompt(a).text == PROMPT, 15, "the prompt of before")
        find_in_gallery(app, here.shot)
        reuse_seed(app, seed, here.shot)
        generate(app)
        app.find(role="label", name=re.compile("job done|jobs done"), timeout=40)
        here.shot("again")
        sent = received(here.root, "flux-1-schnell")
        assert len(sent) == 2, f"{len(sent)} requests for pictures were sent"
        assert not [row for row in sent if row.get("violations")], sent


if __name__ == "__main__":
    main()
