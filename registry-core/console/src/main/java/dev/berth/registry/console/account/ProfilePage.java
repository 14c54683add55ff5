package dev.berth.registry.console.account;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.CODE;
import static dev.berth.registry.console.html.Tag.DD;
import static dev.berth.registry.console.html.Tag.DL;
import static dev.berth.registry.console.html.Tag.DT;
import static dev.berth.registry.console.html.Tag.P;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who one is, and what one may. */
final class ProfilePage implements Pages {
    private final OwnFrame own;

    ProfilePage(OwnFrame own) {
        this.own = own;
    }

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        if (visit.isPost() || !rest.isEmpty()) {
            return Optional.empty();
        }
        return own.forSignedIn(visit, OwnFrame.PROFILE, () -> {
            boolean managing =
                    visit.caller().limit().isEmpty() && visit.management().has(OwnFrame.API);
            return Optional.of(managing ? managed(visit) : plain(visit));
        });
    }

    /** What is known without the management of accounts. */
    private PageAnswer plain(Visit visit) {
        List<Html> groups = new ArrayList<>();
        visit.caller().groups().stream().sorted().forEach(group -> groups.add(CODE.of(Texts.foreign(group))));
        return own.show(
                visit,
                OwnFrame.PROFILE,
                "Your account",
                DL.of(
                        css("facts"),
                        DT.of(text("Name")),
                        DD.of(Texts.foreign(visit.caller().name())),
                        DT.of(text("Groups")),
                        DD.of(groups.isEmpty() ? text("none") : Html.of(groups))),
                visit.caller().limit().isPresent()
                        ? P.of(
                                css("note"),
                                text("You have signed in with a personal token, and may do what that is for."))
                        : Html.nothing());
    }

    private PageAnswer managed(Visit visit) {
        JsonNode who = visit.management().get(OwnFrame.API + "whoami", Map.of());
        return own.show(
                visit,
                OwnFrame.PROFILE,
                "Your account",
                DL.of(
                        css("facts"),
                        DT.of(text("Name")),
                        DD.of(Texts.foreign(who.path("name").asText())),
                        DT.of(text("Groups")),
                        DD.of(who.path("groups").isEmpty() ? text("none") : Facts.codes(who.path("groups"))),
                        DT.of(text("Administrator")),
                        DD.of(text(who.path("administrator").asBoolean() ? "yes, of everything" : "no"))),
                Section.of("What you may do", rights(who.path("grants"))));
    }

    private static Html rights(JsonNode grants) {
        if (grants.isEmpty()) {
            return P.of(css("empty"), text("Nothing yet. Ask an administrator for a role in some repositories."));
        }
        List<List<Html>> rows = new ArrayList<>();
        grants.forEach(grant -> rows.add(List.of(
                CODE.of(Texts.foreign(grant.path("repositories").asText())),
                text(grant.path("role").asText()),
                Texts.foreign(grant.path("to").asText()))));
        return Facts.table(List.of("Repositories", "Role", "Given to"), rows);
    }
}
