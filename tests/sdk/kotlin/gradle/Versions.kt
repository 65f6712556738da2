/** What the plugin of Kotlin brings along. */
package org.jetbrains.kotlin.gradle.dsl

enum class JvmTarget { JVM_1_8 }

enum class KotlinVersion { KOTLIN_2_1, KOTLIN_2_2 }
