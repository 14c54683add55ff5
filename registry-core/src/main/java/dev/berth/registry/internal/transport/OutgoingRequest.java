package dev.berth.registry.internal.transport;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request.
 *
 * @param method the method
 * @param address the whole address
 * @param headers names and values, without those that frame the message
 * @param body the body, if any; an empty body is declared with its length, an absent one is not
 */
public record OutgoingRequest(
        String method, URI address, List<Map.Entry<String, String>> headers, Optional<OutgoingBody> body) {

    /** Copies the headers. */
    public OutgoingRequest {
        headers = List.copyOf(headers);
    }

    /** Prints method and origin only: headers and queries may hold secrets. */
    @Override
    public String toString() {
        return method + " " + Origin.of(address);
    }
}
