package client

import okhttp3.Headers
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import pixnet.errors.PixnetException
import java.net.http.HttpHeaders
import java.time.Instant

/** What HTTP clients hand over: their headers, and a body or none. */
class HeadersTest {
    @Test
    fun headersOfTextsOrListsAreRead() {
        assertEquals(5, retryAfter(mapOf("retry-after" to "5")))
        assertEquals(5, retryAfter(mapOf("Retry-After" to listOf("5", "6"))))
        assertNull(retryAfter(mapOf("Retry-After" to emptyList<String>())))
        assertNull(retryAfter(mapOf("Retry-After" to null)))
        assertNull(retryAfter(emptyMap()))
        assertNull(retryAfter(null))
        val fromJava = HttpHeaders.of(mapOf("Retry-After" to listOf("5"))) { _, _ -> true }
        assertEquals(5, retryAfter(fromJava.map()))
        val untidy = HashMap<String?, List<String?>?>()
        untidy[null] = listOf("HTTP/1.1 503 Service Unavailable")
        untidy["RETRY-AFTER"] = listOf(null)
        @Suppress("UNCHECKED_CAST")
        assertNull(retryAfter(untidy as Map<String, Any?>))
    }

    @Test
    fun headersOfPairsAreRead() {
        val headers = Headers.headersOf("X-First", "1", "Retry-After", "5", "Retry-After", "6")
        assertEquals(5, PixnetException.fromResponse(503, "", headers).retryAfterSeconds)
        assertEquals(5, PixnetException.fromResponse(503, ByteArray(0), headers).retryAfterSeconds)
    }

    @Test
    fun thereMayBeNoBody() {
        val text: String? = null
        val bytes: ByteArray? = null
        val all =
            listOf(
                PixnetException.fromResponse(503),
                PixnetException.fromResponse(503, null),
                PixnetException.fromResponse(503, text),
                PixnetException.fromResponse(503, bytes),
                PixnetException.fromResponse(503, null, mapOf("Retry-After" to "5")),
                PixnetException.fromResponse(503, body = null),
            )
        all.forEach {
            assertNull(it.rawBody())
            assertEquals("HTTP 503", it.message)
        }
    }

    @Test
    fun aDateCountsFromTheClockOrFromATime() {
        val past = PixnetException.fromResponse(503, "", mapOf("Retry-After" to "Sun, 06 Nov 1994 08:49:37 GMT"))
        assertEquals(0, past.retryAfterSeconds)
        assertEquals(1, past.retryAfterAt(Instant.ofEpochMilli(784_111_776_500)))
        assertEquals(0, past.retryAfterAt(Instant.MAX))
        assertEquals(Int.MAX_VALUE, past.retryAfterAt(Instant.MIN))
    }

    private fun retryAfter(headers: Map<String, Any?>?): Int? = PixnetException.fromResponse(503, "", headers).retryAfterSeconds
}
