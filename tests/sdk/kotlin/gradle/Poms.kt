/** Writes the POMs of packages as Gradle does, and checks them by the rules of Maven Central. */
package gradle

import org.apache.maven.model.io.xpp3.MavenXpp3Reader
import org.apache.maven.project.MavenProject
import org.gradle.api.Project
import org.gradle.api.publish.maven.tasks.GenerateMavenPom
import org.gradle.testfixtures.ProjectBuilder
import org.kordamp.maven.checker.Logger
import org.kordamp.maven.checker.MavenCentralChecker
import org.kordamp.maven.checker.PomCheckException
import java.io.File
import java.lang.reflect.Proxy

/** The files of a package. */
class Package(
    val settings: Settings.() -> Unit,
    val build: Project.() -> Unit,
)

/** Succeeds if Maven Central would take all packages. */
fun isTaken(
    packages: List<Package>,
    scratch: File,
): Boolean =
    packages
        .map { it.pom(scratch.resolve("${packages.indexOf(it)}")) }
        .map { pom ->
            val refused = runCatching { check(pom) }.exceptionOrNull() as? PomCheckException
            refused?.let { System.err.println("$it\n${pom.readText()}") }
            refused == null
        }.all { it }

private fun Package.pom(folder: File): File {
    folder.mkdirs()
    val project =
        ProjectBuilder
            .builder()
            .withName(Settings().apply(settings).rootProject.name)
            .withProjectDir(folder)
            .withGradleUserHomeDir(folder.resolve("home"))
            .build()
    project.build()
    val pom = folder.resolve("pom.xml")
    val task = project.tasks.getByName("generatePomFileForMavenPublication") as GenerateMavenPom
    task.setDestination(pom)
    task.doGenerate()
    return pom
}

private fun check(pom: File) {
    val model = pom.inputStream().use { MavenXpp3Reader().read(it) }
    val project = MavenProject(model)
    project.originalModel = model
    project.file = pom
    val silent = Proxy.newProxyInstance(Logger::class.java.classLoader, arrayOf(Logger::class.java)) { _, _, _ -> null }
    val rules = MavenCentralChecker.Configuration()
    MavenCentralChecker.check(
        silent as Logger,
        project,
        rules.withRelease(true).withStrict(true).withFailOnError(true).withFailOnWarning(true),
    )
}
