package client

import longTexts.errors.LongTextsErrorCode
import longTexts.errors.LongTextsException
import longTexts.errors.LongTextsMessages
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** A class file holds strings of at most 65,535 bytes; `clients` writes a catalogue with texts of a megabyte. */
class LongTextTest {
    private val text = "漢é😀 ".repeat(100_000)

    @Test
    @Suppress("DEPRECATION")
    fun aTextMayBeAMegabyteLong() {
        assertTrue(text.toByteArray().size >= 1_000_000)
        assertEquals(text, LongTextsErrorCode.LONG.messageTemplate)
        assertEquals(text, LongTextsErrorCode.LONG.description("en"))
        assertEquals(text, LongTextsErrorCode.LONG.resolution("en"))
        assertEquals(text, LongTextsErrorCode.LONG.category?.title("en"))
        val message = LongTextsMessages.LongWithParameter(count = 7)
        assertEquals("$text 7", message.text)
        assertEquals(message, LongTextsMessages.LongWithParameter.from(LongTextsException.of(500, message.code, message.text)))
    }
}
