package dev.berth.registry.scan.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.fixtures.ChildJvm;
import dev.berth.registry.fixtures.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole Debian of more than 100 MB compressed, held against its own dpkg, and the time against that of programs that do
 * no more than decompress it and list its files. It takes a few minutes.
 */
@EnabledIfSystemProperty(
        named = "berth.it.debootstrap",
        matches = "true",
        disabledReason = "downloads Debian; set -Dberth.it.debootstrap=true to run it")
class DebianInventoryIT {
    private static final int ROUNDS = 3;
    private static final double MOST_TIMES = 1.5;

    @TempDir
    private Path dir;

    @Test
    void theInventoryOfADebianIsWhatItsDpkgSays() throws Exception {
        Programs.require("debootstrap", "apt-get", "tar", "gzip", "zcat", "dpkg-query", "sh", "rm");
        assumeTrue("root".equals(System.getProperty("user.name")), "this test runs as root only");
        Path layer = dir.resolve("debian.tar.gz");
        List<String> expected = debian(layer);

        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            double theirs =
                    seconds(run("sh", "-c", "zcat \"$0\" | tar t >\"$1\"; times", layer.toString(), dir + "/list"));
            long begin = System.nanoTime();
            List<String> printed = ChildJvm.run(":", "-Xmx64m", InventoryProgram.class, layer.toString())
                    .lines()
                    .toList();
            double elapsed = (System.nanoTime() - begin) / 1e9;
            double ours = Double.parseDouble(printed.get(0));
            System.out.printf(
                    "%d bytes, %d packages with -Xmx64m: %.2f s of processor time (%.1f s by the clock), zcat and tar %.2f s: %.2f times%n",
                    Files.size(layer), printed.size() - 1, ours, elapsed, theirs, ours / theirs);
            best = Math.min(best, ours / theirs);

            assertThat(printed.subList(1, printed.size())).isEqualTo(expected);
        }
        assertThat(Files.size(layer)).isGreaterThan(100_000_000);
        // Of the processor's time: that by the clock is about what else the machine does.
        assertThat(best).isLessThan(MOST_TIMES);
    }

    /** Makes the layer, and returns its packages in the order of their lines. */
    private List<String> debian(Path layer) throws IOException, InterruptedException {
        Path root = dir.resolve("root");
        // Where this machine gets its own packages from.
        String mirror = run(
                        "apt-get",
                        "indextargets",
                        "--format",
                        "$(REPO_URI)",
                        "Created-By: Packages",
                        "Codename: trixie")
                .lines()
                .findFirst()
                .orElseThrow(() -> new AssertionError("apt has no source of trixie"));
        run(
                "debootstrap",
                "--variant=minbase",
                "--include=git,curl,python3-minimal",
                "trixie",
                root.toString(),
                mirror);
        String packages = run(
                "dpkg-query",
                "--admindir=" + root.resolve("var/lib/dpkg"),
                "-W",
                "-f",
                "${Package} ${Version} ${Architecture} ${source:Package} ${source:Version}\\n");
        run("tar", "--create", "--gzip", "--file=" + layer, "--directory=" + root, ".");
        run("rm", "-r", "--one-file-system", root.toString());
        return packages.lines().sorted().toList();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return output;
    }

    /** Adds up what the shell says of its children: {@code 0m1.500000s 0m0.100000s} in its second line. */
    private static double seconds(String times) {
        String children = times.lines().skip(1).findFirst().orElseThrow();
        return Stream.of(children.split(" "))
                .map(time -> time.replace("s", "").split("m"))
                .mapToDouble(parts -> 60 * Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]))
                .sum();
    }

    /** Prints the seconds of processor time that it took, with the start of Java, and the packages. */
    static final class InventoryProgram {
        private InventoryProgram() {}

        public static void main(String[] arguments) throws IOException {
            LayerInventory inventory =
                    InventoryReader.of(FileRepository.of(Path.of(arguments[0]))).readLayer(FileRepository.DIGEST);
            if (!inventory.isComplete()) {
                throw new IllegalStateException(inventory.reasons().toString());
            }
            System.out.println(ProcessHandle.current()
                            .info()
                            .totalCpuDuration()
                            .orElseThrow()
                            .toMillis()
                    / 1e3);
            inventory.packages().stream()
                    .filter(found -> found.type().isSystem())
                    .map(found -> String.join(
                            " ",
                            found.name(),
                            found.version(),
                            found.architecture().orElse(""),
                            found.advisoryName(),
                            found.advisoryVersion()))
                    .sorted()
                    .forEach(System.out::println);
        }
    }
}
