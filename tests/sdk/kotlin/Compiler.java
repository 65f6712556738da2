import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;

/**
 * The Kotlin compiler as a server in a folder, as one that has just started takes several times as long. The file `call` has an
 * argument a line; what the compiler says goes to `log`, and then its exit status to `status`. It ends when the folder has gone.
 */
class Compiler {
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path call = folder.resolve("call");
        while (Files.exists(folder)) {
            if (!Files.exists(call)) {
                Thread.sleep(20);
                continue;
            }
            String[] lines = Files.readAllLines(call).toArray(new String[0]);
            Files.delete(call);
            int status;
            try (PrintStream log = new PrintStream(folder.resolve("log").toFile())) {
                status = new K2JVMCompiler().exec(log, lines).getCode();
            }
            Path written = Files.writeString(folder.resolve("status.new"), status + "\n");
            Files.move(written, folder.resolve("status"), StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
