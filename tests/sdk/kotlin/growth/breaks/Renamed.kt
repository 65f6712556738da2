package breaks

import com.example.growth.GrowthErrorCode

object Renamed {
    @JvmStatic
    fun main(arguments: Array<String>) = println(GrowthErrorCode.RENAMED)
}
