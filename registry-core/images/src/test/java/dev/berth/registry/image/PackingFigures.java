package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Platform;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.fixtures.ChildJvm;
import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.layout.OciLayoutRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes to pack a directory, compared with {@code tar c | gzip}. It measures and prints, so it is no test and
 * runs only when it is asked for:
 *
 * <pre>{@code
 * mvn -pl registry-core -am test -Dtest=PackingFigures -Dsurefire.failIfNoSpecifiedTests=false
 *     -Dberth.figures.tree=/usr/share
 * }</pre>
 */
class PackingFigures {
    private static final int RUNS = 5;

    @TempDir
    Path dir;

    /** Packs a directory and pushes it into a layout, as a program with little memory. */
    static final class Pack {
        public static void main(String[] args) {
            try (OciLayoutRegistry registry =
                    OciLayoutRegistry.create(Path.of(args[1]), RepositoryName.parse("packed"))) {
                ImageBuilder.fromScratch(Platform.of("linux", "amd64"))
                        // Where it is on disk, so that links stay within the image.
                        .layer(Layer.builder()
                                .contentOf(args[0], Path.of(args[0]))
                                .build())
                        .pushTo(registry, RepositoryName.parse("packed"), Tag.LATEST);
            }
        }
    }

    @Test
    void medians() throws Exception {
        String tree = Objects.requireNonNull(
                System.getProperty("berth.figures.tree"), "Say which directory: -Dberth.figures.tree=…");
        Programs programs = new Programs(dir);
        double[] here = new double[RUNS];
        double[] there = new double[RUNS];
        double[] ratios = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            String layout = dir.resolve("layout" + i).toString();
            here[i] = seconds(() -> ChildJvm.run(":", "-Xmx64m", Pack.class, tree, layout));
            there[i] = seconds(() -> programs.run("sh", "-c", "tar c -C " + tree + " . | gzip -6 > packed.tar.gz"));
            ratios[i] = here[i] / there[i];
            programs.run("rm", "-r", layout);
        }
        System.out.printf(
                Locale.ROOT,
                "Medians of %d pairs, Java %s, %d processors: here %.1f s, tar c | gzip %.1f s, ratio %.2f; %d bytes%n",
                RUNS,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                median(here),
                median(there),
                median(ratios),
                Files.size(dir.resolve("packed.tar.gz")));
        assertThat(here).doesNotContain(0);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long before = System.nanoTime();
        work.run();
        return (System.nanoTime() - before) / 1e9;
    }

    private static double median(double[] values) {
        return Arrays.stream(values)
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElseThrow();
    }
}
