package vectors

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import java.io.File
import java.util.Base64
import kotlin.system.exitProcess

/** What a server sent. */
class Response(
    val status: Int,
    val headers: Map<String, String>,
    val body: ByteArray,
)

/** What a module makes of a response: members by their names in `expected`, and the texts for a language tag. */
class Answers(
    val members: Map<String, Any?>,
    val description: (String) -> String?,
    val resolution: (String) -> String?,
)

/**
 * Compares a module with the vectors of its catalogue, in the first argument, and with those written by hand, in the folder
 * that is the second. Prints where it differs and how many there were, and fails if it differs at all.
 */
fun test(
    arguments: Array<String>,
    answer: (Response) -> Answers,
) {
    val generated = File(arguments[0])
    val catalog = read(generated).getValue("catalog").jsonPrimitive.content
    val written = File(arguments[1], "$catalog.json").takeIf { it.exists() }
    var count = 0
    var differences = 0
    for (file in listOfNotNull(generated, written)) {
        val vectors = read(file).getValue("vectors").jsonArray.map { it.jsonObject }
        val found =
            vectors.flatMap { vector ->
                val name = vector.getValue("name").jsonPrimitive.content
                differences(vector, answer).map { "$name: $it" }
            }
        val lines = if (vectors.isEmpty()) listOf("no vectors") else found
        lines.forEach { System.err.println("$file: $it") }
        count += vectors.size
        differences += lines.size
    }
    println(count)
    if (differences > 0) exitProcess(1)
}

private fun read(file: File): JsonObject = Json.parseToJsonElement(file.readText()).jsonObject

private fun differences(
    vector: JsonObject,
    answer: (Response) -> Answers,
): List<String> {
    val expected = vector.getValue("expected").jsonObject.mapValues { value(it.value) }
    val found =
        try {
            val answers = answer(response(vector.getValue("response").jsonObject))
            answers.members +
                ("descriptions" to expected.tags("descriptions").associateWith(answers.description)) +
                ("resolutions" to expected.tags("resolutions").associateWith(answers.resolution))
        } catch (throwable: Throwable) {
            return listOf("threw $throwable")
        }
    return (expected.keys + found.keys)
        .filter { it !in expected || it !in found || expected[it] != found[it] }
        .map { "$it: expected ${expected.show(it)}, found ${found.show(it)}" }
}

private fun Map<String, Any?>.tags(member: String): List<String> = (this[member] as? Map<*, *>)?.keys.orEmpty().map { it as String }

private fun Map<String, Any?>.show(member: String): String {
    val value = if (member in this) this[member] else return "no such member"
    // In quotation marks, so that 1 and "1" don't look alike.
    val text = if (value is String) JsonPrimitive(value).toString() else value.toString()
    return if (text.length <= 500) text else "${text.take(500)}… (${text.length} characters)"
}

private fun response(json: JsonObject) =
    Response(
        status = json.getValue("status").jsonPrimitive.int,
        headers = json.getValue("headers").jsonObject.mapValues { it.value.jsonPrimitive.content },
        body = bytes(json.getValue("body").jsonObject.mapValues { it.value.jsonPrimitive.content }),
    )

private fun bytes(body: Map<String, String>): ByteArray =
    when {
        "text" in body -> {
            body.getValue("text").toByteArray()
        }

        "base64" in body -> {
            Base64.getDecoder().decode(body.getValue("base64"))
        }

        else -> {
            val repeated = body.getValue("repeat").repeat(body.getValue("times").toInt())
            (body.getValue("before") + repeated + body.getValue("after")).toByteArray()
        }
    }

/** The value in Kotlin's own types. */
private fun value(json: JsonElement): Any? =
    when (json) {
        is JsonNull -> null
        is JsonPrimitive -> if (json.isString) json.content else json.content.toBooleanStrictOrNull() ?: json.long
        is JsonObject -> json.mapValues { value(it.value) }
        is JsonArray -> json.map(::value)
    }
