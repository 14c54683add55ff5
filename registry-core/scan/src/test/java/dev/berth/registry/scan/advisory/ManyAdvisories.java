package dev.berth.registry.scan.advisory;

import dev.berth.registry.scan.found.FoundPackage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A database as large as is wanted, of advisories that look as those of Debian do: ten for each package on average. */
final class ManyAdvisories {
    private static final int EACH = 10;

    private ManyAdvisories() {}

    static void zip(Path file, int count) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < count; i++) {
                Osv advisory = advisory(i, count);
                zip.putNextEntry(new ZipEntry(advisory.id() + ".json"));
                zip.write(advisory.json().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }

    private static Osv advisory(int number, int count) {
        String name = "package-" + number % packages(count);
        String fixed = "1." + number / packages(count) + "-1";
        Osv advisory = Osv.of("DEBIAN-CVE-2026-" + number)
                .put(
                        "details",
                        "Something is wrong with " + name + ", and a reader who knows nothing of it is told here.")
                .names("upstream", "CVE-2026-" + number)
                .severity("CVSS_V3", "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H");
        for (String release : new String[] {"Debian:11", "Debian:12", "Debian:13"}) {
            advisory.range(release, name, "introduced", "0", "fixed", fixed)
                    .andVersions("0.1-1", "0.2-1", "0.3-1", "0.9-1", "0.9-2");
        }
        return advisory;
    }

    private static int packages(int count) {
        return Math.max(1, count / EACH);
    }

    /** Returns packages of which half of the advisories are about. */
    static FoundPackage[] packages(int count, int wanted) {
        FoundPackage[] packages = new FoundPackage[wanted];
        for (int i = 0; i < wanted; i++) {
            packages[i] = Database.deb("binary-" + i, "1.4-1", "package-" + i, "1.4-1");
        }
        return packages;
    }
}
