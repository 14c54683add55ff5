package dev.berth.registry.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.console.TestAccounts;
import dev.berth.registry.console.TestBrowser;
import dev.berth.registry.oidc.OidcAccounts;
import dev.berth.registry.oidc.OidcOptions;
import dev.berth.registry.oidc.SignInClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sign-in page leads to the pages of an issuer, and back. */
class IssuerPagesTest {
    private static final String WITH = "/pages/sign-in/with?issuer=0";

    private TestIssuer issuer;
    private OidcAccounts accounts;
    private TestAccounts console;
    private TestBrowser browser;

    @BeforeEach
    void start() throws IOException {
        issuer = new TestIssuer();
        accounts = OidcAccounts.open(OidcOptions.builder(issuer.uri(), "registry")
                .signIn(SignInClient.of(TestIssuer.CLIENT).withTitle("Example <login>"))
                .build());
        console = TestAccounts.with(control -> control.oidc(accounts));
        browser = console.browser();
    }

    @AfterEach
    void stop() {
        console.close();
        accounts.close();
        issuer.close();
    }

    /** Follows the browser's way to the issuer and back to the callback, which it returns the answer of. */
    private HttpResponse<String> through(String begin) {
        browser.get(begin);
        browser.visit(URI.create(browser.location()));
        return browser.follow();
    }

    @Test
    void theButtonLeadsToTheIssuerAndTheIssuerBackToWhereOneWas() {
        String page = browser.get("/pages/sign-in?to=account/").body();
        assertThat(page).contains("Sign in with ", "Example &lt;login&gt;");
        assertThat(page).contains("href=\"/pages/sign-in/with?issuer=0&amp;to=account%2F\"");

        HttpResponse<String> back = through(WITH + "&to=account%2F");

        assertThat(back.statusCode()).as(back.body()).isEqualTo(303);
        assertThat(browser.location()).isEqualTo("/pages/account/");
        String own = browser.follow().body();
        assertThat(own).contains(">carol</bdi>", "oidc:dev");
        assertThat(browser.cookies()).containsKey("berth_session").hasSize(2);
        assertThat(browser.get("/pages/account/sessions").body()).contains("oidc", "this browser");
        assertThat(browser.get("/pages/account/password").body())
                .contains("Your password is kept elsewhere")
                .doesNotContain("New password");
    }

    @Test
    void whereToGoOnIsAPageOfThisSite() {
        HttpResponse<String> back = through(WITH + "&to=//evil.example/");

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(browser.location()).isEqualTo("/pages/");
    }

    @Test
    void whatTheIssuerSaysIsShownAsTextOnTheSignInPage() {
        issuer.refusal.set("error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E");

        HttpResponse<String> back = through(WITH);

        assertThat(back.statusCode()).isEqualTo(403);
        assertThat(back.body())
                .contains("<h1>Sign in</h1>", "The issuer has refused the sign-in: access_denied", "&lt;script&gt;")
                .doesNotContain("<script>alert");
        assertThat(browser.cookies()).doesNotContainKey("berth_session");
    }

    @Test
    void aCallbackThatNobodyHasBegunSignsNobodyIn() {
        HttpResponse<String> answer = browser.get("/pages/sign-in/callback?code=x&state=y");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("not begun by this browser", "<h1>Sign in</h1>");
    }

    @Test
    void anIssuerThatIsDownIsToldOfAndPasswordsStillWork() {
        issuer.close();

        HttpResponse<String> answer = browser.get(WITH);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("Nobody can sign in at the issuer now");
        assertThat(browser.submit("/pages/sign-in", "name", "alice", "password", "alicealice")
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void thereIsNoOtherIssuer() {
        for (String path : new String[] {"1", "-1", "x", "", "99999999999"}) {
            assertThat(browser.get("/pages/sign-in/with?issuer=" + path).statusCode())
                    .isEqualTo(404);
        }
    }
}
