package dev.berth.registry.mirror;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.ServedRegistry;
import dev.berth.registry.engine.SettableClock;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A mirror over sockets: Berth's own server as the upstream registry, the mirror behind another server, and a client of that
 * one. Nothing but the clock decides what is fresh.
 */
final class Mirrored implements AutoCloseable {
    static final Tag LATEST = Tag.parse("latest");
    static final String APP = "team/app";

    final ServedRegistry upstream = new ServedRegistry();
    final SettableClock clock = new SettableClock();
    final Noted noted = new Noted();
    final ObjectStore store;
    final Registry local;
    final RemoteRegistry remote;
    final PullThrough mirror;
    private final RegistryServer server;
    final RemoteRegistry client;

    Mirrored() throws IOException {
        this(builder -> builder);
    }

    Mirrored(UnaryOperator<MirrorOptions.Builder> settings) throws IOException {
        this(MemoryObjectStore.create(), "", settings);
    }

    /** @param address of the upstream registry, or of what is in front of it; empty for the former */
    Mirrored(ObjectStore store, String address, UnaryOperator<MirrorOptions.Builder> settings) throws IOException {
        this.store = store;
        this.local = StorageRegistry.over(store);
        this.remote = RemoteRegistry.at(
                address.isEmpty() ? upstream.address() : address,
                RemoteOptions.builder().retry(RetryPolicy.none()).clock(clock).build());
        StaleWarnings warnings = new StaleWarnings();
        this.mirror = newMirror(builder -> settings.apply(builder).listener(warnings));
        this.server = RegistryServer.builder(mirror)
                .listen("127.0.0.1", 0)
                .filter(warnings)
                .build()
                .start();
        this.client = RemoteRegistry.at(
                "127.0.0.1:" + server.address().getPort(),
                RemoteOptions.builder().retry(RetryPolicy.none()).build());
    }

    /** Returns another node of the mirror. */
    PullThrough newMirror(UnaryOperator<MirrorOptions.Builder> settings) {
        MirrorOptions.Builder builder = MirrorOptions.builder()
                .clock(clock)
                .listener(noted)
                .rateLimit(() -> remote.rateLimit())
                .bringReferrers(false)
                .pause(duration -> {});
        return PullThrough.of(remote, local, store, settings.apply(builder).build());
    }

    int port() {
        return server.address().getPort();
    }

    Repository there() {
        return upstream.stored().repository(APP);
    }

    Repository here() {
        return mirror.repository(APP);
    }

    /** The same, over HTTP. */
    Repository served() {
        return client.repository(APP);
    }

    /** Pushes an image with one layer to the upstream registry. */
    Manifest image(long seed, Tag... tags) {
        return image(seed, List.of(Content.bytes(seed, 10_000)), tags);
    }

    Manifest image(long seed, List<byte[]> layers, Tag... tags) {
        Descriptor config = Content.blob(there(), ("{\"seed\":" + seed + "}").getBytes(StandardCharsets.UTF_8));
        List<Descriptor> ofLayers = layers.stream()
                .map(bytes -> Content.blob(there(), bytes))
                .map(layer -> layer.withMediaType(MediaTypes.OCI_LAYER_TAR_GZIP))
                .toList();
        Manifest manifest = ImageManifest.of(config.withMediaType(MediaTypes.OCI_CONFIG), ofLayers)
                .toManifest();
        there().manifests().put(manifest, tags);
        return manifest;
    }

    /** Pulls a whole image, by its digest, and returns its bytes. */
    static long pull(Repository repository, Manifest image) throws IOException {
        long bytes = repository.manifests().get(image.digest()).size();
        for (Descriptor blob : blobs(image)) {
            bytes += read(repository, blob.digest()).length;
        }
        return bytes;
    }

    static List<Descriptor> blobs(Manifest image) {
        return ManifestDocument.parse(image).references().stream()
                .filter(ManifestReference::isContent)
                .map(ManifestReference::descriptor)
                .toList();
    }

    static byte[] read(Repository repository, Digest blob) throws IOException {
        try (BlobContent content = repository.blobs().open(blob)) {
            return content.stream().readAllBytes();
        }
    }

    /** Makes the upstream registry answer everything with a status. */
    void upstreamAnswers(int status, String... headers) {
        upstream.filter((request, next) -> {
            RegistryResponse.Builder answer = RegistryResponse.builder(status);
            for (int i = 0; i < headers.length; i += 2) {
                answer.header(headers[i], headers[i + 1]);
            }
            return answer.build();
        });
    }

    void upstreamWorks() {
        upstream.filter((request, next) -> next.handle(request));
    }

    /** How often the upstream registry was asked by a method for a path with this text. */
    long asked(String method, String part) {
        return upstream.lines().stream()
                .filter(line -> line.startsWith(method + " ") && line.contains(part))
                .count();
    }

    /** Waits for all downloads to end. */
    static void await(Mirrored setup) throws InterruptedException {
        await(() -> setup.mirror.status().downloads() == 0);
    }

    /** Waits for what other threads do. */
    static void await(BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It has not happened in two minutes");
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
        mirror.close();
        remote.close();
        upstream.close();
        local.close();
    }
}
