package compiles

import growth.errors.GrowthMessages

object BecomesSecret {
    @JvmStatic
    fun main(arguments: Array<String>) = println(GrowthMessages.BecomesSecret(name = "a").name)
}
