// `check` makes a copy for each module, with its package in place of `module` and its classes in place of `Module…`.
package contract.module

import contract.Contract
import contract.parsed
import module.ModuleMessages
import module.ModuleRaisable
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import java.io.File

/** The language of a response by the header `Accept-Language`. */
class Languages : Contract("languages") {
    private val file = parsed(File("contract/accept_language.json").readText()) as Map<*, *>

    @TestFactory
    fun chosen(): List<DynamicTest> {
        val message =
            ModuleMessages::class.java.methods
                .first { it.returnType == ModuleRaisable::class.java && it.parameterCount == 0 }
                .invoke(null) as ModuleRaisable
        val exception = message.toException()
        return tests(file["locales"] as List<*>, { "$it" }) { entry ->
            val (header, locale) = (entry as Map<*, *>).let { it["header"] as String to it["locale"] }
            val said = { headers: Map<String, String> -> listOf("Content-Language", "Vary").map { headers[it] } }
            assertEquals(listOf(locale, "Accept-Language"), said(exception.toProblem(header).headers))
            // The server localises no message.
            assertEquals(listOf(null, null), said(exception.toResponse(header).headers))
        }
    }
}
