# shellcheck shell=bash
# Sourced by the scripts that compile, after common.sh: the compiler, and what it compiles against.
libraries=() shrinker=() publisher=()
for library in "$toolchain"/libraries/*.jar; do
    case $library in
    */proguard-* | */log4j-*) shrinker+=("$library") ;;
    */gradle-api-* | */groovy-* | */maven-* | */plexus-* | */pomchecker-*) publisher+=("$library") ;;
    # Programs have the newer one of the compiler.
    */kotlin-stdlib-*) ;;
    *) libraries+=("$library") ;;
    esac
done
class_path=$toolchain/node_modules/kotlin-compiler/lib/kotlin-stdlib.jar:$(IFS=:; echo "${libraries[*]}")
server_jars=("$toolchain"/servers/*.jar)
server_path=$(IFS=:; echo "${server_jars[*]}")

# For what takes seconds: compiled in one pass, and swept by one thread.
brief_java=(java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC)

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
    call_compiler "-classpath=$class_path${1:+:$(absolute "$1")}" "${@:2}"
}

# compile_modules CLASSES SOURCE…: compiles modules to a folder, as their Gradle project does: against the standard library alone, that
# of Kotlin 2.1, for programs in Kotlin 2.1 and later.
compile_modules() {
    call_compiler "-classpath=$(echo "$toolchain"/libraries/kotlin-stdlib-*.jar)" -no-stdlib -language-version=2.2 -api-version=2.1 \
        -Xsuppress-version-warnings -Xexplicit-api=strict -d "$@"
}

# compile_adapters CLASSES SOURCE…: compiles what depends on the framework of a server to the folder of the modules that it belongs to.
compile_adapters() {
    call_compiler "-classpath=$(absolute "$1"):$(echo "$toolchain"/libraries/kotlin-stdlib-*.jar):$server_path" -no-stdlib -language-version=2.2 \
        -api-version=2.1 -Xsuppress-version-warnings -Xexplicit-api=strict -d "$@"
}

# call_compiler ARGUMENT…: the options have the form `-name=value`.
call_compiler() {
    local argument arguments=(-Wextra -Werror -jvm-target=1.8)
    for argument in "$@"; do
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
