# shellcheck shell=bash
# Sourced by the scripts that compile, after common.sh: the compiler, and what it compiles against.
libraries=("$toolchain"/libraries/*.jar)
class_path=$toolchain/node_modules/kotlin-compiler/lib/kotlin-stdlib.jar:$(IFS=:; echo "${libraries[*]}")

# start_compiler: unless one is running that another script of this run has started. It ends when the folder `shared` goes.
start_compiler() {
    local home=$toolchain/node_modules/kotlin-compiler
    use_shared
    ! is_running || return 0
    java -Xmx2g -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m -XX:+UseSerialGC \
        -XX:+DisplayVMOutputToStderr -Xlog:disable -Xlog:all=warning:stderr -classpath "$home/lib/kotlin-compiler.jar:$home/lib/*" \
        -Dkotlin.home="$home" "$here/Compiler.java" "$shared" >"$shared/output" 2>&1 </dev/null &
    echo $! >"$shared/pid"
}

is_running() {
    [[ -e $shared/pid ]] && kill -0 "$(<"$shared/pid")" 2>/dev/null
}

# kotlinc CLASSES ARGUMENT…: compiles against classes besides the libraries, and succeeds where the compiler does.
kotlinc() {
    local argument arguments=(-Wextra -Werror -jvm-target 1.8 -classpath "$class_path${1:+:$(absolute "$1")}")
    for argument in "${@:2}"; do
        arguments+=("$(absolute "$argument")")
    done
    (
        flock 8
        rm -f "$shared/status"
        printf '%s\n' "${arguments[@]}" >"$shared/call.new"
        mv "$shared/call.new" "$shared/call"
        until [[ -e $shared/status ]]; do
            is_running || { cat "$shared/output" >&2; exit 2; }
            sleep 0.05
        done
        sed "s|$PWD/||g" "$shared/log" >&2
        status=$(<"$shared/status")
        rm "$shared/status"
        exit "$status"
    ) 8>"$shared/lock"
}

# absolute ARGUMENT: the compiler has a folder of its own that paths are relative to.
absolute() {
    case $1 in
    '' | -* | /*) echo "$1" ;;
    *) echo "$PWD/$1" ;;
    esac
}
