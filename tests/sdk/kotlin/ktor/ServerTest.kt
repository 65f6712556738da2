package server

import ch.qos.logback.classic.Logger
import ch.qos.logback.classic.spi.ILoggingEvent
import ch.qos.logback.classic.spi.ThrowableProxyUtil
import ch.qos.logback.core.read.ListAppender
import io.ktor.client.request.get
import io.ktor.client.request.header
import io.ktor.client.statement.HttpResponse
import io.ktor.client.statement.bodyAsText
import io.ktor.http.HttpHeaders
import io.ktor.server.application.install
import io.ktor.server.plugins.statuspages.StatusPages
import io.ktor.server.response.respondText
import io.ktor.server.routing.get
import io.ktor.server.routing.routing
import io.ktor.server.testing.testApplication
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.slf4j.LoggerFactory
import tickets.errors.TicketsException
import tickets.errors.TicketsMessages
import tickets.errors.ticketsErrors

/** What a server with the adapter answers and logs. */
class ServerTest {
    private val secret = "4242424242424242"

    private val raised =
        mapOf(
            "card" to { TicketsMessages.CardDeclined(secret, 19.5).toException() },
            "busy" to { TicketsMessages.TooManyRequests().toException(retryAfterSeconds = 30).withRequestId("req_1") },
            "forged" to { TicketsMessages.EventSoldOut("a\r\nERROR b\u2028c", 3).toException().withRequestId("a\r\nX-Injected: yes") },
            "internal" to { TicketsMessages.Internal().toException(IllegalStateException("database password hunter2")) },
        )

    private class Answer(
        val response: HttpResponse,
        val body: String,
        val log: List<String>,
    ) {
        val contentType: String?
            get() = response.headers[HttpHeaders.ContentType]
    }

    private fun answer(
        path: String,
        accept: String? = null,
        language: String? = null,
        alwaysProblems: Boolean = false,
        logsCauses: Boolean = false,
    ): Answer {
        val root = LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) as Logger
        val appender = ListAppender<ILoggingEvent>().apply { start() }
        root.addAppender(appender)
        lateinit var answer: Answer
        testApplication {
            install(StatusPages) {
                ticketsErrors(alwaysProblems, logsCauses)
                exception(ArithmeticException::class) { call, _ -> call.respondText("another's") }
            }
            routing {
                get("/other") { throw ArithmeticException() }
                get("/{what}") { throw raised.getValue(call.parameters["what"].orEmpty())() }
            }
            val response =
                client.get("/$path") {
                    accept?.let { header(HttpHeaders.Accept, it) }
                    language?.let { header(HttpHeaders.AcceptLanguage, it) }
                }
            answer = Answer(response, response.bodyAsText(), emptyList())
        }
        root.detachAppender(appender)
        val lines =
            appender.list.map { event ->
                event.formattedMessage + event.throwableProxy?.let(ThrowableProxyUtil::asString).orEmpty()
            }
        return Answer(answer.response, answer.body, lines)
    }

    @Test
    fun whatIsSensitiveGoesToTheCallerAndNotIntoTheLog() {
        val answer = answer("card")
        assertEquals(402, answer.response.status.value)
        assertTrue(secret in answer.body)
        assertTrue("card_declined: The card ••• was declined for 19.5" in answer.log)
        assertFalse(answer.log.any { secret in it })
        assertFalse(answer("card", "application/problem+json", "de", logsCauses = true).log.any { secret in it })
    }

    @Test
    fun theCauseIsForTheProcessAlone() {
        val answer = answer("internal")
        assertFalse("hunter2" in answer.body)
        assertFalse(answer.log.any { "hunter2" in it })
        assertTrue("internal: Something went wrong" in answer.log)
        assertTrue(answer("internal", logsCauses = true).log.any { "IllegalStateException: database password hunter2" in it })
    }

    @Test
    fun aBodyIsAProblemWhereThatIsPreferred() {
        val problem = "application/problem+json"
        val preferred =
            listOf(problem, "$problem, application/json", "application/json;q=0.5, $problem", "text/html, $problem;q=0.9, */*;q=0.1")
        val others = listOf(null, "*/*", "application/json", "application/json, $problem;q=0.9", "$problem;q=0", "text/html", "nonsense;;")
        assertEquals(preferred.map { problem }, preferred.map { answer("card", it).contentType })
        assertEquals(others.map { "application/json" }, others.map { answer("card", it).contentType })
        assertEquals(problem, answer("card", alwaysProblems = true).contentType)
    }

    @Test
    fun headersAreThoseOfTheError() {
        val headers = answer("busy", language = "de-CH, en;q=0.5").response.headers
        assertEquals(listOf("30", "req_1", "de"), listOf("Retry-After", "X-Request-Id", "Content-Language").map { headers[it] })
    }

    @Test
    fun aProblemIsInTheLanguageOfTheCaller() {
        val problem = "application/problem+json"
        assertTrue("\"detail\":\"Zu viele Anfragen\"" in answer("busy", problem, "de").body)
        assertTrue("\"detail\":\"Die Karte $secret wurde abgelehnt." in answer("card", problem, "de").body)
        assertTrue("\"detail\":\"Something went wrong\"" in answer("internal", problem, "de").body)
    }

    @Test
    fun whatDependsOnARequestSaysSo() {
        val varies = { language: String? -> answer("busy", language = language).response.headers.getAll(HttpHeaders.Vary) }
        assertEquals(listOf(HttpHeaders.Accept), varies(null))
        assertEquals(listOf(HttpHeaders.Accept, HttpHeaders.AcceptLanguage), varies("de"))
        assertEquals(null, answer("busy", alwaysProblems = true).response.headers[HttpHeaders.Vary])
    }

    @Test
    fun aValueMakesNeitherAHeaderNorALineOfTheLog() {
        val answer = answer("forged")
        assertEquals(null, answer.response.headers["X-Injected"])
        assertEquals(null, answer.response.headers["X-Request-Id"])
        assertFalse(answer.log.any { line -> line.any { it < ' ' || it == '\u2028' } })
        val read = TicketsException.fromResponse(answer.response.status.value, answer.body)
        assertEquals("a\r\nERROR b\u2028c", TicketsMessages.EventSoldOut.from(read)?.event)
    }

    @Test
    fun otherErrorsAreLeftToOthers() {
        assertEquals("another's", answer("other").body)
    }
}
