package dev.berth.registry.scan.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.scan.found.FoundPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Databases that rpm itself has written, and one of Berkeley DB, which it writes no longer: its own headers, in a table that
 * Perl's DB_File makes with the library of Berkeley DB.
 */
class RpmDatabasesTest {
    private static final String OS_RELEASE = "ID=\"rhel\"\nVERSION_ID=\"9.4\"\nPRETTY_NAME=\"Red Hat\"\n";
    private static final int PACKAGES = 12;
    private static final String FILES = """
            use DB_File;
            my ($database, @headers) = @ARGV;
            $DB_HASH->{'bsize'} = 4096;
            tie my %table, 'DB_File', $database, O_RDWR | O_CREAT, 0644, $DB_HASH or die $!;
            $table{pack('V', 0)} = pack('V', scalar @headers);
            my $number = 0;
            for my $file (@headers) {
                open my $in, '<:raw', $file or die $!;
                local $/;
                $table{pack('V', ++$number)} = <$in>;
            }
            untie %table;
            """;

    @TempDir
    private static Path dir;

    private static Programs programs;
    private static List<String> expected = List.of();
    private static final TestImages images = new TestImages();

    @BeforeAll
    static void buildPackages() throws Exception {
        Programs.require("rpm", "rpmbuild");
        programs = new Programs(dir);
        List<String> command =
                new ArrayList<>(List.of("rpmbuild", "-bb", "--define", "_topdir " + dir.resolve("build")));
        for (int i = 0; i < PACKAGES; i++) {
            Path spec = dir.resolve("p" + i + ".spec");
            // Names of files make some headers larger than a page of any of the databases.
            StringBuilder files = new StringBuilder("%files\n");
            for (int j = 0; i % 4 == 0 && j < 800; j++) {
                files.append("%ghost /usr/share/p")
                        .append(i)
                        .append("/file-number-")
                        .append(j)
                        .append('\n');
            }
            Files.writeString(
                    spec,
                    "Name: p" + i + "-libs\nVersion: 1." + i + "~rc1\nRelease: 3.el9\n"
                            + (i % 3 == 0 ? "Epoch: 2\n" : "")
                            + "Summary: s\nLicense: l\n" + (i % 2 == 0 ? "BuildArch: noarch\n" : "")
                            + "%description\nd\n" + files);
            command.add(spec.toString());
        }
        programs.run(command);
    }

    @AfterAll
    static void close() {
        images.close();
    }

    private static List<String> packages() throws IOException {
        try (Stream<Path> built = Files.walk(dir.resolve("build/RPMS"))) {
            return built.map(Path::toString)
                    .filter(name -> name.endsWith(".rpm"))
                    .sorted()
                    .toList();
        }
    }

    /** Has rpm make a database once, and tell what is in it. */
    private static Path database(String form) throws Exception {
        Path database = dir.resolve("db-" + form);
        if (Files.exists(database)) {
            return database;
        }
        List<String> options = List.of("rpm", "--dbpath", database.toString(), "--define", "_db_backend " + form);
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of("-i", "--justdb", "--nodeps", "--ignorearch", "--ignoreos", "--nosignature"));
        command.addAll(packages());
        programs.run(command);
        List<String> query = new ArrayList<>(options);
        query.addAll(
                List.of("-qa", "--qf", "%{NAME} %|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE} %{ARCH} %{SOURCERPM}\n"));
        expected = programs.run(query).lines().sorted().toList();
        assertThat(expected).hasSize(PACKAGES);
        return database;
    }

    private static List<String> found(ImageInventory inventory) {
        return inventory.packages().stream()
                .map(ImagePackage::found)
                .map(found -> found.name() + " " + found.version() + " "
                        + found.architecture().orElse("") + " " + sourceFile(found))
                .sorted()
                .toList();
    }

    private static String sourceFile(FoundPackage found) {
        return found.advisoryName() + "-" + found.advisoryVersion().replaceFirst("^2:", "") + ".src.rpm";
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "ndb"})
    void packagesAreThoseThatRpmTells(String form) throws Exception {
        Path database = database(form);
        String file = form.equals("sqlite") ? "rpmdb.sqlite" : "Packages.db";

        ImageInventory inventory = images.inventory(new TestLayer()
                .file("etc/os-release", OS_RELEASE)
                .file("usr/lib/sysimage/rpm/" + file, Files.readAllBytes(database.resolve(file))));

        assertThat(inventory.reasons()).isEmpty();
        assertThat(found(inventory)).isEqualTo(expected);
        assertThat(inventory.packages().get(0).packageUrl())
                .isEqualTo("pkg:rpm/redhat/p0-libs@1.0~rc1-3.el9?arch=noarch&distro=rhel-9.4&epoch=2");
        assertThat(inventory.packages().get(0).ecosystem()).contains("Red Hat:enterprise_linux:9");
    }

    @Test
    void packagesOfBerkeleyDbAreFoundToo() throws Exception {
        byte[] table = berkeley();

        ImageInventory inventory = images.inventory(new TestLayer().file("var/lib/rpm/Packages", table));

        assertThat(inventory.reasons()).isEmpty();
        assertThat(found(inventory)).isEqualTo(expected);
    }

    private static byte[] berkeley() throws Exception {
        Programs.require("perl", "sqlite3");
        assumeTrue(hasBerkeley(), "Perl's DB_File is not installed");
        Path sqlite = database("sqlite").resolve("rpmdb.sqlite");
        Path headers = Files.createDirectories(dir.resolve("headers"));
        List<String> command = new ArrayList<>();
        Path script = Files.writeString(dir.resolve("files.pl"), FILES);
        Path target = dir.resolve("Packages-bdb");
        Files.deleteIfExists(target);
        command.addAll(List.of("perl", script.toString(), target.toString()));
        for (int i = 1; i <= PACKAGES; i++) {
            Path header = headers.resolve(i + ".header");
            command.add(header.toString());
        }
        programs.run(
                "sqlite3",
                sqlite.toString(),
                "select writefile('" + headers
                        + "/' || row_number() over (order by hnum) || '.header', blob) from Packages");
        programs.run(command);
        return Files.readAllBytes(target);
    }

    private static boolean hasBerkeley() throws IOException, InterruptedException {
        try {
            programs.run("perl", "-MDB_File", "-e", "1");
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    @Test
    void aLogThatIsNotInTheDatabaseYetIsSaid() {
        ImageInventory inventory = images.inventory(
                new TestLayer().file("var/lib/rpm/rpmdb.sqlite-wal", "x").file("opt/rpmdb.sqlite", "not rpm's"));

        assertThat(inventory.reasons()).singleElement().asString().contains("rpmdb.sqlite-wal: it may have packages");
    }

    @Test
    void whateverIsInADatabaseItEndsInAReport() throws Exception {
        List<byte[]> databases = List.of(
                Files.readAllBytes(database("sqlite").resolve("rpmdb.sqlite")),
                Files.readAllBytes(database("ndb").resolve("Packages.db")),
                berkeley());
        Random random = new Random(15);
        int incomplete = 0;
        for (byte[] database : databases) {
            for (int i = 0; i < 40; i++) {
                byte[] damaged = database.clone();
                for (int j = 0; j < 200; j++) {
                    int place = j % 4 == 0 ? random.nextInt(4096) : random.nextInt(damaged.length);
                    damaged[place] = (byte) (j % 3 == 0 ? 0xff : random.nextInt(256));
                }
                // Its beginning says in which form it is.
                System.arraycopy(database, 0, damaged, 0, i % 2 == 0 ? 64 : 16);
                LayerInventory inventory = InventoryReader.of(images.repository())
                        .readLayer(images.push(new TestLayer()
                                .file("var/lib/rpm/Packages", damaged)
                                .tar()));
                incomplete += inventory.isComplete() ? 0 : 1;
            }
        }
        assertThat(incomplete).isGreaterThan(40);
        ImageInventory none = images.inventory(new TestLayer()
                .file("var/lib/rpm/Packages", "")
                .file("var/lib/rpm/Packages.db", "x".repeat(100))
                .file("var/lib/rpm/rpmdb.sqlite", "SQLite format 3\0".repeat(10).getBytes(StandardCharsets.UTF_8)));
        assertThat(none.packages()).isEmpty();
        assertThat(none.reasons()).hasSize(3);
    }
}
