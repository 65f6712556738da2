// `measure` puts a module's package and names in place of `module` and `Module…`.
package bench

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import module.ModuleErrorCode
import module.ModuleException

private const val BODY = """{"error":1,"code":"4200","message":"User emma exists"}"""

/** What the programs print, so that no work is left out. */
private var sum = 0L

fun main(arguments: Array<String>) {
    when (arguments[0]) {
        "without" -> println(json())
        "with" -> println(ModuleException.fromResponse(400, BODY).message)
        "look-up" -> lookUp()
        "parse" -> parse()
    }
    if (sum == 1L) println(sum)
}

private fun json(): String =
    Json
        .parseToJsonElement(BODY)
        .jsonObject
        .getValue("code")
        .jsonPrimitive.content

private fun lookUp() {
    val values = ModuleErrorCode.all.map { String(it.value.toCharArray()) }.shuffled()
    val statuses = HashMap(ModuleErrorCode.all.associate { it.value to it.httpStatus })
    compare(
        values.size,
        { values.forEach { sum += ModuleErrorCode.fromCode(it).httpStatus ?: 0 } },
        { values.forEach { sum += statuses[it] ?: 0 } },
    )
}

private fun parse() {
    compare(
        1_000,
        { repeat(1_000) { sum += ModuleException.fromResponse(400, BODY).parameters.size } },
        { repeat(1_000) { sum += json().length } },
    )
}

/** Prints the nanoseconds that each takes for one of [count], medians of alternate runs once they are fast. */
private fun compare(
    count: Int,
    module: () -> Unit,
    language: () -> Unit,
) {
    val times = List(300) { nanoseconds(count, module) to nanoseconds(count, language) }.drop(100)
    println("${median(times.map { it.first })} ${median(times.map { it.second })}")
}

private fun nanoseconds(
    count: Int,
    work: () -> Unit,
): Double {
    val repetitions = 1 + 20_000 / count
    val start = System.nanoTime()
    repeat(repetitions) { work() }
    return (System.nanoTime() - start).toDouble() / repetitions / count
}

private fun median(times: List<Double>): Double = times.sorted()[times.size / 2]
