package dev.berth.registry.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.NewSecret;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.server.Caller;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session may do: read by its cookie, change by the own pages, and nothing about images. */
class SessionRightsTest {
    private static final String PERSON = "{\"name\":\"dave\",\"password\":\"long enough\"}";
    private static final String JSON = "application/json";

    private final SessionServers servers = new SessionServers();
    private final Browser browser = new Browser();
    private SessionServers.Node node;
    private URI server;

    @BeforeEach
    void start() throws IOException {
        node = servers.start();
        server = node.uri();
    }

    @AfterEach
    void stop() throws Exception {
        servers.close();
    }

    private HttpResponse<String> addPerson(String... fields) {
        String[] all = new String[fields.length + 2];
        all[0] = "Content-Type";
        all[1] = JSON;
        System.arraycopy(fields, 0, all, 2, fields.length);
        return browser.send(server, "POST", "/berth/access/people", PERSON, all);
    }

    private boolean isAdded() {
        return servers.accounts.person("dave").isPresent();
    }

    @Test
    void theCookieReadsTheManagement() {
        browser.signedIn(server, "root");

        HttpResponse<String> answer = browser.get(server, "/berth/access/whoami");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"name\":\"root\"", "\"administrator\":true", "\"repositories\":\"**\",\"role\":\"admin\"");
    }

    @Test
    void theOwnPageChangesSomethingByItsToken() {
        browser.signedIn(server, "root");
        String token = browser.formToken(server);

        assertThat(addPerson(Sessions.FORM_FIELD, token, "Origin", server.toString(), "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(201);
        assertThat(isAdded()).isTrue();
        assertThat(servers.events)
                .filteredOn(event -> event.type() == AuditEvent.Type.CHANGE)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.caller()).isEqualTo("root");
                    assertThat(event.credentials()).isEqualTo("session");
                });
    }

    @Test
    void theCookieAloneChangesNothing() {
        browser.signedIn(server, "root");

        HttpResponse<String> answer = addPerson();

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("load the page again");
        assertThat(isAdded()).isFalse();
        assertThat(browser.send(server, "DELETE", "/berth/access/people?name=bob", "")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theTokenOfAnotherSessionChangesNothing() {
        browser.signedIn(server, "root");
        String others = new Browser().signedIn(server, "root").formToken(server);

        assertThat(addPerson(Sessions.FORM_FIELD, others).statusCode()).isEqualTo(403);
        assertThat(addPerson(Sessions.FORM_FIELD, "").statusCode()).isEqualTo(403);
        assertThat(addPerson(Sessions.FORM_FIELD, others, Sessions.FORM_FIELD, browser.formToken(server))
                        .statusCode())
                .isEqualTo(403);
        assertThat(isAdded()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "https://127.0.0.1",
                "http://127.0.0.1",
                "http://127.0.0.1.evil.example",
                "not an origin",
                "file://"
            })
    void whateverComesFromAnotherOriginChangesNothing(String origin) {
        browser.signedIn(server, "root");

        assertThat(addPerson(Sessions.FORM_FIELD, browser.formToken(server), "Origin", origin)
                        .statusCode())
                .isEqualTo(403);
        assertThat(isAdded()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "something"})
    void whateverABrowserSaysIsForeignChangesNothing(String site) {
        browser.signedIn(server, "root");

        assertThat(addPerson(
                                Sessions.FORM_FIELD,
                                browser.formToken(server),
                                "Sec-Fetch-Site",
                                site,
                                "Origin",
                                server.toString())
                        .statusCode())
                .isEqualTo(403);
        assertThat(isAdded()).isFalse();
    }

    @Test
    void theOriginIsThatOfTheHostByWhichTheBrowserKnowsTheServer() {
        browser.signedIn(server, "root");
        URI byName = URI.create("http://localhost:" + server.getPort());
        String token = browser.formToken(server);

        HttpResponse<String> foreign = browser.send(
                byName,
                "POST",
                "/berth/access/people",
                PERSON,
                "Content-Type",
                JSON,
                Sessions.FORM_FIELD,
                token,
                "Origin",
                server.toString());
        HttpResponse<String> own = browser.send(
                byName,
                "POST",
                "/berth/access/people",
                PERSON,
                "Content-Type",
                JSON,
                Sessions.FORM_FIELD,
                token,
                "Origin",
                byName.toString());

        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(own.statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/",
                "/v2/_catalog",
                "/v2/dev/app/tags/list",
                "/v2/dev/app/manifests/latest",
                "/v2/dev/app/blobs/uploads/"
            })
    void forImagesTheCookieIsNobodys(String path) {
        browser.signedIn(server, "root");
        Browser nobody = new Browser();
        String token = browser.formToken(server);

        for (String method : List.of("GET", "HEAD", "POST", "DELETE")) {
            HttpResponse<String> answer = browser.send(server, method, path, "", Sessions.FORM_FIELD, token);
            HttpResponse<String> without = nobody.send(server, method, path, "");
            if (!path.endsWith("_catalog")) {
                assertThat(answer.statusCode()).as(method).isGreaterThanOrEqualTo(401);
            }
            assertThat(answer.statusCode()).as(method).isEqualTo(without.statusCode());
            assertThat(answer.body()).as(method).isEqualTo(without.body());
        }
    }

    @Test
    void theCookieGetsNoTokenForImages() {
        browser.signedIn(server, "alice");

        HttpResponse<String> answer = browser.get(server, "/token?scope=repository:dev/app:pull");

        assertThat(answer.statusCode()).isEqualTo(200);
        String token = answer.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        assertThat(claims).contains("\"sub\":\"\"").doesNotContain("alice");
    }

    @Test
    void otherCredentialsAreMeantWhereThereAreSome() {
        browser.signedIn(server, "root");
        String basic = "Basic " + Base64.getEncoder().encodeToString("bob:bobbob".getBytes(StandardCharsets.UTF_8));

        assertThat(browser.send(server, "GET", "/berth/access/whoami", "", "Authorization", basic)
                        .body())
                .contains("\"name\":\"bob\"");
        assertThat(browser.send(server, "GET", "/berth/access/whoami", "", "Authorization", "Bearer nonsense")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void thePersonalTokensLimitIsThatOfTheSessionAndItManagesNothing() {
        NewSecret token = servers.changes.addPersonalToken(
                "root", "", List.of(NamePattern.parse("dev/**")), Role.READER, Optional.empty());
        browser.signIn(server, "root", token.secret());
        String formToken = browser.formToken(server);

        assertThat(browser.get(server, "/test/who").body()).startsWith("root false ");
        assertThat(browser.get(server, "/berth/access/whoami").statusCode()).isEqualTo(403);
        assertThat(addPerson(Sessions.FORM_FIELD, formToken).statusCode()).isEqualTo(403);
        assertThat(isAdded()).isFalse();
    }

    @Test
    void robotsDoNotSignIn() {
        NewSecret robot = servers.changes.addRobot(
                "alice", "ci", List.of(NamePattern.parse("dev/**")), Role.READER, Optional.empty());

        HttpResponse<String> answer = browser.signIn(server, robot.account(), robot.secret());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("Robots do not sign in here");
        assertThat(browser.cookies).isEmpty();
    }

    @Test
    void guessingIsLimitedAsForEverythingElse() {
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> wrong = browser.signIn(server, "alice", "guess " + i);
            HttpResponse<String> unknown = browser.signIn(server, "nobody", "guess " + i);
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(wrong.body()).isEqualTo(unknown.body());
        }

        HttpResponse<String> blocked = browser.signIn(server, "alice", "alicealice");

        assertThat(blocked.statusCode()).isEqualTo(429);
        assertThat(blocked.headers().firstValue("Retry-After")).isPresent();
        assertThat(servers.events)
                .filteredOn(event -> event.type() == AuditEvent.Type.LOGIN_REFUSED)
                .isNotEmpty();
    }

    @Test
    void everybodySeesAndEndsTheOwnSessionsAndAdministratorsThoseOfOthers() {
        browser.signedIn(server, "alice");
        Browser phone = new Browser();
        phone.userAgent = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36";
        phone.signedIn(server, "alice");
        Browser bobs = new Browser().signedIn(server, "bob");
        Browser roots = new Browser().signedIn(server, "root");

        String own = browser.get(server, "/berth/access/sessions").body();
        assertThat(own)
                .contains("Firefox on Linux", "Chrome on Android", "\"client\":\"127.0.0.1\"", "\"current\":true")
                .doesNotContain(browser.sessionCookie().split("\\.", -1)[1]);
        assertThat(bobs.get(server, "/berth/access/sessions?owner=alice").statusCode())
                .isEqualTo(403);
        assertThat(roots.get(server, "/berth/access/sessions?owner=alice").body())
                .contains("Chrome on Android")
                .doesNotContain("\"current\":true");

        String token = browser.formToken(server);
        assertThat(browser.send(server, "DELETE", "/berth/access/sessions?others=true", "", Sessions.FORM_FIELD, token)
                        .statusCode())
                .isEqualTo(204);
        assertThat(phone.name(server)).isEmpty();
        assertThat(browser.name(server)).isEqualTo("alice");

        String id = node.sessions().of("alice").get(0).id();
        assertThat(roots.send(
                                server,
                                "DELETE",
                                "/berth/access/sessions?owner=alice&id=" + id,
                                "",
                                Sessions.FORM_FIELD,
                                roots.formToken(server))
                        .statusCode())
                .isEqualTo(204);
        assertThat(browser.name(server)).isEmpty();
        assertThat(bobs.name(server)).isEqualTo("bob");
        assertThat(servers.events)
                .filteredOn(event -> event.type() == AuditEvent.Type.CHANGE)
                .extracting(AuditEvent::target)
                .containsExactly("sessions of alice", "session:" + id + " of alice");
    }

    @Test
    void whatIsToEndMustBeNamed() {
        browser.signedIn(server, "alice");
        String token = browser.formToken(server);
        for (String query : List.of("", "?others=maybe", "?id=x&others=true")) {
            assertThat(browser.send(server, "DELETE", "/berth/access/sessions" + query, "", Sessions.FORM_FIELD, token)
                            .statusCode())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(browser.send(server, "DELETE", "/berth/access/sessions?id=x", "", Sessions.FORM_FIELD, token)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whoAdministersIsKnownWithoutTheApi() {
        assertThat(node.access().administers(Caller.named("root"), NamePattern.all()))
                .isTrue();
        assertThat(node.access().administers(Caller.named("alice"), NamePattern.parse("dev/**")))
                .isFalse();
        assertThat(node.access().administers(Caller.anonymous(), NamePattern.all()))
                .isFalse();
    }
}
