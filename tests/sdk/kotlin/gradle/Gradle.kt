/** What the build file of a package sees beside Gradle's own classes: what Gradle generates for it, and the plugin of Kotlin. */
package gradle

import org.gradle.api.Action
import org.gradle.api.NamedDomainObjectCollection
import org.gradle.api.Project
import org.gradle.api.artifacts.dsl.RepositoryHandler
import org.gradle.api.plugins.JavaPluginExtension
import org.gradle.api.provider.Property
import org.gradle.api.publish.Publication
import org.gradle.api.publish.PublicationContainer
import org.gradle.api.publish.PublishingExtension
import org.jetbrains.kotlin.gradle.dsl.JvmTarget
import org.jetbrains.kotlin.gradle.dsl.KotlinVersion

class RootProject {
    lateinit var name: String
}

class Settings {
    val rootProject = RootProject()
}

class Plugins(
    private val project: Project,
) {
    val `java-library` get() = project.pluginManager.apply("java-library")
    val `maven-publish` get() = project.pluginManager.apply("maven-publish")

    fun kotlin(module: String) = module

    infix fun String.version(version: String) = check(this == "jvm" && version.isNotEmpty())
}

class Kotlin(
    private val project: Project,
) {
    /** The standard library, on which the plugin makes the project depend. */
    var coreLibrariesVersion = ""
        set(value) {
            field = value
            project.dependencies.add("api", "org.jetbrains.kotlin:kotlin-stdlib:$value")
        }

    fun explicitApi() = Unit

    fun compilerOptions(configure: CompilerOptions.() -> Unit) = CompilerOptions().configure()
}

class CompilerOptions {
    lateinit var languageVersion: KotlinVersion
    lateinit var apiVersion: KotlinVersion
    lateinit var jvmTarget: JvmTarget
    val freeCompilerArgs = mutableListOf<String>()
}

fun Project.plugins(configure: Plugins.() -> Unit) = Plugins(this).configure()

fun Project.repositories(configure: RepositoryHandler.() -> Unit) = repositories.configure()

fun Project.kotlin(configure: Kotlin.() -> Unit) = Kotlin(this).configure()

fun Project.java(configure: Action<JavaPluginExtension>) = extensions.configure("java", configure)

fun Project.publishing(configure: Action<PublishingExtension>) = extensions.configure("publishing", configure)

inline fun <reified T : Publication> PublicationContainer.create(
    name: String,
    noinline configure: T.() -> Unit,
): T = create(name, T::class.java, configure)

operator fun <T : Any> NamedDomainObjectCollection<T>.get(name: String): T = getByName(name)

fun <T : Any> Property<T>.assign(value: T?) = set(value)
