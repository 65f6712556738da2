// `check` makes a copy for each module, with its package in place of `module` and its classes in place of `Module…`.
package contract.module

import contract.Members
import contract.VectorFile
import contract.json
import contract.members
import contract.parsed
import module.ModuleErrorResponse
import module.ModuleException
import module.ModuleMessages
import module.ModuleRaisable
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import java.io.File

/** Raises what each vector says, writes it, compares, and leaves what was written for the other languages. */
class Raising : Answers("raised") {
    private val parameterless: List<ModuleRaisable> =
        ModuleMessages::class.java.methods
            .filter {
                it.returnType == ModuleRaisable::class.java && it.parameterCount == 0 &&
                    it.getAnnotation(Deprecated::class.java) == null
            }.map { it.invoke(null) as ModuleRaisable }

    /** The class of a message with parameters, by what its errors have been read from. */
    private fun typed(exception: ModuleException): Class<*>? =
        ModuleMessages::class.java.classes
            .filter { ModuleRaisable::class.java.isAssignableFrom(it) }
            .firstOrNull { it.getMethod("from", ModuleException::class.java).invoke(null, exception) != null }

    private val vectors = generated.vectors.filter { message(it, it.members("expected").members("parameters")) != null }

    private val written = ArrayList<Members>()

    private val values = ArrayList<Members>()

    private fun message(
        vector: Members,
        parameters: Members,
    ): ModuleRaisable? {
        val expected = vector.members("expected")
        if (parameters.isEmpty()) {
            return parameterless.firstOrNull { it.code.id == expected["id"] && it.toException().caseId == expected["case"] }
        }
        val read = exception(vector.members("response"))
        val types =
            checkNotNull(read.code)
                .messages
                .first { it.caseId == expected["case"] }
                .parameters
        val arguments =
            types.map { (name, type) -> parameters.getValue(name).let { if (type.name == "NUMBER") (it as Number).toDouble() else it } }
        return typed(read)?.constructors?.single()?.newInstance(*arguments.toTypedArray()) as ModuleRaisable?
    }

    private fun raise(
        vector: Members,
        cause: Throwable? = null,
        retryAfterSeconds: Int? = null,
        parameters: Members = vector.members("expected").members("parameters"),
    ): ModuleException {
        val exception = checkNotNull(message(vector, parameters)).toException(cause, retryAfterSeconds)
        val fields = (vector.members("expected")["fields"] as Map<*, *>?).orEmpty()
        return fields.entries.fold(exception) { raised, (name, text) -> withField(raised, name as String, text as String) }
    }

    private fun withField(
        exception: ModuleException,
        name: String,
        text: String,
    ): ModuleException {
        val setter = "with" + name.split('_').joinToString("") { it.replaceFirstChar(Char::uppercase) }
        val method =
            ModuleException::class.java.methods.first {
                it.name in setOf(setter, "${setter}Field") &&
                    it.returnType == ModuleException::class.java
            }
        val value: Any =
            when (method.parameterTypes.single()) {
                java.lang.Long.TYPE -> text.toLong()
                java.lang.Double.TYPE -> text.toDouble()
                java.lang.Boolean.TYPE -> text.toBoolean()
                else -> text
            }
        return method.invoke(exception, value) as ModuleException
    }

    @TestFactory
    fun raised(): List<DynamicTest> = if (vectors.isEmpty()) emptyList() else tests(vectors, { "raised: ${it["name"]}" }, ::compareRaised)

    private fun compareRaised(vector: Members) {
        val expected = complete(vector.members("expected"))
        val locale = vector["locale"] as String?
        val raised = raise(vector)
        if (locale == null) {
            assertMembers(expected, answers(raised, expected))
            assertMembers(expected, answers(copy(raised), expected))
        }
        val response = raised.toResponse(locale)
        assertSent(vector.members("response"), response, "application/json")
        assertEquals(locale, response.headers["Content-Language"])
        write(vector, "", response, expected)

        val cause = IllegalStateException("database password hunter2")
        val later = raise(vector, cause, retryAfterSeconds = 30)
        assertSame(cause, later.cause)
        assertFalse(
            later
                .toResponse()
                .body
                .decodeToString()
                .contains("hunter2"),
        )
        write(vector, " later", later.toResponse(locale), expected + ("retry_after" to 30L))

        if ("errors" in expected) writeWithOthers(vector, raised, expected)

        vector["problem"]?.let { problem ->
            val own = raised.toProblem(locale)
            if (locale == null) {
                assertEquals(parsed(problem as String), parsed(own.body.decodeToString()))
                if ("detail" !in (parsed(response.body.decodeToString()) as Map<*, *>)) assertDetails(raised, expected)
            }
            assertEquals("application/problem+json", own.headers["Content-Type"])
            write(vector, " as a problem", own, expected)
        }
    }

    private fun assertSent(
        expected: Members,
        found: ModuleErrorResponse,
        contentType: String,
    ) {
        assertEquals(expected["status"], found.httpStatus.toLong())
        assertEquals(parsed(expected.members("body")["text"] as String), parsed(found.body.decodeToString()))
        val headers = expected.members("headers") + ("Content-Type" to contentType)
        assertEquals(headers, found.headers - setOf("Content-Language", "Vary"))
    }

    private fun assertDetails(
        raised: ModuleException,
        expected: Members,
    ) {
        for ((tag, description) in expected.members("raw_descriptions")) {
            val problem = parsed(raised.toProblem(tag).body.decodeToString()) as Map<*, *>
            assertEquals(description ?: expected["raw_message"], problem["detail"], tag)
        }
    }

    private fun writeWithOthers(
        vector: Members,
        raised: ModuleException,
        expected: Members,
    ) {
        val others = listOf(vectors.first(), vector)
        val method = ModuleException::class.java.getMethod("withErrors", List::class.java)
        val exception = method.invoke(raised, others.map { raise(it) }) as ModuleException
        val response = exception.toResponse(vector["locale"] as String?)
        val read = read(response)
        val own = expected["errors"] as List<*>
        val items =
            others.mapIndexed { index, other ->
                val all = other.members("expected")
                // Which of the fields an item has a place for, no vector says.
                val places = read.errors[own.size + index].fields.keys
                val fields =
                    listOfNotNull("fields".takeIf { it in all }).associateWith {
                        all.members("fields").filterKeys { name ->
                            name in
                                places
                        }
                    }
                all.filterKeys { it in setOf("code", "subcode", "id", "case", "message", "raw_message", "parameters") } + fields
            }
        write(vector, " with others", response, expected + ("errors" to own + items))
    }

    private fun read(response: ModuleErrorResponse): ModuleException =
        ModuleException.fromResponse(response.httpStatus, response.body, response.headers)

    /** Keeps a response, which has to be read back as expected. */
    private fun write(
        vector: Members,
        suffix: String,
        response: ModuleErrorResponse,
        expected: Members,
    ) {
        val exception = read(response)
        assertMembers(expected, answers(exception, expected))
        // What is received is written as it came.
        val again = if (suffix == " as a problem") exception.toProblem() else exception.toResponse()
        if ("locale" !in vector) assertEquals(response.headers - setOf("Content-Language", "Vary"), again.headers)
        if ("locale" !in vector) assertEquals(parsed(response.body.decodeToString()), parsed(again.body.decodeToString()))
        written +=
            keep(
                "${vector["name"]}$suffix",
                response,
                expected - setOf("raw_descriptions", "raw_resolutions").filter { it !in vector.members("expected") }.toSet(),
            )
    }

    private fun keep(
        name: String,
        response: ModuleErrorResponse,
        expected: Members,
    ): Members {
        val sent =
            mapOf(
                "status" to response.httpStatus,
                "headers" to response.headers,
                "body" to mapOf("text" to response.body.decodeToString()),
            )
        return mapOf("name" to name, "response" to sent, "expected" to expected)
    }

    /** Values of all kinds in parameters that are texts. What is written is not only for this module to read. */
    @TestFactory
    fun hostile(): List<DynamicTest> {
        val texts =
            vectors.filter {
                "locale" !in it &&
                    it.members("expected").members("parameters").values.any { value ->
                        value is String
                    }
            }
        val all = VectorFile.values(File("contract/values.json"))
        return if (texts.isEmpty()) {
            emptyList()
        } else {
            tests(texts, { "values: ${it["name"]}" }) { vector ->
                all.forEachIndexed {
                    index,
                    value,
                    ->
                    writeValue(vector, index, value)
                }
            }
        }
    }

    private fun writeValue(
        vector: Members,
        index: Int,
        value: String,
    ) {
        val expected = vector.members("expected")
        val parameters = expected.members("parameters").mapValues { (_, it) -> if (it is String) value else it }
        val response = raise(vector, parameters = parameters).toResponse()
        assertFalse(response.headers.values.any { text -> text.any { (it < ' ' && it != '\t') || it > '~' } })
        val told = expected.filterKeys { it in setOf("code", "id", "case") } + ("parameters" to parameters)
        values += keep("${vector["name"]} $index", response, told)
    }

    @AfterAll
    fun leave() {
        val folder = File("contract/module/exchange").takeIf { it.exists() }?.readText()?.trim() ?: return
        File(folder).mkdirs()
        for ((name, vectors) in mapOf("kotlin" to written, "kotlin.values" to values)) {
            val file = mapOf("format" to 2, "catalog" to generated.catalog, "vectors" to vectors)
            File(folder, "$name.json").writeText("${json(file)}")
        }
    }
}
