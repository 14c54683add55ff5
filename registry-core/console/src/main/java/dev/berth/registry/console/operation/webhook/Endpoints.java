package dev.berth.registry.console.operation.webhook;

import static dev.berth.registry.console.html.Html.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Json;
import dev.berth.registry.console.operation.Show;
import dev.berth.registry.console.page.Visit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all pages about webhooks know of one. */
final class Endpoints {
    static final String NAME = "name";
    static final String ONE = "webhook";
    static final String ALL = Apis.WEBHOOKS + "endpoints";

    /** What a change states of what it does not change: what no answer shows stays as it is without that. */
    private static final List<String> LISTS =
            List.of("repositories", "types", "ignoreTypes", "mediaTypes", "ignoreMediaTypes");

    private Endpoints() {}

    /** Returns the webhook that a page is about, if the visitor manages it. */
    static Optional<JsonNode> find(Visit visit) {
        return Desk.about(visit, NAME)
                .flatMap(name -> Apis.find(visit, Apis.WEBHOOKS + "endpoint", Map.of(NAME, name)));
    }

    /** Returns one that is not of the configuration, where it would be changed. */
    static Optional<JsonNode> changeable(Visit visit) {
        return find(visit).filter(Endpoints::isChangeable);
    }

    static boolean isChangeable(JsonNode endpoint) {
        return !Json.text(endpoint, "source").equals("configuration");
    }

    static String name(JsonNode endpoint) {
        return Json.text(endpoint, NAME);
    }

    static Link link(Desk desk, JsonNode endpoint) {
        return desk.link(ONE).with(NAME, name(endpoint));
    }

    /** Returns the fields of a change that changes nothing. */
    static Map<String, Object> fields(JsonNode endpoint) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String field : List.of(NAME, "format", "timeout")) {
            fields.put(field, Json.text(endpoint, field));
        }
        LISTS.forEach(list -> fields.put(list, Json.texts(endpoint.path(list))));
        fields.put("reads", endpoint.path("reads").asBoolean());
        fields.put("active", endpoint.path("active").asBoolean());
        return fields;
    }

    static Html state(JsonNode endpoint) {
        return switch (Json.text(endpoint.path("delivery"), "state")) {
            case "active" -> Show.state(Show.State.GOOD, "delivers");
            case "failing" -> Show.state(Show.State.BAD, "failing");
            case "disabled" -> Show.state(Show.State.BAD, "refused by the receiver");
            case "inactive" -> Show.state(Show.State.OFF, "paused");
            default -> text("not known yet");
        };
    }
}
