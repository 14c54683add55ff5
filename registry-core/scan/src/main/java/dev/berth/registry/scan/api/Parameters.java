package dev.berth.registry.scan.api;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.internal.wire.MediaTypeHeader;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.scan.service.ImageKey;
import dev.berth.registry.server.RegistryRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a request states: in its query, or in the JSON object of a POST. Nothing that is not known. */
final class Parameters {
    static final String REPOSITORY = "repository";
    private static final int LONGEST_BODY = 16 * 1024;
    private static final int LONGEST_TEXT = 1024;

    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    static Parameters of(RegistryRequest request, ScanRoute route) throws IOException {
        QueryParameters query = QueryParameters.parse(request.query().orElse(""));
        if (!route.method().equals("POST")) {
            return ofQuery(query, route.fields());
        }
        if (!query.names().isEmpty()) {
            throw invalid("This address takes no query; what it needs is in the JSON object of the body");
        }
        String type =
                MediaTypeHeader.withoutParameters(request.header("Content-Type").orElse(""));
        if (!type.equalsIgnoreCase(ScanApi.JSON)) {
            // What a form of another site could send is not taken.
            throw invalid("A request for a scan is a JSON object: the Content-Type is " + ScanApi.JSON);
        }
        byte[] body = request.body().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            throw invalid("The body may have " + LONGEST_BODY + " bytes");
        }
        try {
            return ofBody(JsonObject.root(StrictJson.parse(body)), route.fields());
        } catch (MalformedJsonException e) {
            throw RegistryException.of(
                    ErrorCode.REQUEST_INVALID, "The body is not as it should be: " + e.getMessage(), e);
        }
    }

    private static Parameters ofQuery(QueryParameters query, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        for (String name : query.names()) {
            List<String> all = query.all(name);
            if (all.size() != 1) {
                throw invalid("The parameter '" + JsonObject.printable(name) + "' is there twice");
            }
            put(values, name, all.get(0), known);
        }
        return new Parameters(values);
    }

    private static Parameters ofBody(JsonObject body, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        body.node()
                .fieldNames()
                .forEachRemaining(name -> put(values, name, body.string(name).orElse(""), known));
        return new Parameters(values);
    }

    private static void put(Map<String, String> values, String name, String value, Set<String> known) {
        if (!known.contains(name)) {
            throw invalid("There is no field '" + JsonObject.printable(name) + "' here"
                    + (known.isEmpty()
                            ? ""
                            : "; the fields are "
                                    + String.join(", ", known.stream().sorted().toList())));
        }
        if (value.length() > LONGEST_TEXT || value.chars().anyMatch(Character::isISOControl)) {
            throw invalid("The field '" + name + "' is too long, or has a control character");
        }
        values.put(name, value);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name)).filter(text -> !text.isEmpty());
    }

    String get(String name) {
        return find(name).orElseThrow(() -> invalid("The field '" + name + "' is missing"));
    }

    RepositoryName repository() {
        return RepositoryName.parse(get(REPOSITORY));
    }

    /** Returns a tag or a digest. */
    ManifestSelector reference(String name) {
        String text = get(name);
        return text.indexOf(':') >= 0 ? Digest.parse(text) : Tag.parse(text);
    }

    int limit(int preset, int largest) {
        return number("limit", preset, largest);
    }

    int number(String name, int preset, int largest) {
        Optional<String> text = find(name);
        if (text.isEmpty()) {
            return preset;
        }
        if (!text.get().matches("[1-9]\\d{0,5}") || Integer.parseInt(text.get()) > largest) {
            throw invalid("The " + name + " is a number from 1 to " + largest);
        }
        return Integer.parseInt(text.get());
    }

    /** Returns the image that an answer ended with: {@code team/app@sha256:…}. */
    Optional<ImageKey> image(String name) {
        return find(name).map(text -> {
            int at = text.indexOf('@');
            if (at < 0) {
                throw invalid("The field '" + name + "' is an image as answers name it: repository@digest");
            }
            return new ImageKey(RepositoryName.parse(text.substring(0, at)), Digest.parse(text.substring(at + 1)));
        });
    }

    static RegistryException invalid(String sentence) {
        return RegistryException.of(ErrorCode.REQUEST_INVALID, sentence);
    }
}
