#!/bin/sh
# Writes web/vendor anew: the page's libraries at the versions of web/package-lock.json, one file each, with their licences.
# Needs Node and npm; the page itself needs neither.
set -eu
cd "$(dirname "$0")/.."
rm -rf build/vendor
mkdir -p build/vendor
cp web/package.json web/package-lock.json web/.npmrc web/vendor-src/* build/vendor/
(cd build/vendor && npm ci && node bundle.mjs out)
rm -rf web/vendor
mv build/vendor/out web/vendor
