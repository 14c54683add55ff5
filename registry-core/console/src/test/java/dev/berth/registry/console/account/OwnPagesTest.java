package dev.berth.registry.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.NewSecret;
import dev.berth.registry.console.HostileTexts;
import dev.berth.registry.console.TestAccounts;
import dev.berth.registry.console.TestBrowser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One's own page: who one is, the password, personal tokens, robots and sessions. */
class OwnPagesTest {
    private static final Pattern SECRET = Pattern.compile("berth_(?:token|robot)_[0-9A-Za-z]+");

    private TestAccounts console;
    private TestBrowser browser;

    @BeforeEach
    void start() throws IOException {
        console = TestAccounts.start();
        browser = console.browser().signedIn("alice");
    }

    @AfterEach
    void stop() {
        console.close();
    }

    private static String secret(HttpResponse<String> page) {
        Matcher secret = SECRET.matcher(page.body());
        assertThat(secret.find()).as(page.body()).isTrue();
        return secret.group();
    }

    @Test
    void theProfileSaysWhoOneIsAndWhatOneMay() {
        console.changes().addTeam("builders");
        console.changes().addTeamMember("builders", Grantee.user("alice"));
        console.changes().grant(new Grant(Grantee.group("builders"), NamePattern.parse("tools/**"), Role.READER));

        String page = browser.get("/account/").body();

        assertThat(page).contains("alice", "builders", "dev/**", "writer", "tools/**", "reader");
        assertThat(console.browser().signedIn("root").get("/account/").body()).contains("yes, of everything");
        assertThat(console.browser().signedIn("bob").get("/account/").body()).contains("Nothing yet.");
    }

    @Test
    void theNewPasswordIsGoodAndOnlyThisBrowserGoesOn() {
        TestBrowser other = console.browser().signedIn("alice");
        browser.get("/account/password");

        HttpResponse<String> answer = browser.submit(
                "/account/password", "old", "alicealice", "new", " a new one ", "repeated", " a new one ");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(browser.follow().body()).contains("The password is changed.");
        assertThat(other.get("/account/password").statusCode()).isEqualTo(303);
        TestBrowser again = console.browser();
        again.get("/sign-in");
        assertThat(again.submit("/sign-in", "name", "alice", "password", " a new one ")
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void aPasswordIsNotChangedByMistake() {
        browser.get("/account/password");
        assertThat(browser.submit("/account/password", "old", "wrong", "new", "one", "repeated", "one")
                        .body())
                .contains("The old password is wrong.");
        assertThat(browser.submit("/account/password", "old", "alicealice", "new", "one", "repeated", "two")
                        .body())
                .contains("not the same both times");
        String tooLong = "x".repeat(73);
        assertThat(browser.submit("/account/password", "old", "alicealice", "new", tooLong, "repeated", tooLong)
                        .body())
                .contains("A password may have 72 bytes.");
        assertThat(browser.submit("/account/password").body()).contains("is missing");
        console.browser().signedIn("alice");
    }

    @Test
    void aPersonalTokenIsShownOnceAndIsGoodUntilItIsRevoked() {
        browser.get("/account/tokens");
        HttpResponse<String> made = browser.submit(
                "/account/tokens",
                "description",
                "laptop",
                "repositories",
                "dev/**\r\ntools/x",
                "role",
                "writer",
                "expires",
                "30");

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(made.body()).contains("docker login -u alice");
        String secret = secret(made);
        String list = browser.get("/account/tokens").body();
        assertThat(list).contains("laptop", "dev/**", "tools/x", "writer").doesNotContain(secret);
        TestBrowser byToken = console.browser();
        byToken.get("/sign-in");
        byToken.submit("/sign-in", "name", "alice", "password", secret);
        assertThat(byToken.get("/account/").body()).contains("You have signed in with a personal token");

        Matcher link = Pattern.compile("/account/tokens/revoke\\?id=[0-9a-f]+").matcher(list);
        assertThat(link.find()).isTrue();
        assertThat(browser.get(link.group()).body()).contains("Revoke the personal token?", "laptop");
        assertThat(browser.submit("/account/tokens/revoke").statusCode()).isEqualTo(303);

        assertThat(browser.follow().body()).contains("You have none yet.").doesNotContain("laptop");
        assertThat(byToken.get("/account/").statusCode()).isEqualTo(303);
    }

    @Test
    void whatIsWrongAboutATokenIsSaidAndWhatWasFilledInStays() {
        browser.get("/account/tokens");
        HttpResponse<String> answer = browser.submit(
                "/account/tokens", "description", "mine", "repositories", "De v/**", "role", "reader", "expires", "30");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("role=\"alert\"", "value=\"mine\"", "De v/**");

        assertThat(browser.submit("/account/tokens", "repositories", "dev/**", "role", "admin", "expires", "")
                        .body())
                .contains("their role is at most maintainer");
        assertThat(browser.submit("/account/tokens", "repositories", "dev/**", "role", "reader", "expires", "soon")
                        .body())
                .contains("is a time such as");
        assertThat(browser.submit("/account/tokens", "repositories", "", "role", "reader", "expires", "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(console.accounts().personalTokens("alice")).isEmpty();
    }

    @Test
    void aRobotIsMadeGetsAnotherSecretAndIsRemoved() {
        browser.get("/account/robots");
        HttpResponse<String> made = browser.submit(
                "/account/robots", "name", "ci", "repositories", "dev/**", "role", "maintainer", "expires", "");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String first = secret(made);
        assertThat(made.body()).contains("docker login -u alice+ci");
        assertThat(browser.get("/account/robots").body())
                .contains("alice+ci", "never")
                .doesNotContain(first);

        browser.get("/account/robots/rotate?name=alice%2Bci");
        HttpResponse<String> rotated = browser.submit("/account/robots/rotate", "older", "0");
        assertThat(secret(rotated)).isNotEqualTo(first);
        assertThat(console.accounts().authenticate("alice+ci", first)).isEmpty();
        assertThat(console.accounts().authenticate("alice+ci", secret(rotated))).isPresent();

        browser.get("/account/robots/remove?name=alice%2Bci");
        assertThat(browser.submit("/account/robots/remove").statusCode()).isEqualTo(303);
        assertThat(console.accounts().robots("alice")).isEmpty();
    }

    @Test
    void oneEndsOneSessionOrAllOthers() {
        TestBrowser second = console.browser().signedIn("alice");
        TestBrowser third = console.browser().signedIn("alice");
        String page = browser.get("/account/sessions").body();
        assertThat(page).contains("this browser", "127.0.0.1", "End all others");
        Matcher link = Pattern.compile("/account/sessions/end\\?id=[0-9a-f]+").matcher(page);
        assertThat(link.find()).isTrue();

        browser.get(link.group());
        assertThat(browser.submit("/account/sessions/end").statusCode()).isEqualTo(303);
        assertThat(List.of(second, third))
                .filteredOn(each -> each.get("/account/").statusCode() == 200)
                .hasSize(1);

        browser.get("/account/sessions/end-others");
        browser.submit("/account/sessions/end-others");
        assertThat(List.of(second, third))
                .noneMatch(each -> each.get("/account/").statusCode() == 200);
        assertThat(browser.follow().body()).contains("this browser").doesNotContain("End all others");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/account/tokens/revoke?id=00000000000000000000",
                "/account/tokens/revoke",
                "/account/robots/rotate?name=bob%2Bci",
                "/account/robots/remove?name=acme%2Bci",
                "/account/sessions/end?id=x",
                "/account/other",
                "/account/tokens/"
            })
    void whatIsNotOnesOwnIsNotThere(String path) {
        console.changes().addRobot("bob", "ci", List.of(NamePattern.parse("dev/**")), Role.READER, Optional.empty());

        HttpResponse<String> answer = browser.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo(browser.get("/no/such/page").body());
    }

    @Test
    void aPersonalTokenManagesNothingOnThePagesEither() {
        NewSecret token = console.changes()
                .addPersonalToken("root", "", List.of(NamePattern.all()), Role.READER, Optional.empty());
        TestBrowser byToken = console.browser();
        byToken.get("/sign-in");
        byToken.submit("/sign-in", "name", "root", "password", token.secret());

        for (String path : List.of("/account/password", "/account/tokens", "/account/robots", "/account/sessions")) {
            HttpResponse<String> page = byToken.get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.body()).contains("which manages nothing").doesNotContain("<form class=\"form\"");
        }
    }

    @Test
    void hostileTextsAreShownAsText() {
        List<String> texts = HostileTexts.all();
        int made = 0;
        for (int i = 0; i < texts.size() && made < 40; i += 3) {
            browser.get("/account/tokens");
            HttpResponse<String> answer = browser.submit(
                    "/account/tokens",
                    "description",
                    texts.get(i),
                    "repositories",
                    "dev/**",
                    "role",
                    "reader",
                    "expires",
                    "");
            made += answer.statusCode() == 201 ? 1 : 0;
            assertIsText(answer.body());
            browser.get("/account/robots");
            assertIsText(browser.submit(
                            "/account/robots", "name", texts.get(i), "repositories", texts.get(i), "role", "reader")
                    .body());
        }
        assertThat(made).isGreaterThan(20);
        assertIsText(browser.get("/account/tokens").body());
    }

    private static void assertIsText(String page) {
        assertThat(page).doesNotContain("<script>", "<img", "<svg", "<iframe", "<form action=//", "\u202e", "\u001b");
        // A quote ends no value, so what is between quotes is a value.
        assertThat(page.replaceAll("\"[^\"]*\"", "")).doesNotContainPattern("<[^>]* on[a-z]+=");
    }
}
