package breaks

import com.example.growth.GrowthMessages

object ParameterRenamed {
    @JvmStatic
    fun main(arguments: Array<String>) = println(GrowthMessages.ParameterRenamed(name = "a").name)
}
