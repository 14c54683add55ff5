package dev.berth.registry.console.finding;

import dev.berth.registry.Manifest;
import dev.berth.registry.console.FindingWorld;
import dev.berth.registry.scan.accepted.Acceptance;
import dev.berth.registry.scan.accepted.Acceptances;
import dev.berth.registry.scan.accepted.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Serves pages with findings until it is ended, to be looked at. */
final class FindingPictures {
    private FindingPictures() {}

    public static void main(String[] arguments) throws Exception {
        FindingWorld world = FindingWorld.in(Files.createTempDirectory("finding"));
        String[] vectors = {FindingWorld.CRITICAL, FindingWorld.HIGH, FindingWorld.MEDIUM, FindingWorld.LOW};
        List<String> packages = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            packages.add("package-" + i);
            packages.add("1." + i + ".0");
            world.advise(
                    "CVE-2026-" + (1000 + i),
                    "package-" + i,
                    i % 3 == 0 ? "" : "1." + i + ".1",
                    vectors[i % 23 == 0 ? 0 : i % 7 == 0 ? 1 : 2 + i % 2],
                    "An attacker who can send requests may read what is not theirs, number " + i,
                    "GHSA-xxxx-" + i);
        }
        world.scanning();
        Manifest image = world.push(
                "team/shop",
                "1.0",
                FindingWorld.debian("libc6", "2.41-12", "openssl", "3.5.0-1"),
                FindingWorld.npm(packages.toArray(String[]::new)));
        world.awaitJudged(image.digest());
        world.sign("team/shop", image, FindingWorld.TRUSTED);
        world.sign("team/shop", image, FindingWorld.STRANGE);
        world.attach(
                "team/shop",
                image,
                "application/vnd.cyclonedx+json",
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[{\"type\":\"library\",\"name\":\"left\",\"version\":\"1\",\"purl\":\"pkg:npm/left@1\"}]}"
                        .getBytes(StandardCharsets.UTF_8));
        world.attach("team/shop", image, "application/spdx+json", "{".getBytes(StandardCharsets.UTF_8));
        Manifest clean = world.push("team/shop", "1.1", FindingWorld.npm("left", "2.0.0"));
        world.awaitJudged(clean.digest());
        world.sign("team/shop", clean, FindingWorld.STRANGE);
        Manifest index = world.pushIndex(
                "team/shop",
                "multi",
                FindingWorld.npm("package-0", "1.0.0", "package-7", "1.0.0"),
                FindingWorld.npm("package-0", "1.0.0", "package-8", "1.0.0"));
        world.accept(Acceptances.of(List.of(
                Acceptance.of("CVE-2026-1000", Status.NOT_AFFECTED, "The program opens no connections")
                        .withAuthor("ada")
                        .withExpiry(Instant.parse("2027-01-31T00:00:00Z")),
                Acceptance.of("CVE-2026-1007", Status.ACCEPTED, "We live with it"))));
        System.out.println(world.address() + " " + image.digest() + " " + index.digest());
        while (true) {
            Thread.sleep(500);
            world.lists().refresh();
        }
    }
}
