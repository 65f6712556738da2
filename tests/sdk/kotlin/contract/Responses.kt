// `check` makes a copy for each module that reads responses, with its package in place of `module` and its exception in
// place of `ModuleException`.
package contract.module

import contract.Contract
import contract.Members
import contract.VectorFile
import contract.bytes
import contract.caseId
import contract.group
import contract.members
import contract.number
import contract.parameters
import contract.resolution
import contract.tags
import module.ModuleException
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import java.io.File

class Responses : Contract("vectors") {
    private val generated = VectorFile(File("contract/module/vectors.json"))

    /** Those written by hand, where there are some. */
    private val written = File("contract/${generated.catalog}.json").takeIf { it.exists() }?.let(::VectorFile)

    @TestFactory
    fun generated(): List<DynamicTest> = if (generated.definitions.isEmpty()) emptyList() else tests(generated)

    @TestFactory
    fun written(): List<DynamicTest> = written?.let(::tests).orEmpty()

    private fun tests(file: VectorFile): List<DynamicTest> =
        tests(file.vectors, { "$file: ${it["name"]}" }) { vector ->
            val expected = vector.members("expected")
            assertMembers(expected, answers(vector.members("response"), expected))
        }

    private fun answers(
        response: Members,
        expected: Members,
    ): Members {
        val headers = response.members("headers").mapValues { it.value as String }
        val exception = ModuleException.fromResponse((response["status"] as Long).toInt(), bytes(response.members("body")), headers)
        return mapOf(
            "code" to exception.code?.let { it.number ?: it.value },
            "id" to exception.code?.id,
            "case" to exception.caseId,
            "category" to exception.category?.id,
            "group" to exception.group?.id,
            "retry" to exception.retry.name.lowercase(),
            "retry_after" to exception.retryAfterSeconds?.toLong(),
            "message" to exception.serverMessage,
            "parameters" to exception.parameters,
            "display" to exception.message,
            "descriptions" to expected.tags("descriptions", exception::description),
            "resolutions" to expected.tags("resolutions") { exception.resolution(it) },
        )
    }
}
