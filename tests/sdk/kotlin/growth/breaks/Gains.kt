package breaks

import com.example.growth.GrowthMessages

object Gains {
    @JvmStatic
    fun main(arguments: Array<String>) = println(GrowthMessages.Gains(name = "a"))
}
