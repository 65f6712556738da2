package client

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.RepeatedTest
import pixnet.errors.PixnetInputStateConflictException
import pixnet.errors.PixnetErrorCategory
import pixnet.errors.PixnetErrorCode
import pixnet.errors.PixnetErrorGroup
import pixnet.errors.PixnetException
import java.io.File
import java.net.URLClassLoader
import java.util.concurrent.Callable
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit

/** Threads that use the module for the first time all at once, each from another side. */
class ThreadsTest {
    @RepeatedTest(5)
    fun aModuleIsInitialisedByManyThreads() {
        val classPath = System.getProperty("java.class.path").split(File.pathSeparator).map { File(it).toURI().toURL() }
        val platform = ClassLoader.getSystemClassLoader().parent
        URLClassLoader(classPath.toTypedArray(), platform).use { loader ->
            val starts = listOf("FromCode", "FromId", "FromGroup", "FromCategory", "FromResponse")
            val barrier = CyclicBarrier(starts.size)
            val threads = Executors.newFixedThreadPool(starts.size)
            val answers =
                starts.map { start ->
                    @Suppress("UNCHECKED_CAST")
                    val task = Class.forName("client.$start", false, loader).getDeclaredConstructor().newInstance() as Callable<String>
                    threads.submit(
                        Callable {
                            barrier.await()
                            task.call()
                        },
                    )
                }
            assertEquals(starts.map { "4200" }, answers.map { it.get(10, TimeUnit.SECONDS) })
            threads.shutdownNow()
        }
    }
}

class FromCode : Callable<String> {
    override fun call(): String = PixnetErrorCode.USER_ALREADY_EXISTS.value
}

class FromId : Callable<String> {
    override fun call(): String? = PixnetErrorCode.fromId("user_already_exists")?.value
}

class FromGroup : Callable<String> {
    override fun call(): String? =
        PixnetErrorCode.all
            .first { it.group == PixnetErrorGroup.INPUT_STATE_CONFLICT }
            .value
            .also { PixnetErrorGroup.INPUT_STATE_CONFLICT.title("en") }
}

class FromCategory : Callable<String> {
    override fun call(): String? =
        PixnetErrorCategory.INPUT.groups
            .map { it.category.title("zh-TW") }
            .firstNotNullOf { PixnetErrorCode.fromCode(4200).takeIf { code -> code.description(it) != null } }
            .value
}

class FromResponse : Callable<String> {
    override fun call(): String? =
        (PixnetException.fromResponse(400, """{"code":4200,"message":"User emma exists"}""") as PixnetInputStateConflictException).code?.value
}
