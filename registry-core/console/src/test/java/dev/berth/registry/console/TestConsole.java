package dev.berth.registry.console;

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
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Authorized;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.compose.EventQueue;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.manifest.ExecutionConfig;
import dev.berth.registry.manifest.HistoryEntry;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.pulls.PullOptions;
import dev.berth.registry.pulls.PullStatistics;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A registry with its console behind a real socket. What is pushed is in the lists at once. */
public final class TestConsole implements AutoCloseable {
    private final ObjectStore store;
    private final ConsoleLists lists;
    private final HostedRegistry hosted;
    private final RegistryServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    TestConsole(AccessPolicy policy, Predicate<Caller> administrators, UnaryOperator<Console.Builder> options)
            throws IOException {
        this(MemoryObjectStore.create(), policy, administrators, options);
    }

    private TestConsole(
            ObjectStore store,
            AccessPolicy policy,
            Predicate<Caller> administrators,
            UnaryOperator<Console.Builder> options)
            throws IOException {
        this.store = store;
        this.lists = ConsoleLists.over(StorageRegistry.over(store), store);
        this.hosted = HostedRegistry.builder(store)
                .events(EventQueue.of(lists, Runnable::run))
                .build();
        var views = Authorized.resolver(hosted.views(), policy, AuditListener.none());
        Visitors visitors = Visitors.of(views, policy, (request, access) -> Caller.anonymous(), administrators);
        Console console = options.apply(Console.builder(visitors, lists)).build();
        this.server = RegistryServer.builder(views)
                .listen("127.0.0.1", 0)
                .route(console.path(), console)
                .route(ApiRoutes.PATH, console.api())
                .route(SearchRoutes.PATH, console.search())
                .build()
                .start();
    }

    /** Starts one that everybody may see all of. */
    public static TestConsole open() throws IOException {
        return of((caller, action, repository) -> true);
    }

    /** Starts one of what a store has, in which everybody is an administrator. */
    public static TestConsole over(ObjectStore store) throws IOException {
        return new TestConsole(
                store, (caller, action, repository) -> true, administrator -> true, UnaryOperator.identity());
    }

    /** Starts one behind a policy. */
    public static TestConsole of(AccessPolicy policy) throws IOException {
        return of(policy, UnaryOperator.identity());
    }

    /** Starts one behind a policy, with options. */
    public static TestConsole of(AccessPolicy policy, UnaryOperator<Console.Builder> options) throws IOException {
        return new TestConsole(policy, administrator -> false, options);
    }

    /** Starts one in which everybody is an administrator. */
    public static TestConsole ofAdministrators() throws IOException {
        return new TestConsole(
                MemoryObjectStore.create(),
                (caller, action, repository) -> true,
                administrator -> true,
                UnaryOperator.identity());
    }

    /** Starts one whose pages are at a path, and for browsers at another one. */
    public static TestConsole at(String path, String publicPath) throws IOException {
        return of(
                (caller, action, repository) -> true,
                console -> console.mountedAt(path).publishedAt(publicPath));
    }

    /** Returns the registry, as the owner of the process has it. */
    public Registry registry() {
        return hosted.registry("test");
    }

    /** Returns the store of the registry. */
    public ObjectStore store() {
        return store;
    }

    /** Returns what the pages show. */
    public ConsoleLists lists() {
        return lists;
    }

    /** Counts pulls by a tag at a time, as another node that has written them. */
    public void pulled(String repository, Manifest manifest, String tag, int times, Instant when) {
        PullStatistics node = PullStatistics.over(
                store, PullOptions.builder().clock(() -> when).build());
        for (int i = 0; i < times; i++) {
            node.pulled(RepositoryName.parse(repository), manifest.digest(), Optional.of(Tag.parse(tag)));
        }
        node.flush();
    }

    /** Returns the address of the server. */
    public URI address() {
        return server.uri();
    }

    /** Gets a page, after the lists were brought up to date. */
    public HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
        lists.refresh();
        return client.send(
                HttpRequest.newBuilder(server.uri().resolve(pathAndQuery)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Pushes an image whose texts are all the same one. */
    public Manifest push(String repository, String tag, String text) {
        return push(
                repository,
                tag,
                Map.of("org.opencontainers.image.description", text, text, text),
                Map.of("org.opencontainers.image.title", text, text, text),
                List.of(text, "#(nop) CMD " + text),
                1_000);
    }

    /** Pushes an image. */
    public Manifest push(
            String repository,
            String tag,
            Map<String, String> labels,
            Map<String, String> annotations,
            List<String> steps,
            int layerSize) {
        var target = registry().repository(RepositoryName.parse(repository));
        List<Descriptor> layers = new ArrayList<>();
        List<Digest> diffIds = new ArrayList<>();
        List<HistoryEntry> history = new ArrayList<>();
        int number = 0;
        for (String step : steps) {
            byte[] layer = new byte[layerSize * ++number];
            new Random(repository.hashCode() + number).nextBytes(layer);
            layers.add(blob(target, MediaTypes.OCI_LAYER_TAR, layer));
            diffIds.add(Digest.sha256(layer));
            history.add(HistoryEntry.of(step));
        }
        history.add(HistoryEntry.ofEmptyLayer("ENV NUMBER=" + tag));
        byte[] config = ImageConfig.of(Platform.of("linux", "amd64"))
                .withCreated(Instant.parse("2026-11-01T10:00:00Z"))
                .withAuthor(annotations.getOrDefault("org.opencontainers.image.title", "Somebody"))
                .withExecution(new ExecutionConfig(
                        Optional.empty(),
                        List.of(),
                        List.of("NUMBER=" + tag, "TEXT=" + steps),
                        List.of("/bin/app"),
                        List.of("--serve"),
                        List.of(),
                        Optional.of("/app"),
                        labels,
                        Optional.empty()))
                .withLayers(diffIds, history)
                .toJson();
        Descriptor described = blob(target, MediaTypes.OCI_CONFIG, config);
        Manifest manifest =
                ImageManifest.of(described, layers).withAnnotations(annotations).toManifest();
        target.manifests().put(manifest, Tag.parse(tag));
        return manifest;
    }

    private static Descriptor blob(Repository target, String mediaType, byte[] content) {
        Descriptor pushed = target.blobs().push(BlobSource.of(content));
        return Descriptor.of(mediaType, pushed.digest(), pushed.size());
    }

    @Override
    public void close() {
        server.close();
        hosted.close();
    }
}
