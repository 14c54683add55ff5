package dev.berth.registry.rights;

import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The answer to a request, whichever way it went. */
record Answer(int status, String headers, String body) {

    /** Sends a request over HTTP. */
    static Answer overHttp(RawClient client, Route route, Route.Call call, List<String> authorization)
            throws IOException {
        List<String> fields = new ArrayList<>();
        if (call.body().length > 0) {
            fields.add("Content-Type: " + call.contentType());
        }
        authorization.forEach(field -> fields.add("Authorization: " + field));
        return client.send(route.method() + " " + call.target() + " HTTP/1.1", fields, call.body());
    }

    /** Passes a request to the handler of a server, as another HTTP server would. */
    static Answer byHandler(RegistryHandler handler, Route route, Route.Call call, List<String> authorization)
            throws IOException {
        RegistryRequest.Builder request = RegistryRequest.builder(route.method(), call.target())
                .header("Content-Type", call.contentType())
                .body(new ByteArrayInputStream(call.body()), OptionalLong.of(call.body().length));
        authorization.forEach(field -> request.header("Authorization", field));
        try (RegistryResponse response = handler.handle(request.build())) {
            StringBuilder fields = new StringBuilder();
            response.headers()
                    .forEach((name, value) ->
                            fields.append(name).append('=').append(value).append(' '));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            if (!route.method().equals("HEAD")) {
                response.body().writeTo(bytes);
            }
            return new Answer(response.status(), fields.toString(), bytes.toString(StandardCharsets.UTF_8));
        }
    }

    /** Returns headers and body, with another text for each occurrence of one. */
    Answer replaced(String text, String replacement) {
        return new Answer(status, headers.replace(text, replacement), body.replace(text, replacement));
    }

    /** Returns the answer without the length, which names of different lengths change. */
    Answer unspecific() {
        return new Answer(status, headers.replaceAll("(?i)content-length: \\d+", ""), body);
    }

    boolean contains(String text) {
        return headers.contains(text) || body.contains(text);
    }
}
