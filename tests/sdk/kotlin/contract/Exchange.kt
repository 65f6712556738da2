// `check` makes a copy for each module, with its package in place of `module` and its classes in place of `Module…`.
package contract.module

import contract.ExchangeReader
import contract.Members
import contract.members

/** Reads what a language has written of the module's catalogue. */
class Exchange :
    Answers("exchange"),
    ExchangeReader {
    /** A vector of values has but few members. */
    private fun isShort(vector: Members): Boolean = "display" !in vector.members("expected")

    override fun read(vector: Members): Members {
        val exception = exception(vector.members("response"))
        val expected = expected(vector)
        return (if (isShort(vector)) item(exception, expected) else answers(exception, expected)).filterKeys { it in expected }
    }

    override fun expected(vector: Members): Members = vector.members("expected").let { if (isShort(vector)) it else complete(it) }
}
