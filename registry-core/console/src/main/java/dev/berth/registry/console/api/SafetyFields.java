package dev.berth.registry.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Digest;
import dev.berth.registry.console.catalog.ImageSafety;
import java.util.Locale;
import java.util.Map;

/** What lists of tags tell of the safety of images. */
final class SafetyFields {
    private SafetyFields() {}

    /** Adds it to the tags of a document, as far as it is known. */
    static void add(ObjectNode document, Map<Digest, ImageSafety> known) {
        for (JsonNode tag : document.path("tags")) {
            ImageSafety image = known.get(Digest.parse(tag.path("digest").asText()));
            if (image != null && tag instanceof ObjectNode entry) {
                add(entry, image);
            }
        }
    }

    private static void add(ObjectNode entry, ImageSafety image) {
        entry.put("scan", image.scan().name().toLowerCase(Locale.ROOT));
        image.findings()
                .ifPresent(counts -> entry.putObject("findings")
                        .put("critical", counts.critical())
                        .put("high", counts.high())
                        .put("medium", counts.medium())
                        .put("low", counts.low())
                        .put("other", counts.other()));
        entry.put("signed", image.signed().name().toLowerCase(Locale.ROOT));
    }
}
