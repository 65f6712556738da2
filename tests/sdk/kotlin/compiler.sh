# shellcheck shell=bash
# Sourced by `check` and `clients`, after common.sh: the compiler, and what it compiles against.
libraries=("$toolchain"/libraries/*.jar)
class_path=$toolchain/node_modules/kotlin-compiler/lib/kotlin-stdlib.jar:$(IFS=:; echo "${libraries[*]}")

# start_compiler FOLDER: where it can keep its files. It ends with the script.
start_compiler() {
    local home=$toolchain/node_modules/kotlin-compiler
    compiler_files=$1
    # What the machine itself has to say belongs on standard error: standard output has the answers.
    coproc compiler {
        exec java -Xmx2g -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m -XX:+UseSerialGC \
            -XX:+DisplayVMOutputToStderr -Xlog:disable -Xlog:all=warning:stderr -classpath "$home/lib/kotlin-compiler.jar:$home/lib/*" \
            -Dkotlin.home="$home" "$here/Compiler.java"
    }
}

# kotlinc CLASSES ARGUMENT…: compiles against classes besides the libraries, and succeeds where the compiler does.
kotlinc() {
    local status
    printf '%s\n' -Wextra -Werror -jvm-target 1.8 -classpath "$class_path:$1" "${@:2}" >"$compiler_files/arguments"
    echo "$compiler_files/arguments" >&"${compiler[1]}"
    read -r status <&"${compiler[0]}"
    cat "$compiler_files/arguments.log" >&2
    return "$status"
}
