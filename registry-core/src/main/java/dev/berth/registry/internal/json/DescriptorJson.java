package dev.berth.registry.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Platform;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Descriptors in JSON (OCI image specification, "Content Descriptors"). Unknown fields are ignored. */
public final class DescriptorJson {
    static final List<String> NAMES =
            List.of("mediaType", "digest", "size", "artifactType", "annotations", "urls", "platform", "data");

    private DescriptorJson() {}

    /**
     * Reads a descriptor.
     *
     * @throws MalformedJsonException if a field is missing or has the wrong type, the digest is malformed, the size is
     *     negative, or the embedded data does not have this digest and size
     */
    public static Descriptor read(JsonObject object) {
        object.requireExactNames(NAMES);
        String mediaType = object.requireString("mediaType");
        Digest digest = digest(object, "digest");
        long size = object.requireInteger("size");
        if (size < 0) {
            throw object.malformed("size", "must not be negative: " + size);
        }
        Optional<String> data = object.string("data");
        data.ifPresent(base64 -> requireContent(object, base64, digest, size));
        return new Descriptor(
                mediaType,
                digest,
                size,
                object.string("artifactType").filter(type -> !type.isEmpty()),
                object.stringMap("annotations"),
                object.strings("urls"),
                object.object("platform").map(DescriptorJson::readPlatform),
                data);
    }

    /**
     * Reads the fields of a platform. An absent operating system or architecture is read as the empty string, which is how
     * programs in Go write it.
     */
    public static Platform readPlatform(JsonObject object) {
        return new Platform(
                object.string("os").orElse(""),
                object.string("architecture").orElse(""),
                object.string("variant").filter(variant -> !variant.isEmpty()),
                object.string("os.version").filter(version -> !version.isEmpty()),
                object.strings("os.features"));
    }

    private static Digest digest(JsonObject object, String name) {
        try {
            return Digest.parse(object.requireString(name));
        } catch (IllegalArgumentException e) {
            throw object.malformed(name, "is not valid: " + e.getMessage());
        }
    }

    private static void requireContent(JsonObject object, String base64, Digest digest, long size) {
        byte[] content;
        try {
            content = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw object.malformed("data", "is not in base64");
        }
        // The decoder also accepts text without padding or with stray last bits, which other readers refuse.
        if (!Base64.getEncoder().encodeToString(content).equals(base64)) {
            throw object.malformed("data", "is not in base64 with padding");
        }
        if (content.length != size) {
            throw object.malformed("data", "has " + content.length + " bytes, but size says " + size);
        }
        if (!Digest.compute(digest.algorithm(), content).equals(digest)) {
            throw object.malformed("data", "does not have the digest " + digest);
        }
    }

    /** Returns a descriptor as a tree, without the fields that are absent. */
    public static ObjectNode toTree(Descriptor descriptor) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("mediaType", descriptor.mediaType());
        node.put("digest", descriptor.digest().toString());
        node.put("size", descriptor.size());
        descriptor.artifactType().ifPresent(type -> node.put("artifactType", type));
        if (!descriptor.annotations().isEmpty()) {
            node.set("annotations", toTree(descriptor.annotations()));
        }
        if (!descriptor.urls().isEmpty()) {
            node.set("urls", toTree(descriptor.urls()));
        }
        descriptor.platform().ifPresent(platform -> {
            ObjectNode target = node.putObject("platform");
            putPlatform(target, platform);
        });
        descriptor.data().ifPresent(data -> node.put("data", data));
        return node;
    }

    /** Puts the fields of a platform into an object. */
    public static void putPlatform(ObjectNode target, Platform platform) {
        target.put("architecture", platform.architecture());
        target.put("os", platform.os());
        platform.osVersion().ifPresent(version -> target.put("os.version", version));
        if (!platform.osFeatures().isEmpty()) {
            target.set("os.features", toTree(platform.osFeatures()));
        }
        platform.variant().ifPresent(variant -> target.put("variant", variant));
    }

    /** Returns strings as an array. */
    public static ArrayNode toTree(List<String> strings) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(strings.size());
        strings.forEach(array::add);
        return array;
    }

    /** Returns strings by name as an object. */
    public static ObjectNode toTree(Map<String, String> strings) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        strings.forEach(object::put);
        return object;
    }

    /**
     * Writes a descriptor.
     *
     * @throws IOException if the generator's output fails
     */
    public static void write(JsonGenerator generator, Descriptor descriptor) throws IOException {
        StrictJson.write(generator, toTree(descriptor));
    }
}
