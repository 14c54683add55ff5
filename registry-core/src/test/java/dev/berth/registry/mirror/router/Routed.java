package dev.berth.registry.mirror.router;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.ServedRegistry;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.mirror.MirrorListener;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.mirror.PullThrough;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One address for two registries and what is pushed here, over sockets: the server asks two other servers, and is asked by a
 * client and with plain HTTP.
 */
final class Routed implements AutoCloseable {
    static final Tag LATEST = Tag.parse("latest");
    static final RepositoryName HUB = RepositoryName.parse("hub.example");
    static final RepositoryName OTHER = RepositoryName.parse("other.example-5000");

    final ServedRegistry hub = new ServedRegistry();
    final ServedRegistry other = new ServedRegistry();
    final List<RepositoryName> refused = new CopyOnWriteArrayList<>();
    final Registry local;
    final MirrorRouter router;
    final RemoteRegistry client;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<AutoCloseable> parts = new CopyOnWriteArrayList<>();
    private final RegistryServer server;

    Routed() throws IOException {
        this(builder -> builder.byDefault(HUB), List.of(), RegistryServer::builder);
    }

    /** @param allowed what may be mirrored of the first registry; everything if it is empty */
    Routed(
            UnaryOperator<MirrorRouter.Builder> routes,
            List<NamePattern> allowed,
            Function<Registry, RegistryServer.Builder> serverOf)
            throws IOException {
        ObjectStore store = MemoryObjectStore.create();
        local = StorageRegistry.over(store);
        router = routes.apply(MirrorRouter.over(local)
                        .route(mirror(store, hub, HUB, allowed))
                        .route(mirror(store, other, OTHER, List.of())))
                .build();
        NamespaceFilter namespaces = NamespaceFilter.of(Map.of("hub.example", HUB, "Other.example:5000", OTHER))
                .andHere(List.of("here.example"));
        server = serverOf.apply(router)
                .listen("127.0.0.1", 0)
                .filter(namespaces)
                .build()
                .start();
        client = remote("127.0.0.1:" + server.address().getPort());
    }

    private PullThrough mirror(ObjectStore store, ServedRegistry of, RepositoryName prefix, List<NamePattern> allowed) {
        PullThrough mirror = PullThrough.of(
                remote(of.address()),
                local,
                store,
                MirrorOptions.builder()
                        .name(prefix.value())
                        .prefix(prefix)
                        .allow(allowed)
                        .fresh(Duration.ZERO)
                        .missingFor(Duration.ZERO)
                        .pauseAfterFailure(Duration.ZERO)
                        .bringReferrers(false)
                        .listener(new MirrorListener() {
                            @Override
                            public void refused(RepositoryName repository) {
                                refused.add(repository);
                            }
                        })
                        .build());
        parts.add(mirror);
        return mirror;
    }

    private RemoteRegistry remote(String address) {
        RemoteRegistry remote = RemoteRegistry.at(
                address, RemoteOptions.builder().retry(RetryPolicy.none()).build());
        parts.add(remote);
        return remote;
    }

    /** Pushes an image into a registry as it is there. */
    static Manifest image(Registry registry, String name, long seed, Tag... tags) {
        Repository repository = registry.repository(name);
        Manifest image = Content.image(repository, seed);
        repository.manifests().put(image, tags);
        return image;
    }

    static Digest layer(Manifest image) {
        return ManifestDocument.parse(image).references().get(1).digest();
    }

    /** Pulls an image with its blobs by a tag. */
    static Manifest pull(Repository repository, Tag tag) throws IOException {
        Manifest image = repository.manifests().get(tag);
        for (ManifestReference blob : ManifestDocument.parse(image).references()) {
            try (BlobContent content = repository.blobs().open(blob.digest())) {
                content.stream().readAllBytes();
            }
        }
        return image;
    }

    /** Makes a registry answer everything with a status. */
    static void answers(ServedRegistry registry, int status) {
        registry.filter((request, next) -> RegistryResponse.builder(status).build());
    }

    String address() {
        return "http://127.0.0.1:" + server.address().getPort();
    }

    HttpResponse<String> get(String target, String... headers) throws IOException, InterruptedException {
        return send("GET", target, headers);
    }

    HttpResponse<String> send(String method, String target, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + target))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Accept", MediaTypes.OCI_MANIFEST);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws Exception {
        server.close();
        for (AutoCloseable part : parts) {
            part.close();
        }
        hub.close();
        other.close();
        local.close();
    }
}
