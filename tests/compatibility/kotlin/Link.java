import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles the part of a program that is in Java with each of some modules, and calls every function of the program as it was compiled
 * with the first of them, all in one process. Arguments: the class path, the source, and the folders. Each has the `classes` of a
 * module and those of the `program`. The lines that do not compile go to its file `java`, and the functions that do not fit its
 * classes to `unlinked`.
 */
class Link {
    public static void main(String[] arguments) throws Exception {
        Path source = Path.of(arguments[1]);
        Path program = Path.of(arguments[2], "program");
        for (String argument : Arrays.asList(arguments).subList(2, arguments.length)) {
            Path folder = Path.of(argument);
            Path classes = folder.resolve("classes");
            String path = String.join(":", arguments[0], classes.toString());
            Files.write(folder.resolve("java"), compile(path, source, Files.createDirectories(folder.resolve("program"))));
            Files.write(folder.resolve("unlinked"), link(path + ":" + program, program));
        }
    }

    private static List<String> compile(String classPath, Path source, Path output) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> lines = Files.readAllLines(source);
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            List<String> options = List.of("-Xlint:all,-deprecation,-options", "--release", "8", "-proc:none", "-classpath", classPath, "-d", output.toString());
            compiler.getTask(null, files, found, options, null, files.getJavaFileObjects(source)).call();
        }
        return found.getDiagnostics().stream().filter(each -> each.getKind() != Diagnostic.Kind.NOTE)
            .map(each -> lines.get((int) each.getLineNumber() - 1)).toList();
    }

    private static List<String> link(String classPath, Path program) throws IOException {
        URL[] urls = Arrays.stream(classPath.split(":")).map(Link::url).toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
                Stream<Path> files = Files.list(program.resolve("client"))) {
            List<String> names = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".class"))
                .map(name -> "client." + name.substring(0, name.length() - ".class".length())).sorted(Comparator.naturalOrder()).toList();
            return names.stream().flatMap(name -> unlinked(loader, name)).toList();
        }
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException exception) {
            throw new IllegalArgumentException(exception);
        }
    }

    /** The functions without parameters of a class that do not fit the module, or the class if that cannot. */
    private static Stream<String> unlinked(ClassLoader loader, String name) {
        String shown = name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
        try {
            Class<?> type = Class.forName(name, true, loader);
            Object instance = Arrays.stream(type.getFields()).anyMatch(field -> field.getName().equals("INSTANCE"))
                ? type.getField("INSTANCE").get(null) : null;
            return Arrays.stream(type.getDeclaredMethods()).filter(method -> method.getParameterCount() == 0)
                .filter(method -> !method.isSynthetic() && (instance != null || Modifier.isStatic(method.getModifiers())))
                .filter(method -> !links(method, instance)).map(method -> shown + "." + method.getName());
        } catch (LinkageError error) {
            return Stream.of(shown);
        } catch (ReflectiveOperationException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static boolean links(Method method, Object instance) {
        try {
            method.setAccessible(true);
            method.invoke(instance);
            return true;
        } catch (InvocationTargetException exception) {
            // A class that no longer has its superclass is cast to it.
            if (exception.getCause() instanceof LinkageError || exception.getCause() instanceof ClassCastException) return false;
            throw new IllegalStateException(method + " fails", exception.getCause());
        } catch (IllegalAccessException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
