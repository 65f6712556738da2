package compiles

import com.example.growth.GrowthErrorCategory
import com.example.growth.GrowthErrorCode
import com.example.growth.GrowthException
import com.example.growth.GrowthMessages
import com.example.growth.GrowthThingException

/** Handles errors that change, by what does not change. */
object Handles {
    @JvmStatic
    fun main(arguments: Array<String>) {
        for (code in 1L..10L) {
            try {
                throw GrowthException.of(400, GrowthErrorCode.fromCode(code), "Regrouped a")
            } catch (exception: GrowthThingException) {
                val texts = listOf(exception.message, exception.text, exception.description(), exception.rawMessage())
                check(exception.category == GrowthErrorCategory.THING && exception.caseId == null && texts.size == 4)
            }
        }
        val gains = GrowthException.of(400, GrowthErrorCode.GAINS, "Gains a")
        val regrouped = GrowthException.of(400, GrowthErrorCode.REGROUPED, "Regrouped a")
        println("${gains.code} ${regrouped.parameters["name"]} ${GrowthMessages.Regrouped.from(regrouped)?.name}")
        println(GrowthErrorCode.BECOMES_CASES)
    }
}
