package breaks

import com.example.growth.GrowthMessages

object Retyped {
    @JvmStatic
    fun main(arguments: Array<String>) = println(GrowthMessages.Retyped(count = "1"))
}
