package dev.berth.registry.scan.accepted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.Digest;
import dev.berth.registry.internal.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads OpenVEX, also of the versions in which products and vulnerabilities are plain texts. For one document. */
final class OpenVexFile {
    private static final String CONTEXT = "https://openvex.dev/ns";

    private final List<Acceptance> entries = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final JsonObject root;

    private OpenVexFile(JsonObject root) {
        this.root = root;
    }

    static Acceptances read(JsonObject root) {
        String context = root.requireString("@context");
        if (!context.startsWith(CONTEXT)) {
            throw root.malformed("@context", "must be that of OpenVEX, " + CONTEXT);
        }
        OpenVexFile file = new OpenVexFile(root);
        root.objects("statements").forEach(file::statement);
        return Acceptances.of(file.entries, file.notes);
    }

    private void statement(JsonObject statement) {
        String text = statement.requireString("status");
        Status status = Status.of(text)
                .filter(known -> known != Status.ACCEPTED)
                .orElseThrow(
                        () -> statement.malformed("status", "is no status of OpenVEX: " + JsonObject.printable(text)));
        List<String> ids = ids(statement);
        List<ProductName> products = new ArrayList<>();
        elements(statement, "products").forEach(product -> products.addAll(product(statement, product)));
        for (ProductName product : products) {
            entries.add(new Acceptance(
                    ids,
                    product.packages(),
                    product.repositories(),
                    product.image(),
                    status,
                    reason(statement, status),
                    root.string("author").orElse(""),
                    time(statement, "last_updated")
                            .or(() -> time(statement, "timestamp"))
                            .or(() -> time(root, "last_updated"))
                            .or(() -> time(root, "timestamp")),
                    Optional.empty()));
        }
        if (products.isEmpty()) {
            notes.add("The statement about " + JsonObject.printable(ids.get(0))
                    + " names no image and no package by a package URL; it has no effect");
        }
    }

    private static List<String> ids(JsonObject statement) {
        JsonNode vulnerability = statement.node().get("vulnerability");
        if (vulnerability != null && vulnerability.isTextual()) {
            return List.of(statement.requireString("vulnerability"));
        }
        JsonObject object = statement.requireObject("vulnerability");
        Set<String> ids = new LinkedHashSet<>();
        object.string("name").ifPresent(ids::add);
        ids.addAll(object.strings("aliases"));
        object.string("@id").ifPresent(id -> ids.add(id.substring(id.lastIndexOf('/') + 1)));
        ids.removeIf(String::isBlank);
        if (ids.isEmpty()) {
            throw object.malformed("name", "is missing");
        }
        return List.copyOf(ids);
    }

    private static String reason(JsonObject statement, Status status) {
        return statement
                .string("impact_statement")
                .or(() -> statement.string("status_notes"))
                .or(() -> statement.string("justification"))
                .or(() -> statement.string("action_statement"))
                .orElse(status.id());
    }

    private static List<ProductName> product(JsonObject statement, JsonNode element) {
        List<ProductName> names = new ArrayList<>();
        names(statement, "products", element).forEach(names::add);
        // Up to version 0.0.2, the parts of all products stand beside them.
        List<JsonNode> parts = elements(statement, "subcomponents");
        if (element.isObject()) {
            parts.addAll(elements(JsonObject.at("products", element), "subcomponents"));
        }
        if (parts.isEmpty()) {
            return names;
        }
        List<ProductName> narrowed = new ArrayList<>();
        for (JsonNode part : parts) {
            for (ProductName partName : names(statement, "subcomponents", part)) {
                if (!partName.isImage()) {
                    names.stream()
                            .filter(ProductName::isImage)
                            .forEach(image -> narrowed.add(
                                    image.withPackages(partName.packages().orElseThrow())));
                }
            }
        }
        return narrowed;
    }

    /** Returns all that one product or part is called; the digest of an image says most. */
    private static List<ProductName> names(JsonObject statement, String field, JsonNode element) {
        if (element.isTextual()) {
            return ProductName.of(element.textValue()).stream().toList();
        }
        JsonObject object = JsonObject.at(statement.path(field), element);
        Optional<Digest> image = object.object("hashes")
                .flatMap(hashes -> hashes.string("sha-256"))
                .filter(hex -> hex.matches("[0-9a-f]{64}"))
                .map(hex -> Digest.parse("sha256:" + hex));
        Optional<ProductName> byId = object.string("@id").flatMap(ProductName::of);
        Optional<ProductName> byPurl = object.object("identifiers")
                .flatMap(identifiers -> identifiers.string("purl"))
                .flatMap(ProductName::of);
        Optional<ProductName> name = byId.or(() -> byPurl);
        // The hash of a package is that of its file, which findings do not have.
        boolean isPackage = name.filter(known -> !known.isImage()).isPresent();
        return (isPackage ? name : image.map(ProductName::ofImage).or(() -> name))
                .stream().toList();
    }

    private static List<JsonNode> elements(JsonObject object, String name) {
        object.requireArray(name);
        List<JsonNode> elements = new ArrayList<>();
        JsonNode list = object.node().get(name);
        if (list != null) {
            list.forEach(elements::add);
        }
        return elements;
    }

    static Optional<Instant> time(JsonObject object, String name) {
        return object.string(name).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw object.malformed(name, "must be a time such as 2027-01-31T12:00:00Z");
            }
        });
    }
}
