package dev.berth.registry.console.operation;

import static dev.berth.registry.console.TestOperations.ALICE;
import static dev.berth.registry.console.TestOperations.BOB;
import static dev.berth.registry.console.TestOperations.CAROL;
import static dev.berth.registry.console.TestOperations.NOBODY;
import static dev.berth.registry.console.TestOperations.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.console.TestOperations;
import dev.berth.registry.console.operation.access.AccessPart;
import dev.berth.registry.console.operation.mirror.MirrorPart;
import dev.berth.registry.console.operation.webhook.WebhookPart;
import dev.berth.registry.console.page.Assets;
import dev.berth.registry.console.page.ConsolePart;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.Links;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sees which page of operations, and that nothing is changed but by whoever may, with a form of these pages. */
class WhoSeesOperationsTest {
    private static final String BASE = "operations/";

    /** Pages by what they are about: of the registry, and of the organisation of carol. */
    private final Map<String, String> administrators = new LinkedHashMap<>();

    private final Map<String, String> ofAcme = new LinkedHashMap<>();
    private final TestOperations console = TestOperations.start();

    WhoSeesOperationsTest() throws IOException {}

    @BeforeEach
    void prepare() throws IOException {
        console.changes.grant(new Grant(Grantee.user(BOB), NamePattern.parse("acme/app"), Role.READER));
        console.cookie(ALICE);
        String token = "owner=alice&id="
                + console.accounts.personalTokens(ALICE).get(0).id();
        String letter = "name=acme.deploy&id=" + console.deadLetter("acme.deploy", "acme/app", "It was late");
        for (String page : List.of("people", "people/add", "signing-keys", "organisations/add", "replication")) {
            administrators.put(page, "");
        }
        for (String page : List.of("person", "disable", "enable", "remove", "password")) {
            administrators.put("people/" + page, "name=bob");
        }
        administrators.put("people/revoke", token);
        administrators.put("people/end", "owner=alice&id={session}");
        administrators.put("people/end-all", "owner=alice");
        administrators.put("organisations/remove", "name=acme");
        administrators.put("signing-keys/rotate", "");
        administrators.put(
                "signing-keys/remove", "id=" + console.keys.get().get(0).id());
        administrators.put("replication/rule", "name=west");
        administrators.put("replication/run", "");

        for (String page : List.of(
                "organisations",
                "teams",
                "teams/add",
                "robots",
                "grants",
                "grants/add",
                "grants/public",
                "explain",
                "webhooks",
                "webhooks/add",
                "mirrors")) {
            ofAcme.put(page, "");
        }
        ofAcme.put("organisations/organisation", "name=acme");
        ofAcme.put("organisations/remove-member", "organisation=acme&member=alice");
        ofAcme.put("teams/team", "name=acme/dev");
        ofAcme.put("teams/remove", "name=acme/dev");
        ofAcme.put("teams/remove-member", "team=acme/dev&member=alice");
        ofAcme.put("robots/add", "owner=acme");
        ofAcme.put("robots/rotate", "name=acme%2Bci");
        ofAcme.put("robots/remove", "name=acme%2Bci");
        ofAcme.put("grants/remove", "to=bob&repositories=acme/app&role=reader");
        for (String page : List.of(
                "webhook",
                "test",
                "enable",
                "pause",
                "resume",
                "secret",
                "drop-secrets",
                "remove",
                "change",
                "dead-letters",
                "resend-all",
                "drop-all")) {
            ofAcme.put("webhooks/" + page, "name=acme.deploy");
        }
        for (String page : List.of("dead-letter", "resend", "drop")) {
            ofAcme.put("webhooks/" + page, letter);
        }
        ofAcme.put("mirrors/mirror", "name=acme");
    }

    @AfterEach
    void end() {
        console.close();
    }

    private static Set<String> allPaths() {
        List<ConsolePart> parts = List.of(new AccessPart(), new WebhookPart(), new MirrorPart());
        Frame frame = new Frame("Registry", new Links(""), Assets.load(), parts);
        return parts.stream()
                .flatMap(part -> part.pages(frame).keySet().stream())
                .map(path -> path.substring(BASE.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static final Set<String> CHANGES_ONLY = Set.of(
            "people/enable",
            "signing-keys/rotate",
            "replication/run",
            "webhooks/test",
            "webhooks/enable",
            "webhooks/resume",
            "webhooks/resend",
            "webhooks/resend-all");

    private String query(Map.Entry<String, String> page) throws IOException, InterruptedException {
        return page.getValue().contains("{session}")
                ? page.getValue()
                        .replace(
                                "{session}",
                                console.api(ROOT, "access/sessions?owner=alice")
                                        .path("sessions")
                                        .path(0)
                                        .path("id")
                                        .asText())
                : page.getValue();
    }

    private String address(Map.Entry<String, String> page) throws IOException, InterruptedException {
        return "/" + BASE + page.getKey() + (page.getValue().isEmpty() ? "" : "?" + query(page));
    }

    private Map<String, String> form(Map.Entry<String, String> page) throws IOException, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : query(page).split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                form.put(pair.substring(0, equals), pair.substring(equals + 1).replace("%2B", "+"));
            }
        }
        // What the forms of lists and of adding ask for.
        form.putIfAbsent("name", "acme/fresh");
        form.putIfAbsent("password", "a password");
        form.putIfAbsent("to", "alice");
        form.putIfAbsent("repositories", "acme/fresh");
        form.putIfAbsent("role", "reader");
        form.putIfAbsent("url", "https://hooks.example/");
        form.putIfAbsent("member", "bob");
        return form;
    }

    private List<Map.Entry<String, String>> everyPage() {
        return Stream.concat(administrators.entrySet().stream(), ofAcme.entrySet().stream())
                .toList();
    }

    @Test
    void everyPageIsHere() {
        Set<String> here = new TreeSet<>(administrators.keySet());
        here.addAll(ofAcme.keySet());
        assertThat(here).isEqualTo(allPaths());
    }

    @Test
    void administratorsSeeAllPagesAndThoseOfAnOrganisationItsOwn() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> page : everyPage()) {
            boolean shown = !CHANGES_ONLY.contains(page.getKey());
            boolean own = shown && ofAcme.containsKey(page.getKey());
            expect(page, ROOT, shown ? 200 : 404, wrong);
            expect(page, CAROL, own ? 200 : 404, wrong);
        }
        assertThat(wrong).isEmpty();
    }

    private void expect(Map.Entry<String, String> page, String who, int status, List<String> wrong)
            throws IOException, InterruptedException {
        int actual = console.get(who, address(page)).statusCode();
        if (actual != status) {
            wrong.add(who + " " + page + ": " + actual);
        }
    }

    @Test
    void forOthersNoPageIsThere() throws Exception {
        for (String who : List.of(ALICE, BOB, NOBODY)) {
            String notThere = console.get(who, "/no/page").body();
            assertThat(notThere).doesNotContain("Operations");
            for (Map.Entry<String, String> page : everyPage()) {
                HttpResponse<String> response = console.get(who, address(page));
                assertThat(response.statusCode()).as("%s %s", who, page).isEqualTo(404);
                assertThat(response.body()).as("%s %s", who, page).isEqualTo(notThere);
            }
        }
    }

    @Test
    void pagesAboutWhatIsOfOthersAreNotThereForAnAdministratorOfAnOrganisation() throws Exception {
        String notThere = console.get(CAROL, "/no/page").body();
        for (String page : List.of(
                "organisations/organisation?name=other",
                "organisations/organisation?name=unknown",
                "organisations/remove-member?organisation=other&member=alice",
                "teams/team?name=ops",
                "teams/team?name=unknown",
                "teams/remove?name=ops",
                "robots?owner=other",
                "robots/add?owner=alice",
                "grants/remove?to=root&repositories=**&role=admin",
                "webhooks/webhook?name=other.deploy",
                "webhooks/webhook?name=unknown",
                "webhooks/dead-letters?name=site",
                "webhooks/change?name=other.deploy",
                "mirrors/mirror?name=hub.example",
                "people/person?name=carol")) {
            HttpResponse<String> response = console.get(CAROL, "/" + BASE + page);
            assertThat(response.statusCode()).as(page).isEqualTo(404);
            assertThat(response.body()).as(page).isEqualTo(notThere);
        }
    }

    private String everything() throws IOException, InterruptedException {
        StringBuilder all = new StringBuilder();
        for (String path : List.of(
                "access/people",
                "access/organisations",
                "access/teams",
                "access/grants",
                "access/robots?owner=acme",
                "access/tokens?owner=alice",
                "access/signing-keys",
                "webhooks/endpoints",
                "webhooks/dead-letters?name=acme.deploy")) {
            all.append(console.api(ROOT, path)).append('\n');
        }
        all.append(console.accounts.authenticate(BOB, "bobbob").isPresent());
        all.append(console.api(ROOT, "access/sessions?owner=alice")
                .path("sessions")
                .size());
        all.append(console.comparisons.size());
        return all.toString();
    }

    @Test
    void withoutWhatVouchesForThePageNothingIsChanged() throws Exception {
        String before = everything();
        for (Map.Entry<String, String> page : everyPage()) {
            HttpResponse<String> response = console.postWithout(ROOT, "/" + BASE + page.getKey(), form(page));
            assertThat(response.statusCode()).as("%s", page).isEqualTo(403);
            Map<String, String> ofAnother = form(page);
            ofAnother.put("form-token", console.formToken(BOB));
            assertThat(console.postWithout(ROOT, "/" + BASE + page.getKey(), ofAnother)
                            .statusCode())
                    .as("%s", page)
                    .isEqualTo(403);
        }
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void whoMayNotChangesNothingAndIsNotToldWhetherItIsThere() throws Exception {
        String before = everything();
        for (String who : List.of(ALICE, BOB)) {
            String notThere = console.get(who, "/no/page").body();
            for (Map.Entry<String, String> page : everyPage()) {
                HttpResponse<String> response = console.post(who, "/" + BASE + page.getKey(), form(page));
                assertThat(response.statusCode()).as("%s %s", who, page).isEqualTo(404);
                assertThat(response.body()).as("%s %s", who, page).isEqualTo(notThere);
            }
        }
        for (Map.Entry<String, String> page : administrators.entrySet()) {
            assertThat(console.post(CAROL, "/" + BASE + page.getKey(), form(page))
                            .statusCode())
                    .as("%s", page)
                    .isEqualTo(404);
        }
        for (Map.Entry<String, String> page : everyPage()) {
            assertThat(console.post(NOBODY, "/" + BASE + page.getKey(), form(page))
                            .statusCode())
                    .as("%s", page)
                    .isEqualTo(403);
        }
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void toLookAtAPageChangesNothing() throws Exception {
        String before = everything();
        for (Map.Entry<String, String> page : everyPage()) {
            console.get(ROOT, address(page));
        }
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void theMenuHasWhatTheVisitorManages() throws Exception {
        assertThat(console.get(ROOT, "/").body()).contains("/operations/people");
        assertThat(console.get(CAROL, "/").body())
                .contains("/operations/organisations")
                .doesNotContain("/operations/people");
        assertThat(console.get(CAROL, "/operations/teams").body())
                .contains(">Robots<", ">Grants<", ">Webhooks<", ">Mirrors<")
                .doesNotContain(">People<", ">Signing keys<", ">Replication<");
        assertThat(console.get(BOB, "/").body()).doesNotContain("Operations");
        console.grant(BOB, "shop/app", Role.ADMIN);
        assertThat(console.get(BOB, "/operations/grants").body())
                .contains(">Who may<", ">Webhooks<")
                .doesNotContain(">Organisations<", ">Teams<", ">Robots<", "acme");
    }
}
