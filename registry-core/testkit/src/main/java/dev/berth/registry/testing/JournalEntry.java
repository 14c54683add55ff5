package dev.berth.registry.testing;

import dev.berth.registry.server.HeaderFields;
import dev.berth.registry.server.RegistryRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A request to a {@link TestRegistry} and its response, as far as they had come when the journal was read. Immutable.
 *
 * @since 0.1
 */
public final class JournalEntry {
    private final RegistryRequest request;
    private final Instant receivedAt;
    private final String repository;
    private final HeaderFields requestHeaders;
    private final byte @Nullable [] requestBody;
    private final long bytesIn;
    private final String caller;
    private final List<Fault> faults;
    private final int status;
    private final HeaderFields responseHeaders;
    private final long bytesOut;
    private final boolean cut;

    JournalEntry(Exchange exchange) {
        this.request = exchange.request;
        this.receivedAt = exchange.receivedAt;
        this.repository = exchange.repository;
        this.requestHeaders = exchange.requestHeaders;
        // The status first: what belongs to a response is written before it.
        this.status = exchange.status;
        this.requestBody = exchange.body();
        this.bytesIn = exchange.bytesIn;
        this.caller = exchange.caller;
        this.faults = List.copyOf(exchange.faults);
        this.responseHeaders = exchange.responseHeaders;
        this.bytesOut = exchange.bytesOut;
        this.cut = exchange.cut;
    }

    /** Returns when the header fields were complete. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** Returns the method, as {@code GET}. */
    public String method() {
        return request.method();
    }

    /** Returns the path as it was sent, without the query. */
    public String path() {
        return request.path();
    }

    /** Returns the query as it was sent, without the question mark. */
    public Optional<String> query() {
        return request.query();
    }

    /** Returns the name of the repository in the path, or an empty text if there is none. */
    public String repository() {
        return repository;
    }

    /** Returns the header fields of the request; credentials and cookies are {@value Journal#HIDDEN}. */
    public HeaderFields requestHeaders() {
        return requestHeaders;
    }

    /**
     * Returns a copy of the body of the request as far as the registry has read it: no bytes if there is none, or if a
     * fault has answered.
     *
     * @return the bytes, or empty if they are not held, because they are more than {@value Journal#MOST_BODY_BYTES}, later
     *     bodies have displaced them, or the request is not one of the API and may contain a password
     */
    public Optional<byte[]> requestBody() {
        return Optional.ofNullable(requestBody).map(byte[]::clone);
    }

    /** Returns how many bytes of the request's body were read. */
    public long bytesIn() {
        return bytesIn;
    }

    /** Returns the name of the authenticated caller, or an empty text if the request was anonymous. */
    public String caller() {
        return caller;
    }

    /** Returns the fault that hit the request, the first one if there were several. */
    public Optional<Fault> fault() {
        return faults.stream().findFirst();
    }

    /** Returns the faults that hit the request, in the order in which they did. */
    public List<Fault> faults() {
        return faults;
    }

    /** Returns the status of the response, or empty if there is none yet or the connection ended without one. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** Returns the header fields of the response that the API and faults set, with secrets hidden. */
    public HeaderFields responseHeaders() {
        return responseHeaders;
    }

    /** Returns how many bytes of the response's body were sent. */
    public long bytesOut() {
        return bytesOut;
    }

    /** Returns whether the connection ended before the response did. */
    public boolean cut() {
        return cut;
    }

    /** Prints the entry as one line of a log. */
    @Override
    public String toString() {
        return method() + " " + path() + query().map(q -> "?" + q).orElse("") + " -> "
                + (status > 0 ? Integer.toString(status) : cut ? "no response" : "no response yet")
                + ", " + bytesIn + " bytes in, " + bytesOut + " out" + (cut ? ", cut" : "")
                + (caller.isEmpty() ? "" : ", by " + caller)
                + (faults.isEmpty() ? "" : ", hit by " + faults);
    }
}
