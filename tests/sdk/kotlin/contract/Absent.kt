package contract

// What a module lacks where its catalogue makes no use of it, with the neutral value. What a module has goes before these.

class Absent(
    val id: String,
) {
    fun title(languageTag: String): String = languageTag
}

val Any.number: Long?
    get() = null

val Any.group: Absent?
    get() = null

val Any.groups: List<Absent>
    get() = emptyList()

val Any.isSensitive: Boolean
    get() = false

val Any.docsUrl: String?
    get() = null

val Any.since: String?
    get() = null

val Any.deprecatedSince: String?
    get() = null

val Any.replacement: Absent?
    get() = null

val Any.retiredSince: String?
    get() = null

val Any.caseId: String?
    get() = null

val Any.parameters: Map<String, Enum<*>>
    get() = emptyMap()

@Suppress("UnusedReceiverParameter")
fun Any.resolution(
    @Suppress("unused") languageTag: Any,
): String? = null
