package dev.berth.registry.webhook.api;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Grants;
import dev.berth.registry.account.api.ManagedRegistry;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.event.EventFactory;
import dev.berth.registry.event.EventType;
import dev.berth.registry.internal.event.EventCodec;
import dev.berth.registry.internal.eventlog.DeadMessages;
import dev.berth.registry.internal.eventlog.QueuedMessage;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.webhook.EventFilter;
import dev.berth.registry.webhook.SendResult;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.WebhookOptions;
import dev.berth.registry.webhook.WebhookSecret;
import dev.berth.registry.webhook.Webhooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Webhooks and their API, with the people of {@link ManagedRegistry}. The configuration has {@code site}, of all
 * repositories, and {@code acme-ci}, of those of {@code acme}; the API has {@code acme.deploy}, {@code other.deploy},
 * {@code mixed} of both, and {@code all}. Each of them has a dead letter.
 */
final class WebhookWorld {
    static final String ROOT = ManagedRegistry.as("root");
    static final String CAROL = ManagedRegistry.as("carol");
    static final String BOB = ManagedRegistry.as("bob");

    /** What no answer shows: parts of URLs, values of header fields, and secrets. */
    static final String SECRET_PATH = "very-secret-path";

    static final String SECRET_HEADER = "Bearer very-secret-value";
    static final WebhookSecret SECRET = WebhookSecret.generate();

    final ManagedRegistry people;
    final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    final List<String> sent = new CopyOnWriteArrayList<>();
    volatile SendResult result = new SendResult.Delivered();
    private volatile Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private int inPattern = 20;
    private int inAll = 200;
    private ObjectStore objects = MemoryObjectStore.create();
    Webhooks webhooks = Webhooks.over(objects, options());
    WebhookApi api;

    WebhookWorld() {
        this(new ManagedRegistry());
    }

    WebhookWorld(ManagedRegistry people) {
        this.people = people;
        this.api = newApi();
        reset();
    }

    private WebhookOptions options() {
        return WebhookOptions.builder((endpoint, message) -> {
                    sent.add(endpoint.name());
                    return result;
                })
                .endpoints(endpoint("site", "**"), endpoint("acme-ci", "acme/**"))
                .clock(() -> now)
                .build();
    }

    /** Makes everything new but the people. */
    void reset() {
        objects = MemoryObjectStore.create();
        webhooks = Webhooks.over(objects, options());
        webhooks.put(endpoint("acme.deploy", "acme/**"));
        webhooks.put(endpoint("other.deploy", "other/**"));
        webhooks.put(endpoint("mixed", "acme/app", "other/app"));
        webhooks.put(endpoint("all", "**"));
        webhooks.endpoints()
                .forEach(endpoint -> addDeadLetter(
                        endpoint.name(),
                        endpoint.filter()
                                        .repositories()
                                        .patterns()
                                        .get(0)
                                        .toString()
                                        .startsWith("other")
                                ? "other/app"
                                : "acme/app"));
        sent.clear();
        events.clear();
        api = newApi();
    }

    void limit(int newInPattern, int newInAll) {
        inPattern = newInPattern;
        inAll = newInAll;
        api = newApi();
    }

    private WebhookApi newApi() {
        return WebhookApi.builder(webhooks, people.logins)
                .store(people.accounts)
                .configured(Grants::of)
                .tokens(people.tokens.authenticator())
                .listener(events::add)
                .limits(inPattern, inAll)
                .clock(() -> now)
                .build();
    }

    void advance(int seconds) {
        now = now.plusSeconds(seconds);
    }

    static WebhookEndpoint endpoint(String name, String... repositories) {
        return WebhookEndpoint.builder(name, URI.create("https://hooks.example/" + SECRET_PATH + "?key=" + SECRET_PATH))
                .filter(EventFilter.builder().repositories(repositories).build())
                .headers(Map.of("Authorization", SECRET_HEADER))
                .secrets(SECRET)
                .build();
    }

    WebhookEndpoint endpointNow(String name) {
        return webhooks.endpoints().stream()
                .filter(endpoint -> endpoint.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    void addDeadLetter(String endpoint, String repository) {
        now = now.plusMillis(1);
        var event = EventFactory.of(() -> now)
                .event(EventType.TAG_DELETED, RepositoryName.parse(repository))
                .build();
        try {
            new DeadMessages(objects, endpoint, () -> now)
                    .add(
                            new QueuedMessage(event.id().value(), repository, now, EventCodec.encode(List.of(event))),
                            "The receiver answered 503",
                            7,
                            now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ManagedRegistry.Reply get(String authorization, String path) {
        return call(authorization, "GET", path, "");
    }

    ManagedRegistry.Reply call(String authorization, String method, String path, String body) {
        Map<String, String> headers = new TreeMap<>();
        if (!authorization.isEmpty()) {
            headers.put("Authorization", authorization);
        }
        if (!body.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        return ManagedRegistry.send(api, method, WebhookApi.PATH + path, headers, body.replace('\'', '"'));
    }

    String letter(String endpoint) {
        return get(ROOT, "dead-letters?name=" + endpoint)
                .content()
                .path("deadLetters")
                .path(0)
                .path("id")
                .asText();
    }
}
