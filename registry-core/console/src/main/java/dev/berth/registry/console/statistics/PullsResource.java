package dev.berth.registry.console.statistics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.console.api.ApiCall;
import dev.berth.registry.console.api.ApiResource;
import dev.berth.registry.console.catalog.Cards;
import dev.berth.registry.pulls.DailyPulls;
import dev.berth.registry.pulls.PullTotals;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The pulls of the last 30 days from the repositories that the caller may see, and those that were pulled most. */
final class PullsResource implements ApiResource {
    private static final int DAYS = 30;
    private static final int ROWS = 20;
    private static final int MOST_ROWS = 1_000;

    private final PullTotals totals;
    private final Cards cards;

    PullsResource(PullTotals totals, Cards cards) {
        this.totals = totals;
        this.cards = cards;
    }

    @Override
    public String path() {
        return "statistics/pulls";
    }

    @Override
    public ObjectNode answer(ApiCall call) {
        int rows = call.query().number("limit", ROWS, MOST_ROWS);
        LocalDate today = LocalDate.ofInstant(call.now(), ZoneOffset.UTC);
        Popular popular = Popular.of(totals, cards, call::maySee, today.minusDays(DAYS - 1L), rows);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("repositories", popular.repositories());
        put(document.putArray("days"), popular.days());
        ArrayNode most = document.putArray("most");
        popular.most()
                .forEach(pulled -> most.addObject()
                        .put("name", pulled.name().value())
                        .put("recent", pulled.recent())
                        .put("pulls", pulled.total().pulls().count())
                        .put("pulled", pulled.total().pulls().last().toString()));
        return document;
    }

    /** Days without pulls are left out. */
    static void put(ArrayNode days, DailyPulls pulls) {
        pulls.counts()
                .forEach((day, count) ->
                        days.addObject().put("day", day.toString()).put("pulls", count));
    }
}
