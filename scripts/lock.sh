#!/bin/sh
# Writes requirements.lock, requirements-test.lock, -ocr.lock and -cluster.lock: name==version, no index address. With npm,
# package-lock.json likewise.
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
# In environments of their own, for they are no part of the others; what they share has one version.
"${PYTHON:-python3}" -m venv --clear "$work/venv"
"$work/venv/bin/pip" install --quiet --constraint requirements-test.lock ".[ocr]"
freeze requirements-ocr.lock
"${PYTHON:-python3}" -m venv --clear "$work/venv"
"$work/venv/bin/pip" install --quiet --constraint requirements-test.lock --constraint requirements-ocr.lock ".[cluster]"
freeze requirements-cluster.lock
if command -v npm > /dev/null; then
    rm -f package-lock.json
    npm install --package-lock-only
    # .npmrc keeps the addresses of packages out, and this those of who asks for money.
    node --input-type=module --eval '
        import { readFileSync, writeFileSync } from "node:fs";
        const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
        for (const entry of Object.values(lock.packages)) delete entry.funding;
        writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
    '
fi
