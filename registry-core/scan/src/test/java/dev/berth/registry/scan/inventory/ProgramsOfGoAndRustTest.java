package dev.berth.registry.scan.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.Programs;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("any-jdk")
class ProgramsOfGoAndRustTest {
    private static final String MODULES = """
            path\texample.org/app
            mod\texample.org/app\t(devel)\t
            dep\tgolang.org/x/text\tv0.3.7\th1:abc=
            dep\tgithub.com/Old/Thing\tv1.0.0\th1:abc=
            =>\tgithub.com/New/Thing\tv1.2.4-0.20260101000000-0123456789ab\th1:def=
            build\tCGO_ENABLED=0
            """;

    private final TestImages images = new TestImages();

    @AfterEach
    void close() {
        images.close();
    }

    @ParameterizedTest
    @CsvSource({"true, LITTLE_ENDIAN", "true, BIG_ENDIAN", "false, LITTLE_ENDIAN", "false, BIG_ENDIAN"})
    void modulesOfGoAreFoundInBothFormsOfEveryMachine(boolean wide, String order) {
        ByteOrder bytes = order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;

        for (byte[] program : List.of(
                new TestElf(wide, bytes)
                        .go("go1.22rc1 X:nocoverageredesign", MODULES)
                        .pack(),
                new TestElf(wide, bytes).oldGo("go1.22rc1", MODULES).pack())) {
            assertThat(images.packages(new TestLayer().file("usr/bin/app", program)))
                    .containsExactly(
                            "pkg:golang/github.com/new/thing@v1.2.4-0.20260101000000-0123456789ab",
                            "pkg:golang/golang.org/x/text@v0.3.7",
                            "pkg:golang/stdlib@1.22.0-rc.1");
        }
    }

    /** With modules that are in this folder, since nothing is downloaded. */
    @Test
    void aProgramThatGoHasBuiltNamesItsModules(@TempDir Path dir) throws Exception {
        Programs.require("go", "env");
        Files.createDirectories(dir.resolve("dep"));
        Files.writeString(dir.resolve("dep/go.mod"), "module example.org/dep\n\ngo 1.18\n");
        Files.writeString(dir.resolve("dep/dep.go"), "package dep\n\nfunc Name() string { return \"dep\" }\n");
        Files.writeString(
                dir.resolve("go.mod"),
                "module example.org/app\n\ngo 1.18\n\nrequire example.org/dep v1.2.3\n\n"
                        + "replace example.org/dep v1.2.3 => ./dep\n");
        Files.writeString(
                dir.resolve("main.go"),
                "package main\n\nimport \"example.org/dep\"\n\nfunc main() { println(dep.Name()) }\n");
        Programs programs = new Programs(dir);
        List<String> environment = List.of(
                "env",
                "GOFLAGS=-mod=mod",
                "GOPROXY=off",
                "GOTOOLCHAIN=local",
                "GOCACHE=" + dir.resolve("cache"),
                "GOPATH=" + dir.resolve("path"),
                "CGO_ENABLED=0");
        String version = programs.run("go", "env", "GOVERSION").strip().replaceAll("[ -].*", "");
        // With symbols, and without them and at any address.
        for (List<String> options : List.of(List.of("-ldflags="), List.of("-ldflags=-s -w", "-buildmode=pie"))) {
            List<String> command = new ArrayList<>(environment);
            command.addAll(List.of("go", "build", "-o", "app"));
            command.addAll(options);
            programs.run(command);

            ImageInventory inventory =
                    images.inventory(new TestLayer().file("app", Files.readAllBytes(dir.resolve("app"))));

            assertThat(inventory.reasons()).isEmpty();
            // A module that a folder replaces has no version: only what comes with Go is left.
            assertThat(programs.run("go", "version", "-m", "app")).contains("example.org/dep");
            assertThat(TestImages.urls(inventory))
                    .as(options.toString())
                    .containsExactly("pkg:golang/stdlib@" + version.substring("go".length()));
        }
    }

    @Test
    void cratesAreFoundInTheSectionOfCargoAuditable() throws Exception {
        String json = """
                {"packages":[
                  {"name":"adler","version":"1.0.2","source":"registry"},
                  {"name":"app","version":"0.1.0","source":"local","dependencies":[0],"root":true},
                  {"name":"cc","version":"1.0.0","source":"crates.io","kind":"build"},
                  {"name":"libc","version":"0.2.150","source":"crates.io","kind":"runtime","features":["std"]}
                ],"format":1}
                """;
        byte[] large = new byte[5 << 20];
        new Random(1).nextBytes(large);

        for (byte[] program : List.of(
                new TestElf().cargo(json).pack(),
                new TestElf(false, ByteOrder.BIG_ENDIAN).cargo(json).pack(),
                // In a temporary file.
                new TestElf().data(large).cargo(json).pack())) {
            ImageInventory inventory = images.inventory(new TestLayer().file("usr/bin/app", program));

            assertThat(inventory.reasons()).isEmpty();
            assertThat(TestImages.urls(inventory)).containsExactly("pkg:cargo/adler@1.0.2", "pkg:cargo/libc@0.2.150");
        }
    }

    @Test
    void aProgramOfBothHasBoth() throws Exception {
        byte[] program = new TestElf()
                .go("go1.21", "")
                .cargo("{\"packages\":[{\"name\":\"a\",\"version\":\"1.0.0\"}]}")
                .pack();

        assertThat(images.packages(new TestLayer().file("app", program)))
                .containsExactly("pkg:golang/stdlib@1.21.0", "pkg:cargo/a@1.0.0");
    }

    @Test
    void whateverIsInAProgramItEndsInAReport() throws Exception {
        byte[][] programs = {
            new TestElf().go("go1.22.1", MODULES).pack(),
            new TestElf().oldGo("go1.16", MODULES).pack(),
            new TestElf()
                    .cargo("{\"packages\":[{\"name\":\"a\",\"version\":\"1.0.0\"}]}")
                    .pack(),
            new TestElf().cargo(new byte[] {1, 2, 3}).pack(),
            new TestElf(false, ByteOrder.BIG_ENDIAN).oldGo("go1.16", MODULES).pack()
        };
        Random random = new Random(15);
        TestLayer layer = new TestLayer();
        int count = 0;
        for (byte[] program : programs) {
            for (int i = 0; i < 400; i++) {
                byte[] damaged = program.clone();
                int changes = 1 + random.nextInt(4);
                for (int j = 0; j < changes; j++) {
                    boolean header = random.nextBoolean();
                    int at = header ? random.nextInt(128) : 0x1000 + random.nextInt(damaged.length - 0x1000);
                    damaged[Math.min(at, damaged.length - 1)] = (byte) random.nextInt(256);
                }
                layer.file(
                        "bin/" + count++,
                        i % 10 == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged);
            }
        }

        ImageInventory inventory = images.inventory(layer.file("z.egg-info", "Name: last\nVersion: 1\n"));

        assertThat(TestImages.urls(inventory)).contains("pkg:pypi/last@1");
        assertThat(inventory.reasons()).isNotEmpty();
    }
}
