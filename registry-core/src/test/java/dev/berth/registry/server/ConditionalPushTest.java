package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditional requests on a push: they hold it to what its tags name before, and are never passed over. */
class ConditionalPushTest {
    private static final Tag TAG = Tag.parse("1.0");

    private TestServer server;
    private Repository repository;
    private Manifest first;
    private Manifest second;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
        repository = server.repository("team/app");
        first = Samples.image(repository, "one");
        second = Samples.image(repository, "two");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawResponse put(String reference, Manifest manifest, String condition) throws Exception {
        return server.exchange(
                "PUT",
                "/v2/team/app/manifests/" + reference,
                manifest.bytes(),
                "Content-Type: " + manifest.mediaType(),
                condition);
    }

    @Test
    void advertisesConditionsAtThePing() throws Exception {
        assertThat(server.get("/v2/").header("Berth-Features")).hasValue("tag-conditions");
    }

    @Test
    void setsATagThatMustBeAbsentOnlyOnce() throws Exception {
        assertThat(put("1.0", first, "If-None-Match: *").status()).isEqualTo(201);

        RawResponse again = put("1.0", second, "If-None-Match: *");

        assertThat(again.status()).isEqualTo(412);
        assertThat(again.codes()).containsExactly(ErrorCode.PRECONDITION_FAILED);
        assertThat(repository.tags().resolve(TAG)).contains(first.descriptor());
    }

    @Test
    void movesATagOnlyFromTheExpectedManifest() throws Exception {
        put("1.0", first, "X: y");

        assertThat(put("1.0", second, "If-Match: \"" + second.digest() + "\"").status())
                .isEqualTo(412);
        assertThat(put("1.0", second, "If-Match: \"" + first.digest() + "\"").status())
                .isEqualTo(201);

        assertThat(repository.tags().resolve(TAG)).contains(second.descriptor());
    }

    @Test
    void appliesTheConditionToEachTagOfAPushByDigest() throws Exception {
        assertThat(put(first.digest() + "?tag=1.0&tag=2.0", first, "If-None-Match: *")
                        .status())
                .isEqualTo(201);

        assertThat(put(second.digest() + "?tag=3.0&tag=1.0", second, "If-None-Match: *")
                        .status())
                .isEqualTo(412);
        assertThat(repository.tags().resolve(TAG)).contains(first.descriptor());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "If-Match: *",
                "If-Match: W/\"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"",
                "If-Match: \"x\", \"y\"",
                "If-None-Match: \"x\"",
                "If-None-Match: *\r\nIf-Match: \"x\""
            })
    void refusesAnUnsupportedCondition(String condition) throws Exception {
        RawResponse response = put("1.0", first, condition);

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.codes()).containsExactly(ErrorCode.UNSUPPORTED);
        assertThat(repository.tags().resolve(TAG)).isEmpty();
    }

    @Test
    void refusesAConditionOnAPushWithoutTags() throws Exception {
        assertThat(put(first.digest().toString(), first, "If-None-Match: *").status())
                .isEqualTo(405);
    }
}
