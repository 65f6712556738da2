package client

import com.example.full.errors.FullShopException
import com.example.full.errors.FullShopMessages
import com.fasterxml.jackson.databind.ObjectMapper
import com.google.gson.GsonBuilder
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import java.io.ByteArrayOutputStream
import java.io.ObjectOutputStream
import java.io.PrintWriter
import java.io.StringWriter
import java.lang.reflect.Modifier
import java.util.Locale
import java.util.logging.Level
import java.util.logging.LogRecord
import java.util.logging.SimpleFormatter

/** Whatever shows an error without being asked for raw data shows no secret. */
class SecretsTest {
    private val number = "4111111111111111"

    private val exceptions =
        mapOf(
            "known" to response("card_declined", "Card ending in $number was declined: stolen"),
            "known, without a message of the catalogue" to response("card_declined", "Refused: $number"),
            "known, not sensitive" to response("gateway", "Refused: $number"),
            "case" to response("order_invalid", "The order has 120 items, the limit is 100 ($number)"),
            "unknown" to response("unheard_of", "Refused: $number"),
            "no code" to FullShopException.fromResponse(500, """{"error":{"detail":[{"text":"$number"}]}}"""),
            "no JSON" to FullShopException.fromResponse(500, "<p>$number</p>"),
        )

    private val message = FullShopMessages.CardDeclined(lastDigits = number, reason = "stolen")

    private val ways: Map<String, (Any) -> String?> =
        mapOf(
            "toString" to { it.toString() },
            "a template" to { "$it" },
            "a format" to { String.format(Locale.ROOT, "%s", it) },
            "a list" to { listOf(it).toString() },
            "Jackson" to { ObjectMapper().writeValueAsString(it) },
            "Gson" to { GsonBuilder().create().toJson(it) },
            "getters" to { shown(it) },
        )

    private val waysOfExceptions: Map<String, (Throwable) -> String?> =
        mapOf(
            "message" to { it.message },
            "localizedMessage" to { it.localizedMessage },
            "stack trace" to { trace(it) },
            "cause" to { trace(IllegalStateException(it)) },
            "suppressed" to { trace(IllegalStateException("closed").apply { addSuppressed(it) }) },
            "log" to { SimpleFormatter().format(LogRecord(Level.SEVERE, "failed").apply { thrown = it }) },
            "Jackson, as a cause" to { ObjectMapper().writeValueAsString(mapOf("error" to IllegalStateException(it))) },
            "texts" to { with(it as FullShopException) { "$text ${description()} ${resolution()} ${description("de")}" } },
        )

    @TestFactory
    fun anExceptionShowsNoSecret(): List<DynamicTest> =
        exceptions.flatMap { (name, exception) ->
            (ways + waysOfExceptions.mapValues { (_, way) -> { it: Any -> way(it as Throwable) } }).map { (how, way) ->
                dynamicTest("$name: $how") { assertShowsNone(way(exception)) }
            }
        }

    @TestFactory
    fun aMessageShowsNoSecret(): List<DynamicTest> =
        (ways + mapOf("texts" to { _: Any -> with(message) { "$text ${description()} ${resolution()} ${description("de")}" } }))
            .map { (how, way) -> dynamicTest(how) { assertShowsNone(way(message)) } }

    private fun assertShowsNone(text: String?) {
        assertNotEquals(null, text)
        assertFalse(number in text.orEmpty(), text)
    }

    @Test
    fun whatIsNoSecretIsShown() {
        val declined = exceptions.getValue("known")
        assertEquals("card_declined: Card ending in ••• was declined: stolen", declined.message)
        assertEquals("Use a card other than •••.", declined.resolution("en"))
        assertTrue("\"message\":\"card_declined: Card ending in ••• was declined: stolen\"" in ObjectMapper().writeValueAsString(declined))
        assertEquals("gateway: Gateway unavailable", exceptions.getValue("known, not sensitive").message)
        assertEquals("unheard_of: HTTP 402", exceptions.getValue("unknown").message)
    }

    @Test
    fun whoAsksForItGetsIt() {
        val declined = exceptions.getValue("known")
        assertEquals("Card ending in $number was declined: stolen", declined.rawMessage())
        assertTrue(number in declined.rawBody().orEmpty())
        assertEquals("The card ending in $number was declined (stolen).", declined.rawDescription(Locale.UK))
        assertEquals("Use a card other than $number.", declined.rawResolution("en"))
        assertEquals(number, declined.parameters["last_digits"])
        assertEquals(number, FullShopMessages.CardDeclined.from(declined)?.lastDigits)
        assertEquals("Card ending in $number was declined: stolen", message.rawText())
        val serialised = ByteArrayOutputStream().also { bytes -> ObjectOutputStream(bytes).use { it.writeObject(declined) } }
        assertTrue(number in serialised.toString(Charsets.ISO_8859_1.name()))
    }

    @Test
    fun anExceptionEqualsItselfAlone() {
        assertNotEquals(response("gateway", "Gateway unavailable"), response("gateway", "Gateway unavailable"))
    }

    /** What all public getters say, of this and of what they yield. */
    private fun shown(
        value: Any?,
        seen: MutableSet<Any> = HashSet(),
    ): String =
        when {
            value is Iterable<*> -> {
                value.joinToString { shown(it, seen) }
            }

            value == null || !value.javaClass.name.startsWith("com.example.full") || !seen.add(value) -> {
                "$value"
            }

            else -> {
                value.javaClass.methods
                    .filter { it.parameterCount == 0 && !Modifier.isStatic(it.modifiers) && !it.isSynthetic }
                    .filter { Regex("(get|is)[A-Z].*").matches(it.name) }
                    .joinToString { "${it.name}: ${shown(it.invoke(value), seen)}" }
            }
        }

    private fun trace(exception: Throwable): String = StringWriter().also { exception.printStackTrace(PrintWriter(it, true)) }.toString()

    private fun response(
        code: String,
        message: String,
    ): FullShopException = FullShopException.fromResponse(402, """{"error":{"code":"$code","detail":[{"text":"$message"}]},"ok":false}""")
}
