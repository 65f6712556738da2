import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;

/**
 * The Kotlin compiler as a server: one that has just started takes twice as long. Each line of standard input names a file with an
 * argument a line; the answer is the exit status, and what the compiler says goes to the file of that name and `.log`.
 */
class Compiler {
    public static void main(String[] arguments) throws Exception {
        BufferedReader calls = new BufferedReader(new InputStreamReader(System.in));
        for (String call = calls.readLine(); call != null; call = calls.readLine()) {
            String[] lines = Files.readAllLines(Path.of(call)).toArray(new String[0]);
            try (PrintStream log = new PrintStream(call + ".log")) {
                System.out.println(new K2JVMCompiler().exec(log, lines).getCode());
            }
        }
    }
}
