package dev.berth.registry.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.console.TestAccounts;
import dev.berth.registry.console.TestBrowser;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the API says of accounts is what its description says. */
class AccountApiDescriptionTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ACCESS = "/api/v1/access/";

    private final HttpClient client = HttpClient.newHttpClient();
    private TestAccounts console;
    private JsonNode description;

    @BeforeEach
    void start() throws IOException {
        console = TestAccounts.start();
        description =
                MAPPER.readTree(console.browser().get("/api/v1/openapi.json").body());
    }

    @AfterEach
    void stop() {
        console.close();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        String basic = Base64.getEncoder().encodeToString("alice:alicealice".getBytes(StandardCharsets.UTF_8));
        return client.send(
                HttpRequest.newBuilder(console.address().resolve(ACCESS + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = send("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }

    private void requireDescribed(String schema, JsonNode answer) {
        JsonNode described = description.at("/components/schemas/" + schema);
        List<String> known = names(described.path("properties"));
        List<String> required = new ArrayList<>();
        described.path("required").forEach(name -> required.add(name.asText()));
        assertThat(known).as(schema).isNotEmpty().containsAll(names(answer));
        assertThat(names(answer)).as(schema).containsAll(required);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void answersAreAsDescribed() throws Exception {
        console.changes()
                .addPersonalToken(
                        "alice",
                        "laptop",
                        List.of(NamePattern.parse("dev/**")),
                        Role.READER,
                        Optional.of(Instant.parse("2099-01-01T00:00:00Z")));
        console.changes().addRobot("alice", "ci", List.of(NamePattern.parse("dev/**")), Role.READER, Optional.empty());
        console.browser().signedIn("alice");

        requireDescribed("Account", get("whoami"));
        requireDescribed("OwnGrant", get("whoami").at("/grants/0"));
        requireDescribed("PersonalToken", get("tokens").at("/tokens/0"));
        requireDescribed("Robot", get("robots?owner=alice").at("/robots/0"));
        requireDescribed("Session", get("sessions").at("/sessions/0"));
        requireDescribed(
                "NewSecret",
                MAPPER.readTree(send("POST", "tokens", "{'repositories':['dev/**'],'role':'reader'}")
                        .body()));
    }

    @Test
    void theFieldsOfChangesAreThoseThatAreTaken() throws Exception {
        for (String path : List.of("password", "tokens", "robots", "robots/rotate")) {
            JsonNode methods = description.path("paths").path(ACCESS + path);
            String method = methods.has("post") ? "POST" : "PUT";
            JsonNode body = methods.path(method.toLowerCase(java.util.Locale.ROOT))
                    .at("/requestBody/content/application~1json/schema/properties");
            String taken = send(method, path, "{'no-such-field':'x'}").body();
            assertThat(taken).contains("There is no field 'no-such-field' here");
            String list = taken.replaceAll("(?s).*the fields are ([a-zA-Z, ]+).*", "$1");
            assertThat(names(body)).as(path).containsExactlyInAnyOrder(list.split(", ", -1));
        }
    }

    @Test
    void theParametersAreThoseThatAreTaken() throws Exception {
        for (String operation : List.of(
                "GET whoami",
                "GET tokens",
                "DELETE tokens",
                "GET robots",
                "DELETE robots",
                "GET sessions",
                "DELETE sessions")) {
            String method = operation.split(" ", -1)[0];
            String path = operation.split(" ", -1)[1];
            JsonNode parameters = description
                    .path("paths")
                    .path(ACCESS + path)
                    .path(method.toLowerCase(java.util.Locale.ROOT))
                    .path("parameters");
            List<String> described = new ArrayList<>();
            parameters.forEach(parameter -> described.add(parameter.path("name").asText()));
            String taken = send(method, path + "?no-such-field=x", "").body();
            assertThat(taken).contains("There is no field 'no-such-field' here");
            List<String> known = taken.contains("the fields are")
                    ? Stream.of(taken.replaceAll("(?s).*the fields are ([a-zA-Z, ]+).*", "$1")
                                    .split(", ", -1))
                            .toList()
                    : List.of();
            assertThat(described).as(operation).containsExactlyInAnyOrderElementsOf(known);
        }
    }

    @Test
    void aBrowserWithASessionReadsTheSame() {
        TestBrowser browser = console.browser().signedIn("alice");

        assertThat(browser.get(ACCESS + "whoami").body()).contains("\"name\":\"alice\"");
        assertThat(console.browser().get(ACCESS + "whoami").statusCode()).isEqualTo(401);
    }
}
