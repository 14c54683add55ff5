package dev.berth.registry.console.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Digest;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes and reads what is known of the safety of the images of a repository. */
final class SafetyJson {
    /** Of another version there is nothing to read: it is found out again. */
    private static final int VERSION = 1;

    private static final String VERSION_NAME = "version";
    private static final String LOOKED = "looked";
    private static final String IMAGES = "images";
    private static final String DIGEST = "digest";
    private static final String SCAN = "scan";
    private static final String FINDINGS = "findings";
    private static final String CRITICAL = "critical";
    private static final String HIGH = "high";
    private static final String MEDIUM = "medium";
    private static final String LOW = "low";
    private static final String OTHER = "other";
    private static final String SIGNED = "signed";

    private SafetyJson() {}

    static byte[] write(SafetyRecord record) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put(VERSION_NAME, VERSION);
        root.put(LOOKED, record.looked().toString());
        ArrayNode images = root.putArray(IMAGES);
        record.images().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                .forEach(entry ->
                        write(images.addObject().put(DIGEST, entry.getKey().toString()), entry.getValue()));
        return StrictJson.write(root);
    }

    private static void write(ObjectNode node, ImageSafety image) {
        node.put(SCAN, image.scan().name());
        image.findings()
                .ifPresent(counts -> node.putObject(FINDINGS)
                        .put(CRITICAL, counts.critical())
                        .put(HIGH, counts.high())
                        .put(MEDIUM, counts.medium())
                        .put(LOW, counts.low())
                        .put(OTHER, counts.other()));
        node.put(SIGNED, image.signed().name());
        if (!image.images().isEmpty()) {
            ArrayNode parts = node.putArray(IMAGES);
            image.images().forEach(part -> parts.add(part.toString()));
        }
    }

    /** Reads a record; empty if it is damaged, or of another version. */
    static Optional<SafetyRecord> read(byte[] bytes) {
        try {
            JsonObject root = JsonObject.root(StrictJson.parse(bytes));
            if (root.integer(VERSION_NAME).orElse(0) != VERSION) {
                return Optional.empty();
            }
            Map<Digest, ImageSafety> images = new HashMap<>();
            root.objects(IMAGES).forEach(node -> images.put(Digest.parse(node.requireString(DIGEST)), image(node)));
            return Optional.of(new SafetyRecord(images, Instant.parse(root.requireString(LOOKED))));
        } catch (MalformedJsonException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ImageSafety image(JsonObject node) {
        return new ImageSafety(
                ImageSafety.Scan.valueOf(node.requireString(SCAN)),
                node.object(FINDINGS).map(SafetyJson::counts),
                ImageSafety.Signed.valueOf(node.requireString(SIGNED)),
                node.strings(IMAGES).stream().map(Digest::parse).toList());
    }

    private static FindingCounts counts(JsonObject node) {
        return new FindingCounts(
                (int) node.requireInteger(CRITICAL),
                (int) node.requireInteger(HIGH),
                (int) node.requireInteger(MEDIUM),
                (int) node.requireInteger(LOW),
                (int) node.requireInteger(OTHER));
    }
}
