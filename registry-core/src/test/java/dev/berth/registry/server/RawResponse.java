package dev.berth.registry.server;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.internal.wire.ErrorBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a server answered. */
public record RawResponse(int status, Map<String, List<String>> headers, byte[] body) {

    public Optional<String> header(String name) {
        return all(name).stream().findFirst();
    }

    public List<String> all(String name) {
        return headers.getOrDefault(name, List.of());
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Returns the codes of the errors in the body. */
    public List<ErrorCode> codes() {
        return ErrorBody.parse(body).stream().map(RegistryError::code).toList();
    }

    @Override
    public String toString() {
        return status + " " + headers + " " + text();
    }
}
