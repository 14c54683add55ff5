package dev.berth.registry.scan.adapter;

import dev.berth.registry.scan.internal.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a scanner says of itself.
 *
 * @param scanner name and version
 * @param capabilities what it takes, and what it makes of it
 * @param databaseUpdated how new what it knows is
 */
record AdapterMetadata(String scanner, List<Capability> capabilities, Optional<Instant> databaseUpdated) {
    private static final long MOST_TOKENS = 20_000;
    private static final String VULNERABILITY = "vulnerability";
    private static final String UPDATED = "harbor.scanner-adapter/vulnerability-database-updated-at";

    /**
     * What a scanner takes, and what it makes of it.
     *
     * @param type what it looks for; empty of a scanner that does not know that there are several types
     */
    record Capability(Optional<String> type, List<String> consumes, List<String> produces) {
        boolean findsVulnerabilities() {
            return type.map(VULNERABILITY::equals).orElse(true);
        }
    }

    static AdapterMetadata read(byte[] json) throws IOException {
        List<Capability> capabilities = new ArrayList<>();
        Map<String, String> scanner = new HashMap<>();
        Map<String, String> properties = new HashMap<>();
        JsonReader.read(
                new ByteArrayInputStream(json),
                MOST_TOKENS,
                document -> document.object(name -> {
                    switch (name) {
                        case "scanner" -> texts(document, scanner);
                        case "capabilities" -> document.list(element -> capabilities.add(capability(element)));
                        case "properties" -> texts(document, properties);
                        default -> document.skip();
                    }
                }));
        return new AdapterMetadata(
                ScannerName.of(scanner), List.copyOf(capabilities), time(properties.getOrDefault(UPDATED, "")));
    }

    private static void texts(JsonReader json, Map<String, String> texts) throws IOException {
        json.object(name -> json.textIfAny().ifPresent(text -> texts.put(name, text)));
    }

    private static Capability capability(JsonReader json) throws IOException {
        List<String> type = new ArrayList<>();
        List<String> consumes = new ArrayList<>();
        List<String> produces = new ArrayList<>();
        json.object(name -> {
            switch (name) {
                case "type" -> json.text().ifPresent(type::add);
                case "consumes_mime_types" -> consumes.addAll(json.texts());
                case "produces_mime_types" -> produces.addAll(json.texts());
                default -> json.skip();
            }
        });
        return new Capability(
                type.stream().filter(text -> !text.isEmpty()).findFirst(),
                List.copyOf(consumes),
                List.copyOf(produces));
    }

    /** Returns a time, or empty for a text that is none. */
    static Optional<Instant> time(String text) {
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
