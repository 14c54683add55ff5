package dev.berth.registry.console.operation.access;

import static dev.berth.registry.console.html.Html.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.operation.Json;
import dev.berth.registry.console.operation.Show;
import dev.berth.registry.console.page.Texts;

/** What tables say of a grant. */
final class GrantRows {
    private static final String EVERYONE = "everyone";

    private GrantRows() {}

    /** Returns who has it. Everyone is a word of its own, since it makes repositories public. */
    static Html who(JsonNode grant) {
        String to = Json.text(grant, "to");
        return to.equals(EVERYONE)
                ? Html.of(Show.state(Show.State.GOOD, "public"), text(" everyone"))
                : Texts.foreign(to);
    }

    static Html where(JsonNode grant) {
        return Show.code(Json.text(grant, "repositories"));
    }

    static Html role(JsonNode grant) {
        return text(Json.text(grant, "role"));
    }

    /** Returns where it comes from. */
    static Html source(JsonNode grant) {
        return text(
                switch (Json.text(grant, "source")) {
                    case "organisation" -> "membership in the organisation";
                    case "configuration" -> "configuration";
                    default -> "granted here";
                });
    }
}
