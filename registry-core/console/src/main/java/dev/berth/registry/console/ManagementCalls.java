package dev.berth.registry.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.page.Management;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.ErrorBody;
import dev.berth.registry.internal.wire.HttpStatus;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Calls handlers of this process as the browser would that has sent a request: with its cookie and its address. The request is
 * known to be of a page of this site.
 */
final class ManagementCalls implements Management {
    /** What a page in a browser has to say when it changes something by a session. */
    static final String FORM_FIELD = "X-Berth-Form";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is about the page, and not about who has sent it. */
    private static final List<String> OF_THE_PAGE =
            List.of("Origin", "Referer", "Sec-Fetch-Site", "Content-Type", "Content-Length", "Accept", FORM_FIELD);

    private final Map<String, RegistryHandler> handlers;
    private final RegistryRequest request;
    private final String formToken;

    /**
     * Makes the calls of a request.
     *
     * @param handlers by the prefixes of their paths
     * @param formToken what the forms of pages for this session have; empty without a session
     */
    ManagementCalls(Map<String, RegistryHandler> handlers, RegistryRequest request, String formToken) {
        this.handlers = handlers;
        this.request = request;
        this.formToken = formToken;
    }

    @Override
    public boolean has(String path) {
        return handlers.containsKey(path);
    }

    @Override
    public JsonNode get(String path, Map<String, String> query) {
        return call(builder("GET", path, query));
    }

    @Override
    public JsonNode post(String path, Map<String, ?> fields) {
        return call(withBody("POST", path, fields));
    }

    @Override
    public JsonNode put(String path, Map<String, ?> fields) {
        return call(withBody("PUT", path, fields));
    }

    @Override
    public JsonNode delete(String path, Map<String, String> query) {
        return call(builder("DELETE", path, query));
    }

    private RegistryRequest.Builder withBody(String method, String path, Map<String, ?> fields) {
        byte[] body;
        try {
            body = JSON.writeValueAsBytes(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return builder(method, path, Map.of())
                .replaceHeader("Content-Type", "application/json")
                .replaceHeader("Content-Length", Integer.toString(body.length))
                .body(new ByteArrayInputStream(body), OptionalLong.of(body.length));
    }

    private RegistryRequest.Builder builder(String method, String path, Map<String, String> query) {
        QueryParameters.Builder parameters = QueryParameters.builder();
        query.forEach(parameters::add);
        RegistryRequest.Builder call = request.toBuilder()
                .method(method)
                .target(path + parameters.build())
                .body(InputStream.nullInputStream(), OptionalLong.of(0));
        OF_THE_PAGE.forEach(call::removeHeader);
        if (!formToken.isEmpty()) {
            call.replaceHeader(FORM_FIELD, formToken);
        }
        return call;
    }

    private JsonNode call(RegistryRequest.Builder built) {
        RegistryRequest call = built.build();
        RegistryHandler handler = handlers.entrySet().stream()
                .filter(entry -> call.path().startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() ->
                        RegistryException.of(ErrorCode.NOT_FOUND, "This registry has no such part: " + call.path()));
        try (RegistryResponse response = handler.handle(call)) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            response.body().writeTo(content);
            byte[] body = content.toByteArray();
            if (response.status() >= 400) {
                throw refusal(response.status(), ErrorBody.parse(body));
            }
            return body.length == 0 ? JsonNodeFactory.instance.objectNode() : JSON.readTree(body);
        } catch (IOException e) {
            throw RegistryException.of(ErrorCode.UNAVAILABLE, "The registry could not answer itself", e);
        }
    }

    private static RegistryException refusal(int status, List<RegistryError> errors) {
        return errors.isEmpty()
                ? RegistryException.of(HttpStatus.codeOf(status, ApiResource.NONE), "This was answered with " + status)
                : RegistryException.builder(errors).build();
    }
}
