package dev.berth.registry.testing;

import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.HeaderFields;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ServerFilter;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a {@link TestRegistry} was asked over HTTP, and what it answered, faults included; calls of the Java interface do
 * not pass here. A request is in it before it is answered, so a client that has its answer finds it here. Thread-safe.
 *
 * <p>It holds the last {@value #MOST_ENTRIES} requests. What is not a well-formed HTTP request is refused by the server
 * before it comes here.
 */
public final class Journal {
    /** How many requests are kept. */
    public static final int MOST_ENTRIES = 10_000;

    /** Stands instead of secrets. */
    public static final String HIDDEN = "(hidden)";

    private static final Set<String> SECRET =
            Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-registry-auth");

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Exchange> exchanges = new ArrayDeque<>();
    private long forgotten;

    Journal(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns the requests in the order in which they came. */
    public List<JournalEntry> entries() {
        lock.lock();
        try {
            return exchanges.stream().map(Exchange::entry).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the requests of this method to these paths, in the order in which they came.
     *
     * @param path a path, where {@code *} stands for any text without a slash and {@code **} for any text
     */
    public List<JournalEntry> entries(HttpMethod method, String path) {
        PathPattern pattern = PathPattern.of(path);
        return entries().stream()
                .filter(e -> e.method().equals(method.name()) && pattern.matches(e.path()))
                .toList();
    }

    /** Forgets what has been so far. */
    public void clear() {
        lock.lock();
        try {
            exchanges.clear();
            forgotten = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many requests are no longer here because there were too many. */
    public long forgotten() {
        lock.lock();
        try {
            return forgotten;
        } finally {
            lock.unlock();
        }
    }

    /** Returns what writes the journal. */
    ServerFilter filter() {
        return this::filter;
    }

    private RegistryResponse filter(RegistryRequest request, RegistryHandler next) throws IOException {
        Exchange exchange = new Exchange(request, clock.instant(), withoutSecrets(request.headers()));
        add(exchange);
        RegistryResponse response;
        try {
            response = next.handle(exchange.watched(request));
        } catch (IOException | RuntimeException e) {
            exchange.cut();
            throw e;
        }
        exchange.answered(
                response.status(),
                withoutSecrets(response.headers()),
                request.caller().name());
        return response.withBody(exchange.watched(response.body()));
    }

    private void add(Exchange exchange) {
        lock.lock();
        try {
            exchanges.add(exchange);
            if (exchanges.size() > MOST_ENTRIES) {
                exchanges.remove();
                forgotten++;
            }
        } finally {
            lock.unlock();
        }
    }

    /** What a secret is for is not secret: the scheme stays. */
    private static HeaderFields withoutSecrets(HeaderFields headers) {
        HeaderFields.Builder shown = HeaderFields.builder();
        headers.forEach((name, value) -> shown.add(name, isSecret(name) ? hidden(name, value) : value));
        return shown.build();
    }

    private static boolean isSecret(String name) {
        return SECRET.contains(name.toLowerCase(Locale.ROOT));
    }

    private static String hidden(String name, String value) {
        int space = value.indexOf(' ');
        return name.equalsIgnoreCase(WireHeaders.AUTHORIZATION) && space > 0
                ? value.substring(0, space) + " " + HIDDEN
                : HIDDEN;
    }

    /** Prints one request per line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        entries().forEach(entry -> text.append(entry).append('\n'));
        return text.toString();
    }
}
