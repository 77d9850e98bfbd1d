#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person at the Templates page: makes a network volume, credentials and a template, and deletes each of them again.

Usage: resources_journey.py BIN_DIR [PICTURE_DIR]. Needs the programs and packages that tests/support/atspi_driver.py names.
What the sandbox was asked is checked at the end: each thing was sent once, within the contract, and the password is in no file.
"""
import os
import re
import time

from stage import stage
from window_journey import NotFound, received

KEY = "sk_PLANTED_resources_journey_0123"
PASSWORD = "PLANTED-registry-password-42"


def names(app, table):
    view = app.find(role="table", name=table).table()
    return [view.cell(r, 0).name for r in range(min(view.nrows, 50))]


def wait_for(app, table, name, there, timeout=20):
    end = time.monotonic() + timeout
    seen = []
    while time.monotonic() < end:
        try:
            seen = names(app, table)
            if (name in seen) == there:
                return
        except NotFound:
            pass
        except Exception as problem:  # a row that vanishes while it is read
            seen = [repr(problem)]
        time.sleep(0.25)
    raise AssertionError(f"{name} {'is not' if there else 'is still'} in {table}: {seen}")


def select(app, table, name):
    view = app.find(role="table", name=table).table()
    for r in range(min(view.nrows, 50)):
        if view.cell(r, 0).name == name:
            view.click_cell(r, 0)
            return
    raise AssertionError(f"{name} is not in {table}")


def tab(app, name):
    app.find(role="page tab", name=re.compile(f"^{name}")).click()


def dialog(app, title):
    return app.find(role=re.compile("dialog|frame|window"), name=re.compile(title))


def delete(app, table, name, button, shot):
    select(app, table, name)
    app.find(role="push button", name="Delete").click()
    question = dialog(app, "^Delete the ")
    shot("confirm-" + name)
    question.find(role="push button", name=button).click()
    wait_for(app, table, name, False)


def choose_next(form, entry):
    """Goes on to the combo box behind and types what an entry begins with."""
    form.s.key("Tab")
    form.s.type_keys(entry)


def volume(app, shot):
    tab(app, "Network volumes")
    wait_for(app, "Network volumes table", "datasets", True)
    app.find(role="push button", name="New volume").click()
    form = dialog(app, "New network volume")
    form.find(role="text", name="Name").type("journey-volume")
    choose_next(form, "US-CA-06")
    shot("new-volume")
    form.find(role="push button", name="Create volume").click()
    wait_for(app, "Network volumes table", "journey-volume", True)
    shot("volume-made")
    delete(app, "Network volumes table", "journey-volume", "Delete volume", shot)


def credentials(app, shot):
    tab(app, "Registry credentials")
    wait_for(app, "Registry credentials table", "ghcr.io", True)
    app.find(role="push button", name="Add credentials").click()
    form = dialog(app, "Add registry credentials")
    form.find(role="text", name="Name").type("journey.example")
    form.find(role="text", name="User name").type("robot")
    form.find(role=re.compile("password text|text"), name="Password").type(PASSWORD)
    shot("new-credentials")
    form.find(role="push button", name="Save credentials").click()
    wait_for(app, "Registry credentials table", "journey.example", True)
    shot("credentials-made")
    delete(app, "Registry credentials table", "journey.example", "Delete credentials", shot)


def template(app, shot):
    tab(app, "Templates")
    app.find(role="push button", name="New template").click()
    form = dialog(app, "New template")
    form.find(role="text", name="Name").type("journey-template")
    form.find(role="text", name="Image").type("docker.io/library/ubuntu:22.04")
    shot("new-template")
    form.find(role="push button", name="Create template").click()
    wait_for(app, "Templates table", "journey-template", True)
    select(app, "Templates table", "journey-template")
    shot("template-made")
    app.s.key("Delete")
    dialog(app, "^Delete the template").find(role="push button", name="Delete template").click()
    wait_for(app, "Templates table", "journey-template", False)


def check_requests(root):
    rows = received(root)
    for operation in ("createNetworkStorage", "deleteNetworkStorage", "createRegistryAuth", "deleteRegistryAuth", "createTemplate", "deleteTemplate"):
        sent = [r for r in rows if r.get("operation") == operation]
        assert len(sent) == 1, f"{operation} was sent {len(sent)} times"
    broken = [r for r in rows if r.get("violations")]
    assert not broken, f"requests outside the contract: {broken[:3]}"


def check_not_on_disk(directory):
    for folder, _, files in os.walk(directory):
        for name in files:
            path = os.path.join(folder, name)
            if not os.path.isfile(path):
                continue
            with open(path, "rb") as file:
                content = file.read()
            for secret in (KEY, PASSWORD):
                assert secret.encode() not in content, f"{secret[:12]}… is in {path}"


def main():
    with stage("resources") as here:
        app = here.launch("templates", "--log-level", "debug", NOVITA_API_KEY=KEY)
        app.find(role="table", name="Templates table")
        volume(app, here.shot)
        credentials(app, here.shot)
        template(app, here.shot)
        check_requests(here.root)
        check_not_on_disk(here.data)


if __name__ == "__main__":
    main()
