package dev.berth.registry.console.statistics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.console.api.ApiCall;
import dev.berth.registry.console.api.ApiResource;
import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.catalog.RepositoryRecord;
import dev.berth.registry.pulls.PullStatistics;
import dev.berth.registry.pulls.Pulls;
import dev.berth.registry.pulls.RepositoryPulls;
import java.util.Map;

/** The pulls of a repository by day, and of its tags. */
final class RepositoryPullsResource implements ApiResource {
    private final PullStatistics pulls;
    private final Catalog catalog;

    RepositoryPullsResource(PullStatistics pulls, Catalog catalog) {
        this.pulls = pulls;
        this.catalog = catalog;
    }

    @Override
    public String path() {
        return "statistics/repositories/";
    }

    @Override
    public ObjectNode answer(ApiCall call) {
        RepositoryName name = call.repository();
        RepositoryRecord repository = catalog.seen(call.registry(), name);
        RepositoryPulls known = pulls.of(name);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("pulls", known.total().map(Pulls::count).orElse(0L));
        known.total().ifPresent(total -> document.put("pulled", total.last().toString()));
        PullsResource.put(document.putArray("days"), known.days());
        ArrayNode tags = document.putArray("tags");
        known.tagDays().entrySet().stream()
                .filter(entry -> repository.tags().containsKey(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> {
                    Tag tag = entry.getKey();
                    ObjectNode ofTag = tags.addObject().put("tag", tag.value());
                    ofTag.put("pulls", known.of(tag).map(Pulls::count).orElse(0L));
                    PullsResource.put(ofTag.putArray("days"), entry.getValue());
                });
        return document;
    }
}
