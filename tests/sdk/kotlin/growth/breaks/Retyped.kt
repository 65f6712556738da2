package breaks

import growth.errors.GrowthMessages

object Retyped {
    @JvmStatic
    fun main(arguments: Array<String>) = println(GrowthMessages.Retyped(count = "1"))
}
