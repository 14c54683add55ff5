package dev.berth.registry.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.account.Account;
import dev.berth.registry.account.Logins;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An issuer that is not this project's: discovery, its tokens, and new keys. */
@Timeout(120)
class OidcProviderTest {
    private static NodeIssuer issuer;
    private static OidcAccounts accounts;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        issuer = NodeIssuer.start();
        accounts = OidcAccounts.open(OidcOptions.builder(issuer.uri(), "berth").build());
    }

    @AfterAll
    static void stop() {
        if (issuer != null) {
            accounts.close();
            issuer.close();
        }
    }

    private static Account login(String token) {
        return Logins.of(accounts).login("anything", token, AuditOrigin.none());
    }

    @Test
    void bothKindsOfTokensAreGood() throws IOException, InterruptedException {
        Caller alice = login(issuer.idToken("alice")).caller();
        assertThat(alice.name()).isEqualTo("alice");
        assertThat(alice.groups()).containsExactlyInAnyOrder("oidc:dev", "oidc:ops");

        Caller machine = login(issuer.accessToken()).caller();
        assertThat(machine.name()).isEqualTo("machine");
        assertThat(accounts.find("oidc:machine")).isPresent();
    }

    @Test
    void tokensByANewKeyAreGoodAtOnceAndThoseByTheOlderOneStayGood() throws IOException, InterruptedException {
        String older = issuer.accessToken();
        for (String algorithm : new String[] {"ES256", "RS256"}) {
            issuer.rotate(algorithm);
            assertThat(login(issuer.accessToken()).caller().name()).isEqualTo("machine");
            assertThat(login(issuer.idToken("bob")).caller().name()).isEqualTo("bob");
            assertThat(login(older).caller().name()).isEqualTo("machine");
        }
    }

    @Test
    void itsPagesSignInWithProofOfTheCode() throws IOException, InterruptedException {
        SignInClient client = SignInClient.of("berth").withSecret("secret");
        try (OidcAccounts signing = OidcAccounts.open(
                OidcOptions.builder(issuer.uri(), "berth").signIn(client).build())) {
            OidcSignIn signIn = signing.signIn().orElseThrow();
            OidcSignIn.Begun begun = signIn.begin(request("/sign-in/with", ""), "/", "repository/a");
            String cookie = begun.cookie().split(";", -1)[0];

            URI back = issuer.signIn(begun.address(), "alice");
            OidcSignIn.Ended ended = signIn.end(request(back.getRawPath() + "?" + back.getRawQuery(), cookie), "/");

            assertThat(ended.account().caller().name()).isEqualTo("alice");
            assertThat(ended.account().caller().groups()).containsExactlyInAnyOrder("oidc:dev", "oidc:ops");
            assertThat(ended.after()).isEqualTo("repository/a");
            assertThatThrownBy(() -> signIn.end(request(back.getRawPath() + "?" + back.getRawQuery(), cookie), "/"))
                    .hasMessageContaining("The issuer has refused the sign-in: invalid_grant");
        }
    }

    private static RegistryRequest request(String target, String cookie) {
        RegistryRequest.Builder request =
                RegistryRequest.builder("GET", target).secure(true).header("Host", "client.test");
        return (cookie.isEmpty() ? request : request.header("Cookie", cookie)).build();
    }

    @Test
    void theIdTokenOfAnotherAudienceIsRefused() throws IOException, InterruptedException {
        String token = issuer.idToken("alice");
        try (OidcAccounts others =
                OidcAccounts.open(OidcOptions.builder(issuer.uri(), "machine").build())) {
            assertThatThrownBy(() -> others.authenticate("alice", token)).hasMessageContaining("aud");
        }
    }
}
