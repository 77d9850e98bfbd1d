#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The official JavaScript SDK, unchanged, against novita-sandbox: pictures, films, edits, models, and every kind of refusal.

Usage: sdk_journey.py BIN_DIR [SDK_DIR]. Needs node. SDK_DIR is a folder with node_modules/novita-sdk in it; without one, npm installs the SDK
into a temporary folder, which asks the npm registry. For that reason this is no test of the suite, which never leaves this computer.
"""
import os
import subprocess
import sys
import tempfile

from stage import start_sandbox

SDK = "novita-sdk@3.1.3"


def run(bin_dir, sdk_dir):
    sandbox, root = start_sandbox(os.path.join(bin_dir, "novita-sandbox"), 0, 1, 200)
    try:
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sdk_journey.js")
        environment = dict(os.environ, NODE_PATH=os.path.join(sdk_dir, "node_modules"))
        subprocess.run(["node", script, root], env=environment, check=True, timeout=120)
    finally:
        sandbox.terminate()
        sandbox.wait(10)


def main():
    if len(sys.argv) > 2:
        run(sys.argv[1], sys.argv[2])
        return
    with tempfile.TemporaryDirectory(prefix="novita-sdk-") as folder:
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder, SDK], check=True, timeout=600)
        run(sys.argv[1], folder)


if __name__ == "__main__":
    main()
