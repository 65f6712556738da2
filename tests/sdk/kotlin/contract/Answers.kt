// `check` makes a copy for each module, with its package in place of `module` and its classes in place of `Module…`.
package contract.module

import contract.Contract
import contract.Members
import contract.VectorFile
import contract.bytes
import contract.exact
import contract.members
import contract.tags
import module.ModuleErrorCase
import module.ModuleException
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import java.io.ByteArrayOutputStream
import java.io.File
import java.io.ObjectInputStream
import java.io.ObjectOutputStream
import java.time.Instant

/** What a module answers, and what is expected of it. */
abstract class Answers(
    what: String,
) : Contract(what) {
    protected val generated: VectorFile by lazy { VectorFile(File("contract/module/vectors.json")) }

    protected fun compare(vector: Members) {
        val expected = complete(vector.members("expected"))
        val exception = exception(vector.members("response"))
        assertMembers(expected, answers(exception, expected))
        assertMembers(expected, answers(copy(exception), expected))
        for (item in listOf(exception) + exception.errors) {
            for ((name, text) in item.fields) {
                val value = property(item, name)
                assertEquals(if (value is Double) text.toDouble() else text, value as? Double ?: value.toString())
            }
        }
        assertEquals(exception.caseId, exception.case?.id)
        exception.case?.let {
            assertSame(exception.code, it.code)
            assertEquals(exception.caseId, it.message.caseId)
            assertEquals(1, ModuleErrorCase.all.count { case -> case === it })
        }
    }

    /** What is expected, with the raw texts that are only there if they differ. */
    protected fun complete(expected: Members): Members =
        expected +
            listOf("descriptions", "resolutions").associate { "raw_$it" to (expected["raw_$it"] ?: expected.getValue(it)) }

    protected fun exception(response: Members): ModuleException {
        val headers = response.members("headers").mapValues { it.value as String }
        return ModuleException.fromResponse((response["status"] as Long).toInt(), bytes(response.members("body")), headers)
    }

    /** The exception written and read again. */
    protected fun copy(exception: ModuleException): ModuleException {
        val bytes = ByteArrayOutputStream()
        ObjectOutputStream(bytes).use { it.writeObject(exception) }
        return ObjectInputStream(bytes.toByteArray().inputStream()).use { it.readObject() as ModuleException }
    }

    /** The value of a field, from the property that it has. */
    private fun property(
        exception: ModuleException,
        name: String,
    ): Any {
        val getter = getterOf(name)
        val methods = ModuleException::class.java.methods.filter { it.name in setOf(getter, "${getter}Field") && it.parameterCount == 0 }
        val method = methods.maxBy { it.name.length }
        return method.invoke(exception)
    }

    /** What is the same for an exception and for an item of its list. */
    protected fun item(
        exception: ModuleException,
        expected: Members,
    ): Members =
        mapOf(
            "code" to exception.code?.let { it.number ?: it.value },
            "id" to exception.code?.id,
            "case" to exception.caseId,
            "message" to exception.text,
            "raw_message" to exception.rawMessage(),
            "parameters" to exception.parameters.mapValues { exact(it.value) },
        ) +
            listOf("subcode" to exception.subcode, "fields" to exception.fields).filter { it.first in expected }

    protected fun answers(
        exception: ModuleException,
        expected: Members,
    ): Members =
        item(exception, expected) +
            mapOf(
                "category" to exception.category?.id,
                "group" to exception.group?.id,
                "retry" to exception.retry.name.lowercase(),
                "display" to exception.message,
                "descriptions" to expected.tags("descriptions", exception::description),
                "resolutions" to expected.tags("resolutions", exception::resolution),
                "raw_descriptions" to expected.tags("raw_descriptions", exception::rawDescription),
                "raw_resolutions" to expected.tags("raw_resolutions", exception::rawResolution),
            ) + waiting(exception, expected) + listed(exception, expected)

    /** The items of the list, where the catalogue has one. */
    protected fun listed(
        exception: ModuleException,
        expected: Members,
    ): Members = if ("errors" in expected) mapOf("errors" to exception.errors.map { item(it, expected) }) else emptyMap()

    /** How long to wait, from the date of the response and at a given time, where the vector says what is expected. */
    private fun waiting(
        exception: ModuleException,
        expected: Members,
    ): Members {
        val now = expected["retry_after_at"]?.let { expected.members("retry_after_at")["now"] as Long }
        val atNow = now?.let { mapOf("now" to it, "seconds" to exception.retryAfterAt(Instant.ofEpochSecond(it))?.toLong()) }
        return listOfNotNull(
            ("retry_after" to exception.retryAfterSeconds?.toLong()).takeIf { "retry_after" in expected },
            atNow?.let { "retry_after_at" to it },
        ).toMap()
    }
}
