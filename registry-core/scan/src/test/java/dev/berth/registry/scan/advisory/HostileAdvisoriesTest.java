package dev.berth.registry.scan.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.report.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever somebody writes into an advisory or a zip, the advisories beside it are in the index. */
class HostileAdvisoriesTest {
    private static final Osv GOOD = Osv.of("GOOD-1", "npm", "left", "2.0.0");

    @TempDir
    private Path dir;

    private Database database;

    @BeforeEach
    void open() throws IOException {
        database = new Database(dir);
    }

    @AfterEach
    void nothingWasWrittenElsewhere() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files.map(file -> file.getFileName().toString())).isSubsetOf("sources", "index");
        }
    }

    private AdvisoryFacts build(String... documents) throws IOException {
        for (int i = 0; i < documents.length; i++) {
            Files.writeString(database.sources().resolve("bad-" + i + ".json"), documents[i]);
        }
        AdvisoryFacts facts = database.with(GOOD);
        assertThat(database.findings(Database.npm("left", "1.0.0")))
                .extracting(Finding::id)
                .contains("GOOD-1");
        return facts;
    }

    @Test
    void whatIsNoAdvisoryIsReported() throws IOException {
        AdvisoryFacts facts = build(
                "",
                "[]",
                "null",
                "{}",
                "{\"id\": 7}",
                "{\"id\": \"../../etc/passwd\"}",
                "{\"id\": \"A-1\"} {\"id\": \"A-2\"}",
                "{\"id\": \"A-1\"",
                "\u0000\u0001\u0002",
                "{\"id\": \"A-" + "1".repeat(200) + "\"}",
                "{\"id\": \"A-1\", \"affected\": [{\"package\": {\"ecosystem\": \"npm\", \"name\": \"left\"},"
                        + " \"ranges\": [{\"type\": \"SEMVER\", \"events\": [{\"introduced\": \"\"}]}]}]}");

        assertThat(facts.rejected()).isEqualTo(11);
        assertThat(facts.reasons()).hasSize(11).allMatch(reason -> reason.contains("bad-"));
        assertThat(database.findings(Database.npm("left", "1.0.0"))).hasSize(1);
    }

    @Test
    void fieldsOfAnotherTypeAreLeftOut() throws IOException {
        AdvisoryFacts facts = build(
                "{\"id\": \"A-1\", \"modified\": {}, \"aliases\": \"CVE-1\", \"severity\": [1, [2], null],"
                        + " \"references\": {\"url\": 1}, \"summary\": [], \"database_specific\": [], \"affected\":"
                        + " [null, 1, [], {\"package\": []}, {\"package\": {\"ecosystem\": \"npm\", \"name\": \"left\"},"
                        + " \"versions\": [1, \"1.0.0\", null], \"ranges\": [7, {\"type\": \"SEMVER\", \"events\": 5}]}]}");

        assertThat(facts.rejected()).isZero();
        assertThat(database.findings(Database.npm("left", "1.0.0")))
                .extracting(Finding::id)
                .containsExactly("A-1", "GOOD-1");
    }

    @Test
    void anyDepthIsReadWithinBounds() throws IOException {
        AdvisoryFacts facts = build("{\"id\": \"A-1\", \"x\": " + "[".repeat(2_000_000));

        assertThat(facts.reasons()).singleElement().asString().contains("exceeds a limit");
    }

    @Test
    void aTextOfAMegabyteIsCut() throws IOException {
        AdvisoryFacts facts = build(Osv.of("A-1", "npm", "left", "2.0.0")
                .put("details", "x".repeat(1 << 20))
                .put("summary", "y".repeat(1 << 20))
                .json());

        assertThat(facts.rejected()).isZero();
        Finding finding = database.findings(Database.npm("left", "1.0.0")).get(0);
        assertThat(finding.id()).isEqualTo("A-1");
        assertThat(finding.summary()).hasSizeLessThan(400).startsWith("yyy");
    }

    @Test
    void anAdvisoryOfAHundredThousandPackagesIsRefused() throws IOException {
        StringBuilder json = new StringBuilder("{\"id\": \"A-1\", \"affected\": [");
        for (int i = 0; i < 100_000; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"package\":{\"ecosystem\":\"npm\",\"name\":\"p")
                    .append(i)
                    .append("\"},\"versions\":[\"1\"]}");
        }

        AdvisoryFacts facts = build(json + "]}");

        assertThat(facts.reasons()).singleElement().asString().contains("more than 20000 packages");
    }

    @Test
    void moreVersionsThanFitAreRefused() throws IOException {
        String[] versions = new String[200_000];
        for (int i = 0; i < versions.length; i++) {
            versions[i] = "1.0." + i;
        }

        AdvisoryFacts facts =
                build(Osv.of("A-1").versions("npm", "left", versions).json());

        assertThat(facts.reasons()).singleElement().asString().contains("too many packages and versions");
    }

    /** Each event with each version would be far too much. */
    @Test
    void manyEventsAndManyVersionsCostLittle() throws IOException {
        String[] events = new String[60_000];
        for (int i = 0; i < events.length; i += 4) {
            events[i] = "introduced";
            events[i + 1] = "1." + i + ".0";
            events[i + 2] = "fixed";
            events[i + 3] = "1." + i + ".1";
        }
        String[] versions = new String[50_000];
        for (int i = 0; i < versions.length; i++) {
            versions[i] = "2.0." + i;
        }

        AdvisoryFacts facts = build(
                Osv.of("A-1").range("npm", "left", events).andVersions(versions).json());

        assertThat(facts.rejected()).isZero();
        assertThat(database.findings(Database.npm("left", "1.8.0"))).hasSize(2);
        assertThat(database.findings(Database.npm("left", "2.0.49999"))).hasSize(1);
    }

    @Test
    void versionsOfAnyLengthAreCompared() throws IOException {
        AdvisoryFacts facts = build(
                Osv.of("A-1", "npm", "left", "9".repeat(5_000)).json(),
                Osv.of("A-2")
                        .versions("npm", "left", "9".repeat(5_000), "1.0.0")
                        .json());

        assertThat(facts.rejected()).isEqualTo(1);
        assertThat(facts.reasons()).singleElement().asString().contains("no version");
        assertThat(database.findings(Database.npm("left", "1.0.0")))
                .extracting(Finding::id)
                .containsExactly("A-2", "GOOD-1");
    }

    @Test
    void namesArePlacesInNoDirectory() throws IOException {
        String name = "../../../../tmp/escaped\\..\\x";
        AdvisoryFacts facts = build(Osv.of("A-1", "npm", name, "2.0.0").json());

        assertThat(facts.rejected()).isZero();
        assertThat(database.findings(Database.of(PackageType.NPM, name, "1.0.0")))
                .hasSize(1);
    }

    private Path zip(Consumer<byte[]> change) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String id : List.of("A-1", "A-2", "A-3")) {
                zip.putNextEntry(new ZipEntry("../../" + id + ".json"));
                zip.write(Osv.of(id, "npm", "left", "2.0.0").json().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        byte[] changed = bytes.toByteArray();
        change.accept(changed);
        return Files.write(database.sources().resolve("all.zip"), changed);
    }

    private List<String> found() {
        return database.findings(Database.npm("left", "1.0.0")).stream()
                .map(Finding::id)
                .toList();
    }

    @Test
    void theNamesOfEntriesAreNotPlaces() throws IOException {
        zip(bytes -> {});

        assertThat(build().rejected()).isZero();
        assertThat(found()).containsExactly("A-1", "A-2", "A-3", "GOOD-1");
    }

    @Test
    void aBrokenEntryDoesNotHideTheOthers() throws IOException {
        zip(bytes -> {
            int second = indexOf(bytes, "../../A-2.json", 0);
            for (int i = second + 30; i < second + 60; i++) {
                bytes[i] = 0x55;
            }
        });

        AdvisoryFacts facts = build();

        assertThat(facts.rejected()).isEqualTo(1);
        assertThat(facts.reasons()).singleElement().asString().contains("../../A-2.json: ");
        assertThat(found()).containsExactly("A-1", "A-3", "GOOD-1");
    }

    @Test
    void aWrongChecksumIsNoticed() throws IOException {
        zip(bytes -> {
            int entry = indexOf(bytes, "../../A-2.json", indexOf(bytes, "PK\u0001\u0002", 0)) - 46;
            bytes[entry + 16]++;
        });

        assertThat(build().reasons()).singleElement().asString().contains("checksum is wrong");
        assertThat(found()).containsExactly("A-1", "A-3", "GOOD-1");
    }

    @Test
    void anEntryThatPointsElsewhereIsNoticed() throws IOException {
        zip(bytes -> {
            int entry = indexOf(bytes, "../../A-2.json", indexOf(bytes, "PK\u0001\u0002", 0)) - 46;
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(entry + 42, 0x7ffffff0);
        });

        assertThat(build().reasons()).singleElement().asString().contains("outside of the zip");
        assertThat(found()).containsExactly("A-1", "A-3", "GOOD-1");
    }

    @Test
    void aZipWhoseEndIsMissingIsReported() throws IOException {
        Path zip = zip(bytes -> {});
        byte[] bytes = Files.readAllBytes(zip);
        Files.write(zip, Arrays.copyOf(bytes, bytes.length - 10));

        assertThat(build().reasons()).singleElement().asString().contains("all.zip: the rest of it was not read");
        assertThat(found()).containsExactly("GOOD-1");
    }

    @Test
    void aBombIsNotReadToItsEnd() throws IOException {
        try (OutputStream out = Files.newOutputStream(database.sources().resolve("all.zip"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("bomb.json"));
            byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 200; i++) {
                zip.write(spaces);
            }
            zip.closeEntry();
        }

        assertThat(build().reasons()).singleElement().asString().contains("larger than 16777216 bytes");
    }

    @Test
    void thereIsALimitOfDocumentsAndOfTheirSum() throws IOException {
        Database.zip(
                database.sources().resolve("all.zip"),
                List.of(
                        Osv.of("A-1", "npm", "left", "2.0.0"),
                        Osv.of("A-2", "npm", "left", "2.0.0"),
                        Osv.of("A-3", "npm", "left", "2.0.0")));

        AdvisoryFacts few = database.index()
                .limits(new AdvisoryLimits(10_000, 2, 1_000_000))
                .build(List.of(database.sources()));
        assertThat(few.count("npm")).isEqualTo(2);
        assertThat(few.reasons()).singleElement().asString().contains("more than 2 advisories");

        AdvisoryFacts small =
                database.index().limits(new AdvisoryLimits(10_000, 10, 500)).build(List.of(database.sources()));
        assertThat(small.count("npm")).isEqualTo(2);
        assertThat(small.reasons()).singleElement().asString().contains("all together are larger than 500 bytes");
    }

    /** As those with more than 65,535 entries have it. */
    @Test
    void aZipWithAnEndOfSixtyFourBitsIsRead() throws IOException {
        Path zip = zip(bytes -> {});
        byte[] bytes = Files.readAllBytes(zip);
        int end = bytes.length - 22;
        ByteBuffer old = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer changed = ByteBuffer.allocate(bytes.length + 56 + 20).order(ByteOrder.LITTLE_ENDIAN);
        changed.put(bytes, 0, end);
        changed.putInt(0x06064b50)
                .putLong(44)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0);
        changed.putLong(3).putLong(3).putLong(old.getInt(end + 12)).putLong(old.getInt(end + 16));
        changed.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
        changed.putInt(0x06054b50)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) -1)
                .putShort((short) -1);
        changed.putInt(-1).putInt(-1).putShort((short) 0);
        Files.write(zip, changed.array());

        assertThat(build().rejected()).isZero();
        assertThat(found()).containsExactly("A-1", "A-2", "A-3", "GOOD-1");
    }

    private static int indexOf(byte[] bytes, String text, int from) {
        int place = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text, from);
        assertThat(place).isNotNegative();
        return place;
    }
}
