#!/bin/sh
# Writes requirements.lock and requirements-test.lock: name==version, no index address.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
freeze() {
    "$work/venv/bin/pip" freeze --exclude duty-kg --exclude pip --exclude setuptools > "$1"
}
"$work/venv/bin/pip" install --quiet hatchling editables
"$work/venv/bin/pip" install --quiet .
freeze requirements.lock
"$work/venv/bin/pip" install --quiet ".[test]"
freeze requirements-test.lock
