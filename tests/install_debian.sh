#!/bin/sh
# Install what the browser tests need from Debian's packages, where that is possible.
# Elsewhere those tests skip, and their closing lines say how to get what they miss.
set -eu
command -v chromium >/dev/null 2>&1 && fc-list :lang=zh 2>/dev/null | grep -q . && exit 0
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || exit 0
echo "installing chromium and Chinese fonts for the browser tests ..."
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null
apt-get install -y -qq --no-install-recommends chromium fontconfig fonts-noto-cjk >/dev/null
