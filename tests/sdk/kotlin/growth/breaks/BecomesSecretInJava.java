package breaks;

import com.example.growth.GrowthMessages;

class BecomesSecretInJava {
    public static void main(String[] arguments) {
        System.out.println(new GrowthMessages.BecomesSecret("a").getName());
    }
}
