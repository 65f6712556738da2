import io.ktor.http.ContentType
import io.ktor.http.HttpHeaders
import io.ktor.server.application.Application
import io.ktor.server.application.ApplicationCall
import io.ktor.server.application.install
import io.ktor.server.cio.CIO
import io.ktor.server.engine.embeddedServer
import io.ktor.server.plugins.statuspages.StatusPages
import io.ktor.server.request.contentType
import io.ktor.server.request.header
import io.ktor.server.request.receiveParameters
import io.ktor.server.request.receiveText
import io.ktor.server.response.respondText
import io.ktor.server.routing.get
import io.ktor.server.routing.post
import io.ktor.server.routing.routing
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonObject
import pixnet.errors.PixnetMessages
import pixnet.errors.pixnetErrors

fun main() {
    val port = System.getenv("PORT")?.toInt() ?: 8080
    embeddedServer(CIO, port, host = "127.0.0.1", module = Application::pixnet).start(wait = true)
}

fun Application.pixnet() {
    install(StatusPages) { pixnetErrors() }
    routing {
        get("/blog/articles/{id}") {
            when (call.request.queryParameters["user"].orEmpty()) {
                "" -> throw PixnetMessages.UserRequired().toException()
                "emma" -> respondArticle(call)
                else -> throw PixnetMessages.UserNotFound().toException()
            }
        }
        post("/blog/articles") {
            requireToken(call)
            val (title, body) = receive(call, "title", "body")
            if (title.isEmpty() || body.isEmpty()) throw PixnetMessages.ArticleTitleAndContentRequired().toException()
            try {
                store(title)
            } catch (exception: IllegalStateException) {
                throw PixnetMessages.ArticleCreateFailed().toException(cause = exception)
            }
            call.respondSuccess { putArticle("4", title) }
        }
        post("/blocks") {
            requireToken(call)
            when (val user = receive(call, "user").first()) {
                "" -> throw PixnetMessages.UserRequired().toException()
                "emma" -> throw PixnetMessages.UserAlreadyExists(user).toException()
                "nobody" -> throw PixnetMessages.UserNotFound().toException()
                else -> call.respondSuccess()
            }
        }
    }
}

private suspend fun respondArticle(call: ApplicationCall) {
    when (call.parameters["id"]) {
        "1" -> call.respondSuccess { putArticle("1", "Hello") }
        "2" -> throw PixnetMessages.PasswordRequired().toException()
        "3" -> throw PixnetMessages.AnonymousRateLimitExceeded().toException(retryAfterSeconds = 30)
        else -> throw PixnetMessages.ArticleNotFound().toException()
    }
}

private fun requireToken(call: ApplicationCall) {
    if (call.request.header(HttpHeaders.Authorization) == null) throw PixnetMessages.TokenInvalid().toException()
}

/** The members of a body, JSON or a form; what is missing is empty. */
private suspend fun receive(
    call: ApplicationCall,
    vararg names: String,
): List<String> {
    if (!call.request.contentType().match(ContentType.Application.Json)) {
        val form = call.receiveParameters()
        return names.map { form[it].orEmpty() }
    }
    val members =
        try {
            Json.parseToJsonElement(call.receiveText()) as? JsonObject
        } catch (_: SerializationException) {
            null
        }
    return names.map { (members?.get(it) as? JsonPrimitive)?.takeIf(JsonPrimitive::isString)?.content.orEmpty() }
}

private fun store(title: String) = check(title != "crash") { "database password hunter2" }

private fun JsonObjectBuilder.putArticle(
    id: String,
    title: String,
) {
    putJsonObject("article") {
        put("id", id)
        put("title", title)
    }
}

private suspend fun ApplicationCall.respondSuccess(members: JsonObjectBuilder.() -> Unit = {}) {
    val body =
        buildJsonObject {
            put("error", 0)
            members()
        }
    respondText(body.toString(), ContentType.Application.Json)
}
