// `check` makes a copy for each module, with its package in place of `module` and its classes in place of `Module…`.
package contract.module

import contract.Contract
import contract.Members
import contract.VectorFile
import contract.tags
import module.ModuleErrorCategory
import module.ModuleErrorCode
import module.ModuleErrorMessage
import module.ModuleException
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import java.io.File
import java.util.Locale

class Definitions : Contract("definitions") {
    private val file = VectorFile(File("contract/module/vectors.json"))

    @TestFactory
    fun definitions(): List<DynamicTest> = if (file.definitions.isEmpty()) emptyList() else compared()

    private fun compared(): List<DynamicTest> =
        tests(file.definitions, { it["id"] as String }) { expected ->
            val code = ModuleErrorCode.fromCode(expected["code"].toString())
            assertMembers(expected - setOf("no_error", "renamed_from"), definition(code, expected))
            assertSame(code, ModuleErrorCode.fromId(expected["id"] as String))
            (expected["renamed_from"] as List<*>?).orEmpty().forEach { assertSame(code, ModuleErrorCode.fromId(it as String)) }
            assertEquals(code.properties, typedProperties(code, code.properties.keys))
            assertEquals(code.properties, typedProperties(ModuleException.of(0, code), code.properties.keys))
        }

    /** What the getters of a class say of properties with these names: one that the class has already has a longer name. */
    private fun typedProperties(
        owner: Any,
        names: Set<String>,
    ): Members =
        names.associateWith { name ->
            val getter = getterOf(name)
            val methods = owner.javaClass.methods.associateBy { it.name }
            plain((methods["${getter}Property"] ?: methods.getValue(getter)).invoke(owner))
        }

    private fun plain(value: Any?): Any? =
        when (value) {
            is List<*> -> value.map(::plain)
            is Enum<*> -> value.javaClass.getMethod("getValue").invoke(value)
            else -> value
        }

    @Test
    fun theCodesAreThoseOfTheCatalog() {
        assertEquals(file.definitions.map { it["code"].toString() }, ModuleErrorCode.all.map { it.value })
        assertEquals(file.definitions.map { it["id"] }, ModuleErrorCode.all.map { it.id })
    }

    @Test
    fun thereIsNoOtherCode() {
        assertNull(ModuleErrorCode.fromId("no_such_id"))
        for (value in listOf("no_such_code", "", "9007199254740991")) {
            val code = ModuleErrorCode.fromCode(value)
            val members = listOf(code.id, code.httpStatus, code.retry, code.messageTemplate, code.docsUrl, code.since, code.retiredSince)
            assertEquals(listOf<Any?>(value, false), listOf(code.value, code.isKnown))
            assertEquals(members.map { null }, members)
            assertEquals(emptyList<ModuleErrorMessage>(), code.messages)
            assertNull(code.description("en"))
            assertNull(code.resolution("en"))
        }
    }

    @Test
    fun theCategoriesAreThoseOfTheCatalog() {
        assertEquals(file.categories.map { it["id"] }, ModuleErrorCategory.all.map { it.id })
        file.categories.zip(ModuleErrorCategory.all).forEach { (expected, category) ->
            assertMembers(expected, category(category, expected))
        }
    }

    private fun definition(
        code: ModuleErrorCode,
        expected: Members,
    ): Members =
        mapOf(
            "code" to (code.number ?: code.value),
            "id" to code.id,
            "http" to code.httpStatus?.toLong(),
            "category" to code.category?.id,
            "group" to code.group?.id,
            "retry" to code.retry?.name?.lowercase(),
            "sensitive" to code.isSensitive,
            "docs_url" to code.docsUrl,
            "since" to code.since,
            "deprecated" to code.deprecatedSince?.let { mapOf("since" to it, "use" to code.replacement?.id) },
            "retired" to code.retiredSince?.let { mapOf("since" to it) },
            "messages" to code.messages.map { message(it, expected) },
            *(if ("properties" in expected || code.properties.isNotEmpty()) arrayOf("properties" to code.properties) else emptyArray()),
            "descriptions" to expected.tags("descriptions", code::description),
            "resolutions" to
                expected.tags("resolutions") { tag ->
                    code.resolution(tag).also { text -> localeOf(tag)?.let { assertEquals(text, code.resolution(it)) } }
                },
        )

    private fun message(
        message: ModuleErrorMessage,
        expected: Members,
    ): Members =
        mapOf(
            "case" to message.caseId,
            "message" to message.template,
            "parameters" to message.parameters.mapValues { it.value.name.lowercase() },
            "descriptions" to
                expected.tags("descriptions") { tag ->
                    message.description(tag).also { text -> localeOf(tag)?.let { assertEquals(text, message.description(it)) } }
                },
        )

    /** The locale of a tag; null if the platform knows it only by another tag, or in part. */
    private fun localeOf(tag: String): Locale? = Locale.forLanguageTag(tag).takeIf { it.toLanguageTag().equals(tag, ignoreCase = true) }

    private fun category(
        category: ModuleErrorCategory,
        expected: Members,
    ): Members =
        mapOf(
            "id" to category.id,
            "titles" to expected.tags("titles", category::title),
            "groups" to category.groups.map { mapOf("id" to it.id, "titles" to expected.tags("titles", it::title)) },
        )
}
