package dev.berth.registry.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.console.catalog.ImageKind;
import dev.berth.registry.console.catalog.ImageSummary;
import dev.berth.registry.console.catalog.RepositoryCard;
import dev.berth.registry.console.search.Search;
import dev.berth.registry.console.view.RepositoryRows;
import dev.berth.registry.console.view.TagRows;
import java.util.Locale;

/** The documents of the API. The names of members are those of its description. */
final class Documents {
    private Documents() {}

    static ObjectNode repositories(RepositoryRows list) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode repositories = document.putArray("repositories");
        list.rows().forEach(row -> {
            ObjectNode entry = repositories.addObject().put("name", row.name().value());
            row.card().ifPresent(card -> put(entry, card));
        });
        list.next().ifPresent(name -> document.put("next", name.value()));
        return document;
    }

    static ObjectNode found(Search.Result result) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("total", result.total());
        ArrayNode repositories = document.putArray("repositories");
        result.best()
                .forEach(card ->
                        put(repositories.addObject().put("name", card.name().value()), card));
        return document;
    }

    private static void put(ObjectNode entry, RepositoryCard card) {
        if (!card.description().isEmpty()) {
            entry.put("description", card.description());
        }
        entry.put("tags", card.tags());
        entry.put("size", card.size());
        card.lastPush().ifPresent(time -> entry.put("pushed", time.toString()));
    }

    static ObjectNode tags(TagRows list) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("total", list.total());
        document.put("page", list.page());
        document.put("pages", list.pages());
        ArrayNode tags = document.putArray("tags");
        list.rows().forEach(row -> put(tags.addObject().put("tag", row.tag().value()), row.image()));
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
