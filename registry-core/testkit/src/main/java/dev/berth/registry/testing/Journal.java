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
 * The HTTP requests to a {@link TestRegistry} and its responses, including those of faults; calls of the Java interface
 * are not recorded. A request is recorded before it is answered: a client that has its response finds the entry here.
 * Thread-safe.
 *
 * <p>The journal holds the last {@value #MOST_ENTRIES} requests, and the bodies of requests of the API that are not larger
 * than {@value #MOST_BODY_BYTES} bytes, as manifests and small blobs are; if all bodies together are larger than
 * {@value #MOST_BYTES} bytes, the oldest are dropped. What is not a well-formed HTTP request is refused by the server and
 * not recorded.
 *
 * @since 0.1
 */
public final class Journal {
    /** The number of requests that are kept. */
    public static final int MOST_ENTRIES = 10_000;

    /** The size in bytes of the largest body that is kept. */
    public static final int MOST_BODY_BYTES = 64 * 1024;

    /** How many bytes of bodies are kept altogether. */
    public static final int MOST_BYTES = 8 * 1024 * 1024;

    /** Replaces secrets. */
    public static final String HIDDEN = "(hidden)";

    private static final Set<String> SECRET =
            Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-registry-auth");

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Exchange> exchanges = new ArrayDeque<>();
    /** In the order in which they were complete. */
    private final Deque<Exchange> withBodies = new ArrayDeque<>();

    private long heldBytes;
    private long forgotten;

    Journal(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns the requests in the order in which they came. */
    public List<JournalEntry> entries() {
        lock.lock();
        try {
            return exchanges.stream().map(JournalEntry::new).toList();
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

    /** Removes all entries. */
    public void clear() {
        lock.lock();
        try {
            exchanges.clear();
            withBodies.clear();
            heldBytes = 0;
            forgotten = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many entries were removed because there were too many. */
    public long forgotten() {
        lock.lock();
        try {
            return forgotten;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the filter that records exchanges around these faults, as the client sees them. */
    ServerFilter filter(Faults faults) {
        return (request, next) -> record(request, next, faults);
    }

    private RegistryResponse record(RegistryRequest request, RegistryHandler next, Faults faults) throws IOException {
        Exchange exchange =
                new Exchange(request, clock.instant(), withoutSecrets(request.headers()), isOfTheApi(request));
        add(exchange);
        RegistryResponse response;
        try {
            response = faults.filter(exchange.recorded(request), next, exchange.faults::add);
        } catch (IOException | RuntimeException e) {
            exchange.cut();
            throw e;
        } finally {
            limitBodies(exchange);
        }
        exchange.answered(
                response.status(),
                withoutSecrets(response.headers()),
                request.caller().name());
        return response.withBody(exchange.recorded(response.body()));
    }

    /** The bodies of other requests, such as those for tokens, contain passwords. */
    private static boolean isOfTheApi(RegistryRequest request) {
        return request.path().startsWith("/v2/");
    }

    private void limitBodies(Exchange exchange) {
        if (exchange.held() == 0) {
            return;
        }
        lock.lock();
        try {
            withBodies.add(exchange);
            heldBytes += exchange.held();
            while (heldBytes > MOST_BYTES) {
                Exchange oldest = withBodies.remove();
                heldBytes -= oldest.held();
                oldest.dropBody();
            }
        } finally {
            lock.unlock();
        }
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

    /** The authentication scheme is not secret and stays. */
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
