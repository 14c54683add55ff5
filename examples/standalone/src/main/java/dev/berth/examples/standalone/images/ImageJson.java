package dev.berth.examples.standalone.images;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Descriptor;
import java.io.IOException;
import java.util.Optional;

/** Describes an image for programs: one JSON object that includes the manifest and the configuration. */
final class ImageJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ImageJson() {}

    static String of(InspectedImage image) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("name", image.name());
        root.put("digest", image.manifest().digest().toString());
        root.put("mediaType", image.manifest().mediaType());
        root.put("size", image.manifest().size());
        if (!image.platforms().isEmpty()) {
            ArrayNode platforms = root.putArray("platforms");
            for (Descriptor child : image.platforms()) {
                platforms
                        .addObject()
                        .put("platform", child.platform().orElseThrow().toString())
                        .put("digest", child.digest().toString());
            }
        }
        root.set("manifest", tree("manifest", image, image.manifest().bytes()));
        Optional<byte[]> config = image.config().isPresent() ? image.configBytes() : Optional.empty();
        if (config.isPresent()) {
            root.set("config", tree("configuration", image, config.get()));
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static JsonNode tree(String what, InspectedImage image, byte[] json) throws IOException {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IOException("The " + what + " of " + image.name() + " is not JSON.", e);
        }
    }
}
