#!/bin/sh
# Install what the tests need from Debian's packages, where that is possible.
# Elsewhere those tests skip, and their closing lines say how to get what they miss.
# libatomic1 is what playwright's driver is linked to; a bare Debian does not have it.
set -eu
browser() {
  command -v chromium >/dev/null 2>&1 \
    && fc-list :lang=zh 2>/dev/null | grep -q . \
    && /sbin/ldconfig -p | grep -q 'libatomic\.so\.1'
}
postgis() {
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 \
    && ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1
}
ogr() {
  command -v ogr2ogr >/dev/null 2>&1
}
packages=
browser || packages="chromium fontconfig fonts-noto-cjk libatomic1"
postgis || packages="$packages postgresql postgresql-postgis"
ogr || packages="$packages gdal-bin"
[ -n "$packages" ] || exit 0
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || exit 0
echo "installing for the tests:" $packages
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null
apt-get install -y -qq --no-install-recommends $packages >/dev/null
