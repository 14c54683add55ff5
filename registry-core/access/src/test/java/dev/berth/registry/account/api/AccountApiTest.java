package dev.berth.registry.account.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.Account;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.account.Logins;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.server.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API answers, and that nobody gets more by it than they have. */
class AccountApiTest {
    private static final String ROOT = ManagedRegistry.as("root");
    private static final String CAROL = ManagedRegistry.as("carol");
    private static final String BOB = ManagedRegistry.as("bob");

    private final ManagedRegistry registry = new ManagedRegistry();

    private ManagedRegistry.Reply post(String authorization, String path, String body) {
        return registry.call(authorization, "POST", path, body);
    }

    private static void refused(ManagedRegistry.Reply reply, int status, String... about) {
        assertThat(reply.status()).as("%s", reply).isEqualTo(status);
        for (String text : about) {
            assertThat(reply.message()).contains(text);
        }
    }

    @Test
    void aSecretIsInTheAnswerThatMadeItAndNowhereElse() {
        var added = post(
                CAROL,
                "robots",
                "{'owner':'acme','name':'cd','repositories':['acme/app','acme/x/**'],'role':'writer'}");
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.headers()).containsEntry("Cache-Control", "no-store");
        assertThat(added.content().path("account").asText()).isEqualTo("acme+cd");
        String secret = added.content().path("secret").asText();
        assertThat(registry.accounts.authenticate("acme+cd", secret)).isPresent();

        assertThat(registry.get(CAROL, "robots?owner=acme").content().toString())
                .contains("acme+cd", "acme/x/**", "\"secrets\":1")
                .doesNotContain(secret);
        assertThat(registry.events)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.toString()).doesNotContain(secret));

        var rotated = post(CAROL, "robots/rotate", "{'name':'acme+cd','olderGoodForSeconds':'0'}");
        assertThat(registry.accounts.authenticate("acme+cd", secret)).isEmpty();
        assertThat(registry.accounts.authenticate(
                        "acme+cd", rotated.content().path("secret").asText()))
                .isPresent();
    }

    @Test
    void peopleAreListedInPages() {
        var first = registry.get(ROOT, "people?limit=3").content();
        assertThat(names(first)).containsExactly("alice", "bob", "carol");
        var rest = registry.get(
                        ROOT, "people?limit=3&after=" + first.path("next").asText())
                .content();
        assertThat(names(rest)).containsExactly("root");
        assertThat(rest.has("next")).isFalse();
    }

    private static List<String> names(JsonNode page) {
        return page.path("people").findValuesAsText("name");
    }

    @Test
    void theOwnPasswordTakesTheOldOne() {
        refused(registry.call(BOB, "PUT", "password", "{'password':'new'}"), 400, "oldPassword");
        refused(registry.call(BOB, "PUT", "password", "{'password':'new','oldPassword':'no'}"), 403, "old password");
        refused(
                registry.call(
                        ROOT,
                        "PUT",
                        "password",
                        "{'password':'new','oldPassword':'" + registry.personalToken.secret() + "'}"),
                403,
                "old password");
        assertThat(registry.accounts.authenticate("bob", "bobbob")).isPresent();

        assertThat(registry.call(BOB, "PUT", "password", "{'password':'new','oldPassword':'bobbob'}")
                        .status())
                .isEqualTo(204);
        assertThat(registry.accounts.authenticate("bob", "bobbob")).isEmpty();
        assertThat(registry.accounts.authenticate("bob", "new")).isPresent();
    }

    @Test
    void guessingTheOldPasswordIsLimited() {
        for (int i = 0; i < 10; i++) {
            refused(
                    registry.call(BOB, "PUT", "password", "{'password':'new','oldPassword':'guess" + i + "'}"),
                    403,
                    "old password");
        }
        refused(registry.call(BOB, "PUT", "password", "{'password':'new','oldPassword':'bobbob'}"), 429, "Too many");
    }

    @Test
    void somebodyStaysAnAdministrator() {
        String last = "administer";
        refused(registry.call(ROOT, "DELETE", "people?name=root", ""), 412, last);
        refused(registry.call(ROOT, "PUT", "people", "{'name':'root','disabled':true}"), 412, last);
        refused(registry.call(ROOT, "DELETE", "grants?to=root&repositories=**&role=admin", ""), 412, last);

        // Of a name that is nobody's, it is not known whether anybody can log in by it.
        assertThat(post(ROOT, "grants", "{'to':'nobody','repositories':'**','role':'admin'}")
                        .status())
                .isEqualTo(201);
        refused(registry.call(ROOT, "DELETE", "grants?to=root&repositories=**&role=admin", ""), 412, last);

        assertThat(post(ROOT, "grants", "{'to':'team:ops','repositories':'**','role':'admin'}")
                        .status())
                .isEqualTo(201);
        assertThat(registry.call(ROOT, "DELETE", "grants?to=root&repositories=**&role=admin", "")
                        .status())
                .isEqualTo(204);
        refused(registry.call(ROOT, "DELETE", "team-members?team=ops&member=root", ""), 412, last);
        refused(registry.call(ROOT, "DELETE", "teams?name=ops", ""), 412, last);

        assertThat(post(ROOT, "team-members", "{'team':'ops','member':'carol'}").status())
                .isEqualTo(204);
        assertThat(registry.call(ROOT, "DELETE", "people?name=root", "").status())
                .isEqualTo(204);
        assertThat(registry.get(CAROL, "people").status()).isEqualTo(200);
    }

    @Test
    void whatIsConfiguredCountsAndIsNotChanged() {
        var configured = new ManagedRegistry(Grants.of(new Grant(Grantee.user("bob"), NamePattern.all(), Role.ADMIN)));
        assertThat(configured.get(BOB, "people").status()).isEqualTo(200);
        assertThat(configured.call(BOB, "DELETE", "people?name=root", "").status())
                .isEqualTo(204);
        assertThat(configured.get(BOB, "grants").content().toString())
                .contains("{\"to\":\"bob\",\"repositories\":\"**\",\"role\":\"admin\",\"source\":\"configuration\"}");
        refused(configured.call(BOB, "DELETE", "grants?to=bob&repositories=**&role=admin", ""), 404, "configuration");
    }

    @Test
    void nobodyJoinsATeamThatMayMore() {
        registry.changes.grant(new Grant(Grantee.group("acme/dev"), NamePattern.parse("secret/**"), Role.WRITER));

        refused(post(CAROL, "team-members", "{'team':'acme/dev','member':'carol'}"), 403, "secret/**");
        assertThat(registry.call(CAROL, "DELETE", "team-members?team=acme/dev&member=alice", "")
                        .status())
                .isEqualTo(204);
        assertThat(post(ROOT, "team-members", "{'team':'acme/dev','member':'carol'}")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aPersonWithTheNameOfAnOrganisationHasNoRightsInItForThat() {
        // Such a person cannot be in the store, but in a directory.
        var directory = Logins.of(new Accounts() {
            @Override
            public Optional<dev.berth.registry.account.Account> authenticate(String name, String password) {
                return find(name);
            }

            @Override
            public Optional<dev.berth.registry.account.Account> find(String subject) {
                return Optional.of(Account.of(Caller.named(subject), "1"));
            }
        });
        AccountApi api = AccountApi.builder(registry.accounts, directory).build();
        Map<String, String> asAcme = Map.of("Authorization", ManagedRegistry.as("acme"));
        refused(ManagedRegistry.send(api, "GET", AccountApi.PATH + "robots?owner=acme", asAcme, ""), 403, "acme");
        assertThat(ManagedRegistry.send(
                                api,
                                "GET",
                                AccountApi.PATH + "robots?owner=alice",
                                Map.of("Authorization", ManagedRegistry.as("alice")),
                                "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theOwnerOfARobotStandsBeforeTheLastPlus() {
        // In a directory, somebody may be called alice+ops.
        refused(registry.call(ManagedRegistry.as("alice"), "DELETE", "robots?name=alice+ops+ci", ""), 403, "alice+ops");
        refused(registry.call(ManagedRegistry.as("alice"), "DELETE", "robots?name=alice+ci", ""), 404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "DELETE;people?name=alice;people?name=nobody;",
                "GET;robots?owner=acme;robots?owner=nobody;",
                "DELETE;robots?name=acme+ci;robots?name=acme+nobody;",
                "DELETE;teams?name=acme/dev;teams?name=acme/nobody;",
                "GET;tokens?owner=alice;tokens?owner=nobody;",
                "DELETE;organisations?name=acme;organisations?name=nobody;",
                "GET;explain?caller=alice&repository=a/b;explain?caller=nobody&repository=a/b;"
            })
    void aStrangerCannotTellWhatExists(String method, String existing, String missing) {
        var one = registry.call(BOB, method, existing, "");
        var other = registry.call(BOB, method, missing, "");
        assertThat(one.status()).isEqualTo(403);
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.message().replace("nobody", "acme")).isEqualTo(one.message());
    }

    @Test
    void aRefusalIsTold() {
        registry.get(BOB, "people");
        assertThat(registry.events)
                .filteredOn(event -> event.type() == AuditEvent.Type.ACCESS_REFUSED)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.caller()).isEqualTo("bob");
                    assertThat(event.requestId()).isNotEmpty();
                    assertThat(event.target()).isEqualTo("GET /berth/access/people");
                });
    }

    @Test
    void aChangeIsToldInTheNameOfWhoeverMakesIt() {
        post(CAROL, "teams", "{'name':'acme/qa'}");
        assertThat(registry.events).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(AuditEvent.Type.CHANGE);
            assertThat(event.caller()).isEqualTo("carol");
            assertThat(event.requestId()).isNotEmpty();
        });
    }
}
