package dev.berth.registry.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.console.catalog.ImageKind;
import dev.berth.registry.console.catalog.ImageSummary;
import dev.berth.registry.console.view.TagRows;
import dev.berth.registry.pulls.Pulls;
import dev.berth.registry.pulls.RepositoryPulls;
import java.util.Locale;

/** The documents of the API. The names of members are those of its description. */
final class Documents {
    private Documents() {}

    static ObjectNode tags(TagRows list, RepositoryPulls pulls) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("total", list.total());
        document.put("page", list.page());
        document.put("pages", list.pages());
        ArrayNode tags = document.putArray("tags");
        list.rows().forEach(row -> {
            ObjectNode entry = tags.addObject().put("tag", row.tag().value());
            put(entry, row.image());
            entry.put("pulls", pulls.of(row.tag()).map(Pulls::count).orElse(0L));
            pulls.of(row.tag())
                    .ifPresent(ofTag -> entry.put("pulled", ofTag.last().toString()));
        });
        return document;
    }

    private static void put(ObjectNode entry, ImageSummary image) {
        entry.put("digest", image.digest().toString());
        entry.put("kind", image.kind().name().toLowerCase(Locale.ROOT));
        entry.put("type", image.type());
        if (image.kind() == ImageKind.BROKEN) {
            entry.put("problem", image.problem());
        } else {
            entry.put("size", image.size());
        }
        image.created().ifPresent(time -> entry.put("created", time.toString()));
        image.pushed().ifPresent(time -> entry.put("pushed", time.toString()));
        ArrayNode platforms = entry.putArray("platforms");
        image.platforms().forEach(platforms::add);
        if (!image.description().isEmpty()) {
            entry.put("description", image.description());
        }
    }
}
