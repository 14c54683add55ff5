package dev.berth.registry.webhook.api;

import static dev.berth.registry.account.api.Cell.Who.ADMINISTRATOR;
import static dev.berth.registry.account.api.Cell.Who.ADMINISTRATOR_BY_TOKEN;
import static dev.berth.registry.account.api.Cell.Who.ORGANISATION_ADMINISTRATOR;

import dev.berth.registry.account.api.Cell;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who may make which request to the API of webhooks. */
final class WebhookRights {
    private static final Set<Cell.Who> NOBODY = EnumSet.noneOf(Cell.Who.class);
    private static final Set<Cell.Who> ADMINISTRATORS = EnumSet.of(ADMINISTRATOR, ADMINISTRATOR_BY_TOKEN);
    private static final Set<Cell.Who> OF_ACME =
            EnumSet.of(ADMINISTRATOR, ADMINISTRATOR_BY_TOKEN, ORGANISATION_ADMINISTRATOR);

    private final List<Cell> cells = new ArrayList<>();

    private WebhookRights() {}

    private void row(String route, String query, String body, Set<Cell.Who> allowed) {
        String path = route.substring(route.indexOf(' ') + 1);
        cells.add(new Cell(route, query.isEmpty() ? path : path + "?" + query, body, allowed));
    }

    static List<Cell> rows() {
        WebhookRights table = new WebhookRights();
        table.row("GET endpoints", "", "", OF_ACME);
        table.aboutPutting();
        table.aboutConfigured();
        table.aboutEach("acme.deploy", OF_ACME);
        table.aboutEach("other.deploy", ADMINISTRATORS);
        table.aboutEach("mixed", ADMINISTRATORS);
        table.aboutEach("all", ADMINISTRATORS);
        return table.cells;
    }

    private void aboutPutting() {
        put("acme.new", "'acme/app','acme/team/**'", OF_ACME);
        add("acme.new", "'acme/*'", OF_ACME);
        add("acme.new", "'**'", ADMINISTRATORS);
        add("new", "'acme/**'", ADMINISTRATORS);
        put("acme.new", "'acme/*'", OF_ACME);
        put("acme.new", "'acme'", ADMINISTRATORS);
        put("acme.new", "'acmeacme/x'", ADMINISTRATORS);
        put("acme.new", "'acme/**','other/app'", ADMINISTRATORS);
        put("acme.new", "'**'", ADMINISTRATORS);
        put("new", "'acme/**'", ADMINISTRATORS);
        put("acme", "'acme/**'", ADMINISTRATORS);
        put("other.new", "'acme/**'", ADMINISTRATORS);
        put("acme.deploy", "'acme/app'", OF_ACME);
        put("acme.deploy", "'other/app'", ADMINISTRATORS);
        put("other.deploy", "'acme/app'", ADMINISTRATORS);
        put("mixed", "'acme/app'", ADMINISTRATORS);
        put("all", "'acme/app'", ADMINISTRATORS);
    }

    private void add(String name, String repositories, Set<Cell.Who> allowed) {
        row(
                "POST endpoints",
                "",
                "{'name':'" + name + "','url':'https://hooks.example/x','repositories':[" + repositories + "]}",
                allowed);
    }

    private void put(String name, String repositories, Set<Cell.Who> allowed) {
        row(
                "PUT endpoints",
                "",
                "{'name':'" + name + "','url':'https://hooks.example/x','repositories':[" + repositories
                        + "],'headers':{}}",
                allowed);
    }

    private void aboutConfigured() {
        put("acme-ci", "'acme/**'", NOBODY);
        put("site", "'**'", NOBODY);
        row("DELETE endpoints", "name=acme-ci", "", NOBODY);
        row("POST secrets", "", "{'name':'acme-ci'}", NOBODY);
        row("DELETE secrets", "name=site", "", NOBODY);
        aboutDelivery("acme-ci", OF_ACME);
        aboutDelivery("site", ADMINISTRATORS);
    }

    private void aboutEach(String name, Set<Cell.Who> allowed) {
        row("DELETE endpoints", "name=" + name, "", allowed);
        row("POST secrets", "", "{'name':'" + name + "'}", allowed);
        row("DELETE secrets", "name=" + name, "", allowed);
        aboutDelivery(name, allowed);
    }

    private void aboutDelivery(String name, Set<Cell.Who> allowed) {
        row("GET endpoint", "name=" + name, "", allowed);
        row("POST enable", "", "{'name':'" + name + "'}", allowed);
        row("POST test", "", "{'name':'" + name + "'}", allowed);
        row("GET dead-letters", "name=" + name, "", allowed);
        row("GET dead-letter", "name=" + name + "&id={letter of " + name + "}", "", allowed);
        row("DELETE dead-letters", "name=" + name + "&id={letter of " + name + "}", "", allowed);
        row("POST dead-letters/resend", "", "{'name':'" + name + "','id':'{letter of " + name + "}'}", allowed);
        row("POST dead-letters/resend-all", "", "{'name':'" + name + "'}", allowed);
        row("POST dead-letters/remove-all", "", "{'name':'" + name + "'}", allowed);
    }
}
