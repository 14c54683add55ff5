package dev.berth.examples.standalone.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.TarArchive;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.PseudoTerminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth scan} as a process. */
@Tag("any-jdk")
class ScanIT {
    private static final int FOUND = 3;

    @TempDir
    Path directory;

    private static String[] command(KnownWorld world, Path cache, String image) {
        return new String[] {
            "scan",
            image,
            "--advisories",
            world.directory().toString(),
            "--cache",
            cache.toString(),
            "--fail-on",
            "high"
        };
    }

    @Test
    void aServedImageAndASavedOneAreScanned() throws IOException, InterruptedException {
        KnownWorld world = new KnownWorld(directory.resolve("osv")).publish();
        Path cache = directory.resolve("cache");
        Path saved = directory.resolve("debian.tar");
        try (BerthProcess server = BerthCommand.serveFromMemory().start()) {
            server.http().pushImage("library/debian", "12", KnownWorld.image());
            String served = server.hostAndPort() + "/library/debian:12";
            BerthCommand.of("copy", "-q", served, "docker-archive:" + saved + ":debian:12")
                    .run()
                    .successful();

            var remote = BerthCommand.of(command(world, cache, served)).run();
            var local = BerthCommand.of(command(world, cache, "debian.tar"))
                    .in(directory)
                    .run();

            assertThat(remote.exitCode()).as("%s", remote).isEqualTo(FOUND);
            assertThat(remote.out()).contains("CVE-2026-0001", "fixed in 3.0.13-1", "6 findings in 4 packages");
            assertThat(local.exitCode()).as("%s", local).isEqualTo(FOUND);
            assertThat(local.out().lines().skip(1))
                    .isEqualTo(remote.out().lines().skip(1).toList());
            assertThat(local.err() + remote.err()).isEmpty();
        }
    }

    @Test
    void aTerminalShowsProgressAndColours() throws IOException, InterruptedException {
        KnownWorld world = new KnownWorld(directory.resolve("osv")).publish();
        byte[] noise = new byte[20 << 20];
        new Random(1).nextBytes(noise);
        TestImage image = TestImage.ofLayers(
                List.of(
                        new TarArchive()
                                .file("etc/os-release", "ID=debian\nVERSION_ID=12\n".getBytes(StandardCharsets.UTF_8)),
                        new TarArchive()
                                .file("noise", noise)
                                .file(
                                        "a/node_modules/lodash/package.json",
                                        "{\"name\":\"lodash\",\"version\":\"4.17.11\"}"
                                                .getBytes(StandardCharsets.UTF_8))),
                "amd64");
        try (BerthProcess server = BerthCommand.serveFromMemory().start()) {
            server.http().pushImage("app", "1", image);

            PseudoTerminal.Ended ended = PseudoTerminal.run(
                    directory, command(world, directory.resolve("cache"), server.hostAndPort() + "/app:1"));

            assertThat(ended.exitCode()).as(ended.terminal()).isEqualTo(FOUND);
            assertThat(ended.terminal())
                    .contains("layer 2 of 2", "MB", "100% [", "\u001b[31mhigh\u001b[0m", "for the first time");
            assertThat(ended.terminal().substring(ended.terminal().lastIndexOf("100% [")))
                    .contains("1 finding");
        }
        assertThat(Files.exists(directory.resolve("cache"))).isTrue();
    }
}
