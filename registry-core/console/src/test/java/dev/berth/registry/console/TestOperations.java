package dev.berth.registry.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.account.store.AccountChanges;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.account.store.StoredKeys;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.compose.ReadOnly;
import dev.berth.registry.console.operation.access.AccessPart;
import dev.berth.registry.console.operation.mirror.MirrorPart;
import dev.berth.registry.console.operation.webhook.WebhookPart;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.engine.CountingStore;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventFactory;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.internal.event.EventCodec;
import dev.berth.registry.internal.eventlog.DeadMessages;
import dev.berth.registry.internal.eventlog.QueuedMessage;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.mirror.PullThrough;
import dev.berth.registry.mirror.api.MirrorActivity;
import dev.berth.registry.mirror.api.MirrorApi;
import dev.berth.registry.mirror.api.ServedMirror;
import dev.berth.registry.mirror.replication.Replication;
import dev.berth.registry.mirror.replication.ReplicationRule;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.session.SessionOptions;
import dev.berth.registry.session.Sessions;
import dev.berth.registry.webhook.EventFilter;
import dev.berth.registry.webhook.SendResult;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.WebhookOptions;
import dev.berth.registry.webhook.WebhookSecret;
import dev.berth.registry.webhook.Webhooks;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A registry with access control, webhooks, mirrors and replication behind a real socket, and the pages that manage it.
 * {@code root} administers the registry, {@code carol} the organisation {@code acme}, {@code alice} is a writer there,
 * {@code bob} has no rights. Passwords are the names, twice. The configuration makes {@code library/**} public.
 */
public final class TestOperations implements AutoCloseable {
    public static final String ROOT = "root";
    public static final String CAROL = "carol";
    public static final String ALICE = "alice";
    public static final String BOB = "bob";
    public static final String NOBODY = "";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TOKEN = Pattern.compile("name=\"" + Forms.TOKEN + "\" value=\"([0-9A-Za-z_-]+)\"");

    /** What is asked of the store is counted. */
    public final CountingStore objects = new CountingStore(MemoryObjectStore.create());

    private final StorageRegistry registry = StorageRegistry.over(objects);
    private final StorageRegistry upstream = StorageRegistry.over(MemoryObjectStore.create());
    private final StorageRegistry closed = StorageRegistry.over(MemoryObjectStore.create());
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new HashMap<>();
    private final AccessControl access;
    private final RegistryServer server;
    private final Replication replication;

    public final AccountStore accounts;
    public final AccountChanges changes;
    public final StoredKeys keys = StoredKeys.over(objects);
    public final Webhooks webhooks;
    public final ServedMirror hub;
    public final ServedMirror ofAcme;
    public final Deque<Runnable> comparisons = new ArrayDeque<>();
    public volatile SendResult delivery = new SendResult.Delivered();

    private TestOperations(Duration cacheAge, Map<String, String> directory) throws IOException {
        this.accounts = AccountStore.over(
                objects,
                AccountStoreOptions.builder().passwordCost(4).cacheAge(cacheAge).build());
        this.changes = accounts.changesBy("test", AuditListener.none());
        this.webhooks = Webhooks.over(
                objects,
                WebhookOptions.builder((endpoint, message) -> delivery)
                        .endpoints(endpoint("site", "**").build())
                        .build());
        this.hub = mirror("hub.example");
        this.ofAcme = mirror("acme");
        this.replication = Replication.builder(registry, objects)
                .rule(ReplicationRule.builder("west").build(), upstream)
                .rule(ReplicationRule.builder("east").build(), ReadOnly.of(closed))
                .build();
        this.access = AccessControl.builder(registry)
                .store(accounts)
                .accounts(Accounts.ofPasswords(directory))
                .managedKeys(keys)
                .grants(Grants.of(new Grant(Grantee.everyone(), NamePattern.parse("library/**"), Role.READER)))
                .tokens("registry.test")
                .webhooks(webhooks)
                .mirrors(MirrorApi.builder()
                        .mirrors(List.of(ofAcme, hub))
                        .replication(List.of(replication), comparisons::add))
                .sessions(objects, SessionOptions.builder().path("/").build())
                .build();
        people();
        Visitors visitors = Visitors.of(access);
        ConsoleLists lists = ConsoleLists.over(registry, objects);
        Console console = Console.builder(visitors, lists)
                .management(access.routes())
                .part(new AccessPart())
                .part(new WebhookPart())
                .part(new MirrorPart())
                .build();
        this.server = access.server()
                .listen("127.0.0.1", 0)
                .route(console.path(), console)
                .route(ApiRoutes.PATH, console.api())
                .build()
                .start();
    }

    /** Starts one. */
    public static TestOperations start() throws IOException {
        return withDirectory(Map.of("unused", "unused"));
    }

    /** Starts one that does not read accounts again with each request. */
    public static TestOperations caching() throws IOException {
        return new TestOperations(Duration.ofSeconds(5), Map.of("unused", "unused"));
    }

    /** Starts one with people who log in and are kept elsewhere, such as in a directory. */
    public static TestOperations withDirectory(Map<String, String> passwords) throws IOException {
        return new TestOperations(Duration.ZERO, passwords);
    }

    private void people() {
        for (String name : List.of(ROOT, CAROL, ALICE, BOB)) {
            changes.addPerson(name, name + name);
        }
        grant(ROOT, "**", Role.ADMIN);
        changes.addOrganisation("acme");
        changes.addOrganisation("other");
        changes.setMember("acme", Grantee.user(CAROL), Role.ADMIN);
        changes.setMember("acme", Grantee.user(ALICE), Role.WRITER);
        changes.addTeam("acme/dev");
        changes.addTeamMember("acme/dev", Grantee.user(ALICE));
        changes.addTeam("ops");
        changes.addTeamMember("ops", Grantee.user(ROOT));
        changes.addRobot("acme", "ci", List.of(NamePattern.parse("acme/**")), Role.MAINTAINER, Optional.empty());
        changes.addPersonalToken(ALICE, "laptop", List.of(NamePattern.all()), Role.READER, Optional.empty());
        webhooks.put(endpoint("acme.deploy", "acme/**").build());
        webhooks.put(endpoint("other.deploy", "other/**").build());
    }

    /** Gives a role to a person. */
    public void grant(String user, String pattern, Role role) {
        changes.grant(new Grant(Grantee.user(user), NamePattern.parse(pattern), role));
    }

    /** Pushes an image, as the owner of the process. */
    public void push(String repository, String tag) {
        new SampleImages(5).image(registry.repository(repository), List.of(100), Tag.parse(tag));
    }

    /** Returns a webhook with secrets that no page shows. */
    public static WebhookEndpoint.Builder endpoint(String name, String... repositories) {
        return WebhookEndpoint.builder(name, URI.create("https://hooks.example/very-secret-path"))
                .filter(EventFilter.builder().repositories(repositories).build())
                .headers(Map.of("Authorization", "Bearer very-secret-value"))
                .secrets(WebhookSecret.generate());
    }

    /** Returns a webhook as it is now. */
    public WebhookEndpoint endpointNow(String name) {
        return webhooks.endpoints().stream()
                .filter(endpoint -> endpoint.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Gives a message of a webhook up. */
    public String deadLetter(String endpoint, String repository, String reason) throws IOException {
        RegistryEvent event = EventFactory.of(Instant::now)
                .event(EventType.TAG_DELETED, RepositoryName.parse(repository))
                .build();
        return deadLetter(endpoint, List.of(event), reason);
    }

    /** Gives a message of a webhook up. */
    public String deadLetter(String endpoint, List<RegistryEvent> events, String reason) throws IOException {
        RegistryEvent first = events.get(0);
        new DeadMessages(objects, endpoint, Instant::now)
                .add(
                        new QueuedMessage(
                                first.id().value(),
                                first.repository().value(),
                                Instant.now(),
                                EventCodec.encode(events)),
                        reason,
                        7,
                        Instant.now());
        var letters = webhooks.deadLetters().list(endpoint, Optional.empty(), 1000);
        return letters.get(letters.size() - 1).id();
    }

    /** Returns an event in which somebody has said this of everything that a client says something of. */
    public static List<RegistryEvent> eventOf(String text) {
        EventContext context = EventContext.builder()
                .actor(text)
                .requestId(text)
                .host(text)
                .userAgent(text)
                .build();
        return List.of(EventFactory.of(Instant::now)
                .event(EventType.TAG_DELETED, RepositoryName.parse("acme/app"))
                .context(context)
                .build());
    }

    private ServedMirror mirror(String name) {
        MirrorActivity activity = new MirrorActivity();
        PullThrough mirror = PullThrough.of(
                upstream,
                registry,
                objects,
                MirrorOptions.builder()
                        .name(name)
                        .prefix(RepositoryName.parse(name))
                        .budget(1_000_000)
                        .listener(activity)
                        .build());
        return new ServedMirror(mirror, "https://upstream." + name, List.of(name), false, activity);
    }

    /** Returns the address of the server. */
    public URI address() {
        return server.uri();
    }

    /** Returns the cookie of the session of somebody, who signs in the first time. */
    public String cookie(String who) {
        return cookies.computeIfAbsent(who, name -> signIn(name, "Test"));
    }

    /** Signs somebody in with a browser that calls itself so, and returns the cookie of the session. */
    public String signIn(String who, String browser) {
        String set = sessions()
                .signIn(
                        who,
                        who + who,
                        RegistryRequest.builder("POST", "/")
                                .header("User-Agent", browser)
                                .build())
                .cookie();
        return set.substring(0, set.indexOf(';'));
    }

    /** Returns the sessions of browsers. */
    public Sessions sessions() {
        return access.sessions().orElseThrow();
    }

    /** Gets a page. */
    public HttpResponse<String> get(String who, String pathAndQuery) throws IOException, InterruptedException {
        return send(who, HttpRequest.newBuilder(server.uri().resolve(pathAndQuery)));
    }

    /** Sends a form, as a browser does that has got it from the page of the same address. */
    public HttpResponse<String> post(String who, String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(fields);
        all.put(Forms.TOKEN, formToken(who));
        return postWithout(who, path, all);
    }

    /** Sends a form as it is, without what vouches for the page. */
    public HttpResponse<String> postWithout(String who, String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        return send(
                who,
                HttpRequest.newBuilder(server.uri().resolve(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(encoded(fields))));
    }

    private HttpResponse<String> send(String who, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        if (!who.isEmpty()) {
            request.header("Cookie", cookie(who));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Returns what the forms of somebody have. */
    public String formToken(String who) {
        return who.isEmpty()
                ? "none"
                : sessions()
                        .find(RegistryRequest.builder("GET", "/")
                                .header("Cookie", cookie(who))
                                .build())
                        .orElseThrow()
                        .formToken();
    }

    /** Changes something by the JSON API, as a script of a page does. */
    public HttpResponse<String> change(String who, String method, String path, String body)
            throws IOException, InterruptedException {
        return send(
                who,
                HttpRequest.newBuilder(server.uri().resolve(path))
                        .header("Content-Type", "application/json")
                        .header(Sessions.FORM_FIELD, formToken(who))
                        .method(method.toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Returns the management APIs by their paths. */
    public Map<String, RegistryHandler> routes() {
        return access.routes();
    }

    /** Lets replication find differences, and fail: one of the other registries takes nothing. */
    public void replicate(Manifest image, Manifest another) {
        registry.repository("acme/app").manifests().put(image, Tag.parse("1.0"));
        registry.repository("acme/web").manifests().put(image, Tag.parse("1.0"));
        closed.repository("acme/app").manifests().put(another, Tag.parse("1.0"));
        replication.run();
    }

    /** Asks the JSON API. */
    public JsonNode api(String who, String path) throws IOException, InterruptedException {
        return JSON.readTree(get(who, "/api/v1/" + path).body());
    }

    /** Returns a query, or a form, with these fields. */
    public static String encoded(Map<String, String> fields) {
        Function<String, String> escape = text -> URLEncoder.encode(text, StandardCharsets.UTF_8);
        return fields.entrySet().stream()
                .map(field -> escape.apply(field.getKey()) + "=" + escape.apply(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Returns what the form of a page has to vouch for it. */
    public static String tokenIn(String page) {
        Matcher matcher = TOKEN.matcher(page);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** Does not go on after the pages are served. */
    @Override
    public void close() {
        server.close();
        webhooks.close();
        hub.mirror().close();
        ofAcme.mirror().close();
        accounts.close();
        registry.close();
        upstream.close();
        closed.close();
    }
}
