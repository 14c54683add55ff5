package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.Debian;
import dev.berth.examples.standalone.programs.DockerRegistryProcess;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.copy.ImageCopier;
import dev.berth.registry.manifest.ImageManifest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A benchmark: the time that Berth and skopeo take, alternately, to copy a Debian image between two servers. The time of
 * Berth excludes the start of the JVM; its first copy, during warm-up, is printed separately. {@code mvn verify -Dberth.it.timing=true}.
 */
@EnabledIfSystemProperty(
        named = "berth.it.timing",
        matches = "true",
        disabledReason = "measures for minutes, and downloads Debian; set -Dberth.it.timing=true to run it")
@Isolated("measures time")
class CopyTimingIT {
    private static final int ROUNDS = 10;

    @TempDir
    static Path directory;

    private static Path rootFileSystem;
    private static Path layer;

    @BeforeAll
    static void makeDebian() throws IOException, InterruptedException {
        Programs.assumeInstalled("skopeo", "gzip");
        rootFileSystem = Debian.rootFileSystem(directory);
        ChildProcess.run(List.of(Programs.path("gzip"), "--fast", "--keep", rootFileSystem.toString()))
                .successful();
        layer = directory.resolve(rootFileSystem.getFileName() + ".gz");
    }

    @Test
    void betweenTwoServersOfBerth() throws IOException, InterruptedException {
        try (BerthProcess from = BerthCommand.serve(directory.resolve("from")).start();
                BerthProcess to = BerthCommand.serve(directory.resolve("to")).start()) {
            measure("Berth to Berth", from.hostAndPort(), to.hostAndPort());
        }
    }

    @Test
    void betweenTwoOfDockersRegistries() throws IOException, InterruptedException {
        Programs.assumeInstalled("docker-registry");
        try (DockerRegistryProcess from =
                        DockerRegistryProcess.serve(Files.createDirectory(directory.resolve("docker-from")));
                DockerRegistryProcess to =
                        DockerRegistryProcess.serve(Files.createDirectory(directory.resolve("docker-to")))) {
            measure("docker-registry to docker-registry", from.hostAndPort(), to.hostAndPort());
        }
    }

    private static void measure(String what, String from, String to) throws IOException, InterruptedException {
        push(from);

        double firstCopy = withBerth(from, to + "/berth-0");
        withSkopeo(from, to + "/skopeo-0", 0);
        List<Double> berth = new ArrayList<>();
        List<Double> skopeo = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            if (round % 2 == 0) {
                berth.add(withBerth(from, to + "/berth-" + round));
                skopeo.add(withSkopeo(from, to + "/skopeo-" + round, round));
            } else {
                skopeo.add(withSkopeo(from, to + "/skopeo-" + round, round));
                berth.add(withBerth(from, to + "/berth-" + round));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s, %s: Berth %.2f s (the first one %.2f s), skopeo %.2f s; Berth takes %.2f of skopeo's time"
                        + " (fastest of %d: %.2f)%n",
                what,
                ByteCount.format(Files.size(layer)),
                median(berth),
                firstCopy,
                median(skopeo),
                median(berth) / median(skopeo),
                ROUNDS,
                Collections.min(berth) / Collections.min(skopeo));
    }

    private static void push(String server) throws IOException {
        byte[] config = """
                {"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["%s"]}}""".formatted(digest(rootFileSystem)).getBytes(StandardCharsets.UTF_8);
        try (Registry registry = RemoteRegistry.at(server)) {
            Repository debian = registry.repository(RepositoryName.parse("debian"));
            debian.blobs().push(digest(layer), BlobSource.of(layer));
            debian.blobs().push(Digest.sha256(config), BlobSource.of(config));
            debian.manifests()
                    .put(
                            ImageManifest.of(
                                            Descriptor.of(MediaTypes.OCI_CONFIG, Digest.sha256(config), config.length),
                                            List.of(Descriptor.of(
                                                    MediaTypes.OCI_LAYER_TAR_GZIP, digest(layer), Files.size(layer))))
                                    .toManifest(),
                            Tag.parse("trixie"));
        }
    }

    private static Digest digest(Path file) throws IOException {
        MessageDigest hash = Content.hash("sha256");
        try (DigestInputStream bytes = new DigestInputStream(Files.newInputStream(file), hash)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        return Digest.parse(Content.format("sha256", hash.digest()));
    }

    /** Uses a new copier and new clients, which have no cache of earlier copies. */
    private static double withBerth(String from, String to) {
        String[] target = to.split("/");
        long begin = System.nanoTime();
        try (Registry source = RemoteRegistry.at(from);
                Registry mirror = RemoteRegistry.at(target[0])) {
            ImageCopier.create()
                    .copy(ImageLocation.of(source, "debian:trixie"), ImageLocation.of(mirror, target[1] + ":trixie"));
        }
        return seconds(begin);
    }

    /** Uses an empty cache for each run: skopeo would mount the blobs that it remembers. */
    private static double withSkopeo(String from, String to, int round) throws IOException, InterruptedException {
        Path home = Files.createDirectory(
                directory.resolve(to.substring(to.indexOf(':') + 1).replace('/', '-') + "-" + round));
        ProcessBuilder builder = new ProcessBuilder(
                Programs.path("skopeo"),
                "--insecure-policy",
                "copy",
                "--quiet",
                "--src-tls-verify=false",
                "--dest-tls-verify=false",
                "docker://" + from + "/debian:trixie",
                "docker://" + to + ":trixie");
        builder.environment().put("HOME", home.toString());
        builder.environment().put("XDG_DATA_HOME", home.toString());
        // As root, skopeo would use the cache of the system.
        builder.environment().put("_CONTAINERS_ROOTLESS_UID", "1000");
        builder.environment()
                .put("REGISTRY_AUTH_FILE", home.resolve("auth.json").toString());
        long begin = System.nanoTime();
        try (ChildProcess skopeo = ChildProcess.start(builder)) {
            skopeo.awaitExit().successful();
        }
        return seconds(begin);
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static double median(List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
