package dev.berth.registry.testing;

import dev.berth.registry.server.HeaderFields;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request that a {@link TestRegistry} received, and what has become of it when the journal was asked.
 *
 * @param receivedAt when its headers were complete
 * @param method the method, as {@code GET}
 * @param path the path, as it was sent, without the query
 * @param query what follows the question mark, as it was sent, or empty
 * @param repository the repository that the path names, or empty
 * @param requestHeaders the header fields; instead of credentials and cookies there is {@value Journal#HIDDEN}
 * @param bytesIn how many bytes of the request's body were read
 * @param caller the name of who made it; empty as long as nobody is known
 * @param status the status of the answer; empty if there is none yet, or will be none
 * @param responseHeaders the header fields of the answer that the API sets, with secrets hidden
 * @param bytesOut how many bytes of the answer's body were sent
 * @param cut whether the connection was ended before the end of the answer
 */
public record JournalEntry(
        Instant receivedAt,
        String method,
        String path,
        Optional<String> query,
        String repository,
        HeaderFields requestHeaders,
        long bytesIn,
        String caller,
        OptionalInt status,
        HeaderFields responseHeaders,
        long bytesOut,
        boolean cut) {

    /** Prints it as a line of a log. */
    @Override
    public String toString() {
        return method + " " + path + query.map(q -> "?" + q).orElse("") + " -> "
                + (status.isPresent() ? Integer.toString(status.getAsInt()) : cut ? "no answer" : "not answered yet")
                + ", " + bytesIn + " bytes in, " + bytesOut + " out" + (cut ? ", cut" : "")
                + (caller.isEmpty() ? "" : ", by " + caller);
    }
}
