package shrunk

import com.example.full.errors.FullShopErrorCode
import com.example.full.errors.FullShopException
import com.example.full.errors.FullShopMessages
import com.example.full.errors.FullShopPaymentCardException
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.io.ObjectInputStream
import java.io.ObjectOutputStream

/** What a program uses of a module, and what Java's serialisation calls behind its back. */
object Shrunk {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val body = """{"error":{"code":"card_declined","detail":[{"text":"Card ending in 4242 was declined: stolen"}]},"ok":false}"""
        val exception = copy(FullShopException.fromResponse(402, body, mapOf("Retry-After" to "7"))) as FullShopPaymentCardException
        println(exception.message)
        println("${exception.description("de")} ${exception.retryAfterSeconds} ${exception.rawBody() == body}")
        println(FullShopMessages.CardDeclined.from(exception)?.lastDigits)
        val raised = copy(FullShopMessages.CardDeclined("4242", "stolen").toException()) as FullShopException
        println("${raised.parameters == exception.parameters} ${"4242" in raised.toResponse().body.decodeToString()}")
        println(copy(FullShopErrorCode.CARD_DECLINED) === FullShopErrorCode.CARD_DECLINED)
    }

    private fun copy(value: Any): Any {
        val bytes = ByteArrayOutputStream()
        ObjectOutputStream(bytes).use { it.writeObject(value) }
        return ObjectInputStream(ByteArrayInputStream(bytes.toByteArray())).use { it.readObject() }
    }
}
