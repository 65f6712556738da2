package contract

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.double
import kotlinx.serialization.json.longOrNull
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.function.Executable
import java.io.File
import java.util.Base64
import kotlin.math.abs

typealias Members = Map<String, Any?>

/** Holds a module against a file of vectors. At the end it prints how many of its comparisons were right. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Contract(
    private val what: String,
) {
    private var compared = 0

    @AfterAll
    fun count() {
        println("$what: $compared")
    }

    /** A test for each case; that there are none is a failure. */
    protected fun <T> tests(
        cases: List<T>,
        name: (T) -> String,
        compare: (T) -> Unit,
    ): List<DynamicTest> {
        assertNotEquals(0, cases.size, "$what to compare")
        return cases.map { case ->
            dynamicTest(name(case)) {
                compare(case)
                compared++
            }
        }
    }

    /** The getter of the property that has this name in the catalogue: that of `isOpen` is called so, too. */
    protected fun getterOf(name: String): String {
        val words = name.split('_').joinToString("") { it.replaceFirstChar(Char::uppercase) }
        return if (Regex("Is[^a-z].*").matches(words)) words.replaceFirst('I', 'i') else "get$words"
    }

    /** Compares member by member, to show all that differ. */
    protected fun assertMembers(
        expected: Members,
        found: Members,
    ) = assertAll((expected.keys + found.keys).map { member -> Executable { assertMember(member, expected, found) } })

    private fun assertMember(
        member: String,
        expected: Members,
        found: Members,
    ) = assertEquals(expected.getOrDefault(member, "no such member"), found.getOrDefault(member, "no such member"), member)
}

/** A file of vectors, in Kotlin's own types. */
@Suppress("UNCHECKED_CAST")
class VectorFile(
    private val file: File,
) {
    private val root = value(Json.parseToJsonElement(file.readText())) as Members

    val catalog: String
        get() = root.getValue("catalog") as String

    val vectors: List<Members>
        get() = list("vectors")

    val definitions: List<Members>
        get() = list("definitions")

    val categories: List<Members>
        get() = list("categories")

    private fun list(member: String): List<Members> = root.getValue(member) as List<Members>

    override fun toString(): String = file.name

    companion object {
        /** A list of texts. */
        fun values(file: File): List<String> = (parsed(file.readText()) as List<*>).map { it as String }
    }
}

@Suppress("UNCHECKED_CAST")
fun Members.members(member: String): Members = getValue(member) as Members

/** The answer for each of the language tags that a member of `expected` asks for. */
fun Members.tags(
    member: String,
    answer: (String) -> Any?,
): Members = members(member).mapValues { (tag, _) -> answer(tag) }

fun bytes(body: Members): ByteArray =
    when {
        "text" in body -> {
            (body["text"] as String).toByteArray()
        }

        "base64" in body -> {
            Base64.getDecoder().decode(body["base64"] as String)
        }

        else -> {
            val repeated = (body["repeat"] as String).repeat((body["times"] as Long).toInt())
            (body["before"] as String + repeated + body["after"] as String).toByteArray()
        }
    }

/** A number as JSON has it, in which 2.0 is 2; any other value as it is. */
fun exact(value: Any?): Any? = if (value is Double && value % 1.0 == 0.0 && abs(value) <= LARGEST_EXACT) value.toLong() else value

private const val LARGEST_EXACT = 9_007_199_254_740_992.0

/** A body of JSON in Kotlin's own types. */
fun parsed(json: String): Any? = value(Json.parseToJsonElement(json))

/** JSON of Kotlin's own types. */
fun json(value: Any?): JsonElement =
    when (value) {
        null -> JsonNull
        is String -> JsonPrimitive(value)
        is Boolean -> JsonPrimitive(value)
        is Number -> JsonPrimitive(value)
        is Map<*, *> -> JsonObject(value.entries.associate { "${it.key}" to json(it.value) })
        else -> JsonArray((value as List<*>).map(::json))
    }

private fun number(json: JsonPrimitive): Any? = json.longOrNull?.takeIf { abs(it) <= LARGEST_EXACT.toLong() } ?: exact(json.double)

private fun value(json: JsonElement): Any? =
    when (json) {
        is JsonNull -> null
        is JsonPrimitive -> if (json.isString) json.content else json.content.toBooleanStrictOrNull() ?: number(json)
        is JsonObject -> json.mapValues { value(it.value) }
        is JsonArray -> json.map(::value)
    }
