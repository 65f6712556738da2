package breaks

import growth.errors.GrowthErrorCode

object Dropped {
    @JvmStatic
    fun main(arguments: Array<String>) = println(GrowthErrorCode.DROPPED)
}
