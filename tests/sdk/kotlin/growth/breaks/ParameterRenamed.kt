package breaks

import growth.errors.GrowthMessages

object ParameterRenamed {
    @JvmStatic
    fun main(arguments: Array<String>) = println(GrowthMessages.ParameterRenamed(name = "a").name)
}
