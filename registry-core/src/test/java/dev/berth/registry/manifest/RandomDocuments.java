package dev.berth.registry.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Random;

/** Makes valid documents of every shape, with fields that nobody knows anywhere. The same seed gives the same ones. */
final class RandomDocuments {
    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private final Random random;

    RandomDocuments(long seed) {
        this.random = new Random(seed);
    }

    ObjectNode imageManifest(String mediaType) {
        ObjectNode document = common(mediaType);
        document.set("config", descriptor());
        document.set("layers", descriptors());
        return document;
    }

    ObjectNode index(String mediaType) {
        ObjectNode document = common(mediaType);
        document.set("manifests", descriptors());
        return document;
    }

    ObjectNode imageConfig() {
        ObjectNode document = JSON.objectNode();
        document.put("architecture", "arm64").put("os", "linux");
        if (random.nextBoolean()) {
            document.put("variant", text());
        }
        if (random.nextBoolean()) {
            document.put("created", "2024-05-06T07:08:09.123456789+02:00");
        }
        if (random.nextBoolean()) {
            ObjectNode execution = document.putObject("config");
            execution.putArray("Env").add("PATH=/bin").add(text());
            execution.putNull("Entrypoint");
            execution.putObject("ExposedPorts").putObject("80/tcp");
            execution.set("Labels", strings());
            addUnknown(execution);
        }
        ObjectNode rootfs = document.putObject("rootfs").put("type", "layers");
        ArrayNode diffIds = rootfs.putArray("diff_ids");
        ArrayNode history = document.putArray("history");
        for (int i = random.nextInt(4); i > 0; i--) {
            diffIds.add(Digest.sha256(bytes()).toString());
            addUnknown(history.addObject().put("created_by", text()).put("empty_layer", random.nextBoolean()));
        }
        addUnknown(rootfs);
        addUnknown(document);
        return document;
    }

    private ObjectNode common(String mediaType) {
        ObjectNode document = JSON.objectNode();
        addUnknown(document);
        document.put("schemaVersion", 2);
        if (random.nextBoolean()) {
            document.put("mediaType", mediaType);
        }
        if (random.nextBoolean()) {
            document.put("artifactType", text());
        }
        if (random.nextBoolean()) {
            document.set("annotations", strings());
        }
        if (random.nextBoolean()) {
            document.set("subject", descriptor());
        }
        addUnknown(document);
        return document;
    }

    private ArrayNode descriptors() {
        ArrayNode descriptors = JSON.arrayNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            descriptors.add(descriptor());
        }
        return descriptors;
    }

    ObjectNode descriptor() {
        byte[] content = bytes();
        DigestAlgorithm algorithm = random.nextBoolean() ? DigestAlgorithm.SHA256 : DigestAlgorithm.SHA512;
        ObjectNode descriptor = JSON.objectNode();
        descriptor.put("mediaType", "application/x-" + random.nextInt(100));
        descriptor.put("digest", Digest.of(algorithm, content).toString());
        if (random.nextBoolean()) {
            descriptor
                    .put("size", content.length)
                    .put("data", Base64.getEncoder().encodeToString(content));
        } else {
            descriptor.put("size", random.nextLong() >>> 1);
        }
        if (random.nextBoolean()) {
            descriptor.set("annotations", strings());
        }
        if (random.nextBoolean()) {
            descriptor.putArray("urls").add("https://example.com/" + random.nextInt());
        }
        if (random.nextBoolean()) {
            addUnknown(descriptor.putObject("platform").put("os", "linux").put("architecture", text()));
        }
        addUnknown(descriptor);
        return descriptor;
    }

    private ObjectNode strings() {
        ObjectNode strings = JSON.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            strings.put(text(), text());
        }
        return strings;
    }

    private void addUnknown(ObjectNode target) {
        for (int i = random.nextInt(3); i > 0; i--) {
            target.set("x-" + random.nextInt(50), anything(3));
        }
    }

    JsonNode anything(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextLong());
            case 3 -> JSON.numberNode(new BigDecimal("1.10"));
            case 4, 5 -> JSON.textNode(text());
            case 6 -> JSON.arrayNode().add(anything(depth - 1)).add(anything(depth - 1));
            default -> JSON.objectNode().set(text(), anything(depth - 1));
        };
    }

    private String text() {
        String[] pieces = {"a", "B", "é", "\"", "\\", "\n", "\u2028", "😀", "/", "<", "0", " "};
        StringBuilder text = new StringBuilder("t");
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }
}
