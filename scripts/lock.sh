#!/bin/sh
# Writes requirements.lock, what the program needs, and requirements-test.lock, what its tests need besides: for every system and
# Python that pyproject.toml allows, each file of a release by its hash, without the address of an index. A version that is pinned
# stays while pyproject.toml allows it; `lock.sh --upgrade` takes the newest. With npm, package-lock.json likewise.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet uv
compile() {
    "$work/venv/bin/uv" pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
        --group build pyproject.toml "$@"
}
compile --output-file requirements.lock "$@"
compile --all-extras --constraint requirements.lock --output-file requirements-test.lock "$@"
if command -v npm > /dev/null; then
    test "${1:-}" != --upgrade || rm -f package-lock.json
    npm install --package-lock-only
    # .npmrc keeps the addresses of packages out, and this those of who asks for money.
    node --input-type=module --eval '
        import { readFileSync, writeFileSync } from "node:fs";
        const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
        for (const entry of Object.values(lock.packages)) delete entry.funding;
        writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
    '
fi
