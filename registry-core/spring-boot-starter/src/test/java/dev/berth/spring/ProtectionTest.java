package dev.berth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.client.RemoteRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is protected in an application that says nothing about its registry, and what leads to that. */
class ProtectionTest {
    private static Application application;

    @BeforeAll
    static void start() {
        application = Application.start(SecuredApplication.class);
    }

    @AfterAll
    static void close() {
        application.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/team%25app/manifests/latest",
                "/v2/team/app/blobs/uploads/a%25b",
                "/v2/team/app/manifests/a%2525b"
            })
    void theRegistryAnswersWhatIsPlainlyForIt(String path) throws Exception {
        HttpResponse<String> response = application.get(path);

        assertThat(response.body()).contains("\"errors\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/..%2F",
                "/v2/../",
                "/v2/%2e%2e/",
                "/v2/;/../",
                "//v2/",
                "/v2/a\\..\\",
                "/v2/..;/",
                "/v2/%5c..%5c",
                "/v2/a%0Ab"
            })
    void noPathLeadsAroundTheProtectionOfTheApplication(String path) throws Exception {
        try (RawRequest raw = new RawRequest(application)) {
            String answer = raw.get(path);

            assertThat(answer).doesNotContain("the page of the application");
            assertThat(answer).matches("(?s)HTTP/1.1 (302|400|401|403|404) .*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"//v2/", "/%762/", "//v2/team/app/manifests/1", "/;a/v2/", "//berth/token"})
    void whatLeadsToTheRegistryUnderAnotherNameIsAMistakeOfTheClient(String path) throws Exception {
        try (RawRequest raw = new RawRequest(application)) {
            assertThat(raw.get(path)).startsWith("HTTP/1.1 400 ").contains("\"errors\"", "REQUEST_INVALID");
        }
    }

    @Test
    void withoutAWordAboutRightsNobodyMayDoAnything() throws Exception {
        try (RemoteRegistry alice = SecuredApplicationTest.client(application, "alice", "wonderland")) {
            SecuredApplicationTest.assertRefused(
                    () -> alice.repository("team/app").blobs().push(BlobSource.of(new byte[1])));
        }
    }

    @Test
    void theRestOfTheApplicationIsProtectedAsWithoutARegistry() throws Exception {
        assertThat(application.get("/").statusCode()).isIn(302, 401);
        assertThat(application.get("/actuator/metrics").statusCode()).isIn(302, 401);
        assertThat(Application.send(application.requestBy("bob", "builder", "/"))
                        .body())
                .isEqualTo("the page of the application");
        assertThat(Application.send(
                                application.requestBy("bob", "builder", "/").POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .as("without a CSRF token")
                .isIn(401, 403);
    }

    @Test
    void challengesAndErrorsAreThoseOfTheRegistry() throws Exception {
        HttpResponse<String> ping = application.get("/v2/");

        assertThat(ping.statusCode()).isEqualTo(401);
        assertThat(ping.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer realm=\"http://" + application.address() + "/berth/token\"");
        assertThat(ping.body()).contains("UNAUTHORIZED");
        assertThat(ping.headers().allValues("Set-Cookie")).isEmpty();
    }
}
