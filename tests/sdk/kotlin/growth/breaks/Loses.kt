package breaks

import com.example.growth.GrowthMessages

object Loses {
    @JvmStatic
    fun main(arguments: Array<String>) = println(GrowthMessages.Loses(name = "a", owner = "b"))
}
