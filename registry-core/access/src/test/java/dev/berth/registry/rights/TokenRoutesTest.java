package dev.berth.registry.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The routes beside the API, with every method: what they answer to whoever has good credentials, bad ones and none. */
class TokenRoutesTest {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO");

    /** With good credentials, with a wrong password, and without credentials: of each route and method. */
    private static final Map<String, List<Integer>> EXPECTED = Map.of(
            "GET /token", List.of(200, 401, 401),
            "POST /token", List.of(400, 400, 400),
            "GET /token/jwks", List.of(200, 200, 200),
            "HEAD /token/jwks", List.of(200, 200, 200));

    @Test
    void takeNoMethodsButTheirs() throws Exception {
        try (World world = new World();
                RawClient client = new RawClient(world.uri())) {
            String good = "Authorization: " + LoginTable.basic("reader", "reader's password");
            String bad = "Authorization: " + LoginTable.basic("reader", "wrong");
            for (String path : List.of("/token", "/token/jwks")) {
                for (String method : METHODS) {
                    String line = method + " " + path + " HTTP/1.1";
                    List<Integer> statuses = new ArrayList<>();
                    for (List<String> fields : List.of(List.of(good), List.of(bad), List.<String>of())) {
                        Answer answer = client.send(line, fields, new byte[0]);
                        statuses.add(answer.status());
                        assertThat(answer.headers().contains("Allow: GET, "))
                                .as(line)
                                .isEqualTo(answer.status() == 405);
                    }
                    assertThat(statuses)
                            .as("%s", line)
                            .isEqualTo(EXPECTED.getOrDefault(method + " " + path, List.of(405, 405, 405)));
                }
            }
        }
    }

    /** Unknown methods and addresses below the API say nothing about what is there. */
    @Test
    void unknownMethodsAndAddressesAreTheSameForAll() throws IOException {
        try (World world = new World();
                RawClient client = new RawClient(world.uri())) {
            String good = "Authorization: " + LoginTable.basic("owner", "owner's password");
            for (String target : List.of(
                    "PUT /v2/",
                    "POST /v2/_catalog",
                    "OPTIONS /v2/secret/app/tags/list",
                    "GET /v2/secret/app",
                    "GET /v2/secret/app/tags",
                    "PUT /v2/secret/app/blobs/uploads/",
                    "FOO /v2/secret/app/manifests/1")) {
                Answer known = client.send(target + " HTTP/1.1", List.of(good), new byte[0]);
                Answer unknown = client.send(target + " HTTP/1.1", List.of(), new byte[0]);
                Answer missing =
                        client.send(target.replace("secret/app", "secret/non") + " HTTP/1.1", List.of(), new byte[0]);

                assertThat(known).as(target).isEqualTo(unknown);
                assertThat(missing).as(target).isEqualTo(unknown);
            }
        }
    }
}
