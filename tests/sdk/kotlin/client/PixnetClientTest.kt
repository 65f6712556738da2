package client

import org.junit.jupiter.api.Assertions.assertAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNotSame
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import pixnet.errors.PixnetAuthenticationException
import pixnet.errors.PixnetAuthenticationRateLimitException
import pixnet.errors.PixnetInputException
import pixnet.errors.PixnetInputStateConflictException
import pixnet.errors.PixnetErrorCase
import pixnet.errors.PixnetErrorCategory
import pixnet.errors.PixnetErrorCode
import pixnet.errors.PixnetErrorGroup
import pixnet.errors.PixnetException
import pixnet.errors.PixnetMessages
import pixnet.errors.PixnetRetry
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.ObjectInputStream
import java.io.ObjectOutputStream
import java.util.Locale

/** A program that uses the PIXNET API, as its people would write it. */
class PixnetClientTest {
    private val userExists = response(400, 4200, "User emma exists")

    /** What a program shows for an error that it handles, and for all others. */
    private fun show(exception: PixnetException): String =
        when (exception.code) {
            PixnetErrorCode.USER_ALREADY_EXISTS -> "Choose another name."
            PixnetErrorCode.TOKEN_INVALID, PixnetErrorCode.API_KEY_SUSPENDED -> "Sign in again."
            else -> exception.description("en") ?: "Error ${exception.code ?: exception.httpStatus}"
        }

    @Test
    fun codesAreMatched() {
        assertEquals("Choose another name.", show(userExists))
        assertEquals("Sign in again.", show(response(401, 1000, "Invalid / expired Token")))
        assertEquals(
            "The MIB system is busy and could not handle the request. Try again later.",
            show(response(500, 8501, "MIB system is busy")),
        )
        assertEquals("Error 4999", show(response(400, 4999, "New")))
        assertEquals("Error 502", show(PixnetException.fromResponse(502, "<html>Bad gateway</html>")))
    }

    @Test
    fun aGroupIsCaughtByItsClass() {
        val caught = assertThrows(PixnetInputStateConflictException::class.java) { throw userExists }
        assertEquals("4200: User emma exists", caught.message)
        assertEquals(PixnetErrorGroup.INPUT_STATE_CONFLICT, caught.group)
        assertEquals(PixnetErrorCategory.INPUT, caught.category)
    }

    @Test
    fun aCategoryIsCaughtByItsClass() {
        assertInstanceOf(PixnetInputException::class.java, userExists)
        assertInstanceOf(PixnetAuthenticationException::class.java, response(401, 1000, "Invalid / expired Token"))
        assertFalse(PixnetInputException::class.java.isInstance(response(401, 1000, "Invalid / expired Token")))
    }

    @Test
    fun aCodeThatIsNotKnownHasTheClassOfItsRange() {
        val inAGroup = assertInstanceOf(PixnetAuthenticationRateLimitException::class.java, response(403, 1399, "New"))
        assertEquals("1399: New", inAGroup.message)
        val inACategory = response(400, 4999, "New")
        assertSame(PixnetInputException::class.java, inACategory.javaClass)
        assertEquals(PixnetErrorCategory.INPUT, inACategory.category)
        assertNull(inACategory.group)
        val inNone = response(400, 99999, "New")
        assertSame(PixnetException::class.java, inNone.javaClass)
        assertEquals(false, inNone.code?.isKnown)
        assertEquals(99999L, inNone.code?.number)
    }

    @Test
    fun codesAreComparedByValue() {
        assertSame(PixnetErrorCode.USER_ALREADY_EXISTS, PixnetErrorCode.fromCode(4200))
        assertSame(PixnetErrorCode.USER_ALREADY_EXISTS, PixnetErrorCode.fromId("user_already_exists"))
        assertNotSame(PixnetErrorCode.fromCode("X1"), PixnetErrorCode.fromCode("X1"))
        assertEquals(PixnetErrorCode.fromCode("X1"), PixnetErrorCode.fromCode("X1"))
        assertNotEquals(PixnetErrorCode.fromCode("X1"), PixnetErrorCode.fromCode("X2"))
        assertEquals(1, setOf(PixnetErrorCode.fromCode("X1"), PixnetErrorCode.fromCode("X1")).size)
        assertEquals("4200", "${PixnetErrorCode.USER_ALREADY_EXISTS}")
    }

    @Test
    fun retryIsDecided() {
        val throttled = response(403, 1300, "Exceed AccessToken Rate Limit", mapOf("retry-after" to "120"))
        assertEquals(PixnetRetry.THROTTLED to 120, throttled.retry to throttled.retryAfterSeconds)
        assertEquals(PixnetRetry.NEVER, userExists.retry)
        assertEquals(PixnetRetry.TRANSIENT, response(500, 8501, "MIB system is busy").retry)
        assertEquals(PixnetRetry.TRANSIENT, PixnetException.fromResponse(503, "").retry)
        assertEquals(PixnetRetry.THROTTLED, response(429, 99999, "New").retry)
        assertNull(response(429, 99999, "New", mapOf("Retry-After" to "soon")).retryAfterSeconds)
    }

    @Test
    fun casesAreToldApart() {
        val name = response(400, 4109, "請填入訂閱群組名稱")
        assertEquals("subscription_group_name", name.caseId)
        assertEquals("The name of the subscription group is missing. This field is required.", name.description("en"))
        val cellphone = response(400, 4109, "Missing cellphone or calling_code")
        assertEquals("cellphone", cellphone.caseId)
        val field =
            when (cellphone.case) {
                PixnetErrorCase.SUBSCRIPTION_GROUP_NAME_OR_CELLPHONE_REQUIRED_CELLPHONE -> "cell phone"
                PixnetErrorCase.SUBSCRIPTION_GROUP_NAME_OR_CELLPHONE_REQUIRED_SUBSCRIPTION_GROUP_NAME -> "name"
                else -> null
            }
        assertEquals("cell phone", field)
        val neither = response(400, 4109, "Something else")
        assertNull(neither.caseId)
        assertEquals(
            "Either the name of the subscription group is missing, or the cell phone number or its calling code. The message says which.",
            neither.description("en"),
        )
    }

    @Test
    fun textsAreInTheReadersLanguage() {
        assertEquals("使用者 emma 已經存在，無法重複加入", userExists.description("zh_tw"))
        assertEquals("User emma already exists and cannot be added again.", userExists.description(Locale.UK))
        assertEquals("使用者 emma 已經存在，無法重複加入", userExists.description(Locale.TRADITIONAL_CHINESE))
        assertEquals("輸入錯誤", userExists.category?.title(Locale.TAIWAN))
        assertEquals("State conflict", userExists.group?.title("fr"))
        val default = Locale.getDefault()
        try {
            Locale.setDefault(Locale.TAIWAN)
            assertEquals("使用者 emma 已經存在，無法重複加入", userExists.description())
        } finally {
            Locale.setDefault(default)
        }
    }

    @Test
    fun messagesAreBuilt() {
        val message = PixnetMessages.UserAlreadyExists(user = "emma")
        assertEquals("User emma exists", message.text)
        assertEquals("User emma exists", message.toString())
        assertEquals(PixnetErrorCode.USER_ALREADY_EXISTS, message.code)
        assertEquals("User emma already exists and cannot be added again.", message.description("en"))
        assertEquals("使用者 emma 已經存在，無法重複加入", message.description(Locale.TAIWAN))
        assertNull(message.resolution("en"))
        assertEquals("URL 中缺少必要參數 category_id", PixnetMessages.UrlParameterRequired(parameter = "category_id").text)
        assertEquals("User {user} \$1 exists", PixnetMessages.UserAlreadyExists(user = "{user} \$1").text)
        assertEquals(message, PixnetMessages.UserAlreadyExists(user = "emma"))
        assertEquals(message.hashCode(), PixnetMessages.UserAlreadyExists(user = "emma").hashCode())
        assertNotEquals(message, PixnetMessages.UserAlreadyExists(user = "lin"))
        assertNotEquals(message, PixnetMessages.UrlParameterRequired(parameter = "emma"))
    }

    @Test
    fun parametersAreReadBack() {
        assertEquals("emma", PixnetMessages.UserAlreadyExists.from(userExists)?.user)
        assertEquals(mapOf<String, Any>("user" to "emma"), userExists.parameters)
        assertNull(PixnetMessages.UrlParameterRequired.from(userExists))
        assertNull(PixnetMessages.UserAlreadyExists.from(response(400, 4200, "Another message")))
        assertNull(PixnetMessages.UserAlreadyExists.from(response(400, 99999, "User emma exists")))
    }

    @Test
    fun anErrorIsMadeFromItsParts() {
        val message = PixnetMessages.UserAlreadyExists(user = "emma")
        val cause = IOException("closed")
        val exception = PixnetException.of(400, message.code, message.text, headers = mapOf("Retry-After" to "3"), cause = cause)
        assertInstanceOf(PixnetInputStateConflictException::class.java, exception)
        assertSame(cause, exception.cause)
        assertEquals(3, exception.retryAfterSeconds)
        assertNull(exception.rawBody())
    }

    @Test
    fun anExceptionIsSerialised() {
        val sent = PixnetException.fromResponse(400, body(4200, "User emma exists"), mapOf("Retry-After" to "7"), IOException("closed"))
        sent.addSuppressed(IllegalStateException("also"))
        val bytes = ByteArrayOutputStream()
        ObjectOutputStream(bytes).use { it.writeObject(sent) }
        val got = ObjectInputStream(ByteArrayInputStream(bytes.toByteArray())).use { it.readObject() } as PixnetInputStateConflictException
        assertAll(
            { assertSame(sent.code, got.code) },
            { assertEquals(sent.message, got.message) },
            { assertEquals(sent.rawMessage(), got.rawMessage()) },
            { assertEquals(sent.rawBody(), got.rawBody()) },
            { assertEquals(7, got.retryAfterSeconds) },
            { assertEquals(mapOf<String, Any>("user" to "emma"), got.parameters) },
            { assertEquals("closed", got.cause?.message) },
            { assertEquals("also", got.suppressed.single().message) },
            { assertTrue(got.stackTrace.contentEquals(sent.stackTrace)) },
        )
        val unknown = PixnetErrorCode.fromCode("X1")
        val copy = ByteArrayOutputStream()
        ObjectOutputStream(copy).use { it.writeObject(unknown) }
        assertEquals(unknown, ObjectInputStream(ByteArrayInputStream(copy.toByteArray())).use { it.readObject() })
    }

    @Test
    fun untidyHeadersDoNoHarm() {
        // As HttpURLConnection has them: the status line has no name.
        val headers = HashMap<String?, String?>()
        headers[null] = "HTTP/1.1 503 Service Unavailable"
        headers["RETRY-AFTER"] = null
        @Suppress("UNCHECKED_CAST")
        val exception = PixnetException.fromResponse(503, "", headers as Map<String, String>)
        assertNull(exception.retryAfterSeconds)
    }

    private fun response(
        status: Int,
        code: Int,
        message: String,
        headers: Map<String, String> = emptyMap(),
    ): PixnetException = PixnetException.fromResponse(status, body(code, message), headers)

    private fun body(
        code: Int,
        message: String,
    ): String = """{"error":1,"code":"$code","message":"$message"}"""
}
