package dev.berth.registry.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.console.HostileTexts;
import dev.berth.registry.console.TestAccounts;
import dev.berth.registry.console.TestBrowser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One signs in and out by forms, without a script, and lands where one was. */
class SignInPageTest {
    private TestAccounts console;
    private TestBrowser browser;

    @BeforeEach
    void start() throws IOException {
        console = TestAccounts.start();
        browser = console.browser();
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void whoeverHasSignedInIsNamedOnEachPageAndCanSignOut() {
        assertThat(browser.get("/").body()).contains(">Sign in</a>");
        browser.get("/sign-in");
        HttpResponse<String> answer = browser.submit("/sign-in", "name", "alice", "password", "alicealice");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(browser.location()).isEqualTo("/");
        assertThat(browser.follow().body()).contains(">alice</bdi>").doesNotContain(">Sign in</a>");

        browser.get("/sign-out");
        assertThat(browser.submit("/sign-out").statusCode()).isEqualTo(303);

        assertThat(browser.cookies()).doesNotContainKey("berth_session");
        assertThat(browser.follow().body()).contains(">Sign in</a>").doesNotContain("alice");
        assertThat(console.sessions().of("alice")).isEmpty();
    }

    @Test
    void anUnknownNameAndAWrongPasswordLookTheSame() {
        browser.get("/sign-in");
        HttpResponse<String> wrong = browser.submit("/sign-in", "name", "alice", "password", "wrong");
        HttpResponse<String> unknown = browser.submit("/sign-in", "name", "nobod", "password", "wrong");

        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(wrong.body()).contains("The name or the password is wrong.", "value=\"alice\"");
        assertThat(unknown.statusCode()).isEqualTo(wrong.statusCode());
        assertThat(unknown.body()).isEqualTo(wrong.body().replace("alice", "nobod"));
        assertThat(browser.cookies()).doesNotContainKey("berth_session");
    }

    @Test
    void whoeverGuessesReadsThatItWasTooOften() {
        browser.get("/sign-in");
        for (int i = 0; i < 10; i++) {
            browser.submit("/sign-in", "name", "alice", "password", "guess " + i);
        }

        HttpResponse<String> answer = browser.submit("/sign-in", "name", "alice", "password", "alicealice");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("Too many wrong passwords; try again in a minute.");
    }

    @Test
    void aFormOfAnotherSiteSignsNobodyIn() {
        browser.get("/sign-in");
        Map<String, String> form = browser.form("/sign-in");
        form.put("name", "alice");
        form.put("password", "alicealice");

        assertThat(browser.post("/sign-in", form, "http://evil.example").statusCode())
                .isEqualTo(403);
        form.remove("form-token");
        assertThat(browser.post(
                                "/sign-in",
                                form,
                                "http://127.0.0.1:" + console.address().getPort())
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.cookies()).doesNotContainKey("berth_session");
    }

    @Test
    void whatNeedsASignInComesBackAfterIt() {
        browser.get("/account/tokens");
        assertThat(browser.location()).isEqualTo("/sign-in?to=account%2Ftokens");
        browser.follow();

        browser.submit("/sign-in", "name", "alice", "password", "alicealice");

        assertThat(browser.location()).isEqualTo("/account/tokens");
        assertThat(browser.follow().body()).contains("<h1>Personal tokens</h1>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example/",
                "/\\\\evil.example",
                "\\\\evil.example",
                "https://evil.example/",
                "https:evil.example",
                "javascript:alert(1)",
                "/evil.example",
                "%2f%2fevil.example",
                "..//evil.example",
                "a/../../x",
                "a\r\nSet-Cookie: x=y",
                "sign-out",
                "\u202e",
                "@evil.example"
            })
    void nobodyIsSentToAnotherSite(String to) {
        for (String path : new String[] {"/sign-in", "/sign-in?to="}) {
            TestBrowser visitor = console.browser();
            visitor.get("/sign-in");
            visitor.submit("/sign-in", "name", "alice", "password", "alicealice", "to", to);
            String location = visitor.location();
            assertThat(location).as(path).matches("/[A-Za-z0-9%:].*|/").doesNotStartWith("//");
            assertThat(console.address().resolve(location).getAuthority())
                    .isEqualTo(console.address().getAuthority());
            assertThat(location).doesNotContain("sign-out", "..", "\\");
        }
    }

    @Test
    void hostileNamesAreShownAsText() {
        browser.get("/sign-in");
        for (String text : HostileTexts.all().subList(0, 60)) {
            HttpResponse<String> answer = browser.submit("/sign-in", "name", text, "password", text);
            assertThat(answer.statusCode()).as(text).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("<script>alert", "<img src=x", "<svg onload", "\u202e");
        }
    }

    @Test
    void belowAPathEveryAddressIsBelowIt() throws IOException {
        try (TestAccounts below = TestAccounts.at("/registry-ui")) {
            TestBrowser visitor = below.browser();
            visitor.get("/registry-ui/account/");
            assertThat(visitor.location()).isEqualTo("/registry-ui/sign-in?to=account%2F");
            visitor.follow();
            visitor.submit("/registry-ui/sign-in", "name", "alice", "password", "alicealice");
            assertThat(visitor.location()).isEqualTo("/registry-ui/account/");
            assertThat(visitor.follow().body()).contains("<h1>Your account</h1>", "dev/**");
        }
    }

    @Test
    void aRobotIsToldToLeaveItToPeople() {
        var robot = console.changes()
                .addRobot(
                        "alice",
                        "ci",
                        java.util.List.of(dev.berth.registry.access.NamePattern.parse("dev/**")),
                        dev.berth.registry.access.Role.READER,
                        java.util.Optional.empty());
        browser.get("/sign-in");

        HttpResponse<String> answer = browser.submit("/sign-in", "name", robot.account(), "password", robot.secret());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("Robots do not sign in here").doesNotContain(robot.secret());
    }
}
