package dev.berth.registry.rights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as no client makes them: none of them gets further than its credentials, and none is a failure of the server. */
class HostileRequestTest {
    private static final byte[] NOTHING = new byte[0];
    private static final String READER = "Authorization: " + LoginTable.basic("reader", "reader's password");

    private static World world;
    private RawClient client;

    @BeforeAll
    static void start() throws IOException {
        world = new World();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void connect() {
        client = new RawClient(world.uri());
    }

    private Answer get(String target, String... fields) throws IOException {
        return client.send("GET " + target + " HTTP/1.1", List.of(fields), NOTHING);
    }

    /** What is authorised and what is served are the same repository, however the path is written. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/team/../secret/app/manifests/1",
                "/v2/team/app/../../secret/app/manifests/1",
                "/v2/./secret/app/manifests/1",
                "/v2//secret/app/manifests/1",
                "//v2/secret/app/manifests/1",
                "/v2/secret//app/manifests/1",
                "/v2/secret%2fapp/manifests/1",
                "/v2/secret%2Fapp/manifests/1",
                "/v2/team%2f..%2fsecret/app/manifests/1",
                "/v2/team/%2e%2e/secret/app/manifests/1",
                "/v2/team/..%2f..%2fsecret/app/manifests/1",
                "/v2/%73ecret/app/manifests/1",
                "/v2/secret%252fapp/manifests/1",
                "/v2/secret/app%00/manifests/1",
                "/v2/secret/app%20/manifests/1",
                "/v2/Secret/app/manifests/1",
                "/v2/secret/app/manifests/1/",
                "/v2/secret/app/manifests//1",
                "/v2/secret/app/manifests/1;x=y",
                "/v2/secret/app;/manifests/1",
                "/v2/secret\\app/manifests/1",
                "/V2/secret/app/manifests/1",
                "/v2/team/app/manifests/../../../secret/app/manifests/1",
                "/v2/team/app/blobs/uploads/../../../../secret/app/manifests/1",
                "/v2/secret/app/tags/list?last=x&n=1",
                "/v2/secret/app/tags/list#team/app",
                "http://127.0.0.1/v2/secret/app/manifests/1",
                "http://other.test/v2/secret/app/manifests/1",
                "secret/app/manifests/1",
                "*",
            })
    void noPathReachesWhatIsHidden(String target) throws IOException {
        Answer answer = get(target, READER);

        assertThat(answer.status()).as("%s", answer).isIn(400, 403, 404);
        assertThat(answer.body()).doesNotContain("schemaVersion", "\"tags\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?mount=DIGEST&from=secret/app",
                "?from=secret/app&mount=DIGEST",
                "?mount=DIGEST&from=public/app&from=secret/app",
                "?mount=DIGEST&from=secret%2fapp",
                "?mount=DIGEST&from=%73ecret/app",
                "?mount=DIGEST&from=team/app/../../secret/app",
                "?mount=DIGEST&from=",
                "?mount=DIGEST&from=/secret/app",
                "?mount=DIGEST&From=secret/app",
                "?mount=DIGEST&%66rom=secret/app",
                "?mount=DIGEST",
                "?mount=DIGEST&mount=DIGEST&from=secret/app&digest=",
            })
    void noMountTakesWhatIsHidden(String query) throws IOException {
        String writer = "Authorization: " + LoginTable.basic("writer", "writer's password");
        String digest = Content.digestOnlyIn(Content.SECRET).toString();

        Answer answer = client.send(
                "POST /v2/team/app/blobs/uploads/" + query.replace("DIGEST", digest) + " HTTP/1.1",
                List.of(writer),
                NOTHING);

        assertThat(answer.status()).as("%s", answer).isIn(202, 400);
        assertThat(world.registry.repository(Content.TEAM).blobs().find(Content.digestOnlyIn(Content.SECRET)))
                .isEmpty();
    }

    /** A push of bytes that somebody else has already needs the bytes; a manifest needs its blobs in its repository. */
    @Test
    void nothingIsPushedByItsDigestAlone() throws IOException {
        String writer = "Authorization: " + LoginTable.basic("writer", "writer's password");
        String digest = Content.digestOnlyIn(Content.SECRET).toString();

        Answer atOnce = client.send(
                "POST /v2/team/app/blobs/uploads/?digest=" + digest + " HTTP/1.1", List.of(writer), NOTHING);
        String upload = "/v2/team/app/blobs/uploads/" + world.content.upload(Content.TEAM);
        Answer atTheEnd = client.send("PUT " + upload + "?digest=" + digest + " HTTP/1.1", List.of(writer), NOTHING);
        assertThat(List.of(atOnce.status(), atTheEnd.status())).containsExactly(400, 400);

        List<Answer> manifests = new ArrayList<>();
        for (String blob : List.of(digest, Digest.sha256(new byte[] {1, 2, 3}).toString())) {
            byte[] manifest = Content.manifestOf(
                            Digest.parse(blob), Content.onlyIn(Content.SECRET).length, Optional.empty())
                    .bytes();
            manifests.add(client.send(
                            "PUT /v2/team/app/manifests/stolen HTTP/1.1",
                            List.of(writer, "Content-Type: application/vnd.oci.image.manifest.v1+json"),
                            manifest)
                    .replaced(blob, "BLOB"));
        }
        assertThat(manifests.get(0)).isEqualTo(manifests.get(1));
        assertThat(manifests.get(0).body()).contains("MANIFEST_BLOB_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Basic",
                "Authorization:Basic x",
                "Authorization: Basic  ",
                "Authorization: Basic =",
                "Authorization: Basic ====",
                "Authorization: Basic Og",
                "Authorization: Bearerx",
                "Authorization: Bearer\tx",
                "Authorization: Bearer  x  y",
                "Authorization: bearer ..",
                "Authorization: BEARER a.b.c",
                "Authorization: Bearer e30.e30.",
                "Authorization: Bearer eyJhbGciOiJub25lIn0.e30.",
                "Authorization: Bearer \u00e4\u00f6",
                "Authorization: Basic \u00e4",
                "Authorization: Negotiate x",
                "Authorization: Basic x, Bearer y",
                "Authorization: ,",
                "authorization: Bearer x",
                "Proxy-Authorization: Basic x",
                "Cookie: Authorization=Basic x",
                "X-Forwarded-User: owner",
                "X-Remote-User: owner",
                "Forwarded: for=127.0.0.1;host=x",
            })
    void noFieldIsTakenForCredentials(String field) throws IOException {
        Answer answer = get("/v2/secret/app/manifests/1", field);

        assertThat(answer.status()).as("%s", answer).isEqualTo(401);
        assertThat(answer.headers()).contains("WWW-Authenticate: Bearer realm=");
        assertThat(answer.body()).doesNotContain("password is wrong");
    }

    /** What makes other servers disagree about the credentials is refused as a whole. */
    @Test
    void ambiguousFieldsAreRefused() throws IOException {
        for (List<String> fields : List.of(
                List.of(READER, READER),
                List.of(READER, "authorization: Basic x"),
                List.of("Authorization: Bearer", " x"),
                List.of("Authorization: Basic\r\n cmVhZGVyOng="),
                List.of("Authorization : Basic x"),
                List.of("Authorization: Basic x\u0000"),
                List.of("Author\u0000ization: Basic x"))) {
            try (RawClient one = new RawClient(world.uri())) {
                assertThat(one.send("GET /v2/team/app/manifests/1 HTTP/1.1", fields, NOTHING)
                                .status())
                        .as("%s", fields)
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void namesWithControlCharactersAreThoseOfNobody() throws IOException {
        for (String name : List.of("reader\u0000", "\u0000reader", "reader\n", "reader\r\nX: y", "reader\u0000x")) {
            Answer answer = get("/v2/", "Authorization: " + LoginTable.basic(name, "reader's password"));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers()).doesNotContain("X: y");
        }
    }

    @Test
    void longCredentialsAreRefusedAndNotHeld() throws IOException {
        for (String scheme : List.of("Bearer ", "Basic ", "Basic YTp")) {
            for (int length : List.of(5_000, 17_000, 30_000, 100_000, 1_000_000)) {
                try (RawClient one = new RawClient(world.uri())) {
                    Answer answer = one.send(
                            "GET /v2/ HTTP/1.1", List.of("Authorization: " + scheme + "x".repeat(length)), NOTHING);
                    assertThat(answer.status()).as("%s of %s", scheme, length).isIn(400, 401, 431);
                } catch (IOException e) {
                    // The server does not read on.
                    assertThat(length).isGreaterThanOrEqualTo(100_000);
                }
            }
        }
    }

    @Test
    void bombsOfScopesAreRefused() throws IOException {
        String many = IntStream.range(0, 2_000)
                .mapToObj(i -> "scope=repository:a" + i + ":pull")
                .collect(Collectors.joining("&"));
        String actions = "scope=repository:team/app:" + "pull,".repeat(5_000);
        for (String query : List.of(many, actions, "scope=" + "a:".repeat(5_000), "scope=" + "%20".repeat(5_000))) {
            try (RawClient one = new RawClient(world.uri())) {
                Answer byGet = one.send("GET /token?" + query + " HTTP/1.1", List.of(READER), NOTHING);
                assertThat(byGet.status()).isIn(200, 400, 401, 414, 431);
                Answer byPost = one.send(
                        "POST /token HTTP/1.1",
                        List.of("Content-Type: application/x-www-form-urlencoded"),
                        ("grant_type=password&username=reader&password=reader%27s+password&" + query)
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(byPost.status()).as(query.substring(0, 20)).isIn(200, 400);
                assertThat(byPost.body().length()).isLessThan(10_000);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "grant_type=password",
                "grant_type=password&username=&password=x",
                "grant_type=password&username=reader&password=x&username=owner",
                "grant_type=refresh_token",
                "grant_type=refresh_token&refresh_token=",
                "grant_type=refresh_token&refresh_token=..",
                "grant_type=client_credentials",
                "grant_type=password&username=%00&password=%00",
                "grant_type=password&username=%zz",
                "=&&=&",
                "grant_type=password&username=reader%0a&password=reader%27s+password",
            })
    void noFormButARightOneGetsAToken(String form) throws IOException {
        Answer answer = client.send(
                "POST /token HTTP/1.1",
                List.of("Content-Type: application/x-www-form-urlencoded"),
                form.getBytes(StandardCharsets.US_ASCII));

        assertThat(answer.status()).as("%s", answer).isIn(400, 401);
        assertThat(answer.body()).doesNotContain("access_token");
    }

    /** The realm of a challenge is where clients send their passwords. */
    @Test
    void theRealmIsNotWhatAStrangerSays() throws IOException {
        for (String field : List.of(
                "X-Forwarded-Host: evil.test", "X-Forwarded-Proto: https", "Forwarded: host=evil.test;proto=https")) {
            assertThat(get("/v2/", field).headers())
                    .contains("realm=\"http://" + world.uri().getAuthority() + "/token\"")
                    .doesNotContain("evil");
        }
    }
}
