package dev.berth.registry.console.account;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.P;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.internal.wire.HttpStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One's own personal tokens. */
final class TokenPages {
    private static final String REVOKE = OwnFrame.TOKENS + "/revoke";
    private static final String API = OwnFrame.API + "tokens";
    private static final String ID = "id";
    private static final String DESCRIPTION = "description";

    private final OwnFrame own;

    TokenPages(OwnFrame own) {
        this.own = own;
    }

    Map<String, Pages> all() {
        return Map.of(OwnFrame.TOKENS, this::tokens, REVOKE, this::revoke);
    }

    private Optional<PageAnswer> tokens(Visit visit, String rest) {
        return own.forManaging(
                visit, OwnFrame.TOKENS, () -> Optional.of(visit.isPost() ? add(visit) : list(visit, 200, "")));
    }

    private PageAnswer add(Visit visit) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(DESCRIPTION, visit.form().get(DESCRIPTION));
        PurposeFields.add(visit.form(), visit.now(), fields);
        JsonNode made;
        try {
            made = visit.management().post(API, fields);
        } catch (RegistryException e) {
            if (!Sentences.isOfForm(e)) {
                throw e;
            }
            return list(visit, HttpStatus.of(e.code()), Sentences.of(e));
        }
        return own.secret(
                visit,
                OwnFrame.TOKENS,
                "Your new personal token",
                visit.caller().name(),
                made.path("secret").asText());
    }

    private PageAnswer list(Visit visit, int status, String problem) {
        List<List<Html>> rows = new ArrayList<>();
        for (JsonNode token : all(visit)) {
            String description = token.path(DESCRIPTION).asText();
            rows.add(List.of(
                    description.isEmpty() ? text("without a description") : Texts.foreign(description),
                    Facts.codes(token.path("repositories")),
                    text(token.path("role").asText()),
                    Facts.until(token.path("expires")),
                    Facts.ago(token.path("lastUsed"), visit),
                    A.of(href(own.to(REVOKE).with(ID, token.path(ID).asText())), text("Revoke"))));
        }
        return own.show(
                visit,
                status,
                OwnFrame.TOKENS,
                "Personal tokens",
                P.of(
                        css("note"),
                        text(
                                "A personal token is used instead of the password, by docker login and others. It can do what you"
                                        + " can, within its repositories and its role, and manages nothing.")),
                rows.isEmpty()
                        ? P.of(css("empty"), text("You have none yet."))
                        : Facts.table(
                                List.of("Description", "Repositories", "Role", "Expires", "Last used", "Change"), rows),
                Section.of(
                        "Make a personal token",
                        problem.isEmpty() ? Html.nothing() : Forms.problem(problem),
                        Forms.post(
                                visit,
                                own.to(OwnFrame.TOKENS),
                                Forms.field(
                                        "What it is for",
                                        DESCRIPTION,
                                        visit.form().get(DESCRIPTION)),
                                PurposeFields.of(visit.form(), visit.isPost()),
                                Forms.button("Make it"))));
    }

    private Optional<PageAnswer> revoke(Visit visit, String rest) {
        return own.forManaging(visit, OwnFrame.TOKENS, () -> {
            String id = visit.isPost() ? visit.form().get(ID) : visit.asked(ID).orElse("");
            Optional<JsonNode> token = all(visit).stream()
                    .filter(each -> each.path(ID).asText().equals(id))
                    .findFirst();
            return token.map(known -> visit.isPost() ? revoked(visit, id) : ask(visit, known));
        });
    }

    private PageAnswer revoked(Visit visit, String id) {
        visit.management().delete(API, Map.of(ID, id));
        return PageAnswer.seeOther(own.to(OwnFrame.TOKENS));
    }

    private PageAnswer ask(Visit visit, JsonNode token) {
        return own.show(
                visit,
                OwnFrame.TOKENS,
                "Revoke the personal token?",
                P.of(
                        text("“"),
                        Texts.foreign(token.path(DESCRIPTION).asText()),
                        text("” is worth nothing any more then, and sessions that began with it end.")),
                Forms.post(
                        visit,
                        own.to(REVOKE),
                        Forms.hidden(ID, token.path(ID).asText()),
                        Forms.dangerousButton("Revoke it")),
                P.of(A.of(href(own.to(OwnFrame.TOKENS)), text("Keep it"))));
    }

    private static List<JsonNode> all(Visit visit) {
        List<JsonNode> tokens = new ArrayList<>();
        visit.management().get(API, Map.of()).path("tokens").forEach(tokens::add);
        return tokens;
    }
}
