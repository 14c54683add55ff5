package dev.berth.registry.image;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Builds the same images wherever it runs, and prints their digests. Also a program, to run in other surroundings. */
final class GoldenBuild {
    private static final RepositoryName NAME = RepositoryName.parse("golden");
    private static final Platform AMD64 = Platform.of("linux", "amd64");

    private final Registry registry = Registries.empty();
    private final Layer tree;
    private final Layer given;

    GoldenBuild(Path scratch) throws IOException {
        tree = Layer.builder().contentOf("/opt/app", writeTree(scratch)).build();
        given = Layer.builder()
                .bytes("/ünïcode/" + "long".repeat(40) + "/😀", text(1, 300_000))
                .bytes("/etc/noise", noise(200_000), EntryAttributes.mode(0600).withOwner(1000, 3_000_000))
                .symlink("/bin", "usr/bin")
                .directory("/data", EntryAttributes.mode(01777))
                .remove("/etc/motd")
                .build();
    }

    /** What runs this decides about umask, owner and time of these files. */
    private static Path writeTree(Path scratch) throws IOException {
        Path root = Files.createDirectories(scratch.resolve("tree"));
        Files.createDirectories(root.resolve("lib/empty"));
        Files.write(root.resolve("lib/app.jar"), text(2, 150_000));
        Files.write(root.resolve("README"), text(3, 5_000));
        Path run = Files.write(root.resolve("run"), text(4, 65_536));
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
        Files.createSymbolicLink(root.resolve("latest"), Path.of("lib/app.jar"));
        return root;
    }

    private static byte[] text(long seed, int size) {
        String[] words = {"the ", "quick ", "brown ", "fox ", "jumps ", "over ", "lazy ", "dog\n"};
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < size) {
            text.append(words[random.nextInt(words.length)]);
        }
        return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new Random(5).nextBytes(noise);
        return noise;
    }

    private ImageBuilder image(Compression compression) {
        return ImageBuilder.fromScratch(AMD64)
                .layer(tree)
                .layer(given)
                .entrypoint("/opt/app/run")
                .env("A", "b")
                .label("l", "v")
                .compression(compression);
    }

    /** Returns digests by what they are of. */
    Map<String, String> digests() {
        Map<String, String> digests = new LinkedHashMap<>();
        digests.put(
                "plain",
                image(Compression.none()).pushTo(registry, NAME).digest().toString());
        digests.put(
                "gzip 1",
                image(Compression.gzip(1)).pushTo(registry, NAME).digest().toString());
        Descriptor gzip = image(Compression.gzip()).pushTo(registry, NAME);
        digests.put("gzip 6", gzip.digest().toString());
        digests.put(
                "gzip 9",
                image(Compression.gzip(9)).pushTo(registry, NAME).digest().toString());
        digests.put(
                "zstd 3",
                image(Compression.zstd()).pushTo(registry, NAME).digest().toString());
        digests.put(
                "docker",
                image(Compression.gzip())
                        .format(ManifestFormat.DOCKER)
                        .pushTo(registry, NAME)
                        .digest()
                        .toString());
        digests.put(
                "index",
                IndexBuilder.create()
                        .image(image(Compression.gzip()))
                        .annotation("k", "v")
                        .pushTo(registry, NAME)
                        .digest()
                        .toString());
        digests.put(
                "artifact",
                ArtifactBuilder.of("application/vnd.example.thing")
                        .subject(gzip)
                        .content("text/plain", BlobSource.of(text(6, 10)))
                        .pushTo(registry, NAME)
                        .digest()
                        .toString());
        return digests;
    }

    public static void main(String[] args) throws IOException {
        new GoldenBuild(Path.of(args[0])).digests().forEach((what, digest) -> System.out.println(what + "=" + digest));
    }
}
