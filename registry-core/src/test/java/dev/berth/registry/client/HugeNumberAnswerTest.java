package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.fixtures.RawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry whose answers have numbers that nobody can compute: they are read, or refused as what they are. */
class HugeNumberAnswerTest {
    private static final Digest DIGEST = Digest.sha256(new byte[] {1});

    private static RawServer answering(int status, String mediaType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new RawServer(connection -> {
            RawServer.readHead(connection);
            RawServer.send(
                    connection,
                    "HTTP/1.1 " + status + " X\r\nConnection: close\r\nContent-Type: " + mediaType
                            + "\r\nContent-Length: " + bytes.length + "\r\n\r\n" + body);
        });
    }

    private static void asking(int status, String mediaType, String body, Consumer<Repository> question)
            throws IOException {
        try (RawServer server = answering(status, mediaType, body);
                RemoteRegistry registry = RemoteRegistry.at(server.address(), RemoteOptions.defaults())) {
            question.accept(registry.repository(RepositoryName.parse("team/app")));
        }
    }

    private static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2147483648", "-1e2147483648", "1e-2147483648", "1e999999999"})
    void itIsIgnoredWhereItMeansNothing(String number) throws IOException {
        asking(
                200,
                "application/json",
                "{\"tags\":[\"a\"],\"x\":" + number + "}",
                repository -> assertThat(repository.tags().list().stream()).containsExactly(Tag.parse("a")));
        asking(
                200,
                MediaTypes.OCI_INDEX,
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[],\"x\":" + number
                        + "}",
                repository -> {
                    assertThat(repository.manifests().referrers(DIGEST, ReferrerFilter.all()).stream())
                            .isEmpty();
                    assertThat(repository.manifests().get(Tag.parse("a")).mediaType())
                            .isEqualTo(MediaTypes.OCI_INDEX);
                });
        asking(
                403,
                "application/json",
                "{\"errors\":[{\"code\":\"DENIED\",\"detail\":{\"x\":" + number + "}}]}",
                repository -> assertFails(
                        ErrorCode.DENIED, () -> repository.manifests().get(Tag.parse("a"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2147483648", "1e-2147483648"})
    void itIsRefusedWhereItMeansSomething(String number) throws IOException {
        asking(
                200,
                "application/json",
                "{\"tags\":[" + number + "]}",
                repository -> assertThatThrownBy(
                                () -> repository.tags().list().stream().toList())
                        .isInstanceOf(RegistryException.class)
                        .hasMessageContaining(number));
        asking(
                200,
                MediaTypes.OCI_INDEX,
                "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"a/b\",\"digest\":\"" + DIGEST + "\",\"size\":"
                        + number + "}]}",
                repository -> assertThatThrownBy(
                                () -> repository.manifests().referrers(DIGEST, ReferrerFilter.all()).stream()
                                        .toList())
                        .isInstanceOf(RegistryException.class)
                        .hasMessageContaining(number));
    }
}
