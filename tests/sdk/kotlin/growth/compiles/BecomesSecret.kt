package compiles

import com.example.growth.GrowthMessages

object BecomesSecret {
    @JvmStatic
    fun main(arguments: Array<String>) = println(GrowthMessages.BecomesSecret(name = "a").name)
}
