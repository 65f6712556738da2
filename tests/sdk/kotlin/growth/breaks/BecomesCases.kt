package breaks

import com.example.growth.GrowthMessages

object BecomesCases {
    @JvmStatic
    fun main(arguments: Array<String>) = println(GrowthMessages.BecomesCases(name = "a"))
}
