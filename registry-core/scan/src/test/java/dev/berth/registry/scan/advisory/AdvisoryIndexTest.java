package dev.berth.registry.scan.advisory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.scan.report.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdvisoryIndexTest {
    @TempDir
    private Path dir;

    private Database database;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        database = new Database(dir);
        file = dir.resolve("index/advisories.index");
    }

    private List<String> found() {
        return database.findings(Database.npm("left", "1.0.0")).stream()
                .map(Finding::id)
                .toList();
    }

    @Test
    void itSaysWhatIsInIt() throws IOException {
        Files.writeString(database.sources().resolve("broken.json"), "{\"id\": ");
        AdvisoryFacts facts = database.with(
                Osv.of("A-1", "npm", "left", "2.0.0").range("Debian:13", "left", "introduced", "0"),
                Osv.of("A-2", "npm", "left", "2.0.0"),
                Osv.of("A-3", "NuGet", "left", "2.0.0"),
                Osv.of("A-4"));

        assertThat(facts.count("npm")).isEqualTo(2);
        assertThat(facts.count("Debian:13")).isEqualTo(1);
        assertThat(facts.count("PyPI")).isZero();
        assertThat(facts.releases()).containsExactly("Debian:13", "npm");
        assertThat(facts.ignored()).isEqualTo(2);
        assertThat(facts.rejected()).isEqualTo(1);
        assertThat(facts.newest()).contains(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(facts.reasons()).singleElement().asString().contains("broken.json: it is not JSON");
        assertThat(database.index().facts()).contains(facts);
    }

    @Test
    void withoutAnIndexThereIsNoReport() {
        assertThat(database.index().facts()).isEmpty();
        assertThatThrownBy(() -> database.findings(Database.npm("left", "1.0.0")))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining("no index of advisories");
    }

    @Test
    void aSourceThatIsNotThereLeavesTheIndexAsItWas() throws IOException {
        database.with(Osv.of("A-1", "npm", "left", "2.0.0"));

        assertThatThrownBy(() -> database.index().update(List.of(dir.resolve("nowhere"))))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("nowhere");
        assertThat(found()).containsExactly("A-1");
    }

    @Test
    void itIsBuiltAgainOnlyIfAFileHasChanged() throws IOException {
        AdvisoryFacts first = database.with(Osv.of("A-1", "npm", "left", "2.0.0"));

        assertThat(database.index().update(List.of(database.sources()))).isEqualTo(first);

        Path changed = database.sources().resolve("A-1.json");
        Files.writeString(changed, Osv.of("A-9", "npm", "left", "2.0.0").json());
        assertThat(database.index().update(List.of(database.sources())).builtAt())
                .isAfterOrEqualTo(first.builtAt());
        // The size is the same: the time tells.
        Files.setLastModifiedTime(changed, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
        database.index().update(List.of(database.sources()));
        assertThat(found()).containsExactly("A-9");

        Files.delete(changed);
        assertThat(database.index().update(List.of(database.sources())).advisories())
                .isEmpty();
    }

    @Test
    void sourcesMayBeNestedAndHiddenOnesAndLinksDoNotCount() throws IOException {
        Path nested = Files.createDirectories(database.sources().resolve("data/osv/deep"));
        Files.writeString(
                nested.resolve("one.JSON"),
                Osv.of("A-1", "npm", "left", "2.0.0").json());
        Files.writeString(nested.resolve("index.html"), "not an advisory");
        Path hidden = Files.createDirectories(database.sources().resolve(".git"));
        Files.writeString(
                hidden.resolve("two.json"),
                Osv.of("A-2", "npm", "left", "2.0.0").json());
        Path outside = Files.writeString(
                dir.resolve("three.json"), Osv.of("A-3", "npm", "left", "2.0.0").json());
        Files.createSymbolicLink(database.sources().resolve("three.json"), outside);
        Database.zip(database.sources().resolve("npm/all.zip"), List.of(Osv.of("A-4", "npm", "left", "2.0.0")));

        AdvisoryFacts facts = database.index().build(List.of(database.sources()));

        assertThat(facts.rejected()).isZero();
        assertThat(found()).containsExactly("A-1", "A-4");
        database.index().build(List.of(outside, dir.resolve("sources/npm/all.zip")));
        assertThat(found()).containsExactly("A-3", "A-4");
    }

    @Test
    void whoeverReadsTheOldOneGoesOn() throws IOException {
        database.with(Osv.of("A-1", "npm", "left", "2.0.0"));

        List<String> names = new ArrayList<>();
        Object unused = database.index().use((open, facts) -> {
            database.with(Osv.of("A-2", "npm", "left", "2.0.0"));
            open.entries("npm", "left", entry -> names.add(entry.id()));
            return names;
        });

        assertThat(names).containsExactly("A-1");
        assertThat(found()).containsExactly("A-1", "A-2");
    }

    @Test
    void nothingIsLeftBesideItAndWhatOthersAbandonedIsRemoved() throws IOException {
        Path index = Files.createDirectories(dir.resolve("index"));
        Path abandoned = Files.createDirectories(index.resolve("building-abandoned"));
        Files.writeString(abandoned.resolve("part-1"), "x");
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        Path current = Files.createDirectories(index.resolve("building-by-another"));

        database.with(Osv.of("A-1", "npm", "left", "2.0.0"));

        try (Stream<Path> files = Files.list(index)) {
            assertThat(files).containsExactlyInAnyOrder(file, current);
        }
    }

    /** Whatever of it is damaged, or missing, is noticed: a finding is never lost silently. */
    @Test
    void aDamagedFileIsNoticedWhereverTheDamageIs() throws IOException {
        Osv[] many = new Osv[40];
        for (int i = 0; i < many.length; i++) {
            many[i] = Osv.of("A-" + i, "npm", "left", "2.0.0").put("summary", "number " + i);
        }
        database.with(many);
        byte[] good = Files.readAllBytes(file);
        List<String> expected = found();
        assertThat(expected).hasSize(40);
        Random random = new Random(1);

        int noticed = 0;
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            int place = i < 64 ? i : random.nextInt(bad.length);
            bad[place] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bad);
            try {
                assertThat(found()).as("byte %d", place).isEqualTo(expected);
            } catch (RegistryException e) {
                noticed++;
                assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            }
        }
        System.out.println("Of 300 damages, " + noticed + " were noticed; the others were not looked at");
        assertThat(noticed).isGreaterThan(150);
        for (int length : new int[] {0, 7, 63, 64, 1000, good.length - 1}) {
            Files.write(file, Arrays.copyOf(good, length));
            assertThat(database.index().facts()).isEmpty();
        }
    }

    @Test
    void whatIsDamagedInTheMiddleIsBuiltAgainAlthoughNothingHasChanged() throws IOException {
        database.with(Osv.of("A-1", "npm", "left", "2.0.0").put("summary", "here-it-is"));
        byte[] bytes = Files.readAllBytes(file);
        int place = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("here-it-is");
        bytes[place]++;
        Files.write(file, bytes);
        assertThatThrownBy(this::found)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("has to be built again");

        database.index().update(List.of(database.sources()));

        assertThat(found()).containsExactly("A-1");
    }

    @Test
    void thatOfAnotherVersionIsBuiltAgain() throws IOException {
        AdvisoryFacts facts = database.with(Osv.of("A-1", "npm", "left", "2.0.0"));
        byte[] bytes = Files.readAllBytes(file);
        bytes[11]++;
        Files.write(file, bytes);
        assertThat(database.index().facts()).isEmpty();

        assertThat(database.index().update(List.of(database.sources())).advisories())
                .isEqualTo(facts.advisories());
        assertThat(found()).containsExactly("A-1");
    }

    @Test
    void anInterruptEndsABuildAndLeavesTheOldIndex() throws IOException {
        database.with(Osv.of("A-1", "npm", "left", "2.0.0"));
        Files.writeString(
                database.sources().resolve("A-2.json"),
                Osv.of("A-2", "npm", "left", "2.0.0").json());
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> database.index().build(List.of(database.sources())))
                    .isInstanceOf(RegistryException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(found()).containsExactly("A-1");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    /** Each of them builds, and reads what either has built. */
    @Test
    void twoProcessesMayUseOneDirectory() throws Exception {
        database.with(Osv.of("A-1", "npm", "left", "2.0.0"));
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Builder.class.getName(),
                            dir.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        int reads = 0;
        while (processes.stream().anyMatch(Process::isAlive)) {
            assertThat(found()).containsExactly("A-1");
            reads++;
        }
        for (Process process : processes) {
            try (InputStream printed = process.getInputStream()) {
                assertThat(printed.readAllBytes()).asString().isEqualTo("30 times [A-1]\n");
            }
            assertThat(process.waitFor()).isZero();
        }
        assertThat(reads).isPositive();
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    /** Builds an index 30 times, and reads it. */
    static final class Builder {
        private Builder() {}

        public static void main(String[] arguments) throws IOException {
            Database database = new Database(Path.of(arguments[0]));
            int good = 0;
            List<String> ids = List.of();
            for (int i = 0; i < 30; i++) {
                database.index().build(List.of(database.sources()));
                ids = database.findings(Database.npm("left", "1.0.0")).stream()
                        .map(Finding::id)
                        .toList();
                good += ids.equals(List.of("A-1")) ? 1 : 0;
            }
            System.out.println(good + " times " + ids);
        }
    }
}
