package dev.berth.registry.internal.management;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.internal.wire.MediaTypeHeader;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.server.RegistryRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a request states: the parameters of its query, or the fields of its JSON object. Nothing that is not known. */
public final class Fields {
    private static final int LONGEST_BODY = 64 * 1024;
    private static final int LONGEST_TEXT = 2048;
    private static final int MOST_ELEMENTS = 100;

    private final Map<String, List<String>> values;
    private final Map<String, Map<String, String>> maps;

    private Fields(Map<String, List<String>> values, Map<String, Map<String, String>> maps) {
        this.values = values;
        this.maps = maps;
    }

    /**
     * Reads what a request to a route states.
     *
     * @throws RegistryException with {@code REQUEST_INVALID} if the request states something else, or too much
     */
    public static Fields of(RegistryRequest request, Route route) throws IOException {
        QueryParameters query =
                QueryParameters.parse(request.query().map(Object::toString).orElse(null));
        if (!route.takesBody()) {
            return ofQuery(query, route.fields());
        }
        if (!query.names().isEmpty()) {
            throw invalid("This address takes no query; what it needs is in the JSON object of the body");
        }
        String type =
                MediaTypeHeader.withoutParameters(request.header("Content-Type").orElse(""));
        if (!type.equalsIgnoreCase(Answer.JSON)) {
            // What a form of another site could send is not taken.
            throw invalid("A change is a JSON object: the Content-Type is " + Answer.JSON);
        }
        byte[] body = request.body().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            throw invalid("The body may have " + LONGEST_BODY + " bytes");
        }
        try {
            return ofBody(JsonObject.root(StrictJson.parse(body)), route);
        } catch (MalformedJsonException e) {
            throw RegistryException.of(
                    ErrorCode.REQUEST_INVALID, "The body is not as it should be: " + e.getMessage(), e);
        }
    }

    private static Fields ofQuery(QueryParameters query, Set<String> known) {
        Set<String> seen = new HashSet<>();
        Map<String, List<String>> values = new HashMap<>();
        for (String name : query.names()) {
            requireKnown(name, known);
            if (!seen.add(name)) {
                throw invalid("The parameter '" + name + "' is there twice");
            }
            values.put(name, List.of(query.first(name).orElse("")));
        }
        return new Fields(checked(values), Map.of());
    }

    private static Fields ofBody(JsonObject body, Route route) {
        Map<String, List<String>> values = new HashMap<>();
        Map<String, Map<String, String>> maps = new HashMap<>();
        body.node().fieldNames().forEachRemaining(name -> {
            requireKnown(name, route.fields());
            if (route.maps().contains(name)) {
                if (body.has(name)) {
                    maps.put(name, body.stringMap(name));
                }
            } else if (body.node().get(name).isArray()) {
                values.put(name, body.strings(name));
            } else if (body.node().get(name).isBoolean()) {
                values.put(name, List.of(Boolean.toString(body.flag(name))));
            } else {
                body.string(name).ifPresent(text -> values.put(name, List.of(text)));
            }
        });
        return new Fields(checked(values), maps);
    }

    private static void requireKnown(String name, Set<String> known) {
        if (!known.contains(name)) {
            throw invalid("There is no field '" + JsonObject.printable(name) + "' here"
                    + (known.isEmpty()
                            ? ""
                            : "; the fields are "
                                    + String.join(", ", known.stream().sorted().toList())));
        }
    }

    private static Map<String, List<String>> checked(Map<String, List<String>> values) {
        values.forEach((name, texts) -> {
            if (texts.size() > MOST_ELEMENTS) {
                throw invalid("The field '" + name + "' may have " + MOST_ELEMENTS + " elements");
            }
            for (String text : texts) {
                if (text.length() > LONGEST_TEXT) {
                    throw invalid("The field '" + name + "' may have " + LONGEST_TEXT + " characters");
                }
                if (text.chars().anyMatch(Character::isISOControl)) {
                    throw invalid("The field '" + name + "' has a control character");
                }
            }
        });
        return values;
    }

    /** Returns a text, or empty if it is absent. */
    public Optional<String> find(String name) {
        List<String> texts = values.getOrDefault(name, List.of());
        if (texts.size() > 1) {
            throw invalid("The field '" + name + "' is one text");
        }
        return texts.stream().findFirst();
    }

    /** Returns a text that must be there. */
    public String get(String name) {
        return find(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> invalid("The field '" + name + "' is missing"));
    }

    /** Returns a list of at least one text. */
    public List<String> list(String name) {
        List<String> texts = values.getOrDefault(name, List.of());
        if (texts.isEmpty()) {
            throw invalid("The field '" + name + "' is missing");
        }
        return texts;
    }

    /** Returns a list of texts, or empty if it is absent. */
    public Optional<List<String>> findList(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Returns an object with texts, or empty if it is absent. How long the texts may be is for the caller to say. */
    public Optional<Map<String, String>> findMap(String name) {
        return Optional.ofNullable(maps.get(name));
    }

    /** Returns the exception for a request that is not as it should be. */
    public static RegistryException invalid(String message) {
        return RegistryException.of(ErrorCode.REQUEST_INVALID, message);
    }
}
