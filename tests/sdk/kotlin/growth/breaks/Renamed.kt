package breaks

import growth.errors.GrowthErrorCode

object Renamed {
    @JvmStatic
    fun main(arguments: Array<String>) = println(GrowthErrorCode.RENAMED)
}
