#!/bin/sh
# Installs what the tests need beside Python: Java 17 and Maven, which fetch and run a real Neo4j where there is no Docker,
# chromium (the one without windows, if there is none) with Chinese fonts, which opens the page, and Node, which checks its modules.
# Where they are present, or this is no Debian run by root, it changes nothing: the tests then say what they miss.
set -eu
missing=
command -v mvn > /dev/null || missing="$missing maven"
command -v java > /dev/null || missing="$missing openjdk-17-jre-headless"
command -v chromium-headless-shell > /dev/null || command -v chromium > /dev/null || missing="$missing chromium-headless-shell"
command -v node > /dev/null || missing="$missing nodejs"
command -v npm > /dev/null || missing="$missing npm"
test -f /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc || missing="$missing fonts-noto-cjk"
if [ -z "$missing" ]; then
    exit 0
fi
if command -v apt-get > /dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -q
    # shellcheck disable=SC2086 # one word a package
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
else
    echo "not here:$missing. The tests on Neo4j then run only with Docker or NEO4J_TEST_URI, those of the page only with chromium and Node" >&2
fi
