package breaks

import growth.errors.GrowthMessages

object BecomesCases {
    @JvmStatic
    fun main(arguments: Array<String>) = println(GrowthMessages.BecomesCases(name = "a"))
}
