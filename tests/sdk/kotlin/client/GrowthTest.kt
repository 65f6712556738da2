package client

import com.example.full.errors.FullShopErrorCode
import com.example.full.errors.FullShopException
import com.example.full.errors.FullShopMessages
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory
import pixnet.errors.PixnetErrorCode
import pixnet.errors.PixnetException
import java.lang.management.ManagementFactory

/** What a caller or a server sends costs time in proportion to its length. */
class GrowthTest {
    @TestFactory
    fun timeGrowsWithTheLength(): List<DynamicTest> =
        (tags.mapValues { (_, make) -> { n: Int -> described(make(n)) } } + shapes).map { (name, shape) ->
            dynamicTest(name) {
                var found = cost(shape)
                // Another program may take its time from one of the measurements.
                repeat(4) { if (!isInProportion(found)) found = cost(shape) }
                val shown = found.joinToString { "%.2f".format(it / 1e6) }
                println("growth: $name: $shown ms")
                assertTrue(isInProportion(found), shown)
            }
        }

    @TestFactory
    fun aTagOfAMegabyteHasAnAnswer(): List<DynamicTest> =
        tags.map { (name, make) -> dynamicTest(name) { assertEquals(described("en"), described(make(1 shl 20))) } }

    /** The times in nanoseconds at 1, 4 and 16 times the size: as much in all for each, so that the rest of the machine costs each the same. */
    private fun cost(shape: (Int) -> Any?): List<Long> =
        listOf(1, 4, 16).map { factor ->
            val count = 16 / factor
            (1..5).minOf {
                val start = threads.currentThreadCpuTime
                repeat(count) { shape(SIZE * factor) }
                (threads.currentThreadCpuTime - start) / count
            }
        }

    private fun isInProportion(cost: List<Long>): Boolean = cost[2] <= MOST * maxOf(cost[0], SHORT)

    private val threads = ManagementFactory.getThreadMXBean()

    private fun times(
        unit: String,
        length: Int,
    ): String = unit.repeat(length / unit.length + 1)

    private fun described(tag: String): String? = PixnetErrorCode.TOKEN_INVALID.description(tag)

    private fun pixnet(body: String): String = PixnetException.fromResponse(400, body).toString()

    private fun pixnet(body: ByteArray): String = PixnetException.fromResponse(400, body).toString()

    private fun message(
        code: FullShopErrorCode,
        text: String,
    ): Any {
        val exception = FullShopException.of(402, code, text)
        return listOf(
            exception.caseId,
            exception.parameters,
            exception.description("en"),
            exception.resolution("en"),
            FullShopMessages.CardDeclined.from(exception),
            exception.toString(),
        )
    }

    private fun retryAfter(value: String): Int? =
        PixnetException.fromResponse(429, "", mapOf("Retry-After" to value)).retryAfterSeconds

    private fun built(text: String): Any {
        val card = FullShopMessages.CardDeclined(text, text)
        return listOf(card.text, card.description("zh-Hant-TW"), card.toString())
    }

    private fun written(
        text: String,
        acceptLanguage: String? = null,
    ): Any {
        val exception = FullShopMessages.CardDeclined(text, text).toException()
        return listOf(exception.toResponse(acceptLanguage), exception.toProblem(acceptLanguage))
    }

    private val tags: Map<String, (Int) -> String> =
        mapOf(
            "tag of many subtags" to { n -> times("en-", n) },
            "tag of one subtag" to { n -> "x".repeat(n) },
            "tag of hyphens" to { n -> "-".repeat(n) },
            "tag of underscores" to { n -> "EN" + "_".repeat(n) },
            "tag of other letters" to { n -> times("漢\u0130", n) },
        )

    private val shapes: Map<String, (Int) -> Any?> =
        mapOf(
            "body: long message" to { n -> pixnet("""{"message":"${"a".repeat(n)}"}""") },
            "body: escapes" to { n -> pixnet("""{"message":"${times("\\u00e9", n)}"}""") },
            "body: long code" to { n -> pixnet("""{"code":"${"x".repeat(n)}"}""") },
            "body: code of digits" to { n -> pixnet("""{"code":"${"9".repeat(n)}"}""") },
            "body: code of many digits" to { n -> pixnet("""{"code":${"9".repeat(n)}}""") },
            "body: code of many decimals" to { n -> pixnet("""{"code":1.${"0".repeat(n)}}""") },
            "body: long exponent" to { n -> pixnet("""{"code":1e${"0".repeat(n)}}""") },
            "body: many members" to { n -> pixnet((0..n / 8).joinToString(",", "{", "}") { "\"$it\":0" }) },
            "body: one member many times" to { n -> pixnet("{" + times("\"code\":1,", n) + "\"code\":1}") },
            "body: name of marks" to { n -> pixnet("{\"a" + times(MARKS, n) + "\":0}") },
            "body: many items" to { n -> pixnet("[" + times("1,", n) + "1]") },
            "body: open arrays" to { n -> pixnet("[".repeat(n)) },
            "body: open objects" to { n -> pixnet(times("{\"code\":", n)) },
            "body: closed arrays" to { n -> pixnet("[".repeat(n / 2) + "]".repeat(n / 2)) },
            "body: spaces" to { n -> pixnet(" ".repeat(n) + "{}" + " ".repeat(n)) },
            "body: quotes" to { n -> pixnet("\"".repeat(n)) },
            "body: backslashes" to { n -> pixnet("\"" + "\\".repeat(n)) },
            "body: byte order marks" to { n -> pixnet("\uFEFF".repeat(n)) },
            "body: no UTF-8" to { n -> pixnet(ByteArray(n) { -1 }) },
            "body: zeros" to { n -> pixnet(ByteArray(n)) },
            "message: long parameter" to { n ->
                message(FullShopErrorCode.CARD_DECLINED, "Card ending in ${"a".repeat(n)} was declined: ${"b".repeat(n)}")
            },
            "message: nearly a literal" to { n ->
                message(FullShopErrorCode.CARD_DECLINED, "Card ending in " + times(" was declined:", n))
            },
            "message: a literal many times" to { n ->
                message(FullShopErrorCode.CARD_DECLINED, "Card ending in " + times(" was declined: ", n))
            },
            "message: long integer" to { n ->
                message(FullShopErrorCode.CARD_LIMIT_EXCEEDED, "Limit of ${"9".repeat(n)} reached, final: true, set {limit}")
            },
            "message: long boolean" to { n ->
                message(FullShopErrorCode.CARD_LIMIT_EXCEEDED, "Limit of 1 reached, final: ${times("true", n)}, set {limit}")
            },
            "message: of a case" to { n -> message(FullShopErrorCode.ORDER_INVALID, "The order has " + "1".repeat(n)) },
            "message: placeholders" to { n ->
                message(FullShopErrorCode.CARD_DECLINED, "Card ending in {reason} was declined: " + times("{last_digits}", n))
            },
            "header: many" to { n ->
                val headers = (0..n / 8).associate { "x$it" to "1" } + ("Retry-After" to "1")
                PixnetException.fromResponse(429, "", headers)
            },
            "header: long name" to { n -> PixnetException.fromResponse(429, "", mapOf("r".repeat(n) to "1")) },
            "Retry-After: digits" to { n -> retryAfter("1".repeat(n)) },
            "Retry-After: zeros" to { n -> retryAfter("0".repeat(n) + "x") },
            "Retry-After: spaces" to { n -> retryAfter(" ".repeat(n) + "1" + " ".repeat(n) + "x") },
            "Retry-After: digits and spaces" to { n -> retryAfter(times("1 ", n)) },
            "code: long" to { n -> FullShopErrorCode.fromCode("x".repeat(n)).id },
            "code: of marks" to { n -> FullShopErrorCode.fromCode(times(MARKS, n)).id },
            "code: digits" to { n -> PixnetErrorCode.fromCode("9".repeat(n)).category },
            "id: long" to { n -> PixnetErrorCode.fromId("a".repeat(n)) },
            "building: long arguments" to { n -> built("a".repeat(n)) },
            "building: placeholders" to { n -> built(times("{reason}", n)) },
            "writing: long arguments" to { n -> written("a".repeat(n)) },
            "writing: controls" to { n -> written("\u0000".repeat(n)) },
            "writing: halves of characters" to { n -> written("\uD800".repeat(n)) },
            "writing: languages" to { n -> written("1", times("xx;q=0.5,", n)) },
            "writing: weights" to { n -> written("1", "en;q=0." + "0".repeat(n)) },
        )

    private companion object {
        /** The shortest length to try, in characters; the others are 4 and 16 times as long. */
        private const val SIZE = 16 * 1024

        /**
         * How many times as long 16 times as much may take: it is 16, or 256 where the time grows with the square of the length.
         * Caches that are too small cost some more.
         */
        private const val MOST = 128

        /** A time in nanoseconds below which a measurement says little. */
        private const val SHORT = 100_000L

        /** Marks in an order that Unicode puts right. */
        private const val MARKS = "\u0315\u0300\u0323"
    }
}
