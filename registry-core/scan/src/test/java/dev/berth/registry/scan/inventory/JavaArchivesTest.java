package dev.berth.registry.scan.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.scan.found.InventoryLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JavaArchivesTest {
    private final TestImages images = new TestImages();

    @AfterEach
    void close() {
        images.close();
    }

    /** Packs an archive. */
    static final class Jar {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final ZipOutputStream zip = new ZipOutputStream(bytes);

        Jar with(String name, byte[] content) throws IOException {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
            return this;
        }

        Jar with(String name, String content) throws IOException {
            return with(name, content.getBytes(StandardCharsets.UTF_8));
        }

        Jar artifact(String group, String artifact, String version) throws IOException {
            return with(
                    "META-INF/maven/" + group + "/" + artifact + "/pom.properties",
                    "#Generated\ngroupId=" + group + "\nartifactId=" + artifact + "\nversion=" + version + "\n");
        }

        Jar manifest(String... lines) throws IOException {
            return with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n" + String.join("\n", lines) + "\n\n");
        }

        byte[] pack() throws IOException {
            zip.close();
            return bytes.toByteArray();
        }
    }

    @Test
    void anArchiveHasItsArtifactThoseShadedIntoItAndThoseOfArchivesInIt() throws IOException {
        byte[] library = new Jar()
                .artifact("org.example", "library", "1.1")
                .with("A.class", "a")
                .pack();
        byte[] war = new Jar()
                .with("WEB-INF/lib/library-1.1.jar", library)
                .artifact("org.example", "web", "3")
                .pack();
        byte[] application = new Jar()
                .manifest("Implementation-Version: 99")
                .artifact("org.example", "app", "2.0")
                .artifact("com.example.shaded", "inner", "0.9")
                .with("BOOT-INF/lib/web.war", war)
                .pack();

        ImageInventory inventory = images.inventory(new TestLayer().file("app/app.jar", application));

        assertThat(inventory.reasons()).isEmpty();
        assertThat(TestImages.urls(inventory))
                .containsExactly(
                        "pkg:maven/com.example.shaded/inner@0.9",
                        "pkg:maven/org.example/app@2.0",
                        "pkg:maven/org.example/library@1.1",
                        "pkg:maven/org.example/web@3");
        assertThat(inventory.packages())
                .extracting(found -> found.found().path())
                .contains("app/app.jar!/BOOT-INF/lib/web.war!/WEB-INF/lib/library-1.1.jar");
        assertThat(inventory.packages()).allMatch(found -> found.ecosystem().equals(Optional.of("Maven")));
    }

    @Test
    void withoutAnArtifactTheManifestAndTheNameOfTheFileSpeak() throws IOException {
        assertThat(images.packages(new TestLayer()
                        .file(
                                "commons-io-2.11.0.jar",
                                new Jar()
                                        .manifest("Implementation-Title: Apache Commons IO")
                                        .pack())
                        .file(
                                "some.jar",
                                new Jar()
                                        .manifest(
                                                "Bundle-SymbolicName: com.example.tool;singleton:=true",
                                                "Implementation-Title: tool",
                                                "Bundle-Version: 4.2.0")
                                        .pack())
                        .file(
                                "vendor.jar",
                                new Jar()
                                        .manifest("Implementation-Vendor-Id: net.example", "Implementation-Version: 7")
                                        .pack())
                        .file(
                                "guava-33.0-jre.jar",
                                new Jar().with("A.class", "").pack())
                        .file("nothing.jar", new Jar().with("A.class", "").pack())))
                .containsExactly(
                        "pkg:maven/com.example/tool@4.2.0",
                        "pkg:maven/commons-io/commons-io@2.11.0",
                        "pkg:maven/guava/guava@33.0-jre",
                        "pkg:maven/net.example/vendor@7");
    }

    @Test
    void aScriptMayBeInFrontOfIt() throws IOException {
        byte[] jar = new Jar().artifact("org.example", "app", "2.0").pack();
        byte[] script = ("#!/bin/bash\n" + "# PK\n".repeat(2000)).getBytes(StandardCharsets.UTF_8);
        byte[] executable = new byte[script.length + jar.length];
        System.arraycopy(script, 0, executable, 0, script.length);
        System.arraycopy(jar, 0, executable, script.length, jar.length);

        assertThat(images.packages(new TestLayer().file("app.jar", executable)))
                .containsExactly("pkg:maven/org.example/app@2.0");
    }

    @Test
    void aDamagedArchiveDoesNotHideTheOthers() throws IOException {
        byte[] good = new Jar().artifact("org.example", "good", "1").pack();
        byte[] cut = Arrays.copyOf(good, good.length / 2);
        byte[] outer = new Jar()
                .with("a.jar", "no archive")
                .with("b.jar", cut)
                .with("META-INF/MANIFEST.MF", "x".repeat(2000))
                .with("META-INF/maven/x/pom.properties", "groupId=\\uZZZZ")
                .with("c.jar", good)
                .pack();

        ImageInventory inventory = images.inventory(
                new TestLayer().file("x.jar", "PK").file("outer.jar", outer).file("y.jar", cut));

        assertThat(TestImages.urls(inventory)).containsExactly("pkg:maven/org.example/good@1");
        assertThat(inventory.reasons())
                .hasSize(4)
                .anyMatch(reason -> reason.contains("outer.jar!/a.jar: it was not read to its end"))
                .anyMatch(reason -> reason.contains("outer.jar!/b.jar: it was not read to its end"));
    }

    @Test
    void archivesInArchivesAreReadOnlySoDeep() throws IOException {
        byte[] jar = new Jar().artifact("org.example", "deep", "20").pack();
        for (int depth = 19; depth > 0; depth--) {
            jar = new Jar()
                    .artifact("org.example", "deep", String.valueOf(depth))
                    .with("next.jar", jar)
                    .pack();
        }

        ImageInventory inventory = images.inventory(new TestLayer().file("deep.jar", jar));

        assertThat(inventory.packages()).hasSize(InventoryLimits.defaults().maxDepth());
        assertThat(inventory.reasons()).singleElement().asString().contains("it is in more than 8 other archives");
    }

    @Test
    void aBombGoesOffWithinTheLimitOfOpenedBytes() throws IOException {
        byte[] bomb = new Jar()
                .with("zeros", new byte[32 << 20])
                .artifact("org.example", "late", "1")
                .pack();
        assertThat(bomb.length).isLessThan(100_000);
        InventoryLimits limits =
                InventoryLimits.builder().maxOpenedBytes(16 << 20).build();

        ImageInventory inventory = InventoryReader.of(images.repository())
                .limits(limits)
                .read(images.image(TestLayer.of("var/lib/dpkg/status", "Package: early\nVersion: 1\n")
                        .file("bomb.jar", bomb)));

        assertThat(TestImages.urls(inventory)).containsExactly("pkg:deb/debian/early@1");
        assertThat(inventory.reasons())
                .singleElement()
                .asString()
                .contains("More than 16777216 bytes came out of its archives");
    }
}
