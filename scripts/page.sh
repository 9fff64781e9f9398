#!/bin/sh
# The page's modules: `page.sh check` lints them, checks their format and their types, `page.sh test` runs their own tests, `page.sh
# format` writes them as the check wants them. What that needs beside Node comes from package-lock.json into node_modules; the page
# itself needs none of it. Without Node it warns, and fails where KG_REQUIRE_BROWSER is set.
set -eu
cd "$(dirname "$0")/.."
if ! command -v npm > /dev/null; then
    sh scripts/test-tools.sh
fi
if ! command -v npm > /dev/null; then
    echo "not here: Node and npm. The page's modules are neither checked nor tested" >&2
    test -z "${KG_REQUIRE_BROWSER:-}"
    exit
fi
if [ "$1" = test ]; then
    exec node --import ./tests/web/browser.js --test tests/web/*.test.js
fi
# npm leaves a lock of what it installed.
if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
    npm ci --silent
    touch node_modules/.package-lock.json
fi
if [ "$1" = format ]; then
    exec node_modules/.bin/biome check --write
fi
node_modules/.bin/biome check --error-on-warnings
node_modules/.bin/tsc
