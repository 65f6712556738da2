// One module's side of the test. `check` makes a copy for each module, with its package and its exception in place of
// `module` and `ModuleException`.
package vectors.module

import module.ModuleException
import vectors.Answers
import vectors.Response
import vectors.test

fun main(arguments: Array<String>) = test(arguments, ::answers)

private fun answers(response: Response): Answers {
    val exception = ModuleException.fromResponse(response.status, response.body, response.headers)
    return Answers(
        members =
            mapOf(
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
            ),
        description = { exception.description(it) },
        resolution = { exception.resolution(it) },
    )
}

// A module lacks what its catalogue makes no use of. What it has goes before these.

private class Absent(
    val id: String,
)

private val Any.number: Long?
    get() = null

private val Any.caseId: String?
    get() = null

private val Any.group: Absent?
    get() = null

private val Any.parameters: Map<String, Any>
    get() = emptyMap()

@Suppress("UnusedReceiverParameter")
private fun Any.resolution(
    @Suppress("unused") languageTag: String,
): String? = null
