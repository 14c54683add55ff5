package dev.berth.examples.standalone.browser;

import dev.berth.examples.standalone.content.TarArchive;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ExecutionConfig;
import dev.berth.registry.manifest.HistoryEntry;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The images of a shop, as people keep them: versions, a base that they share, charts, and something that is broken. */
final class Shop {
    /** When the last of them was built. */
    private static final Instant NOW = Instant.now().minus(Duration.ofHours(5));

    private static final int MB = 1_000_000;

    private final Registry registry;
    private final Map<Digest, byte[]> packed = new HashMap<>();

    private record Step(String made, Optional<TarArchive> layer) {}

    private Shop(Registry registry) {
        this.registry = registry;
    }

    /** Pushes all of them. */
    static void fill(Registry registry) {
        Shop shop = new Shop(registry);
        shop.base();
        shop.web();
        shop.others();
        shop.chart();
        shop.broken();
    }

    /** Returns the layer of a small Debian that some things are known against. */
    private static Step debian(String openssl) {
        TarArchive tar = new TarArchive()
                .file(
                        "etc/os-release",
                        bytes("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\nID=debian\n"))
                .file("etc/debian_version", bytes("12.8\n"))
                .file(
                        "etc/passwd",
                        bytes(
                                "root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\n"))
                .file("usr/bin/bash", noise(1, 6 * MB))
                .file(
                        "var/lib/dpkg/status",
                        bytes(debianPackage("libssl3", openssl, "openssl")
                                + debianPackage("openssl", openssl, "")
                                + debianPackage("zlib1g", "1:1.2.13.dfsg-1", "zlib")
                                + debianPackage("libc6", "2.36-9+deb12u9", "glibc")
                                + debianPackage("coreutils", "9.1-1", "")
                                + debianPackage("tar", "1.34+dfsg-1.2", "")));
        return new Step("ADD debian-bookworm.tar.xz / # buildkit", Optional.of(tar));
    }

    private static String debianPackage(String name, String version, String source) {
        return "Package: " + name + "\nStatus: install ok installed\nVersion: " + version + "\nArchitecture: amd64\n"
                + (source.isEmpty() ? "" : "Source: " + source + "\n") + "\n";
    }

    private void base() {
        put(
                "library/debian",
                image(
                        "library/debian",
                        List.of(debian("3.0.13-1")),
                        "amd64",
                        40,
                        "A small Debian, as all our images begin",
                        "Ops"),
                "12",
                "12.8",
                "latest");
    }

    private void web() {
        for (int minor = 3; minor < 9; minor++) {
            String openssl = minor < 6 ? "3.0.11-1~deb12u1" : "3.0.13-1";
            String lodash = minor < 7 ? "4.17.11" : "4.17.21";
            Manifest amd64 =
                    image("shop/web", webSteps(openssl, lodash, minor), "amd64", 9 - minor, WEB, "Ines Okafor");
            if (minor < 8) {
                put("shop/web", amd64, "2." + minor + ".0");
                continue;
            }
            Repository web = repository("shop/web");
            Manifest arm64 = image("shop/web", webSteps(openssl, lodash, minor + 100), "arm64", 0, WEB, "Ines Okafor");
            Descriptor first = stored(web, amd64).withPlatform(Platform.of("linux", "amd64"));
            Descriptor second = stored(web, arm64).withPlatform(Platform.of("linux", "arm64"));
            Manifest index = ImageIndex.of(List.of(first, second))
                    .withAnnotations(Map.of(
                            "org.opencontainers.image.title", "Web shop",
                            "org.opencontainers.image.description", WEB,
                            "org.opencontainers.image.licenses", "Apache-2.0"))
                    .toManifest();
            put("shop/web", index, "2.8.0", "latest");
        }
        put(
                "shop/web",
                image("shop/web", webSteps("3.0.13-1", "4.17.21", 50), "amd64", 0, WEB, "Ines Okafor"),
                "2.9.0-rc1");
        readme("shop/web");
    }

    private static final String WEB = "The web shop: catalogue, basket and checkout";

    private static List<Step> webSteps(String openssl, String lodash, int version) {
        return List.of(
                debian(openssl),
                nothing("ENV NODE_VERSION=22.11.0"),
                new Step(
                        "RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends nodejs ca-certificates && rm -rf /var/lib/apt/lists/* # buildkit",
                        Optional.of(new TarArchive().file("usr/bin/node", noise(2, 8 * MB)))),
                nothing("WORKDIR /srv/app"),
                new Step(
                        "COPY package.json package-lock.json ./ # buildkit",
                        Optional.of(new TarArchive()
                                .file(
                                        "srv/app/package.json",
                                        bytes("{\"name\":\"web\",\"version\":\"2." + version + ".0\"}\n")))),
                new Step(
                        "RUN /bin/sh -c npm ci --omit=dev # buildkit",
                        Optional.of(new TarArchive()
                                .file(
                                        "srv/app/node_modules/lodash/package.json",
                                        bytes("{\"name\":\"lodash\",\"version\":\"" + lodash + "\"}"))
                                .file(
                                        "srv/app/node_modules/express/package.json",
                                        bytes("{\"name\":\"express\",\"version\":\"4.21.1\"}"))
                                .file("srv/app/node_modules/.cache/bundle.bin", noise(3 + lodash.hashCode(), 3 * MB)))),
                new Step(
                        "COPY dist/ ./dist/ # buildkit",
                        Optional.of(new TarArchive()
                                .file(
                                        "srv/app/dist/server.js",
                                        bytes("import express from 'express';\n\nexpress().listen(8080);\n"))
                                .file("srv/app/dist/assets.bin", noise(100 + version, MB + 17_000 * version)))),
                nothing("EXPOSE map[8080/tcp:{}]"),
                nothing("USER www-data"),
                nothing("CMD [\"node\" \"dist/server.js\"]"));
    }

    private void others() {
        List<Step> api =
                new ArrayList<>(webSteps("3.0.11-1~deb12u1", "4.17.11", 1).subList(0, 4));
        api.add(new Step(
                "COPY api.jar /srv/app/ # buildkit",
                Optional.of(new TarArchive().file("srv/app/api.jar", noise(200, 4 * MB)))));
        put(
                "shop/api",
                image("shop/api", api, "amd64", 2, "Orders and payments, for the web shop and the apps", "Ines Okafor"),
                "1.4.1",
                "latest");
        api.set(
                4,
                new Step(
                        "COPY api.jar /srv/app/ # buildkit",
                        Optional.of(new TarArchive().file("srv/app/api.jar", noise(201, 4 * MB)))));
        put(
                "shop/api",
                image(
                        "shop/api",
                        api,
                        "amd64",
                        30,
                        "Orders and payments, for the web shop and the apps",
                        "Ines Okafor"),
                "1.4.0");
        put(
                "shop/mailer",
                image("shop/mailer", api.subList(0, 3), "amd64", 90, "Sends what customers are waiting for", "Jun"),
                "0.9.2",
                "latest");
        put(
                "tools/build",
                image("tools/build", api.subList(0, 3), "amd64", 12, "What the pipeline builds with", "Ops"),
                "2026-11",
                "latest");
        put(
                "secret/plan",
                image("secret/plan", api.subList(0, 1), "amd64", 3, "What nobody is to see yet", "Ops"),
                "draft");
    }

    private void chart() {
        Repository charts = repository("shop/charts/web");
        byte[] archive = noise(300, 24_000);
        Descriptor config = blob(
                charts,
                "application/vnd.cncf.helm.config.v1+json",
                bytes("{\"name\":\"web\",\"version\":\"2.8.0\",\"apiVersion\":\"v2\"}"));
        Descriptor chart = blob(charts, "application/vnd.cncf.helm.chart.content.v1.tar+gzip", archive);
        put(
                "shop/charts/web",
                ImageManifest.of(config, List.of(chart))
                        .withAnnotations(
                                Map.of("org.opencontainers.image.description", "How the web shop is run in a cluster"))
                        .toManifest(),
                "2.8.0");
    }

    /** What says that it is an image, and has a configuration that is none. */
    private void broken() {
        Repository odd = repository("shop/odd");
        Descriptor config = blob(odd, MediaTypes.OCI_CONFIG, bytes("this is not JSON"));
        put("shop/odd", ImageManifest.of(config, List.of()).toManifest(), "broken");
        put("shop/odd", image("shop/odd", List.of(debian("3.0.13-1")), "amd64", 1, "Something odd", "Jun"), "good");
    }

    private void readme(String name) {
        Repository repository = repository(name);
        Descriptor subject = described(repository.manifests().get(Tag.parse("latest")));
        Descriptor config = blob(repository, "application/vnd.oci.empty.v1+json", bytes("{}"));
        Descriptor text = blob(repository, "text/markdown", bytes(README));
        Manifest readme = ImageManifest.of(config, List.of(text))
                .withArtifactType("text/markdown")
                .withSubject(subject)
                .toManifest();
        repository.manifests().put(readme);
    }

    private static final String README = """
            # Web shop

            The shop that customers see: **catalogue**, **basket** and **checkout**. It needs the
            [API](https://shop.example/api) and nothing else.

            ## Run it

            ```sh
            docker run -p 8080:8080 -e API=https://api.shop.example shop/web:latest
            ```

            | variable | meaning | default |
            | --- | --- | --- |
            | `API` | where orders go | required |
            | `PORT` | where it listens | `8080` |
            | `LOG_LEVEL` | `debug`, `info` or `warn` | `info` |

            * Versions are those of the [release notes](https://shop.example/releases).
            * `latest` is what runs in production.
            """;

    private static Step nothing(String made) {
        return new Step(made, Optional.empty());
    }

    private Manifest image(
            String name, List<Step> steps, String architecture, int days, String description, String author) {
        Repository repository = repository(name);
        Instant built = NOW.minus(Duration.ofDays(days));
        List<Descriptor> layers = new ArrayList<>();
        List<Digest> diffIds = new ArrayList<>();
        List<HistoryEntry> history = new ArrayList<>();
        for (Step step : steps) {
            history.add(new HistoryEntry(
                    Optional.of(built),
                    Optional.of(step.made()),
                    Optional.empty(),
                    Optional.of("buildkit.dockerfile.v0"),
                    step.layer().isEmpty()));
            step.layer().ifPresent(tar -> {
                byte[] bytes = tar.bytes();
                diffIds.add(Digest.sha256(bytes));
                byte[] packed = this.packed.computeIfAbsent(Digest.sha256(bytes), digest -> stored(bytes));
                layers.add(blob(repository, MediaTypes.OCI_LAYER_TAR_GZIP, packed));
            });
        }
        byte[] config = ImageConfig.of(Platform.of("linux", architecture))
                .withCreated(built)
                .withAuthor(author)
                .withExecution(new ExecutionConfig(
                        Optional.of("www-data"),
                        List.of("8080/tcp"),
                        List.of(
                                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                                "NODE_VERSION=22.11.0",
                                "NODE_ENV=production"),
                        List.of(),
                        List.of("node", "dist/server.js"),
                        List.of(),
                        Optional.of("/srv/app"),
                        Map.of(
                                "org.opencontainers.image.description", description,
                                "org.opencontainers.image.source", "https://git.example/shop/web",
                                "org.opencontainers.image.vendor", "Shop"),
                        Optional.of("SIGTERM")))
                .withLayers(diffIds, history)
                .toJson();
        return ImageManifest.of(blob(repository, MediaTypes.OCI_CONFIG, config), layers)
                .toManifest();
    }

    private void put(String name, Manifest manifest, String... tags) {
        Repository target = repository(name);
        for (String tag : tags) {
            target.manifests().put(manifest, Tag.parse(tag));
        }
    }

    private static Descriptor stored(Repository repository, Manifest manifest) {
        repository.manifests().put(manifest);
        return described(manifest);
    }

    private static Descriptor described(Manifest manifest) {
        return Descriptor.of(manifest.mediaType(), manifest.digest(), manifest.size());
    }

    private static Descriptor blob(Repository target, String mediaType, byte[] content) {
        Descriptor pushed = target.blobs().push(BlobSource.of(content));
        return Descriptor.of(mediaType, pushed.digest(), pushed.size());
    }

    private Repository repository(String name) {
        return registry.repository(RepositoryName.parse(name));
    }

    /** Noise cannot be compressed, and takes long to find that out. */
    private static byte[] stored(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 1_000);
        try (GZIPOutputStream gzip = new Stored(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static final class Stored extends GZIPOutputStream {
        private Stored(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.NO_COMPRESSION);
        }
    }

    /** What cannot be compressed. */
    private static byte[] noise(long seed, int size) {
        byte[] noise = new byte[size];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
