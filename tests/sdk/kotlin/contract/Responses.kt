// `check` makes a copy for each module, with its package in place of `module` and its classes in place of `Module…`.
package contract.module

import contract.Members
import contract.VectorFile
import contract.members
import contract.tags
import module.ModuleException
import module.ModuleMessage
import module.ModuleMessages
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import java.io.File

class Responses : Answers("vectors") {
    /** Those written by hand, where there are some. */
    private val written = File("contract/${generated.catalog}.json").takeIf { it.exists() }?.let(::VectorFile)

    @TestFactory
    fun generated(): List<DynamicTest> =
        if (generated.vectors.isEmpty()) {
            emptyList()
        } else {
            tests(generated.vectors, { "$generated: ${it["name"]}" }) { vector ->
                compare(vector)
                build(vector)
            }
        }

    @TestFactory
    fun written(): List<DynamicTest> = written?.let { file -> tests(file.vectors, { "$file: ${it["name"]}" }, ::compare) }.orEmpty()

    /** Builds the message from its parameters, if it has some. */
    private fun build(vector: Members) {
        val expected = complete(vector.members("expected"))
        val exception = exception(vector.members("response"))
        val parameters = expected.members("parameters")
        val found = ModuleMessages::class.java.classes.mapNotNull { read(it, exception) }
        assertEquals(if (parameters.isEmpty()) 0 else 1, found.size)
        for (message in found) {
            val types =
                message.code.messages
                    .first { it.caseId == expected["case"] }
                    .parameters
            val arguments =
                types
                    .map { (name, type) ->
                        val value = parameters.getValue(name)
                        if (type.name == "NUMBER") (value as Number).toDouble() else value
                    }.toTypedArray()
            val built =
                message.javaClass.constructors
                    .single()
                    .newInstance(*arguments) as ModuleMessage
            assertEquals(message to message.hashCode(), built to built.hashCode())
            // What is built is in the fallback locale.
            val unlike = if ("locale" in vector) setOf("message", "raw_message") else emptySet()
            val texts = texts(built, expected) - unlike
            assertMembers(expected.filterKeys { it in texts }, texts)
            assertEquals(built.text, "$built")
        }
    }

    private fun read(
        type: Class<*>,
        exception: ModuleException,
    ): ModuleMessage? = type.getMethod("from", ModuleException::class.java).invoke(null, exception) as ModuleMessage?

    private fun texts(
        message: ModuleMessage,
        expected: Members,
    ): Members =
        mapOf(
            "id" to message.code.id,
            "message" to message.text,
            "raw_message" to message.rawText(),
            "descriptions" to expected.tags("descriptions", message::description),
            "resolutions" to expected.tags("resolutions", message::resolution),
            "raw_descriptions" to expected.tags("raw_descriptions", message::rawDescription),
            "raw_resolutions" to expected.tags("raw_resolutions", message::rawResolution),
        )
}
