package client

import com.example.full.errors.FullShopErrorCode
import com.example.full.errors.FullShopException
import com.example.full.errors.FullShopMessages
import com.example.full.errors.FullShopPaymentCardException
import com.example.full.errors.FullShopPaymentException
import com.example.full.errors.FullShopRetry
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import pixnet.errors.PixnetErrorCode
import pixnet.errors.PixnetException
import pixnet.errors.PixnetRetry
import java.io.PrintWriter
import java.io.StringWriter

/** A shop of string codes beside PIXNET, in one program. */
class TwoCatalogsTest {
    private val declined = response(402, "card_declined", "Card ending in 4242 was declined: insufficient_funds")

    private fun mayBeSentAgain(exception: RuntimeException): Boolean =
        when (exception) {
            is PixnetException -> exception.retry != PixnetRetry.NEVER
            is FullShopException -> exception.retry != FullShopRetry.NEVER
            else -> false
        }

    @Test
    fun twoCatalogsAreUsedSideBySide() {
        val pixnet = PixnetException.fromResponse(500, """{"error":1,"code":"8501","message":"MIB system is busy"}""")
        assertTrue(mayBeSentAgain(pixnet))
        assertTrue(mayBeSentAgain(response(503, "gateway", "Gateway unavailable")))
        assertFalse(mayBeSentAgain(declined))
        assertNull(PixnetErrorCode.fromCode("gateway").id)
        assertNull(FullShopErrorCode.fromCode("8501").id)
    }

    @Test
    fun codesAreStrings() {
        assertSame(FullShopErrorCode.PAYMENT_WARNING, FullShopErrorCode.fromCode("01000"))
        assertFalse(FullShopErrorCode.fromCode("1000").isKnown)
        assertInstanceOf(FullShopPaymentCardException::class.java, declined)
        assertSame(FullShopPaymentException::class.java, response(200, "01000", "Payment accepted with a warning").javaClass)
    }

    @Test
    @Suppress("DEPRECATION")
    fun deprecatedAndRetiredCodesAreKnown() {
        val busy = FullShopErrorCode.CARD_GATEWAY_BUSY
        assertEquals("2.0.0", busy.deprecatedSince)
        assertEquals(FullShopErrorCode.GATEWAY_UNAVAILABLE, busy.replacement)
        val gone = response(410, "order_gone", "Order gone")
        assertSame(FullShopErrorCode.ORDER_GONE, gone.code)
        assertEquals("1.5.0", gone.code?.retiredSince)
        assertEquals("https://errors.example.com/order_gone?id=order_gone", gone.code?.docsUrl)
    }

    @Test
    fun whatIsSensitiveIsNotShown() {
        val trace = StringWriter().also { declined.printStackTrace(PrintWriter(it, true)) }.toString()
        assertFalse("4242" in trace, trace)
        assertEquals("card_declined: Card ending in ••• was declined: insufficient_funds", declined.message)
        assertEquals("Card ending in 4242 was declined: insufficient_funds", declined.rawMessage())
        val card = FullShopMessages.CardDeclined(lastDigits = "4242", reason = "insufficient_funds")
        assertEquals("Card ending in ••• was declined: insufficient_funds", "$card")
        assertEquals("Card ending in 4242 was declined: insufficient_funds", card.rawText())
        assertEquals("unheard_of: HTTP 500", response(500, "unheard_of", "4242").message)
    }

    @Test
    fun messagesAreBuilt() {
        val card = FullShopMessages.CardDeclined(lastDigits = "4242", reason = "insufficient_funds")
        assertEquals("Die Karte mit den Endziffern ••• wurde abgelehnt (insufficient_funds).", card.description("de-AT"))
        assertEquals("Die Karte mit den Endziffern 4242 wurde abgelehnt (insufficient_funds).", card.rawDescription("de-AT"))
        assertEquals("Bitte eine andere Karte als ••• verwenden.", card.resolution("de"))
        assertEquals("Use a card other than 4242.", card.rawResolution("zh-Hant-TW"))
        val limit = FullShopMessages.CardLimitExceeded(limit = 3, final = false)
        assertEquals("Limit of 3 reached, final: false, set {limit}", limit.text)
        assertEquals("已達上限 3。", limit.description("zh-TW"))
        val items = FullShopMessages.OrderInvalidTooMany(count = 120, limit = 100)
        assertEquals("The order has 120 items, the limit is 100", items.text)
        assertEquals("The order has 120 items, of which at most 100 are allowed.", items.description("en"))
        assertSame(FullShopErrorCode.ORDER_INVALID, items.code)
    }

    @Test
    fun parametersAreReadBack() {
        val limit = FullShopMessages.CardLimitExceeded.from(response(429, "card_limit", "Limit of -3 reached, final: true, set {limit}"))
        assertEquals(-3L to true, limit?.limit to limit?.final)
        val invalid = response(400, "order_invalid", "The order has 120 items, the limit is 100")
        assertEquals(FullShopMessages.OrderInvalidTooMany(count = 120, limit = 100), FullShopMessages.OrderInvalidTooMany.from(invalid))
        assertEquals("4242", FullShopMessages.CardDeclined.from(declined)?.lastDigits)
        assertNull(FullShopMessages.OrderInvalidTooMany.from(response(400, "order_invalid", "The order is empty")))
    }

    private fun response(
        status: Int,
        code: String,
        message: String,
    ): FullShopException =
        FullShopException.fromResponse(status, """{"error":{"code":"$code","detail":[{"text":"$message"}]},"ok":false}""")
}
