package dev.berth.registry.console.operation;

import static dev.berth.registry.console.TestOperations.ALICE;
import static dev.berth.registry.console.TestOperations.BOB;
import static dev.berth.registry.console.TestOperations.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Lists;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.PersonalToken;
import dev.berth.registry.console.HostileTexts;
import dev.berth.registry.console.Markup;
import dev.berth.registry.console.TestOperations;
import dev.berth.registry.mirror.StaleAnswer;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What strangers and administrators write stays text on every page of operations that shows it. */
@Tag("any-jdk")
class HostileOperationsTest {
    private static final String BASE = "/operations/";
    private static final String HARMLESS = "harmless";

    /** What neither a name in the storage nor a field of the API can have. */
    private static final List<String> STORABLE = HostileTexts.all().stream()
            .filter(text -> text.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c)))
            .filter(text -> text.length() < 250 && !text.isBlank())
            .map(String::strip)
            .toList();

    /** Several in one text are as hostile, and take fewer requests. */
    private static final List<String> NAMES =
            Lists.partition(
                            STORABLE.stream()
                                    .map(text -> text.replace(":", "."))
                                    .toList(),
                            3)
                    .stream()
                    .map(some -> String.join(" ", some))
                    .filter(name -> name.length() < 250)
                    .toList();

    private static final List<String> TYPED = Lists.partition(HostileTexts.all(), 20).stream()
            .map(some -> String.join(" ", some))
            .toList();

    private final TestOperations console = TestOperations.start();

    HostileOperationsTest() throws IOException {}

    @AfterEach
    void end() {
        console.close();
    }

    private static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private List<String> markup(String path) throws IOException, InterruptedException {
        return markup(path, console.get(ROOT, BASE + path));
    }

    private static List<String> markup(String about, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(about).isLessThan(500);
        return Markup.of(response.body());
    }

    @Test
    void thereAreManyTexts() {
        assertThat(STORABLE).hasSizeGreaterThan(200);
        assertThat(String.join(" ", NAMES).length())
                .isGreaterThan(String.join(" ", STORABLE).length() * 9 / 10);
    }

    /** Somebody of a directory is called so, and has a role, is a member, and has personal tokens. */
    @Test
    void namesAndDescriptionsOfPeople() throws Exception {
        for (String name : NAMES) {
            console.changes.grant(new Grant(Grantee.user(name), NamePattern.parse("acme/app"), Role.READER));
            console.changes.setMember("acme", Grantee.user(name), Role.READER);
            console.changes.addTeamMember("acme/dev", Grantee.user(name));
        }
        console.changes.grant(new Grant(Grantee.user(HARMLESS), NamePattern.parse("acme/app"), Role.READER));
        console.changes.setMember("acme", Grantee.user(HARMLESS), Role.READER);
        for (String page : List.of(
                "organisations/organisation?name=acme",
                "teams/team?name=acme/dev",
                "grants",
                "explain?repository=acme/app")) {
            assertThat(markup(page)).as(page).isNotEmpty();
        }
        for (String name : NAMES) {
            for (String page : List.of(
                    "organisations/remove-member?organisation=acme&member=",
                    "teams/remove-member?team=acme/dev&member=",
                    "grants/remove?repositories=acme/app&role=reader&to=",
                    "grants?to=",
                    "explain?repository=acme/app&caller=",
                    "people/person?name=")) {
                assertThat(markup(page + query(name))).as(page + name).isNotEmpty();
            }
            assertThat(markup("grants?to=" + query(name))).as(name).isEqualTo(markup("grants?to=" + HARMLESS));
        }
    }

    @Test
    void descriptionsOfPersonalTokens() throws Exception {
        for (String text : NAMES) {
            console.changes.addPersonalToken(BOB, text, List.of(NamePattern.all()), Role.READER, Optional.empty());
        }
        assertThat(markup("people/person?name=bob")).isNotEmpty();
        for (PersonalToken token : console.accounts.personalTokens(BOB)) {
            assertThat(markup("people/revoke?owner=bob&id=" + token.id()))
                    .as(token.description())
                    .isNotEmpty();
        }
    }

    @Test
    void whatABrowserSaysOfItself() throws Exception {
        console.signIn(ALICE, HARMLESS);
        List<String> harmless = markup("people/person?name=alice");
        for (String text : STORABLE) {
            if (!text.chars().allMatch(c -> c < 0x7f)) {
                continue;
            }
            console.sessions().endOthers(ALICE, "");
            console.signIn(ALICE, text);
            assertThat(markup("people/person?name=alice")).as(text).isEqualTo(harmless);
            String id = console.sessions().of(ALICE).get(0).id();
            assertThat(markup("people/end?owner=alice&id=" + id)).as(text).isNotEmpty();
        }
    }

    @Test
    void whatUpstreamRegistriesSay() throws Exception {
        assertThat(mirrored(HARMLESS)).isNotEmpty();
        for (String text : TYPED) {
            assertThat(mirrored(text)).as(text).isEqualTo(mirrored(HARMLESS));
        }
    }

    private List<String> mirrored(String text) throws IOException, InterruptedException {
        console.hub.activity().unanswered(Instant.now(), StaleAnswer.Reason.FAILED, text);
        console.hub
                .activity()
                .stale(new StaleAnswer(
                        RepositoryName.parse("hub.example/library/app"),
                        text,
                        StaleAnswer.Reason.FAILED,
                        Optional.empty(),
                        text));
        return markup("mirrors/mirror?name=hub.example");
    }

    @Test
    void whyMessagesWereGivenUp() throws Exception {
        for (String text : NAMES) {
            console.deadLetter("acme.deploy", "acme/app", text);
        }
        String after = "";
        int seen = 0;
        do {
            assertThat(markup("webhooks/dead-letters?name=acme.deploy&after=" + after))
                    .isNotEmpty();
            var page = console.api(ROOT, "webhooks/dead-letters?name=acme.deploy&limit=50&after=" + after);
            for (var letter : page.path("deadLetters")) {
                assertThat(markup("webhooks/dead-letter?name=acme.deploy&id="
                                + letter.path("id").asText()))
                        .isNotEmpty();
                seen++;
            }
            after = page.path("next").asText();
        } while (!after.isEmpty());
        assertThat(seen).isEqualTo(NAMES.size());
    }

    /** The body has what clients have said of themselves. */
    @Test
    void bodiesOfDeadLetters() throws Exception {
        for (String text : TYPED) {
            String id = console.deadLetter("acme.deploy", TestOperations.eventOf(text), "It was late");
            HttpResponse<String> page = console.get(ROOT, BASE + "webhooks/dead-letter?name=acme.deploy&id=" + id);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(markup(text, page)).contains("pre class");
            console.webhooks.deadLetters().remove(id);
        }
    }

    @Test
    void whatIsTypedIntoFormsAndAddresses() throws Exception {
        Map<String, List<String>> fields = new HashMap<>();
        fields.put("people/add", List.of("name", "password"));
        fields.put("organisations/add", List.of("name"));
        fields.put("organisations/organisation", List.of("member", "role"));
        fields.put("teams/add", List.of("name"));
        fields.put("teams/team", List.of("member"));
        fields.put("robots/add", List.of("name", "repositories", "role", "expires"));
        fields.put("grants/add", List.of("to", "repositories", "role"));
        fields.put("grants/public", List.of("repositories"));
        fields.put(
                "webhooks/add",
                List.of(
                        "name",
                        "url",
                        "repositories",
                        "format",
                        "timeout",
                        "headers",
                        "types",
                        "ignoreTypes",
                        "mediaTypes",
                        "ignoreMediaTypes"));
        fields.put("webhooks/change", List.of("url", "repositories", "format", "timeout", "headers", "types"));
        Map<String, Map<String, String>> about = Map.of(
                "organisations/organisation", Map.of("name", "acme"),
                "teams/team", Map.of("name", "acme/dev"),
                "robots/add", Map.of("owner", "acme"),
                "webhooks/change", Map.of("name", "acme.deploy"));
        for (String text : TYPED) {
            for (Map.Entry<String, List<String>> page : fields.entrySet()) {
                Map<String, String> form = new HashMap<>();
                page.getValue().forEach(field -> form.put(field, text));
                form.putAll(about.getOrDefault(page.getKey(), Map.of()));
                HttpResponse<String> answer = console.post(ROOT, BASE + page.getKey(), form);
                assertThat(answer.statusCode()).as("%s %s", page.getKey(), text).isLessThan(500);
                assertThat(Markup.of(answer.body()))
                        .as("%s %s", page.getKey(), text)
                        .isNotNull();
            }
        }
        // A server takes no controls in an address.
        for (String text : Lists.partition(STORABLE, 20).stream()
                .map(some -> String.join(" ", some))
                .toList()) {
            for (String page : List.of(
                    "people/person?name=",
                    "people/remove?name=",
                    "robots?owner=",
                    "grants?repositories=",
                    "explain?repository=",
                    "explain?repository=acme/app&caller=",
                    "webhooks/webhook?name=",
                    "mirrors/mirror?name=",
                    "people?after=",
                    "signing-keys/remove?id=")) {
                assertThat(markup(page + query(text))).as(page + text).isNotEmpty();
            }
        }
    }
}
