# shellcheck shell=bash disable=SC2154 # sourced after common.sh
# Which Swift: the one on the PATH, else Debian's, unpacked into a folder of its own and run by chroot,
# because its C library is newer than that of the machines it has to run on.

swift_root=$toolchain/root

# Whether the PATH has a compiler of 5.9 or later, and a formatter (part of it since 6.0). Sets `swift_major`.
swift_on_path() {
    local version minor
    version=$(swiftc --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+)\.([0-9]+).*/\1 \2/p')
    read -r swift_major minor <<<"${version:-0 0}"
    ((swift_major > 5 || (swift_major == 5 && minor >= 9))) && swift-format --version >/dev/null 2>&1
}

# in_swift_root DIR COMMAND…: runs it there, as the root folder sees it. Swift finds its own libraries through /proc,
# which is mounted in a namespace of its own: it goes when the command ends, however it ends.
in_swift_root() {
    # shellcheck disable=SC2016 # expanded by the inner shell
    unshare --mount sh -euc '
        mount -t proc proc "$0/proc"
        dir=$1
        shift
        exec chroot "$0" env -i --chdir="$dir" PATH=/usr/libexec/swift/bin:/usr/bin:/bin HOME=/tmp TMPDIR="$dir" "$@"
    ' "$swift_root" "$@"
}

# scratch_in_swift COMMAND…: runs what makes `scratch`, so that the Swift of this machine can see it, and goes there.
# Sets `in_scratch`, the beginning of a command line that runs there, and `swift_major`.
scratch_in_swift() {
    if swift_on_path; then
        swift_root=
        "$@"
        in_scratch=(env)
    else
        export TMPDIR=$swift_root/tmp
        "$@"
        in_scratch=(in_swift_root "${scratch#"$swift_root"}")
        swift_major=6
    fi
}
