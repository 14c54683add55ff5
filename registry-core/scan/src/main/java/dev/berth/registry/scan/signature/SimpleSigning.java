package dev.berth.registry.scan.signature;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Digest;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The payload that cosign signs for an image ("simple signing").
 *
 * @param digest the digest of the manifest
 * @param name the repository as it was called when it was signed
 */
record SimpleSigning(String digest, Optional<String> name) {
    private static final String TYPE = "cosign container image signature";

    /** Reads a payload. */
    static SimpleSigning parse(byte[] payload) {
        JsonObject root = JsonObject.root(StrictJson.parse(payload));
        root.requireExactNames(List.of("critical", "optional"));
        JsonObject critical = root.requireObject("critical");
        critical.requireExactNames(List.of("identity", "image", "type"));
        if (!critical.requireString("type").equals(TYPE)) {
            throw new RefusedException("its payload is not of an image: critical.type is "
                    + JsonObject.printable(critical.requireString("type")));
        }
        JsonObject image = critical.requireObject("image");
        image.requireExactNames(List.of("docker-manifest-digest"));
        Optional<String> name = critical.object("identity").flatMap(identity -> {
            identity.requireExactNames(List.of("docker-reference"));
            return identity.string("docker-reference");
        });
        return new SimpleSigning(image.requireString("docker-manifest-digest"), name.filter(text -> !text.isEmpty()));
    }

    /** Returns a new payload. */
    static byte[] write(Digest digest, String name, Map<String, String> annotations) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode critical = root.putObject("critical");
        critical.putObject("identity").put("docker-reference", name);
        critical.putObject("image").put("docker-manifest-digest", digest.toString());
        critical.put("type", TYPE);
        if (annotations.isEmpty()) {
            root.putNull("optional");
        } else {
            ObjectNode optional = root.putObject("optional");
            annotations.forEach(optional::put);
        }
        return StrictJson.write(root);
    }
}
