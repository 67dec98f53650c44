#!/bin/sh
# Install what the browser tests need from Debian's packages, where that is possible.
# Elsewhere those tests skip, and their closing lines say how to get what they miss.
# libatomic1 is what playwright's driver is linked to; a bare Debian does not have it.
set -eu
have() {
  command -v chromium >/dev/null 2>&1 \
    && fc-list :lang=zh 2>/dev/null | grep -q . \
    && /sbin/ldconfig -p | grep -q 'libatomic\.so\.1'
}
have && exit 0
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || exit 0
echo "installing chromium, Chinese fonts and libatomic1 for the browser tests ..."
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null
apt-get install -y -qq --no-install-recommends \
  chromium fontconfig fonts-noto-cjk libatomic1 >/dev/null
