package dev.berth.registry.console.account;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.data;
import static dev.berth.registry.console.html.Attributes.scope;
import static dev.berth.registry.console.html.Attributes.time;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.CODE;
import static dev.berth.registry.console.html.Tag.LI;
import static dev.berth.registry.console.html.Tag.TABLE;
import static dev.berth.registry.console.html.Tag.TBODY;
import static dev.berth.registry.console.html.Tag.TD;
import static dev.berth.registry.console.html.Tag.TH;
import static dev.berth.registry.console.html.Tag.THEAD;
import static dev.berth.registry.console.html.Tag.TIME;
import static dev.berth.registry.console.html.Tag.TR;
import static dev.berth.registry.console.html.Tag.UL;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is told of what somebody has. */
final class Facts {
    private static final DateTimeFormatter TO_THE_MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Facts() {}

    /** Returns a table, of which the first column is what each row is about. */
    static Html table(List<String> titles, List<List<Html>> rows) {
        List<Html> heads = new ArrayList<>();
        titles.forEach(title -> heads.add(TH.of(scope("col"), text(title))));
        List<Html> lines = new ArrayList<>();
        for (List<Html> row : rows) {
            List<Html> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                cells.add(i == 0 ? TH.of(scope("row"), row.get(i)) : TD.of(data("title", titles.get(i)), row.get(i)));
            }
            lines.add(TR.of(Html.of(cells)));
        }
        return TABLE.of(css("own"), THEAD.of(TR.of(Html.of(heads))), TBODY.of(Html.of(lines)));
    }

    /** Returns the texts of an array, each on a line of its own. */
    static Html codes(JsonNode texts) {
        List<Html> lines = new ArrayList<>();
        texts.forEach(each -> lines.add(LI.of(CODE.of(Texts.foreign(each.asText())))));
        return UL.of(css("plain"), Html.of(lines));
    }

    /** Returns how long ago something was, or that it never was. */
    static Html ago(JsonNode time, Visit visit) {
        return time.isTextual() ? Texts.ago(Instant.parse(time.asText()), visit.now()) : text("never");
    }

    /** Returns when something will be, or that it never will. */
    static Html until(JsonNode time) {
        if (!time.isTextual()) {
            return text("never");
        }
        Instant then = Instant.parse(time.asText());
        return TIME.of(time(then), text(TO_THE_MINUTE.format(then)));
    }
}
