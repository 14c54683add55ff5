package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Runs a program of the tests in other surroundings. */
public final class ChildJvm {
    private static final Path OWN = Path.of(System.getProperty("java.home"));

    private ChildJvm() {}

    /**
     * Runs a program that must succeed.
     *
     * @param surroundings commands of the shell that come first, such as umask and export
     * @param option an option of the JVM
     * @return what the program printed
     */
    public static String run(String surroundings, String option, Class<?> program, String... arguments)
            throws Exception {
        return run(surroundings, OWN, option, System.getProperty("java.class.path"), program, arguments);
    }

    /** Runs a program with another Java, of this home. */
    public static String runWith(Path javaHome, Class<?> program, String... arguments) throws Exception {
        return run(":", javaHome, "-Xmx64m", System.getProperty("java.class.path"), program, arguments);
    }

    /** Runs a program without the jars whose names contain one of these texts. */
    public static String runWithout(List<String> jars, Class<?> program, String... arguments) throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> jars.stream().noneMatch(path::contains))
                .collect(Collectors.joining(File.pathSeparator));
        return run(":", OWN, "-Xmx64m", classPath, program, arguments);
    }

    private static String run(
            String surroundings, Path javaHome, String option, String classPath, Class<?> program, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", surroundings + "; exec \"$@\"", "sh"));
        command.add(javaHome.resolve("bin/java").toString());
        // Short programs end before the second compiler pays for itself.
        command.addAll(List.of(option, "-XX:TieredStopAtLevel=1", "-Duser.name=somebody", "-cp", classPath));
        command.add(program.getName());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
