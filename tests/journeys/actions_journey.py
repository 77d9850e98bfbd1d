#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The actions that destroy something, through the real window: an instance is upgraded to another image, stopped, saved as an image,
and migrated to another host; the job of a second image outlives a kill -9 of the program. Each dialog names what is lost, and nothing
is sent before it is confirmed.

Usage: actions_journey.py BIN_DIR [PICTURE_DIR]. Needs the programs and packages that tests/support/atspi_driver.py names.
"""
import os
import re
import sqlite3
import time

from stage import stage
from window_journey import KEY, check_no_key_on_disk, create, received, select, wait_for_state

NAME = "moving-box"
IMAGE = "docker.io/library/debian:12"


def sent(root, operation):
    return [r for r in received(root) if r.get("operation") == operation]


def choose(app, entry):
    """Triggers an entry of a menu by its own action: the tree tells of no entry as showing, also while its menu is open."""
    def able(tree):
        found = tree.find_all(role="menu item", name=entry, showing=False)
        return next((item for item in found if item.has("enabled") and item.actions()), None)
    item = app.wait(able, 20, entry)
    item.do(item.actions()[0])


def labels(dialog):
    return "\n".join(node.name for node in dialog.find_all(role="label"))


def upgrade(app, root, shot):
    select(app, NAME)
    choose(app, "Upgrade…")
    dialog = app.find(role="dialog", name="Upgrade: " + NAME)
    dialog.wait(lambda d: d.find(role="text", name="Image").text != "", 20, "the configuration")
    words = labels(dialog)
    assert "May be lost: Container disk" in words and "The instance is reset" in words, words
    dialog.find(role="text", name="Image").type(IMAGE)
    shot("upgrade")
    assert not sent(root, "upgradeInstance")
    dialog.find(role="push button", name="Upgrade instance").click()
    app.gone(role="dialog", name="Upgrade: " + NAME, timeout=20)
    app.wait(lambda _: sent(root, "upgradeInstance"), 20, "the upgrade")
    wait_for_state(app, NAME, "Running|Ready", 90)
    body = sent(root, "upgradeInstance")[0]
    assert len(sent(root, "upgradeInstance")) == 1, body


def stop(app):
    select(app, NAME)
    app.find(role="push button", name="Stop").click()
    app.find(role="push button", name=re.compile("^Stop .*instance")).click()
    wait_for_state(app, NAME, "Stopped", 60)


def save_image(app, root, shot):
    select(app, NAME)
    choose(app, "Save image…")
    dialog = app.find(role="dialog", name="Save image: " + NAME)
    dialog.find(role="text", name="Image to write").type("registry.example.com/team/box:1")
    shot("save-image")
    dialog.find(role="push button", name="Save image").click()
    app.gone(role="dialog", name="Save image: " + NAME, timeout=20)
    table = open_operations(app)

    def row():
        return next((r for r in table.table().rows(limit=50) if r[0] == "Save image"), None)
    app.wait(lambda _: row() is not None, 20, "the job in the list")
    shot("operations-running")
    app.wait(lambda _: (row() or ["", "", ""])[2] == "Done", 60, "the end of the job")
    shot("operations-done")
    app.find(role=re.compile("push button|toggle button|radio button|check box"), name="Instances").click()


def open_operations(app):
    app.find(role=re.compile("push button|toggle button|radio button|check box"), name="Activity").click()
    app.find(role="page tab", name="Operations").click()
    return app.find(role="table", name="Operations table")


def open_jobs(data):
    """titles of the jobs that the history file holds as not ended"""
    file = os.path.join(data, "console", "history.sqlite")
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10) as history:
        return [row[0] for row in history.execute("SELECT title FROM operation WHERE kind = 'saveImage' AND state < 2")]


def killed_while_saving(session, app, start, root, data, shot):
    """The program dies once the cloud has the request; the next run follows the job to its end and asks for nothing again."""
    image = "registry.example.com/team/box:2"
    before = len(sent(root, "saveInstanceImage"))
    select(app, NAME)
    choose(app, "Save image…")
    dialog = app.find(role="dialog", name="Save image: " + NAME)
    dialog.find(role="text", name="Image to write").type(image)
    dialog.find(role="push button", name="Save image").click()
    while len(sent(root, "saveInstanceImage")) == before:
        time.sleep(0.05)
    session.apps[-1].kill()
    session.apps[-1].wait(10)
    assert open_jobs(data) == [image], open_jobs(data)

    app = start()
    app.wait(lambda a: a.find(role="table", name="Instances table").table().nrows >= 5, 20, "the instances again")
    table = open_operations(app)

    def row():
        return next((r for r in table.table().rows(limit=50) if r[0] == "Save image" and r[1] == image), None)
    app.wait(lambda _: (row() or ["", "", ""])[2] == "Done", 60, "the end of the job after the kill")
    shot("operations-after-kill")
    assert open_jobs(data) == [], open_jobs(data)
    assert len(sent(root, "saveInstanceImage")) == before + 1
    app.find(role=re.compile("push button|toggle button|radio button|check box"), name="Instances").click()
    return app


def migrate(app, root, shot):
    select(app, NAME)
    choose(app, "Migrate")
    app.find(role="push button", name="Migrate instance")
    shot("migrate")
    assert not sent(root, "migrateInstance")
    app.find(role="push button", name="Cancel").click()
    app.gone(role="push button", name="Migrate instance")
    assert not sent(root, "migrateInstance")
    choose(app, "Migrate")
    app.find(role="push button", name="Migrate instance").click()
    app.wait(lambda _: sent(root, "migrateInstance"), 20, "the migration")
    wait_for_state(app, NAME, "Running|Ready", 90)
    assert len(sent(root, "migrateInstance")) == 1


def main():
    with stage("actions") as here:
        def start():
            return here.launch("instances", NOVITA_API_KEY=KEY)
        app = start()
        app.wait(lambda a: a.find(role="table", name="Instances table").table().nrows >= 5, 20, "the first instances")
        create(app, NAME, here.shot)
        wait_for_state(app, NAME, "Running|Ready", 60)
        upgrade(app, here.root, here.shot)
        stop(app)
        save_image(app, here.root, here.shot)
        app = killed_while_saving(here.session, app, start, here.root, here.data, here.shot)
        migrate(app, here.root, here.shot)
        broken = [r for r in received(here.root) if r.get("violations")]
        assert not broken, f"requests outside the contract: {broken[:3]}"
        check_no_key_on_disk(here.data)


if __name__ == "__main__":
    main()
