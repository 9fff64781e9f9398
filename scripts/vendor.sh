#!/bin/sh
# Writes web/vendor anew: the page's libraries at the versions of scripts/vendor/package-lock.json, one file each, with their
# licences. Needs Node and npm; the page itself needs neither.
set -eu
cd "$(dirname "$0")/.."
rm -rf build/vendor web/vendor
mkdir -p build/vendor web/vendor
cp scripts/vendor/* scripts/vendor/.npmrc build/vendor/
cd build/vendor
npm ci
node bundle.mjs ../../web/vendor
