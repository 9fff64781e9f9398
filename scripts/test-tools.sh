#!/bin/sh
# Installs what the tests need beside Python: Java 17 and Maven, which fetch and run a real Neo4j where there is no Docker.
# Where they are present, or this is no Debian run by root, it changes nothing: the tests then say what they miss.
set -eu
if command -v mvn > /dev/null && command -v java > /dev/null; then
    exit 0
fi
if command -v apt-get > /dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends maven openjdk-17-jre-headless
else
    echo "Java 17 and Maven are not here: the tests on Neo4j run only with Docker or NEO4J_TEST_URI" >&2
fi
