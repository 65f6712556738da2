// A program that uses everything in the module of `../before.yaml`, as `docs/sdk/kotlin.md` says. Each function is called on its own, in
// a class of its own where it names a class: a class that is gone keeps whatever names it from being verified.

package client

import shop.errors.ShopAccountException
import shop.errors.ShopErrorCase
import shop.errors.ShopErrorCategory
import shop.errors.ShopErrorCode
import shop.errors.ShopErrorGroup
import shop.errors.ShopErrorMessage
import shop.errors.ShopErrorResponse
import shop.errors.ShopErrorSeverity
import shop.errors.ShopException
import shop.errors.ShopMessages
import shop.errors.ShopOrderCartException
import shop.errors.ShopOrderException
import shop.errors.ShopOrderPaymentException
import shop.errors.ShopParameterType
import shop.errors.ShopRetry
import java.util.Locale

private fun respond(
    code: Int,
    message: String = "",
): ShopException =
    ShopException.fromResponse(
        httpStatus = 400,
        body = """{"error":{"code":$code,"message":"$message"},"request_id":"r-17"}""",
        headers = mapOf("X-Region" to "eu"),
    )

object Codes {
    fun orderClosed(): ShopErrorCode = ShopErrorCode.ORDER_CLOSED

    fun orderEmpty(): ShopErrorCode = ShopErrorCode.ORDER_EMPTY

    fun tooManyItems(): ShopErrorCode = ShopErrorCode.TOO_MANY_ITEMS

    fun itemSoldOut(): ShopErrorCode = ShopErrorCode.ITEM_SOLD_OUT

    fun cardDeclined(): ShopErrorCode = ShopErrorCode.CARD_DECLINED

    fun bankUnreachable(): ShopErrorCode = ShopErrorCode.BANK_UNREACHABLE

    fun userNotFound(): ShopErrorCode = ShopErrorCode.USER_NOT_FOUND

    fun noSuchUser(): ShopErrorCode = ShopErrorCode.NO_SUCH_USER

    fun loginFailed(): ShopErrorCode = ShopErrorCode.LOGIN_FAILED

    fun oldLogin(): ShopErrorCode = ShopErrorCode.OLD_LOGIN

    fun sessionLost(): ShopErrorCode = ShopErrorCode.SESSION_LOST

    fun answer(): String =
        when (respond(2002).code) {
            ShopErrorCode.ORDER_CLOSED -> "order another time"
            ShopErrorCode.ORDER_EMPTY -> "order something"
            ShopErrorCode.TOO_MANY_ITEMS -> "order less"
            ShopErrorCode.ITEM_SOLD_OUT -> "order something else"
            ShopErrorCode.CARD_DECLINED -> "pay with another card"
            ShopErrorCode.BANK_UNREACHABLE -> "pay later"
            ShopErrorCode.USER_NOT_FOUND -> "sign up"
            ShopErrorCode.LOGIN_FAILED -> "log in again"
            ShopErrorCode.OLD_LOGIN -> "log in anew"
            ShopErrorCode.SESSION_LOST -> "start again"
            else -> "give up"
        }
}

object CatchesOrder {
    fun run(): String? =
        try {
            throw respond(1001)
        } catch (exception: ShopOrderException) {
            exception.message
        } catch (exception: ShopException) {
            exception.text
        }
}

object CatchesAccount {
    fun run(): String? =
        try {
            throw respond(2001)
        } catch (exception: ShopAccountException) {
            exception.message
        } catch (exception: ShopException) {
            exception.text
        }
}

object CatchesCart {
    fun run(): String? =
        try {
            throw respond(1101)
        } catch (exception: ShopOrderCartException) {
            exception.message
        } catch (exception: ShopException) {
            exception.text
        }
}

object CatchesPayment {
    fun run(): Boolean = respond(1200) is ShopOrderPaymentException
}

object Categories {
    fun order(): ShopErrorCategory = ShopErrorCategory.ORDER

    fun account(): ShopErrorCategory = ShopErrorCategory.ACCOUNT

    fun groups(): List<ShopErrorGroup> = ShopErrorCategory.all.flatMap { it.groups }

    fun title(): String? = respond(1001).category?.title("de")

    fun answer(): String =
        when (respond(1001).category) {
            ShopErrorCategory.ORDER -> "order"
            ShopErrorCategory.ACCOUNT -> "account"
            else -> "unknown"
        }
}

object Groups {
    fun cart(): ShopErrorGroup = ShopErrorGroup.ORDER_CART

    fun payment(): ShopErrorGroup = ShopErrorGroup.ORDER_PAYMENT

    fun category(): ShopErrorCategory? = respond(1200).group?.category

    fun title(): String? = respond(1200).group?.title(Locale.GERMAN)
}

object Cases {
    fun expired(): ShopErrorCase = ShopErrorCase.CARD_DECLINED_EXPIRED

    fun overLimit(): ShopErrorCase = ShopErrorCase.CARD_DECLINED_OVER_LIMIT

    fun timeout(): ShopErrorCase = ShopErrorCase.BANK_UNREACHABLE_TIMEOUT

    fun closed(): ShopErrorCase = ShopErrorCase.BANK_UNREACHABLE_CLOSED

    fun answer(): String =
        when (respond(1200, "The card has expired").case) {
            ShopErrorCase.CARD_DECLINED_EXPIRED -> "renew the card"
            ShopErrorCase.CARD_DECLINED_OVER_LIMIT -> "pay less"
            ShopErrorCase.BANK_UNREACHABLE_TIMEOUT -> "pay again"
            ShopErrorCase.BANK_UNREACHABLE_CLOSED -> "pay tomorrow"
            else -> "pay with another card"
        }

    fun define(): List<ShopErrorMessage> = ShopErrorCase.all.map { it.message }
}

object Retries {
    fun wait(): Int? =
        respond(1201).let {
            when (it.retry) {
                ShopRetry.NEVER -> null
                ShopRetry.TRANSIENT -> it.retryAfterSeconds ?: 1
                ShopRetry.THROTTLED -> it.retryAfterSeconds ?: 60
            }
        }
}

object OrderClosed {
    fun build(): String = ShopMessages.OrderClosed(user = "emma").text

    fun raise(): ShopException = ShopMessages.OrderClosed(user = "emma").toException(retryAfterSeconds = 30)

    fun read(): String? = ShopMessages.OrderClosed.from(respond(1000, "The order was closed by emma"))?.user
}

object OrderEmpty {
    fun build(): ShopException = ShopException.of(400, ShopErrorCode.ORDER_EMPTY, ShopErrorCode.ORDER_EMPTY.messageTemplate)

    fun raise(): ShopException = ShopMessages.OrderEmpty().toException(cause = IllegalStateException("no cart"))
}

object TooManyItems {
    fun build(): String = ShopMessages.TooManyItems(count = 120, item = "pens").text

    fun buildByPosition(): String = ShopMessages.TooManyItems(120, "pens").text

    fun raise(): ShopException = ShopMessages.TooManyItems(120, "pens").toException()

    fun readCount(): Long? = ShopMessages.TooManyItems.from(respond(1100, "120 of pens are too many"))?.count

    fun readItem(): String? = ShopMessages.TooManyItems.from(respond(1100, "120 of pens are too many"))?.item
}

object ItemSoldOut {
    fun build(): String = ShopMessages.ItemSoldOut(item = "pens").description("de")

    fun raise(): ShopException = ShopMessages.ItemSoldOut(item = "pens").toException()

    fun read(): String? = ShopMessages.ItemSoldOut.from(respond(1101, "pens is sold out"))?.item
}

object CardDeclinedExpired {
    fun raise(): ShopException = ShopMessages.CardDeclinedExpired().toException()
}

object BankUnreachable {
    fun timeout(): ShopException = ShopMessages.BankUnreachableTimeout().toException()

    fun closed(): ShopException = ShopMessages.BankUnreachableClosed().toException()
}

object CardDeclinedOverLimit {
    fun build(): String = ShopMessages.CardDeclinedOverLimit(amount = 500).text

    fun raise(): ShopException = ShopMessages.CardDeclinedOverLimit(amount = 500).toException()

    fun read(): Long? = ShopMessages.CardDeclinedOverLimit.from(respond(1200, "The card is limited to 500"))?.amount
}

object UserNotFound {
    fun build(): ShopErrorCode = ShopMessages.UserNotFound(user = "emma").code

    fun raise(): ShopException = ShopMessages.UserNotFound(user = "emma").toException()

    fun read(): String? = ShopMessages.UserNotFound.from(respond(2000, "There is no user emma"))?.user
}

object LoginFailed {
    fun raise(): ShopException = ShopMessages.LoginFailed().toException()
}

object OldLogin {
    fun raise(): ShopException = ShopMessages.OldLogin().toException()
}

object NoSuchUser {
    fun build(): String = ShopMessages.NoSuchUser(user = "emma").text
}

object Parameters {
    fun read(): Any? = respond(2000, "There is no user emma").parameters["user"]
}

object Fields {
    fun requestId(): String? = respond(2000).requestId

    fun region(): String? = respond(2000).region

    fun withRequestId(): ShopException = respond(2000).withRequestId("r-17")

    fun withRegion(): ShopException = respond(2000).withRegion("eu")

    fun all(): Map<String, String> = respond(2000).fields

    fun errors(): List<ShopException> = respond(2000).let { each -> each.errors.ifEmpty { listOf(each) } }
}

object Responses {
    fun response(): ShopErrorResponse = respond(2000).toResponse()

    fun problem(): ShopErrorResponse = respond(2000).toProblem(acceptLanguage = "de")

    fun status(): Int = respond(2000).toResponse("de").httpStatus

    fun contentType(): String? = respond(2000).toResponse().headers["Content-Type"]

    fun body(): ByteArray = respond(2000).toResponse().body
}

object Severities {
    fun info(): ShopErrorSeverity = ShopErrorSeverity.INFO

    fun warning(): ShopErrorSeverity = ShopErrorSeverity.WARNING

    fun error(): ShopErrorSeverity = ShopErrorSeverity.ERROR

    fun compare(): Boolean = respond(1200).severity == ShopErrorSeverity.WARNING

    fun answer(): String =
        when (ShopErrorCode.fromCode(1200).severity) {
            ShopErrorSeverity.INFO -> "info"
            ShopErrorSeverity.WARNING -> "warning"
            ShopErrorSeverity.ERROR -> "error"
            null -> "unknown"
        }
}

object Owners {
    fun ofCode(): String? = ShopErrorCode.fromCode(1200).owner

    fun ofException(): String? = respond(1200).owner
}

object Definitions {
    fun find(): ShopErrorCode? = ShopErrorCode.fromId("login_failed")

    fun status(): Int? = ShopErrorCode.fromCode(2001).httpStatus

    fun page(): String? = ShopErrorCode.fromCode(2001).docsUrl

    fun since(): String? = ShopErrorCode.fromCode(2001).since

    fun replacement(): ShopErrorCode? = ShopErrorCode.fromCode(2002).replacement

    fun retired(): List<ShopErrorCode> = ShopErrorCode.all.filter { it.retiredSince != null }

    fun templates(): List<String> = ShopErrorCode.all.flatMap { it.messages }.map { it.template }

    fun descriptions(): List<String> = ShopErrorCode.all.flatMap { it.messages }.map { it.description("en") }

    fun types(): List<ShopParameterType> = ShopErrorCode.all.flatMap { it.messages }.flatMap { it.parameters.values }
}

object Texts {
    fun ofException(): String? = respond(2001).description("de")

    fun ofCode(): String? = ShopErrorCode.fromCode(2001).description(Locale.GERMAN)
}
