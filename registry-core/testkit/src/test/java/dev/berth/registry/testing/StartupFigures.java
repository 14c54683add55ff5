package dev.berth.registry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.ChildJvm;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a test waits for its registry. It measures and prints, so it is no test and runs only when it is asked for:
 *
 * <pre>{@code
 * mvn -pl registry-core -am test -Dtest=StartupFigures -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 */
class StartupFigures {
    private static final int PROCESSES = 11;
    private static final int FURTHER = 200;
    private static final String LOADED = "[class,load]";

    @TempDir
    Path dir;

    /** Starts a registry in a JVM of its own, which has the classes of the JDK already, and then more of them. */
    static final class Starts {
        public static void main(String[] args) throws Exception {
            for (String name : Files.readAllLines(Path.of(args[0]))) {
                Class.forName(name, false, ClassLoader.getPlatformClassLoader());
            }
            long atWork = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long first = start();
            atWork = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - atWork;
            long[] further = new long[FURTHER];
            for (int i = 0; i < FURTHER; i++) {
                further[i] = start();
            }
            System.out.println(first + " " + median(further) + " " + atWork);
        }

        private static long start() {
            long before = System.nanoTime();
            try (TestRegistry registry = TestRegistry.start()) {
                long elapsed = System.nanoTime() - before;
                registry.uri();
                return elapsed;
            }
        }
    }

    @Test
    void medians() throws Exception {
        Path none = Files.createFile(dir.resolve("none"));
        Path ofJdk = Files.write(dir.resolve("jdk"), classesOfTheJdk(none));
        long[] cold = new long[PROCESSES];
        long[] first = new long[PROCESSES];
        long[] further = new long[PROCESSES];
        long[] atWork = new long[PROCESSES];
        for (int i = 0; i < PROCESSES; i++) {
            cold[i] = run(none)[0];
            long[] both = run(ofJdk);
            first[i] = both[0];
            further[i] = both[1];
            atWork[i] = both[2];
        }
        System.out.printf(
                Locale.ROOT,
                "Medians of %d JVMs, Java %s: the first registry %.1f ms; beyond loading classes of the JDK %.1f ms, in"
                        + " %.1f ms of which its thread had a processor; each further registry %.2f ms%n",
                PROCESSES,
                System.getProperty("java.version"),
                millis(cold),
                millis(first),
                millis(atWork),
                millis(further));
        assertThat(first).doesNotContain(0);
    }

    private static long[] run(Path classes) throws Exception {
        String printed = ChildJvm.run(":", "-Xmx64m", Starts.class, classes.toString());
        return Arrays.stream(printed.strip().split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    /** What a start loads, without what a JVM has loaded before that. Hidden classes have no name to be found by. */
    private static List<String> classesOfTheJdk(Path none) throws Exception {
        String log = ChildJvm.run(":", "-Xlog:class+load=info:stdout:tags", Starts.class, none.toString());
        List<String> names = new ArrayList<>();
        try (Stream<String> lines = log.lines()) {
            lines.filter(line -> line.startsWith(LOADED))
                    .filter(line -> line.contains("source: jrt:/") || line.contains("shared objects file"))
                    .map(line -> line.substring(LOADED.length()).strip().split(" ", 2)[0])
                    .filter(name -> !name.contains("/") && !name.contains("$$") && !name.startsWith("dev.berth"))
                    .forEach(names::add);
        }
        return names;
    }

    private static long median(long[] values) {
        return Arrays.stream(values)
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElseThrow();
    }

    private static double millis(long[] nanos) {
        return median(nanos) / 1e6;
    }
}
