package client

import okhttp3.Call
import okhttp3.Callback
import okhttp3.Interceptor
import okhttp3.OkHttpClient
import okhttp3.Protocol
import okhttp3.Request
import okhttp3.Response
import okhttp3.ResponseBody.Companion.toResponseBody
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import pixnet.errors.PixnetException
import pixnet.errors.PixnetInputStateConflictException
import java.io.IOException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicReference

/** Exceptions that are IOExceptions, thrown by an interceptor. */
class OkHttpTest {
    private val throwErrors =
        Interceptor { chain ->
            val response = chain.proceed(chain.request())
            response.use { throw PixnetException.fromResponse(it.code, it.body?.string(), it.headers) }
        }

    private val server =
        Interceptor { chain ->
            Response
                .Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(400)
                .message("")
                .header("Retry-After", "7")
                .body("""{"error":1,"code":"4200","message":"User emma exists"}""".toResponseBody())
                .build()
        }

    private val client =
        OkHttpClient
            .Builder()
            .addInterceptor(throwErrors)
            .addInterceptor(server)
            .build()

    private val call: Call
        get() = client.newCall(Request.Builder().url("http://localhost/").build())

    @Test
    fun aCallThrows() {
        val exception = assertThrows(PixnetInputStateConflictException::class.java) { call.execute() }
        assertEquals("4200: User emma exists" to 7, exception.message to exception.retryAfterSeconds)
        assertInstanceOf(IOException::class.java, exception)
    }

    @Test
    fun anAsynchronousCallFailsAndItsThreadGoesOn() {
        val uncaught = AtomicReference<Throwable>()
        val handler = Thread.getDefaultUncaughtExceptionHandler()
        Thread.setDefaultUncaughtExceptionHandler { _, exception -> uncaught.set(exception) }
        try {
            val failure = CompletableFuture<IOException>()
            call.enqueue(
                object : Callback {
                    override fun onFailure(
                        call: Call,
                        e: IOException,
                    ) {
                        failure.complete(e)
                    }

                    override fun onResponse(
                        call: Call,
                        response: Response,
                    ) = Unit
                },
            )
            assertInstanceOf(PixnetInputStateConflictException::class.java, failure.get(10, TimeUnit.SECONDS))
            client.dispatcher.executorService.shutdown()
            client.dispatcher.executorService.awaitTermination(10, TimeUnit.SECONDS)
            assertNull(uncaught.get())
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(handler)
        }
    }
}
