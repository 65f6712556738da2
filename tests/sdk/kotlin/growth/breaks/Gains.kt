package breaks

import growth.errors.GrowthMessages

object Gains {
    @JvmStatic
    fun main(arguments: Array<String>) = println(GrowthMessages.Gains(name = "a"))
}
