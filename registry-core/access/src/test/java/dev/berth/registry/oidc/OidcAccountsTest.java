package dev.berth.registry.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.Account;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever has a token of the issuer logs in with it, and is remembered as long as the login lasts. */
class OidcAccountsTest {
    private final List<OidcAccounts> opened = new ArrayList<>();
    private final ObjectStore store = MemoryObjectStore.create();
    private FakeIssuer issuer;
    private OidcAccounts accounts;

    @BeforeEach
    void start() throws IOException {
        issuer = new FakeIssuer();
        accounts = open(options -> options);
    }

    private OidcAccounts open(UnaryOperator<OidcOptions.Builder> change) throws IOException {
        OidcAccounts made = OidcAccounts.open(change.apply(issuer.options()).build(), store);
        opened.add(made);
        return made;
    }

    @AfterEach
    void stop() {
        opened.forEach(OidcAccounts::close);
        issuer.close();
    }

    private Account login(String token) {
        return accounts.authenticate("anything", token).orElseThrow();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(JWTClaimsSet.Builder claims) {
        String token = issuer.sign(claims);
        return assertThatThrownBy(() -> login(token))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHORIZED))
                .hasMessageContaining("The token of " + issuer.uri() + " is not good: ")
                .hasMessageNotContaining(token);
    }

    private void pass(Duration time) {
        issuer.now.set(issuer.now.get().plus(time));
    }

    @Test
    void theTokenSaysWhoTheCallerIs() {
        Account account = login(issuer.token("alice", "dev", "ops"));

        assertThat(account.caller().name()).isEqualTo("alice");
        assertThat(account.caller().groups()).containsExactlyInAnyOrder("oidc:dev", "oidc:ops");
        assertThat(account.subject()).isEqualTo("oidc:alice");
        assertThat(accounts.find("oidc:alice")).contains(account);
        assertThat(accounts.find("alice")).isEmpty();
        assertThat(accounts.find("oidc:bob")).isEmpty();
    }

    @Test
    void whatIsNoTokenOfTheIssuerIsForOthers() {
        String foreign = issuer.sign(issuer.claims("alice").issuer("https://other.test"));
        for (String password : List.of("", "secret", "a.b.c", "..", foreign, "x".repeat(100_000), "e30.e30.")) {
            assertThat(accounts.authenticate("alice", password)).isEmpty();
        }
    }

    @Test
    void everyClaimCounts() {
        Instant now = issuer.now.get();
        assertRefused(issuer.claims("alice").audience("another")).hasMessageContaining("aud");
        assertRefused(issuer.claims("alice").audience((String) null)).hasMessageContaining("aud");
        assertRefused(issuer.claims("alice").subject(null)).hasMessageContaining("sub");
        assertRefused(issuer.claims("alice").expirationTime(null)).hasMessageContaining("exp");
        assertRefused(issuer.claims("alice").expirationTime(Date.from(now.minus(Duration.ofMinutes(10)))))
                .hasMessageContaining("expired")
                .hasMessageContaining("clock");
        assertRefused(issuer.claims("alice").notBeforeTime(Date.from(now.plus(Duration.ofMinutes(10)))))
                .hasMessageContaining("not good yet")
                .hasMessageContaining("clock");
        assertRefused(issuer.claims("alice").claim("exp", "2000000000")).hasMessageContaining("malformed");
        assertRefused(issuer.claims("alice").claim("events", Map.of())).hasMessageContaining("events");
        assertRefused(issuer.claims("alice").claim("preferred_username", null))
                .hasMessageContaining("preferred_username");
        assertRefused(issuer.claims("alice").claim("preferred_username", 7)).hasMessageContaining("preferred_username");
        for (String name : List.of("", " ", "a\nb", "acme+ci", "x".repeat(256), "a\u202eb", " alice")) {
            assertRefused(issuer.claims("alice").claim("preferred_username", name))
                    .hasMessageContaining("none here");
        }
        assertRefused(issuer.claims("alice").claim("groups", List.of("dev", 1))).hasMessageContaining("groups");
        assertRefused(issuer.claims("alice").claim("groups", Map.of("a", 1))).hasMessageContaining("groups");
        assertRefused(issuer.claims("alice").claim("groups", Collections.nCopies(1_001, "g")))
                .hasMessageContaining("1001 groups");
        assertThat(login(issuer.sign(issuer.claims("alice").audience(List.of("x", FakeIssuer.AUDIENCE))))
                        .caller()
                        .name())
                .isEqualTo("alice");
        assertThat(login(issuer.sign(issuer.claims("alice").expirationTime(Date.from(now.minusSeconds(40)))))
                        .subject())
                .isEqualTo("oidc:alice");
        assertThat(accounts.find("oidc:alice")).isPresent();
    }

    @Test
    void otherTypesOfTokensDoNotCount() {
        String logout = issuer.sign(issuer.claims("alice"), header -> header.type(new JOSEObjectType("logout+jwt")));
        String access = issuer.sign(issuer.claims("alice"), header -> header.type(new JOSEObjectType("at+jwt")));
        String unsigned = new PlainJWT(issuer.claims("alice").build()).serialize();

        assertThatThrownBy(() -> login(logout)).hasMessageContaining("typ");
        assertThatThrownBy(() -> login(unsigned)).hasMessageContaining("no signed JSON Web Token");
        assertThat(login(access).caller().name()).isEqualTo("alice");
    }

    @Test
    void theOptionsSayWhichClaimsCount() throws IOException {
        OidcAccounts others = open(options ->
                options.nameClaim("email").groupsClaim("realm_access.roles").namePrefix("sso-"));
        JWTClaimsSet.Builder claims = issuer.claims("alice")
                .claim("email", "alice@example.test")
                .claim("realm_access", Map.of("roles", List.of("admin")));

        Account account = others.authenticate("", issuer.sign(claims)).orElseThrow();
        assertThat(account.caller().name()).isEqualTo("sso-alice@example.test");
        assertThat(account.caller().groups()).containsExactly("oidc:admin");
        assertThat(others.find(account.subject())).contains(account);
        assertThatThrownBy(() -> others.authenticate("", issuer.sign(claims.claim("email_verified", false))))
                .hasMessageContaining("email_verified");
    }

    @Test
    void groupsAreReplacedAndNeverMerged() {
        String older = issuer.token("alice", "dev", "admins");
        Account before = login(older);
        pass(Duration.ofSeconds(10));
        login(issuer.token("alice", "dev"));

        Account after = accounts.find("oidc:alice").orElseThrow();
        assertThat(after.caller().groups()).containsExactly("oidc:dev");
        assertThat(after.version()).isEqualTo(before.version());
        assertThat(login(older).caller().groups()).containsExactly("oidc:dev");
        login(issuer.sign(issuer.claims("alice").claim("groups", null)));
        assertThat(accounts.find("oidc:alice").orElseThrow().caller().groups()).isEmpty();
    }

    @Test
    void aLoginEndsWithItsTokenAndTheNextOneIsAnother() {
        Account first = login(issuer.token("alice"));
        pass(Duration.ofSeconds(599));
        assertThat(accounts.find("oidc:alice")).isPresent();
        pass(Duration.ofSeconds(1));
        assertThat(accounts.find("oidc:alice")).isEmpty();

        Account second = login(issuer.token("alice"));
        assertThat(second.version()).isNotEqualTo(first.version());
    }

    @Test
    void aLoginLastsAsLongAsTheOptionsSay() throws IOException {
        OidcAccounts long30 = open(options -> options.session(Duration.ofDays(30)));
        OidcAccounts short5 =
                open(options -> options.session(Duration.ofMinutes(5)).namePrefix("short-"));
        long30.authenticate("", issuer.token("alice"));
        short5.authenticate("", issuer.token("alice"));
        pass(Duration.ofMinutes(5));
        assertThat(short5.find("oidc:short-alice")).isEmpty();
        pass(Duration.ofDays(29));
        assertThat(long30.find("oidc:alice")).isPresent();
        pass(Duration.ofDays(1));
        assertThat(long30.find("oidc:alice")).isEmpty();
    }

    @Test
    void everyServerOverTheStoreKnowsALogin() throws IOException {
        OidcAccounts other = open(options -> options);
        login(issuer.token("alice", "dev"));
        assertThat(other.find("oidc:alice").orElseThrow().caller().groups()).containsExactly("oidc:dev");

        pass(Duration.ofSeconds(1));
        login(issuer.token("alice"));
        pass(Duration.ofSeconds(5));
        assertThat(other.find("oidc:alice").orElseThrow().caller().groups()).isEmpty();

        assertThat(other.logOut("alice")).isTrue();
        assertThat(other.find("oidc:alice")).isEmpty();
        pass(Duration.ofSeconds(5));
        assertThat(accounts.find("oidc:alice")).isEmpty();
        assertThat(other.logOut("alice")).isFalse();
    }

    @Test
    void aNameThatBecomesSomebodyElsesIsAnotherLogin() {
        Account first = login(issuer.token("alice", "admins"));
        Account second = login(issuer.sign(issuer.claims("alice").subject("another")));

        assertThat(second.version()).isNotEqualTo(first.version());
        assertThat(accounts.find("oidc:alice").orElseThrow().caller().groups()).isEmpty();
    }

    @Test
    void aNewKeyOfTheIssuerIsFetched() {
        login(issuer.token("alice"));
        int before = issuer.requests.get();
        issuer.keys.set(List.of(FakeIssuer.key("second"), issuer.keys.get().get(0)));
        login(issuer.token("bob"));
        assertThat(issuer.requests).hasValue(before + 2);

        issuer.keys.set(List.of(FakeIssuer.key("stranger")));
        String stranger = issuer.token("mallory");
        issuer.keys.set(List.of());
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> login(stranger)).isInstanceOf(RegistryException.class);
        }
        assertThat(issuer.requests.get()).isLessThanOrEqualTo(before + 4);
    }

    @Test
    void whileTheIssuerIsDownItsKnownKeysAreGood() throws IOException {
        login(issuer.token("alice"));
        issuer.down();
        pass(Duration.ofHours(1));
        assertThat(login(issuer.token("bob")).caller().name()).isEqualTo("bob");

        OidcAccounts restarted = open(options -> options);
        String token = issuer.token("alice");
        assertThat(restarted.find("oidc:bob")).isPresent();
        assertThatThrownBy(() -> restarted.authenticate("", token))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining("The keys of the issuer " + issuer.uri() + " cannot be fetched");
        issuer.up();
        pass(Duration.ofSeconds(5));
        assertThat(restarted.authenticate("", token)).isPresent();
    }

    @Test
    void aConfigurationOfAnotherIssuerIsNotTaken() throws IOException {
        for (String wrong : List.of(
                "{\"issuer\":\"https://other.test\",\"jwks_uri\":\"" + issuer.uri() + "/jwks\"}",
                "{\"issuer\":\"" + issuer.uri() + "/\",\"jwks_uri\":\"" + issuer.uri() + "/jwks\"}",
                "{\"issuer\":\"" + issuer.uri() + "\"}",
                "{\"issuer\":\"" + issuer.uri() + "\",\"jwks_uri\":\"file:///etc/passwd\"}",
                "<html>")) {
            issuer.configuration.set(right -> wrong);
            OidcAccounts misled = open(options -> options);
            assertThatThrownBy(() -> misled.authenticate("", issuer.token("alice")))
                    .as(wrong)
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                    .hasMessageContaining("openid-configuration");
        }
    }

    @Test
    void anIssuerIsAUrl() {
        for (String wrong :
                List.of("issuer", "ftp://issuer.test", "https://a:b@issuer.test", "https://issuer.test/?a")) {
            assertThatThrownBy(() -> OidcOptions.builder(URI.create(wrong), "berth"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> OidcOptions.builder(issuer.uri(), "")).hasMessageContaining("audience");
    }

    @Test
    void aPersonalTokenWorksWhileTheLoginOfItsOwnerLasts() {
        AccountStore people = AccountStore.over(
                store,
                AccountStoreOptions.builder()
                        .outside(accounts, "oidc")
                        .clock(issuer.now::get)
                        .build());
        Accounts all = Accounts.anyOf(List.of(accounts, people));
        all.authenticate("anything", issuer.token("alice", "dev"));
        String secret = people.changesBy("admin", event -> {})
                .addPersonalToken(
                        "alice", "laptop", List.of(NamePattern.parse("team/**")), Role.READER, Optional.empty())
                .secret();

        Account byToken = all.authenticate("alice", secret).orElseThrow();
        assertThat(byToken.caller().name()).isEqualTo("alice");
        assertThat(byToken.caller().groups()).contains("oidc:dev");
        assertThat(byToken.caller().limit()).isPresent();

        pass(Duration.ofSeconds(610));
        assertThat(all.authenticate("alice", secret)).isEmpty();
        assertThat(all.find(byToken.subject())).isEmpty();
    }

    @Test
    void aClockThatIsSetBackKeepsNoLoginAndNoKey() throws IOException {
        OidcAccounts other = open(options -> options);
        String token = issuer.token("alice", "dev");
        login(token);
        pass(Duration.ofSeconds(-50));
        assertThat(accounts.find("oidc:alice")).isPresent();
        assertThat(other.logOut("alice")).isTrue();
        pass(Duration.ofSeconds(-50));
        assertThat(accounts.find("oidc:alice")).isEmpty();

        pass(Duration.ofHours(-1));
        issuer.keys.set(List.of(FakeIssuer.key("second")));
        String newer = issuer.token("bob");
        assertThat(login(newer).caller().name()).isEqualTo("bob");
        issuer.keys.set(List.of(FakeIssuer.key("third")));
        pass(Duration.ofHours(-1));
        assertThatThrownBy(() -> login(newer)).isInstanceOf(RegistryException.class);
    }
}
