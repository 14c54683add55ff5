package dev.berth.registry.account.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.server.RegistryRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is malformed, too large or from elsewhere changes nothing. */
class AccountApiInputTest {
    private static final String ROOT = ManagedRegistry.as("root");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{'name':'dave'}",
                "{'name':'dave','password':''}",
                "{'name':'dave','password':12}",
                "{'name':'dave','password':'x','password':'y'}",
                "{'name':'dave','password':'x','admin':true}",
                "{'name':'dave','password':'a\\u0000b'}",
                "{'name':['dave','eve'],'password':'x'}",
                "{'name':'everyone','password':'x'}",
                "{'name':'acme','password':'x'}",
                "{'name':'a:b','password':'x'}",
                "{'name':'../root','password':'x'}"
            })
    void aMalformedChangeIsRefused(String body) {
        var reply = ManagedRegistry.send(
                registry.api,
                "POST",
                AccountApi.PATH + "people",
                Map.of("Authorization", ROOT, "Content-Type", "application/json"),
                body.replace('\'', '"'));
        assertThat(reply.status()).as("%s", reply).isIn(400, 412);
        assertThat(registry.accounts.people("", 10)).hasSize(4);
    }

    @Test
    void whatIsTooLargeIsRefused() {
        refused(post(ROOT, "people", "{'name':'" + "x".repeat(70_000) + "','password':'x'}"), 400, "bytes");
        refused(post(ROOT, "people", "{'name':'" + "x".repeat(3_000) + "','password':'x'}"), 400, "characters");
        refused(post(ROOT, "people", "{'name':'dave','password':'" + "x".repeat(73) + "'}"), 400, "72");
        refused(registry.get(ROOT, "people?limit=1001"), 400, "1000");
        refused(registry.get(ROOT, "people?limit=-1"), 400, "limit");
    }

    @Test
    void aPageOfAnotherSiteChangesNothing() {
        String body = "{\"name\":\"dave\",\"password\":\"x\"}";
        for (String type :
                new String[] {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""}) {
            refused(
                    ManagedRegistry.send(
                            registry.api,
                            "POST",
                            AccountApi.PATH + "people",
                            type.isEmpty()
                                    ? Map.of("Authorization", ROOT)
                                    : Map.of("Authorization", ROOT, "Content-Type", type),
                            body),
                    400,
                    "Content-Type");
        }
        refused(
                ManagedRegistry.send(
                        registry.api,
                        "DELETE",
                        AccountApi.PATH + "people?name=bob",
                        Map.of("Authorization", ROOT, "Sec-Fetch-Site", "cross-site"),
                        ""),
                403,
                "other sites");
        assertThat(registry.accounts.people("", 10)).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "everyone,maintainer",
        "everyone,admin",
        "authenticated,admin",
        "ldap:,reader",
        "nonsense:x,reader",
        "team:,reader"
    })
    void aGrantThatNobodyMeansIsRefused(String to, String role) {
        refused(post(ROOT, "grants", "{'to':'" + to + "','repositories':'a/**','role':'" + role + "'}"), 400);
    }

    @ParameterizedTest
    @CsvSource({"/a", "a*", "a/**/b", "A/b"})
    void aMalformedPatternIsRefused(String pattern) {
        refused(post(ROOT, "grants", "{'to':'bob','repositories':'" + pattern + "','role':'reader'}"), 400, "pattern");
    }

    @Test
    void credentialsThatWouldManageAreRefused() {
        String limits = "'repositories':['**'],'role':'admin'}";
        refused(post(BOB, "tokens", "{" + limits), 400, "maintainer");
        refused(post(BOB, "robots", "{'owner':'bob','name':'ci'," + limits), 400, "maintainer");
        refused(
                post(BOB, "tokens", "{'repositories':['**'],'role':'reader','expires':'2020-01-01T00:00:00Z'}"),
                400,
                "over");
    }

    @Test
    void unknownAddressesAndMethodsAreAnswered() {
        refused(registry.get(ROOT, "nothing"), 404);
        refused(registry.get("", "nothing"), 401);
        var reply = registry.call(ROOT, "PATCH", "people", "{}");
        refused(reply, 405, "GET, POST");
        assertThat(reply.headers()).containsEntry("Allow", "GET, POST, DELETE, PUT");
        assertThat(registry.call(ROOT, "HEAD", "whoami", "").status()).isEqualTo(200);
        refused(registry.get(ROOT, "whoami?name=x"), 400, "name");
    }

    @Test
    void severalAuthorizationsAreRefused() {
        var request = RegistryRequest.builder("GET", AccountApi.PATH + "whoami")
                .header("Authorization", ROOT)
                .header("Authorization", BOB)
                .build();
        assertThatThrownBy(() -> registry.api.handle(request))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_INVALID));
    }
}
