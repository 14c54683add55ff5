package dev.berth.registry.scan.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.registry.scan.found.Distribution;
import dev.berth.registry.scan.found.FoundPackage;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemPackagesTest {
    private static final String DEBIAN = """
            PRETTY_NAME="Debian GNU/Linux 13 (trixie)"
            NAME="Debian GNU/Linux"
            VERSION_ID="13"
            # a comment
            ID=debian
            """;

    private static final String STATUS = """
            Package: libc6
            Status: install ok installed
            Maintainer: Somebody <somebody@example.org>
            Architecture: amd64
            Source: glibc (2.41-12)
            Version: 2.41-12+b1
            Description: a library
             Package: in a description
             .
             Version: 0

            Package: bash
            Status: hold ok installed
            Architecture: amd64
            Version: 5.2.37-2+b5

            Package: removed
            Status: deinstall ok config-files
            Architecture: amd64
            Version: 1.0

            Package: half
            Status: install reinstreq half-installed
            Architecture: all
            Source: whole
            Version: 2:0.5~rc1
            """;

    private final TestImages images = new TestImages();

    @AfterEach
    void close() {
        images.close();
    }

    @Test
    void thoseOfDpkgAreThoseThatAreNotRemoved() {
        ImageInventory inventory =
                images.inventory(TestLayer.of("var/lib/dpkg/status", STATUS).file("./usr/lib/os-release", DEBIAN));

        assertThat(inventory.reasons()).isEmpty();
        assertThat(inventory.distribution()).contains(new Distribution("debian", "13", "Debian GNU/Linux 13 (trixie)"));
        assertThat(inventory.packages())
                .extracting(ImagePackage::packageUrl)
                .containsExactly(
                        "pkg:deb/debian/bash@5.2.37-2%2Bb5?arch=amd64&distro=debian-13",
                        "pkg:deb/debian/half@2%3A0.5~rc1?arch=all&distro=debian-13",
                        "pkg:deb/debian/libc6@2.41-12%2Bb1?arch=amd64&distro=debian-13");
        assertThat(inventory.packages()).allMatch(found -> found.ecosystem().equals(Optional.of("Debian:13")));
        assertThat(inventory.packages())
                .extracting(ImagePackage::found)
                .extracting(FoundPackage::advisoryName, FoundPackage::advisoryVersion)
                .containsExactly(tuple("bash", "5.2.37-2+b5"), tuple("whole", "2:0.5~rc1"), tuple("glibc", "2.41-12"));
    }

    @Test
    void thoseOfDistrolessHaveAFileEach() {
        assertThat(images.packages(new TestLayer()
                        .file(
                                "var/lib/dpkg/status.d/tzdata",
                                "Package: tzdata\nVersion: 2026a-0+deb13u1\nArchitecture: all\n")
                        .file("var/lib/dpkg/status.d/tzdata.md5sums", "Package: no\nVersion: 1\n")
                        .file("var/lib/dpkg/status.d/base", "Package: base-files\nVersion: 13.8\nArchitecture: amd64")))
                .containsExactly("pkg:deb/debian/base-files@13.8", "pkg:deb/debian/tzdata@2026a-0%2Bdeb13u1");
    }

    @Test
    void thoseOfApkHaveTheirOrigin() {
        ImageInventory inventory = images.inventory(new TestLayer()
                .file("etc/os-release", "ID=alpine\nVERSION_ID=3.22.1\nPRETTY_NAME='Alpine Linux v3.22'\n")
                .file("lib/apk/db/installed", """
                        C:Q1abc=
                        P:libcrypto3
                        V:3.5.1-r0
                        A:x86_64
                        o:openssl
                        F:usr/lib
                        R:libcrypto.so.3

                        P:musl
                        V:1.2.5-r10
                        A:x86_64
                        o:musl

                        """));

        assertThat(inventory.packages())
                .extracting(ImagePackage::packageUrl)
                .containsExactly(
                        "pkg:apk/alpine/libcrypto3@3.5.1-r0?arch=x86_64&distro=alpine-3.22.1",
                        "pkg:apk/alpine/musl@1.2.5-r10?arch=x86_64&distro=alpine-3.22.1");
        assertThat(inventory.packages())
                .extracting(found -> found.found().advisoryName())
                .containsExactly("openssl", "musl");
        assertThat(inventory.packages()).allMatch(found -> found.ecosystem().equals(Optional.of("Alpine:v3.22")));
    }

    @Test
    void thoseOfAnUnknownDistributionHaveNoEcosystem() {
        ImageInventory inventory =
                images.inventory(TestLayer.of("var/lib/dpkg/status", STATUS).file("etc/os-release", "ID=mylinux\n"));

        assertThat(inventory.packages())
                .hasSize(3)
                .allMatch(found -> found.ecosystem().isEmpty());
        assertThat(inventory.packages().get(0).packageUrl()).startsWith("pkg:deb/mylinux/bash@");
    }

    @Test
    void whatIsDamagedIsSaidAndTheRestIsFound() {
        ImageInventory inventory = images.inventory(new TestLayer()
                .file(
                        "var/lib/dpkg/status",
                        "Package: good\nVersion: 1\n\nPackage: bad name\nVersion: 1\n\nPackage: none\n\nPackage: "
                                + "x".repeat(5000)
                                + "\nVersion: 2\n\n\0\0\n: \n:\nPackage\n\nPackage: last\nVersion: 9\n")
                .file("etc/os-release", "ID\n=\nID=\"\nVERSION_ID='\\"));

        assertThat(TestImages.urls(inventory)).containsExactly("pkg:deb/debian/good@1", "pkg:deb/debian/last@9");
        assertThat(inventory.reasons()).hasSize(3).allMatch(reason -> reason.contains("var/lib/dpkg/status: it names"));
    }
}
