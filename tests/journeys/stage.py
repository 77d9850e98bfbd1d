# SPDX-License-Identifier: GPL-3.0-or-later
"""What every journey plays on: the sandbox as the cloud, a desktop of its own, and a folder for what the console writes."""
import contextlib
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from atspi_driver import Session  # noqa: E402


def start_sandbox(binary, instances, seed, time_scale):
    process = subprocess.Popen([binary, "--port", "0", "--seed", str(seed), "--instances", str(instances), "--time-scale", str(time_scale)],
                               stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    match = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert match, f"the sandbox printed no address: {line!r}"
    return process, match.group(0)


class Stage:
    """`root` is the sandbox's address, `data` the folder; pictures are taken where the command line names a folder for them."""

    def __init__(self, name, root, data, session):
        self.name = name
        self.bin_dir = sys.argv[1]
        self.pictures = sys.argv[2] if len(sys.argv) > 2 else None
        self.root = root
        self.data = data
        self.session = session
        if self.pictures:
            os.makedirs(self.pictures, exist_ok=True)

    def shot(self, name):
        if self.pictures:
            self.session.screenshot(os.path.join(self.pictures, f"{self.name}-{name}.png"))

    def launch(self, page, *arguments, timeout=30, **env):
        """The console, once more after a kill; `env` in upper case."""
        return self.session.launch([os.path.join(self.bin_dir, "novita-console"), "--api-root", self.root, "--data-dir",
                                    os.path.join(self.data, "console"), "--page", page, *arguments], timeout=timeout, env=env,
                                   log=os.path.join(self.data, "output.txt"))


@contextlib.contextmanager
def stage(name, instances=5, seed=7, time_scale=20):
    """For the main() of the journey `name`, which gets the folder of the programs, and maybe one for pictures, as arguments."""
    sandbox, root = start_sandbox(os.path.join(sys.argv[1], "novita-sandbox"), instances, seed, time_scale)
    try:
        with tempfile.TemporaryDirectory() as data, Session(size="1280x800") as session:
            here = Stage(name, root, data, session)
            try:
                yield here
            except BaseException:
                here.shot("failed")
                raise
    finally:
        sandbox.terminate()
        sandbox.wait(5)
    print(f"{name} journey: 1 passed, 0 failed")
