package dev.berth.examples.standalone.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Manages a registry. Not thread-safe. */
public interface Management extends AutoCloseable {

    /**
     * Makes a call to the API.
     *
     * @param path path and query below that of the API
     * @param body the body, or a missing node for none
     * @return the content of the answer; a missing node if it has none
     * @throws RegistryException if the call is refused
     */
    JsonNode call(String method, String path, JsonNode body) throws IOException;

    /** Returns whether the caller is nobody in the store but owns it. */
    boolean isOperator();

    @Override
    void close() throws IOException;

    default JsonNode get(String path, String... query) throws IOException {
        return call("GET", path + query(query), JsonNodeFactory.instance.missingNode());
    }

    default void delete(String path, String... query) throws IOException {
        call("DELETE", path + query(query), JsonNodeFactory.instance.missingNode());
    }

    default JsonNode post(String path, ObjectNode body) throws IOException {
        return call("POST", path, body);
    }

    default void put(String path, ObjectNode body) throws IOException {
        call("PUT", path, body);
    }

    private static String query(String... namesAndValues) {
        List<String> pairs = Arrays.asList(namesAndValues);
        return pairs.isEmpty()
                ? ""
                : "?"
                        + IntStream.range(0, pairs.size() / 2)
                                .mapToObj(i -> pairs.get(2 * i) + "=" + encode(pairs.get(2 * i + 1)))
                                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Returns an object of texts. */
    static ObjectNode object(Map<String, String> fields) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        fields.forEach(node::put);
        return node;
    }

    /** Returns whether a failure says that something is not there. */
    static boolean isMissing(RegistryException e) {
        return e.code() == ErrorCode.NOT_FOUND;
    }
}
