package breaks

import com.example.growth.GrowthErrorCode

object Dropped {
    @JvmStatic
    fun main(arguments: Array<String>) = println(GrowthErrorCode.DROPPED)
}
