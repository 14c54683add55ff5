package dev.berth.registry.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON body of an error response (the specification's "Error Codes"). */
public final class ErrorBody {
    private static final int MOST_ERRORS = 1000;

    /** Allows for two sentences with names of maximum length. */
    private static final int LONGEST_MESSAGE = 2000;

    private ErrorBody() {}

    /** Formats errors. */
    public static byte[] format(List<RegistryError> errors) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode array = root.putArray("errors");
        for (RegistryError error : errors) {
            ObjectNode node = array.addObject();
            node.put("code", error.code().name());
            node.put("message", error.message());
            if (!error.detail().isEmpty()) {
                ObjectNode detail = node.putObject("detail");
                error.detail().forEach(detail::put);
            }
        }
        return StrictJson.write(root);
    }

    /**
     * Parses the body of an error response. The body may come from a proxy, so it need not be an error of a registry.
     *
     * @param body the body, whose length the caller has limited
     * @return the errors, or an empty list if the body is not in this form. An unknown code becomes
     *     {@link ErrorCode#UNKNOWN}, and its text becomes part of the message
     */
    public static List<RegistryError> parse(byte[] body) {
        JsonNode root;
        try {
            root = StrictJson.parseLastNameWins(body);
        } catch (MalformedJsonException e) {
            return List.of();
        }
        List<RegistryError> errors = new ArrayList<>();
        for (JsonNode node : root.path("errors")) {
            if (node.path("code").isTextual() && errors.size() < MOST_ERRORS) {
                errors.add(error(node));
            }
        }
        return errors;
    }

    private static RegistryError error(JsonNode node) {
        String codeText = node.path("code").textValue();
        String message = JsonObject.printable(message(node.path("message")), LONGEST_MESSAGE);
        Map<String, String> detail = detail(node.path("detail"));
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(codeText)) {
                return new RegistryError(code, message.isEmpty() ? codeText : message, detail);
            }
        }
        return new RegistryError(ErrorCode.UNKNOWN, JsonObject.printable(codeText) + ": " + message, detail);
    }

    private static String message(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? "" : text(node);
    }

    private static Map<String, String> detail(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return Map.of();
        }
        Map<String, String> detail = new LinkedHashMap<>();
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                detail.put(field.getKey(), text(field.getValue()));
            }
        } else {
            detail.put("detail", text(node));
        }
        return detail;
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : new String(StrictJson.write(node), StandardCharsets.UTF_8);
    }
}
