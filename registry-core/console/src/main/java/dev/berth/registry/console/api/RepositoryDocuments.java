package dev.berth.registry.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.catalog.RepositoryCard;
import dev.berth.registry.console.catalog.Standing;
import dev.berth.registry.console.search.Search;
import dev.berth.registry.console.view.RepositoryRows;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The documents of lists of repositories. The names of members are those of the description of the API.
 *
 * @param open whether everybody may pull from a repository
 */
record RepositoryDocuments(Standing standing, Predicate<RepositoryName> open) {

    ObjectNode of(RepositoryRows list) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode repositories = document.putArray("repositories");
        list.rows().forEach(row -> put(repositories.addObject(), row.name(), row.card()));
        list.next().ifPresent(name -> document.put("next", name.value()));
        document.put("more", list.more());
        return document;
    }

    ObjectNode found(Search.Result result) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("total", result.total());
        ArrayNode repositories = document.putArray("repositories");
        result.best().forEach(card -> put(repositories.addObject(), card.name(), Optional.of(card)));
        return document;
    }

    private void put(ObjectNode entry, RepositoryName name, Optional<RepositoryCard> card) {
        entry.put("name", name.value());
        entry.put("public", open.test(name));
        entry.put("official", standing.isOfficial(name));
        entry.put("pulls", standing.count(name));
        standing.pulls(name)
                .ifPresent(total -> entry.put("pulled", total.pulls().last().toString()));
        card.ifPresent(known -> put(entry, known));
    }

    private static void put(ObjectNode entry, RepositoryCard card) {
        if (!card.description().isEmpty()) {
            entry.put("description", card.description());
        }
        entry.put("tags", card.tags());
        entry.put("size", card.size());
        card.lastPush().ifPresent(time -> entry.put("pushed", time.toString()));
    }
}
