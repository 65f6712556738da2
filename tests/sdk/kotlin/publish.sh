# shellcheck shell=bash
# Sourced by `check`, after compiler.sh: whether Maven Central would take what packages publish.

# check_poms PACKAGE…: has Gradle write the POM of each package, as its build files say, and checks it. There is no Gradle to
# install from a registry, but its classes are published: the build files become a program that uses them. What the plugin of
# Kotlin adds is replaced by gradle/Gradle.kt and gradle/Versions.kt.
check_poms() {
    local package plugins=$toolchain/node_modules/kotlin-compiler/lib
    mkdir -p poms
    {
        printf '@file:Suppress("UNUSED_EXPRESSION")\n\npackage gradle\n\n'
        # Gradle itself imports these.
        printf 'import %s\n' org.gradle.api.JavaVersion org.gradle.api.publish.maven.MavenPublication
        cat "${@/%//build.gradle.kts}" | grep '^import ' | sort -u
        printf '\nfun main() {\nval packages = listOf(\n'
        for package in "$@"; do
            printf 'Package({\n%s\n}, {\n%s\n}),\n' "$(<"$package/settings.gradle.kts")" "$(sed '/^import /d' "$package/build.gradle.kts")"
        done
        printf ')\nkotlin.system.exitProcess(if (isTaken(packages, java.io.File("%s"))) 0 else 1)\n}\n' "$PWD/poms"
    } >poms/Builds.kt
    attempt compiler call_compiler "-classpath=$(IFS=:; echo "${publisher[*]}")" -d poms/classes \
        "-Xplugin=$plugins/assignment-compiler-plugin.jar" "-Xplugin=$plugins/sam-with-receiver-compiler-plugin.jar" \
        -P=plugin:org.jetbrains.kotlin.assignment:annotation=org.gradle.api.SupportsKotlinAssignmentOverloading \
        -P=plugin:org.jetbrains.kotlin.samWithReceiver:annotation=org.gradle.api.HasImplicitReceiver \
        "$here/gradle" poms/Builds.kt
    # Gradle defines classes in places of Java's own.
    attempt java --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED -XX:TieredStopAtLevel=1 \
        -classpath "$(IFS=:; echo "poms/classes:${class_path%%:*}:${publisher[*]}")" gradle.BuildsKt
}
