package dev.berth.registry.scan.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.ChildJvm;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.report.ScanReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("any-jdk")
class LargeIndexTest {
    /** What a large image of a distribution has. */
    private static final int PACKAGES = 500;

    @TempDir
    private Path dir;

    /** The time follows: a read takes microseconds. */
    @Test
    void anInventoryIsComparedWithAFewReadsForEachPackage() throws IOException {
        int count = 60_000;
        Path zip = dir.resolve("all.zip");
        ManyAdvisories.zip(zip, count);
        AdvisoryIndex index = AdvisoryIndex.in(dir.resolve("index"));
        AdvisoryFacts facts = index.build(List.of(zip));
        assertThat(facts.count("Debian")).isEqualTo(count);
        ImageInventory inventory =
                Database.inventory(Optional.of(Database.DEBIAN), ManyAdvisories.packages(count, PACKAGES));

        long[] reads = {0};
        int found = index.use((file, known) -> {
            Matching.Result result = Matching.of(file, known, inventory);
            reads[0] = file.reads();
            return result.findings().size();
        });

        assertThat(found).isEqualTo(PACKAGES * 5);
        // To open it three; for each package its place and its advisories; for each finding what is told of it.
        assertThat(reads[0]).isLessThanOrEqualTo(3 + 2 * PACKAGES + found);

        if (Boolean.getBoolean("berth.it.timing")) {
            time(index, inventory, reads[0]);
        }
    }

    private void time(AdvisoryIndex index, ImageInventory inventory, long reads) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        BerthScanner scanner = BerthScanner.of(index);
        for (int round = 0; round < 5; round++) {
            long begin = System.nanoTime();
            long processor = threads.getCurrentThreadCpuTime();
            ScanReport report = scanner.report(Database.IMAGE, inventory);
            double used = (threads.getCurrentThreadCpuTime() - processor) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "A rescan of %d packages with 60,000 advisories (index of %d MB, %d reads): %d findings, %.3f s of"
                            + " processor time, %.3f s by the clock%n",
                    PACKAGES,
                    Files.size(dir.resolve("index/advisories.index")) >> 20,
                    reads,
                    report.findings().size(),
                    used,
                    (System.nanoTime() - begin) / 1e9);
            // That by the clock is about what else the machine does.
            assertThat(used).isLessThan(1);
        }
    }

    /** {@code -Dberth.advisories=500000} for as many as there are in all databases together. */
    @Test
    void aSmallHeapIsEnoughForManyAdvisories() throws Exception {
        int count = Integer.getInteger("berth.advisories", 20_000);

        // Writing a zip keeps its directory in memory.
        ManyAdvisories.zip(dir.resolve("all.zip"), count);
        String printed = ChildJvm.run(":", "-Xmx64m", Many.class, dir.toString(), String.valueOf(count));

        System.out.print(printed);
        assertThat(printed).contains(String.format(Locale.ROOT, "%d advisories", count));
    }

    /** Builds the index of a zip of advisories, and asks it. */
    static final class Many {
        private Many() {}

        public static void main(String[] arguments) throws IOException {
            Path dir = Path.of(arguments[0]);
            int count = Integer.parseInt(arguments[1]);
            Path zip = dir.resolve("all.zip");
            AdvisoryIndex index = AdvisoryIndex.in(dir.resolve("many"));
            long begin = System.nanoTime();
            AdvisoryFacts facts = index.build(List.of(zip));
            double seconds = (System.nanoTime() - begin) / 1e9;
            int found = BerthScanner.of(index)
                    .report(
                            Database.IMAGE,
                            Database.inventory(Optional.of(Database.DEBIAN), ManyAdvisories.packages(count, 300)))
                    .findings()
                    .size();
            System.out.printf(
                    Locale.ROOT,
                    "%d advisories, %d MB: index of %d MB built in %.1f s with -Xmx64m; %d findings in 300 packages%n",
                    facts.count("Debian"),
                    Files.size(zip) >> 20,
                    Files.size(dir.resolve("many/advisories.index")) >> 20,
                    seconds,
                    found);
        }
    }
}
