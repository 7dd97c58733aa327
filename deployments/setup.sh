#!/bin/sh
# What `make` needs done before the program itself can run. Plain POSIX sh: dash and macOS's sh.
#
#   sh deployments/setup.sh install run|test   the environment in .venv, with or without what the tests need
#   sh deployments/setup.sh install bench      the same with the libraries that the calendar is measured beside
#   sh deployments/setup.sh browser            prints the path of a Chromium for the tests, getting one if it must
#   sh deployments/setup.sh constraints        writes constraints.txt anew from what pyproject.toml allows
#
# DOITHOAI_LANG=en speaks English; PYTHON names the interpreter to use.
set -eu
cd "$(dirname "$0")/.."

PYTHONS="${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14"
FITS='import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))'

say() { # the sentence in Vietnamese, the same in English
    if [ "${DOITHOAI_LANG:-vi}" = en ]; then printf '%s\n' "$2" >&2; else printf '%s\n' "$1" >&2; fi
}

refuse() {
    say "$@"
    exit 2
}

has() { command -v "$1" >/dev/null 2>&1; }

fits() { "$1" -c "$FITS" >/dev/null 2>&1; }

# ── the environment ──────────────────────────────────────────────────────────────────────────────────────────

find_python() { # sets $python to one that fits and can make an environment
    bare=''
    for python in $PYTHONS; do
        fits "$python" || continue
        if has uv || "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then return; fi
        bare=${bare:-${python##*/}}
    done
    if [ -n "$bare" ]; then
        refuse "Python trên máy thiếu mô-đun venv; hãy cài bằng «sudo apt install $bare-venv» rồi chạy lại." \
            "This Python lacks its venv module; install it with 'sudo apt install $bare-venv' and run again."
    fi
    refuse "Cần Python 3.11 đến 3.14; hãy cài bằng «sudo apt install python3 python3-venv» (Debian 12, Ubuntu 24.04 trở lên) hoặc «brew install python@3.13» (macOS) rồi chạy lại." \
        "Python 3.11 to 3.14 is needed; install it with 'sudo apt install python3 python3-venv' (Debian 12, Ubuntu 24.04 or later) or 'brew install python@3.13' (macOS) and run again."
}

fingerprint() { { pwd && cat pyproject.toml constraints.txt; } | cksum; }

installed() { # whether the set (or the larger one) was installed here from the present files
    larger=''
    if [ "$1" = run ]; then larger=.venv/.installed-test; fi
    for stamp in ".venv/.installed-$1" $larger .venv/.installed-bench; do
        if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint)" ]; then fits .venv/bin/python && return; fi
    done
    return 1
}

make_environment() {
    if fits .venv/bin/python; then return; fi
    find_python
    rm -rf .venv
    if has uv && uv venv --quiet --python "$python" .venv; then return; fi
    "$python" -m venv .venv
}

with_uv() {
    has uv || return 1
    say '→ Cài các gói vào .venv bằng uv (nửa phút)…' '→ Installing the packages into .venv with uv (half a minute)…'
    uv pip install --quiet --python .venv/bin/python -c constraints.txt -e "$1" >.venv/install.log 2>&1
}

with_pip() {
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null 2>&1 || return 1
    say '→ Cài các gói vào .venv bằng pip (một, hai phút)…' '→ Installing the packages into .venv with pip (a minute or two)…'
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e "$1" >.venv/install.log 2>&1
}

explain_failure() {
    if grep -qiE 'name resolution|connect|network|unreachable|timed out|dns error|from versions: none' .venv/install.log; then
        refuse 'Không tải được các gói Python; hãy kiểm tra kết nối mạng (hoặc cấu hình proxy của pip) rồi chạy lại; chi tiết ở .venv/install.log.' \
            'The Python packages could not be downloaded; check the network (or the proxy settings of pip) and run again; details are in .venv/install.log.'
    fi
    refuse "Không cài được các gói Python: $(tail -n 1 .venv/install.log); chi tiết ở .venv/install.log." \
        "The Python packages could not be installed: $(tail -n 1 .venv/install.log); details are in .venv/install.log."
}

install() {
    case $1 in
    run) project=. ;;
    test) project='.[test]' ;;
    bench) project='.[test,bench]' ;;
    *) refuse "Chỉ có «run», «test» hoặc «bench», không có «$1»." "Only 'run', 'test' or 'bench', not '$1'." ;;
    esac
    if installed "$1"; then return; fi
    make_environment
    rm -f .venv/.installed-*
    if ! { with_uv "$project" || with_pip "$project"; }; then
        if [ "$1" != bench ]; then explain_failure; fi
        say '→ Không cài được các thư viện để so sánh; bảng đo sẽ ghi rõ thư viện nào thiếu.' \
            '→ The libraries to compare with could not be installed; the tables will name those that are missing.'
        install test
        return
    fi
    fingerprint >".venv/.installed-$1"
    say '→ Môi trường đã sẵn sàng.' '→ The environment is ready.'
}

# ── a browser for the tests ──────────────────────────────────────────────────────────────────────────────────

works() { [ -n "$1" ] && "$1" --version >/dev/null 2>&1; }

system_browser() {
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome \
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
        path=$(command -v "$name" 2>/dev/null) && works "$path" && printf '%s\n' "$path" && return
    done
    return 1
}

playwright_browser() {
    path=$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright as start
with start() as playwright: print(playwright.chromium.executable_path)' 2>/dev/null) && works "$path" && printf '%s\n' "$path"
}

from_debian() {
    [ "$(id -u)" = 0 ] && has apt-get || return 1
    say '→ Cài Chromium của Debian cho bộ kiểm thử…' "→ Installing Debian's Chromium for the tests…"
    { apt-get update && apt-get install -y --no-install-recommends chromium fonts-liberation2; } >.venv/browser.log 2>&1
}

from_playwright() {
    say '→ Tải Chromium cho bộ kiểm thử…' '→ Downloading Chromium for the tests…'
    .venv/bin/python -m playwright install chromium >.venv/browser.log 2>&1
}

browser() {
    system_browser || playwright_browser && return
    if from_debian && system_browser; then return; fi
    if from_playwright && playwright_browser; then return; fi
    say '!!! KHÔNG CÓ CHROMIUM: các kiểm thử bằng trình duyệt sẽ không chạy; hãy cài (Debian: sudo apt install chromium fonts-liberation2) rồi chạy lại.' \
        '!!! NO CHROMIUM: the browser tests will not run; install it (Debian: sudo apt install chromium fonts-liberation2) and run again.'
    [ "${CI:-}" != true ]
}

# ── the pins ─────────────────────────────────────────────────────────────────────────────────────────────────

constraints() { # the newest set that pyproject.toml allows, with whenever, which prefect needs from Python 3.13 on
    find_python
    fresh=$(mktemp -d)
    "$python" -m venv "$fresh"
    "$fresh/bin/python" -m pip install --quiet --disable-pip-version-check -e '.[test,bench,postgresql]' whenever
    {
        sed -n '/^#/p' constraints.txt
        "$fresh/bin/python" -m pip freeze --exclude-editable | grep -vi '^certifi==' | LC_ALL=C sort -f -t= -k1,1
    } >"$fresh/constraints.txt"
    mv "$fresh/constraints.txt" constraints.txt
    rm -rf "$fresh"
}

case ${1:-} in
install) install "${2:-run}" ;;
browser) browser ;;
constraints) constraints ;;
*) refuse 'Cách dùng: sh deployments/setup.sh install run|test|bench, browser hoặc constraints.' \
    'Usage: sh deployments/setup.sh install run|test|bench, browser or constraints.' ;;
esac
