package contract

import java.io.File
import kotlin.system.exitProcess

/** What reads the responses of a catalogue with the module of that catalogue. */
interface ExchangeReader {
    /** What the module answers of a response, as far as the vector has it. */
    fun read(vector: Members): Members

    fun expected(vector: Members): Members
}

/** Reads all that the languages have written: each argument is the package of a module's tests, and the folder of its catalogue. */
fun main(arguments: Array<String>) {
    var bodies = 0
    var unread = 0
    var wrong = 0
    for (argument in arguments) {
        val (name, folder) = argument.split(' ', limit = 2)
        val reader = Class.forName("contract.$name.Exchange").getConstructor().newInstance() as ExchangeReader
        for (file in File(folder).listFiles().orEmpty().sorted()) {
            for (vector in VectorFile(file).vectors) {
                val isRead = reader.read(vector) == reader.expected(vector)
                if (isRead) bodies++
                if (!isRead && file.name.endsWith(".values.json")) unread++
                if (!isRead && !file.name.endsWith(".values.json")) {
                    wrong++
                    System.err.println("$file: ${vector["name"]}: expected ${reader.expected(vector)}, found ${reader.read(vector)}")
                }
            }
        }
    }
    println("bodies: $bodies")
    println("unread: $unread")
    if (wrong > 0) exitProcess(1)
}
