#!/usr/bin/env bash
# The programs of others that system tests run against. See usage below.
set -euo pipefail

usage() {
  cat <<'TEXT'
Installs the programs that system tests run against, and prints where they are.

  scripts/system-tools.sh [TOOL...]        default: debian chromium prometheus otelcol
  eval "$(scripts/system-tools.sh)"        sets PROMETHEUS_BIN and OTELCOL_BIN in this shell

  debian       prometheus, promtool and amtool, by apt-get
  chromium     a browser, by apt-get; for tests that look at pages
  prometheus   Prometheus 3, built from the Go module pinned in ops/tools/prometheus
  otelcol      an OpenTelemetry Collector, built from the Go modules pinned in ops/tools/otelcol

A first build takes minutes (9 for both on two cores) and needs Go and some 4 GB of disk for Go's own caches. What is
built is kept in ${AIQ_TOOLS_DIR:-$HOME/.cache/aiq-tools} under a name made from its pins: a second run is instant,
and a changed pin builds anew. Progress goes to standard error; standard output has nothing but lines for a shell.
TEXT
}

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cache="${AIQ_TOOLS_DIR:-$HOME/.cache/aiq-tools}"

main() {
  for tool in "$@"; do
    case "$tool" in -h | --help) usage && exit ;; esac
  done
  [ $# -gt 0 ] || set -- debian chromium prometheus otelcol
  for tool in "$@"; do
    case "$tool" in
      debian)
        debian_package prometheus prometheus promtool
        debian_package prometheus-alertmanager amtool
        ;;
      chromium) debian_package chromium chromium ;;
      prometheus)
        # No UI, and none of the service discoveries that bring half of the clouds' SDKs.
        go_build prometheus github.com/prometheus/prometheus/cmd/prometheus -tags remove_all_sd
        printf "export PROMETHEUS_BIN='%s'\n" "$built"
        ;;
      otelcol)
        go_build otelcol .
        printf "export OTELCOL_BIN='%s'\n" "$built"
        ;;
      *) fail "unknown tool \"$tool\": expected debian, chromium, prometheus or otelcol (see --help)" ;;
    esac
  done
}

say() { printf 'system-tools: %s\n' "$*" >&2; }
fail() { say "$*" && exit 1; }

# debian_package PACKAGE COMMAND...: installs the package unless its commands are there.
debian_package() {
  local package="$1" missing='' as_root=()
  shift
  for name in "$@"; do command -v "$name" >/dev/null || missing="$missing $name"; done
  [ -n "$missing" ] || return 0
  command -v apt-get >/dev/null || fail "missing:$missing, and there is no apt-get here: install $package by hand"
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "missing:$missing: run apt-get install $package as root"
    as_root=(sudo)
  fi
  say "installing Debian's $package (for$missing)"
  "${as_root[@]}" apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$package" >&2
}

# go_build NAME PACKAGE [FLAG...]: builds PACKAGE in ops/tools/NAME, unless these pins were built before; sets `built`.
go_build() {
  local name="$1" package="$2" source="$root/ops/tools/$1" go pins unfinished started=$SECONDS
  shift 2
  pins="$(cd "$source" && { printf '%s\n' "$*"; cat go.mod go.sum; find . -name '*.go' -exec cat {} +; } | sha256)"
  built="$cache/$name-${pins:0:16}/$name"
  [ ! -x "$built" ] || return 0
  go="$(command -v go || true)"
  [ -n "$go" ] || go=/usr/local/go/bin/go
  [ -x "$go" ] || fail "no go here: install Go 1.26 or newer (https://go.dev/dl) to build $name"
  say "building $name (its pins: ops/tools/$name/go.mod); minutes the first time"
  mkdir -p "$(dirname "$built")"
  unfinished="$built.$$"
  (cd "$source" && "$go" build -p 2 -trimpath -buildvcs=false -mod readonly -ldflags '-s -w' "$@" -o "$unfinished" "$package") >&2 ||
    { rm -f "$unfinished" && fail "$name was not built: see above"; }
  mv "$unfinished" "$built"
  say "built $name in $((SECONDS - started)) s: $built"
}

sha256() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; }

main "$@"
