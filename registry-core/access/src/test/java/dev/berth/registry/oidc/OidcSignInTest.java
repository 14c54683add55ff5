package dev.berth.registry.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.internal.wire.ErrorBody;
import dev.berth.registry.internal.wire.WireError;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.RequestedAccess;
import dev.berth.registry.server.ResponseBody;
import dev.berth.registry.session.Browser;
import dev.berth.registry.session.NewSession;
import dev.berth.registry.session.SessionOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People sign in with a browser at the pages of an issuer, and nobody does it for them. */
class OidcSignInTest {
    private static final String CALLBACK = "/pages/sign-in/callback";

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final AccountStore people = AccountStore.over(
            store, AccountStoreOptions.builder().passwordCost(4).build());
    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    private final Browser browser = new Browser();
    private CodeIssuer issuer;
    private OidcAccounts accounts;
    private RegistryServer server;

    @BeforeEach
    void start() throws IOException {
        issuer = new CodeIssuer();
        serve(issuer.options().build());
    }

    private void serve(OidcOptions options) throws IOException {
        accounts = OidcAccounts.open(options, store);
        AccessControl access = AccessControl.builder(StorageRegistry.over(store))
                .store(people)
                .oidc(accounts)
                .grants(Grants.of(new Grant(Grantee.group("oidc:dev"), NamePattern.all(), Role.ADMIN)))
                .tokens("registry.test")
                .sessions(
                        store,
                        SessionOptions.builder().clock(issuer.issuer.now::get).build())
                .listener(events::add)
                .build();
        server = access.server()
                .listen("127.0.0.1", 0)
                .route("/pages/sign-in/with", request -> begin(access, request))
                .route(CALLBACK, request -> end(access, request))
                .route("/test/who", request -> who(access, request))
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        accounts.close();
        issuer.close();
    }

    private static RegistryResponse begin(AccessControl access, RegistryRequest request) {
        OidcSignIn.Begun begun = access.signIns().get(0).begin(request, "/pages/", "repository/a b?c=<d>");
        return RegistryResponse.builder(303)
                .header("Location", begun.address().toString())
                .header("Set-Cookie", begun.cookie())
                .build();
    }

    private static RegistryResponse end(AccessControl access, RegistryRequest request) {
        OidcSignIn signIn = access.signIns().get(0);
        OidcSignIn.Ended ended = signIn.end(request, "/pages/");
        NewSession session = access.sessions().orElseThrow().signIn(ended.account(), request);
        return RegistryResponse.builder(200)
                .header("Set-Cookie", signIn.forget(request, "/pages/"))
                .header("Set-Cookie", session.cookie())
                .body(ResponseBody.of(ended.after().getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private static RegistryResponse who(AccessControl access, RegistryRequest request) {
        String name = access.authenticator()
                .authenticate(request, RequestedAccess.route("/test/who"))
                .name();
        return RegistryResponse.builder(200)
                .body(ResponseBody.of(name.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private URI begun() {
        HttpResponse<String> answer = browser.get(server.uri(), "/pages/sign-in/with");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }

    /** Lets the issuer's page send the browser back, and returns to where. */
    private URI back(URI page) {
        HttpResponse<String> answer = new Browser().get(page, page.toString());
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }

    private HttpResponse<String> signIn() {
        return browser.get(server.uri(), back(begun()).toString());
    }

    private String name() {
        return browser.name(server.uri());
    }

    private void isRefused(HttpResponse<String> answer, String why) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.body()).contains(why);
        assertThat(browser.cookies).doesNotContainKey("berth_session");
        assertThat(name()).isEmpty();
    }

    @Test
    void whoeverComesBackFromTheIssuerIsWhomItSays() {
        HttpResponse<String> answer = signIn();

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("repository/a b?c=<d>");
        assertThat(name()).isEqualTo("alice");
        assertThat(browser.get(server.uri(), "/berth/access/whoami").body())
                .contains("\"oidc:dev\"", "\"administrator\":true");
        assertThat(browser.get(server.uri(), "/berth/access/sessions").body()).contains("\"signedInBy\":\"oidc\"");
        assertThat(events)
                .filteredOn(event -> event.type() == AuditEvent.Type.LOGIN)
                .singleElement()
                .extracting(AuditEvent::caller, AuditEvent::credentials)
                .containsExactly("alice", "oidc");
    }

    @Test
    void theIssuerIsAskedAsTheStandardSays() {
        URI page = begun();
        Map<String, String> query = CodeIssuer.fields(page.getRawQuery());

        assertThat(page.toString()).startsWith(issuer.uri() + "/authorize?tenant=1&");
        assertThat(query)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", CodeIssuer.CLIENT)
                .containsEntry("redirect_uri", server.uri().resolve(CALLBACK).toString())
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("scope", "openid profile email");
        assertThat(query.get("state")).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(query.get("nonce"));
        assertThat(query.get("code_challenge")).matches("[A-Za-z0-9_-]{43}");
        assertThat(browser.setCookie())
                .matches(
                        "berth_signin_[0-9a-f]{8}=[A-Za-z0-9_-]{43}\\.[A-Za-z0-9_-]+; Path=/pages/; HttpOnly; SameSite=Lax; Max-Age=600");
        assertThat(CodeIssuer.fields(begun().getRawQuery()).get("state")).isNotEqualTo(query.get("state"));
        assertThat(issuer.exchanged).isEmpty();

        signIn();

        assertThat(issuer.exchanged).singleElement().satisfies(form -> {
            assertThat(form)
                    .containsEntry("grant_type", "authorization_code")
                    .containsEntry(
                            "redirect_uri", server.uri().resolve(CALLBACK).toString())
                    .doesNotContainKey("client_secret");
            assertThat(form.get("code_verifier")).matches("[A-Za-z0-9_-]{43}");
        });
    }

    @Test
    void aWrongOrMissingOrDoubledStateIsRefused() {
        URI good = back(begun());
        String code =
                CodeIssuer.fields(good.getRawQuery()).getOrDefault("code", "").replace(" ", "+");
        String state = CodeIssuer.fields(good.getRawQuery()).get("state");
        for (String query : List.of(
                "code=" + code,
                "code=" + code + "&state=",
                "code=" + code + "&state=" + "x".repeat(43),
                "code=" + code + "&state=" + state + "&state=" + state)) {
            isRefused(browser.get(server.uri(), CALLBACK + "?" + query), "not begun by this browser");
        }
        assertThat(issuer.exchanged).isEmpty();
    }

    @Test
    void whatAnotherBrowserHasBegunIsRefused() {
        URI others = back(begun());
        browser.cookies.clear();

        isRefused(browser.get(server.uri(), others.toString()), "not begun by this browser");

        begun();
        isRefused(browser.get(server.uri(), others.toString()), "not begun by this browser");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "....", "%00", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.====="})
    void aCookieThatIsNoneIsRefused(String cookie) {
        URI back = back(begun());
        browser.cookies.replaceAll((name, good) -> cookie);

        isRefused(browser.get(server.uri(), back.toString()), "not begun by this browser");
    }

    @Test
    void aCodeIsGoodOnce() {
        URI back = back(begun());
        Map<String, String> before = Map.copyOf(browser.cookies);
        assertThat(browser.get(server.uri(), back.toString()).statusCode()).isEqualTo(200);
        assertThat(browser.cookies).containsOnlyKeys("berth_session");
        browser.cookies.clear();

        isRefused(browser.get(server.uri(), back.toString()), "not begun by this browser");
        browser.cookies.putAll(before);
        isRefused(browser.get(server.uri(), back.toString()), "The issuer has refused the sign-in: invalid_grant");
    }

    @Test
    void aCodeThatWasStolenIsWorthNothingWithoutTheVerifierOfItsBrowser() {
        String stolen = CodeIssuer.fields(back(begun()).getRawQuery())
                .getOrDefault("code", "")
                .replace(" ", "+");
        Browser thief = new Browser();
        HttpResponse<String> own = thief.get(server.uri(), "/pages/sign-in/with");
        String state = CodeIssuer.fields(
                        URI.create(own.headers().firstValue("Location").orElseThrow())
                                .getRawQuery())
                .get("state");

        HttpResponse<String> answer = thief.get(server.uri(), CALLBACK + "?code=" + stolen + "&state=" + state);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("invalid_grant");
        assertThat(thief.cookies).doesNotContainKey("berth_session");
    }

    @Test
    void aTokenOfAnotherSignInIsRefused() {
        issuer.claims.set(claims -> claims.claim("nonce", "x".repeat(43)));
        isRefused(signIn(), "another sign-in (nonce)");
        issuer.claims.set(claims -> claims.claim("nonce", null));
        isRefused(signIn(), "another sign-in (nonce)");
        issuer.claims.set(claims -> claims.claim("nonce", List.of("x")));
        isRefused(signIn(), "another sign-in (nonce)");
    }

    @Test
    void aTokenOfAnotherIssuerOrForAnotherClientIsRefused() {
        issuer.claims.set(claims -> claims.issuer("https://evil.example"));
        isRefused(signIn(), "another issuer (iss)");
        issuer.claims.set(claims -> claims.audience(FakeIssuer.AUDIENCE));
        isRefused(signIn(), "another service (aud)");
        issuer.claims.set(
                claims -> claims.audience(List.of(CodeIssuer.CLIENT, "x")).claim("azp", "x"));
        isRefused(signIn(), "another client (azp)");
        issuer.claims.set(claims -> claims.expirationTime(Date.from(Instant.EPOCH)));
        isRefused(signIn(), "it has expired");
    }

    @Test
    void anAnswerOfAnotherIssuerIsRefusedBeforeItGetsTheCode() {
        issuer.answer.set(fields -> with(fields, "iss", "https://evil.example"));
        isRefused(signIn(), "another issuer than");
        assertThat(issuer.exchanged).isEmpty();

        issuer.answer.set(fields -> with(fields, "iss", issuer.uri().toString()));
        assertThat(signIn().statusCode()).isEqualTo(200);
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        fields.put(name, value);
        return fields;
    }

    @Test
    void aTokenByAForeignKeyIsRefused() {
        issuer.issuer.keys.set(List.of(FakeIssuer.key("first")));
        assertThat(signIn().statusCode()).isEqualTo(401);
        assertThat(name()).isEmpty();
    }

    @Test
    void whatTheIssuerRefusesIsSaidAsText() {
        issuer.answer.set(fields -> {
            fields.remove("code");
            fields.put("error", "access_denied");
            return with(fields, "error_description", "No. <script>\u202e" + "x".repeat(9_000));
        });

        HttpResponse<String> answer = signIn();

        isRefused(answer, "The issuer has refused the sign-in: access_denied (No. <script>");
        assertThat(answer.body()).doesNotContain("\u202e").hasSizeLessThan(2_000);
    }

    @Test
    void anIssuerThatSendsNoCodeOrNoTokenIsToldOf() {
        issuer.answer.set(fields -> with(fields, "code", ""));
        isRefused(signIn(), "without a code");
        issuer.answer.set(fields -> fields);
        for (String fault : List.of(
                "200 {}",
                "200 <html>",
                "200 {\"id_token\":1}",
                "500 {\"error\":\"server_error\"}",
                "302 ",
                "400 <html>",
                "200 " + "x".repeat(600_000))) {
            issuer.tokenAnswer.set(fault);
            HttpResponse<String> answer = signIn();
            assertThat(answer.statusCode()).as(fault).isEqualTo(503);
            assertThat(answer.body()).contains("Nobody can sign in at the issuer now");
        }
        issuer.tokenAnswer.set("200 {\"id_token\":\"a.b.c\"}");
        isRefused(signIn(), "no signed JSON Web Token");
        assertThat(name()).isEmpty();
    }

    @Test
    void anIssuerThatIsDownIsToldOfAndComesBack() throws IOException {
        issuer.issuer.down();

        HttpResponse<String> answer = browser.get(server.uri(), "/pages/sign-in/with");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("Nobody can sign in at the issuer now; try again in a moment");
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        issuer.issuer.up();
        issuer.issuer.now.updateAndGet(now -> now.plusSeconds(6));
        assertThat(signIn().statusCode()).isEqualTo(200);
    }

    @Test
    void anIssuerWithoutPagesIsToldOf() {
        issuer.issuer.configuration.set(text -> text);

        HttpResponse<String> answer = browser.get(server.uri(), "/pages/sign-in/with");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("authorization_endpoint");
    }

    @Test
    void whoeverHasTheNameOfALocalAccountIsNotThatOne() {
        people.changesBy("test", AuditListener.none()).addPerson("alice", "her password");

        isRefused(signIn(), "belongs to another account");
    }

    @Test
    void theLoginEndsTheSession() {
        signIn();
        assertThat(name()).isEqualTo("alice");

        accounts.logOut("alice");

        assertThat(name()).isEmpty();
    }

    @Test
    void groupsAreThoseOfTheLastSignInAndItLastsLongerThanTheToken() {
        issuer.claims.set(claims ->
                claims.expirationTime(Date.from(issuer.issuer.now.get().plusSeconds(60))));
        signIn();
        issuer.issuer.now.updateAndGet(now -> now.plus(Duration.ofHours(2)));
        assertThat(name()).isEqualTo("alice");

        issuer.claims.set(claims -> new JWTClaimsSet.Builder(claims.build()).claim("groups", List.of("ops")));
        Browser first = new Browser();
        first.cookies.putAll(browser.cookies);
        signIn();

        assertThat(browser.get(server.uri(), "/berth/access/whoami").body())
                .contains("\"oidc:ops\"", "\"administrator\":false");
        issuer.issuer.now.updateAndGet(now -> now.plus(Duration.ofHours(13)));
        assertThat(name()).isEmpty();
    }

    @Test
    void theHostThatTheBrowserSendsMustBeOne() {
        OidcSignIn signIn = accounts.signIn().orElseThrow();
        for (String host : List.of("evil.example/path", "a b", "user@host", "a:b", "")) {
            RegistryRequest.Builder request = RegistryRequest.builder("GET", "/pages/sign-in/with");
            RegistryRequest sent = (host.isEmpty() ? request : request.header("Host", host)).build();
            try {
                signIn.begin(sent, "/pages/", "");
                throw new AssertionError(host);
            } catch (RegistryException e) {
                assertThat(WireError.of(e).status()).isEqualTo(400);
                assertThat(new String(ErrorBody.format(e.errors()), StandardCharsets.UTF_8))
                        .contains("(Host)");
            }
        }
    }

    @Test
    void secretsAreInNoText() {
        assertThat(SignInClient.of("a").withSecret("hidden")).asString().doesNotContain("hidden");
        OidcSignIn.Begun begun = accounts.signIn()
                .orElseThrow()
                .begin(RegistryRequest.builder("GET", "/").header("Host", "a").build(), "/", "");
        assertThat(begun.toString()).isEqualTo("begun sign-in");
    }

    @Test
    void withoutAClientNobodySignsInThere() throws IOException {
        try (OidcAccounts without = OidcAccounts.open(issuer.issuer.options().build())) {
            assertThat(without.signIn()).isEmpty();
        }
    }
}
