package dev.berth.registry.console.rights;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.data;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.scope;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.TABLE;
import static dev.berth.registry.console.html.Tag.TBODY;
import static dev.berth.registry.console.html.Tag.TD;
import static dev.berth.registry.console.html.Tag.TH;
import static dev.berth.registry.console.html.Tag.THEAD;
import static dev.berth.registry.console.html.Tag.TR;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Action;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.LongText;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may do what with a repository: to its administrators the grants that are for it, to others what they may
 * themselves.
 */
record WhoMay(Frame frame) {
    static final String ACCESS = "/berth/access/";

    private static final String REPOSITORY = "repository";
    private static final int MOST = 200;

    Html show(Visit visit, RepositoryName name) {
        List<Html> parts = new ArrayList<>();
        parts.add(P.of(text(visit.isPublic(name) ? "Everybody may pull from it." : "Not everybody may pull from it.")));
        parts.add(P.of(css("note"), text("You may " + words(visit, name) + ".")));
        if (!visit.caller().isAnonymous() && visit.management().has(ACCESS)) {
            grants(visit, name).ifPresent(parts::add);
        }
        return Section.of("Who may", Html.of(parts));
    }

    private static String words(Visit visit, RepositoryName name) {
        List<String> may = new ArrayList<>();
        add(visit, name, Action.PULL, "pull", may);
        add(visit, name, Action.PUSH, "push", may);
        add(visit, name, Action.DELETE, "delete", may);
        return may.size() == 1 ? may.get(0) + ", and nothing else" : String.join(", ", may);
    }

    private static void add(Visit visit, RepositoryName name, Action action, String word, List<String> may) {
        if (visit.may(action, name)) {
            may.add(word);
        }
    }

    /** Whoever does not administer it is not even refused, which an audit would tell of. */
    private static boolean administers(Visit visit, RepositoryName name) {
        for (JsonNode pattern :
                visit.management().get(ACCESS + "whoami", Map.of()).path("administers")) {
            if (matches(pattern.asText(), name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String pattern, RepositoryName name) {
        try {
            return NamePattern.parse(pattern).matches(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Empty for a visitor whose rights do not come from the API: somebody else decides then. */
    private Optional<Html> grants(Visit visit, RepositoryName name) {
        JsonNode answer;
        try {
            if (!administers(visit, name)) {
                return Optional.empty();
            }
            answer = visit.management().get(ACCESS + "who-may", Map.of(REPOSITORY, name.value()));
        } catch (RegistryException e) {
            if (isRefusal(e)) {
                return Optional.empty();
            }
            throw e;
        }
        List<Html> rows = new ArrayList<>();
        JsonNode grants = answer.path("grants");
        for (int i = 0; i < Math.min(MOST, grants.size()); i++) {
            rows.add(row(grants.get(i)));
        }
        int more = grants.size() - MOST;
        return Optional.of(Html.of(
                rows.isEmpty()
                        ? P.of(css("empty"), text("Nobody was granted anything here."))
                        : TABLE.of(
                                css("grants"),
                                THEAD.of(TR.of(column("Who"), column("May"), column("In"), column("By"))),
                                TBODY.of(Html.of(rows))),
                more > 0 ? P.of(css("note"), text(Texts.count(more, "more grant"))) : Html.nothing(),
                P.of(A.of(
                        href(frame.links().to("operations/explain").with(REPOSITORY, name.value())),
                        text("Ask what somebody may here")))));
    }

    private static Html column(String title) {
        return TH.of(scope("col"), text(title));
    }

    private static Html row(JsonNode grant) {
        return TR.of(
                TH.of(scope("row"), LongText.name(grant.path("to").asText())),
                TD.of(data("title", "May"), text(role(grant.path("role").asText()))),
                TD.of(
                        data("title", "In"),
                        LongText.name(grant.path("repositories").asText())),
                TD.of(data("title", "By"), text(source(grant.path("source").asText()))));
    }

    private static String role(String role) {
        return switch (role) {
            case "reader" -> "pull";
            case "writer" -> "pull and push";
            case "maintainer" -> "pull, push and delete";
            case "admin" -> "everything, and say who may";
            default -> role;
        };
    }

    private static String source(String source) {
        return switch (source) {
            case "store" -> "a grant";
            case "organisation" -> "its organisation";
            case "configuration" -> "the configuration";
            default -> source;
        };
    }

    private static boolean isRefusal(RegistryException e) {
        return switch (e.code()) {
            case DENIED, UNAUTHORIZED, NOT_FOUND -> true;
            default -> false;
        };
    }
}
