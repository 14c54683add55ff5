package dev.berth.registry.console.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Descriptor;
import java.util.Map;

/** What several documents of the JSON API have. */
final class Documents {
    private Documents() {}

    static void put(ObjectNode node, Map<String, String> texts) {
        texts.forEach(node::put);
    }

    static void put(ObjectNode node, Descriptor layer) {
        node.put("digest", layer.digest().toString());
        node.put("mediaType", layer.mediaType());
        node.put("size", layer.size());
    }
}
