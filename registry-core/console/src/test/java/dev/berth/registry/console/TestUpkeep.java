package dev.berth.registry.console;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.AccountChanges;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.store.AuditStore;
import dev.berth.registry.compose.EventQueue;
import dev.berth.registry.console.operation.upkeep.UpkeepPart;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.engine.CountingStore;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.host.CollectionSchedule;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.host.HostedRegistryBuilder;
import dev.berth.registry.host.ScrubSchedule;
import dev.berth.registry.maintenance.api.MaintenanceApi;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.session.SessionOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A registry with all of its upkeep behind a real socket, and the pages that show it. {@code root} administers all of it,
 * {@code mia} maintains {@code team/**}, {@code rob} reads it. Passwords are the names, twice.
 */
public final class TestUpkeep implements AutoCloseable {
    public static final String ROOT = "root";
    public static final String MAINTAINER = "mia";
    public static final String READER = "rob";
    public static final String NOBODY = "";

    /** What is asked of the store is counted. */
    public final CountingStore store = new CountingStore(MemoryObjectStore.create());

    public final List<AuditEvent> audited = new CopyOnWriteArrayList<>();
    public final List<RegistryEvent> events = new CopyOnWriteArrayList<>();
    public final AuditStore audit = AuditStore.over(store);
    public final HostedRegistry hosted;
    private final ConsoleLists lists;
    private final AccountStore accounts = AccountStore.over(
            store,
            AccountStoreOptions.builder()
                    .passwordCost(4)
                    .cacheAge(Duration.ZERO)
                    .build());
    private final AccessControl access;
    private final RegistryServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new HashMap<>();

    private TestUpkeep(StorageOptions engine, UnaryOperator<HostedRegistryBuilder> settings) throws IOException {
        this.lists = ConsoleLists.over(StorageRegistry.over(store, engine), store);
        this.hosted = settings.apply(HostedRegistry.builder(store)
                        .engine(engine)
                        .audit(audited::add)
                        .auditStore(audit)
                        .events(EventQueue.of(lists, Runnable::run))
                        .events(events::addAll))
                .build();
        AccountChanges changes = accounts.changesBy("test", AuditListener.none());
        for (String name : List.of(ROOT, MAINTAINER, READER)) {
            changes.addPerson(name, name + name);
        }
        changes.grant(new Grant(Grantee.user(ROOT), NamePattern.all(), Role.ADMIN));
        changes.grant(new Grant(Grantee.user(MAINTAINER), NamePattern.parse("team/**"), Role.MAINTAINER));
        changes.grant(new Grant(Grantee.user(READER), NamePattern.parse("team/**"), Role.READER));
        this.access = AccessControl.builder(hosted.views())
                .store(accounts)
                .tokens("registry.test")
                .maintenance(MaintenanceApi.builder(hosted))
                .sessions(store, SessionOptions.builder().path("/").build())
                .build();
        Visitors visitors = Visitors.of(access);
        Console console = Console.builder(visitors, lists)
                .management(access.routes())
                .part(new UpkeepPart())
                .build();
        this.server = access.server()
                .listen("127.0.0.1", 0)
                .route(console.path(), console)
                .route(ApiRoutes.PATH, console.api())
                .build()
                .start();
    }

    /** Starts one with everything on. */
    public static TestUpkeep start() throws IOException {
        return with(builder -> builder.collection(CollectionSchedule.defaults())
                .scrub(ScrubSchedule.defaults())
                .countStorage());
    }

    /** Starts one with these settings. */
    public static TestUpkeep with(UnaryOperator<HostedRegistryBuilder> settings) throws IOException {
        return new TestUpkeep(StorageOptions.defaults(), settings);
    }

    /** Starts one whose engine has these options. */
    public static TestUpkeep over(StorageOptions engine) throws IOException {
        return new TestUpkeep(engine, UnaryOperator.identity());
    }

    public Registry registry() {
        return hosted.registry("test");
    }

    public URI address() {
        return server.uri();
    }

    /** Pushes an image with a layer of its own. */
    public Manifest push(String repository, byte[] layer, String... tags) {
        Repository target = registry().repository(repository);
        Descriptor pushed = blob(target, MediaTypes.OCI_LAYER_TAR, layer);
        Descriptor config = blob(
                target,
                MediaTypes.OCI_CONFIG,
                ImageConfig.of(Platform.of("linux", "amd64"))
                        .withLayers(List.of(pushed.digest()), List.of())
                        .toJson());
        Manifest manifest = ImageManifest.of(config, List.of(pushed)).toManifest();
        target.manifests().put(manifest, List.of(tags).stream().map(Tag::parse).toArray(Tag[]::new));
        return manifest;
    }

    private static Descriptor blob(Repository target, String mediaType, byte[] content) {
        Descriptor pushed = target.blobs().push(BlobSource.of(content));
        return Descriptor.of(mediaType, pushed.digest(), pushed.size());
    }

    /** Gets a page, after lists and audit were brought up to date. */
    public HttpResponse<String> get(String who, String pathAndQuery) throws IOException, InterruptedException {
        lists.refresh();
        audit.flush();
        return send(who, HttpRequest.newBuilder(server.uri().resolve(pathAndQuery)));
    }

    /** Sends a form, as a browser does that has got it from a page. */
    public HttpResponse<String> post(String who, String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(fields);
        all.put(Forms.TOKEN, formToken(who));
        return postWithout(who, path, all);
    }

    /** Sends a form as it is, without what vouches for the page. */
    public HttpResponse<String> postWithout(String who, String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        String body = fields.entrySet().stream()
                .map(field -> escaped(field.getKey()) + "=" + escaped(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(
                who,
                HttpRequest.newBuilder(server.uri().resolve(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Changes something by the JSON API, as a script of a page does. */
    public HttpResponse<String> change(String who, String path, String json) throws IOException, InterruptedException {
        return send(
                who,
                HttpRequest.newBuilder(server.uri().resolve(path))
                        .header("Content-Type", "application/json")
                        .header("X-Berth-Form", formToken(who))
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(String who, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        if (!who.isEmpty()) {
            request.header("Cookie", cookie(who));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Returns the cookie of the session of somebody, who signs in the first time. */
    public String cookie(String who) {
        return cookies.computeIfAbsent(who, name -> {
            String set = access.sessions()
                    .orElseThrow()
                    .signIn(
                            name,
                            name + name,
                            RegistryRequest.builder("POST", "/").build())
                    .cookie();
            return set.substring(0, set.indexOf(';'));
        });
    }

    private String formToken(String who) {
        return who.isEmpty()
                ? "none"
                : access.sessions()
                        .orElseThrow()
                        .find(RegistryRequest.builder("GET", "/")
                                .header("Cookie", cookie(who))
                                .build())
                        .orElseThrow()
                        .formToken();
    }

    @Override
    public void close() {
        server.close();
        hosted.close();
        accounts.close();
        store.close();
    }
}
