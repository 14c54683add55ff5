package dev.berth.registry.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.server.RawConnection;
import dev.berth.registry.server.RawResponse;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.Samples;
import dev.berth.registry.server.TestServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Where a registry may stand on its host. */
abstract class MountTest {
    private static final String PING = "GET %s HTTP/1.1\nHost: x\n\n";

    private final Container.Kind kind;
    private final Registry registry = TestServer.newRegistry();
    private final RegistryHandler handler =
            RegistryServer.builder(registry).build().handler();

    MountTest(Container.Kind kind) {
        this.kind = kind;
    }

    private static RawResponse send(Container container, String request) throws Exception {
        try (RawConnection connection = RawConnection.to(container.address())) {
            return connection.send(request).read();
        }
    }

    @Test
    void standsBelowAContextAndAPath() throws Exception {
        try (Container container = kind.start("/context", new RegistryServlet(handler, "/images"))) {
            assertThat(send(container, PING.formatted("/context/images/v2/")).status())
                    .isEqualTo(200);
            for (String elsewhere : new String[] {"/context/v2/", "/context/images2/v2/", "/context/imagesv2/"}) {
                RawResponse response = send(container, PING.formatted(elsewhere));
                assertThat(response.status()).as(elsewhere).isEqualTo(404);
                assertThat(response.codes()).containsExactly(ErrorCode.NOT_FOUND);
            }
        }
    }

    @Test
    void tellsClientsTheirOwnPaths() throws Exception {
        Samples.pushBlob(registry.repository(RepositoryName.parse("a")), new byte[1]);
        for (String tag : new String[] {"1", "2"}) {
            registry.repository(RepositoryName.parse("a"))
                    .manifests()
                    .put(
                            Samples.image(registry.repository(RepositoryName.parse("a")), tag),
                            dev.berth.registry.Tag.parse(tag));
        }
        try (Container container = kind.start("/context", new RegistryServlet(handler, "/images"))) {
            RawResponse upload = send(
                    container, "POST /context/images/v2/a/blobs/uploads/ HTTP/1.1\nHost: x\nContent-Length: 0\n\n");
            String location = upload.header("Location").orElseThrow();
            assertThat(location).startsWith("/context/images/v2/a/blobs/uploads/");

            byte[] blob = "hello".getBytes(StandardCharsets.US_ASCII);
            RawResponse pushed = send(
                    container,
                    "PUT " + location + "?digest=" + Digest.sha256(blob)
                            + " HTTP/1.1\nHost: x\nContent-Length: 5\n\nhello");
            assertThat(pushed.header("Location")).hasValue("/context/images/v2/a/blobs/" + Digest.sha256(blob));
            assertThat(send(container, PING.formatted(pushed.header("Location").orElseThrow()))
                            .body())
                    .isEqualTo(blob);

            assertThat(send(container, PING.formatted("/context/images/v2/a/tags/list?n=1"))
                            .header("Link"))
                    .hasValue("</context/images/v2/a/tags/list?n=1&last=1>; rel=\"next\"");
        }
    }

    @Test
    void takesPathsAndQueriesAsTheyWereSent() throws Exception {
        byte[] blob = {1};
        registry.repository(RepositoryName.parse("a/b")).blobs().push(Digest.sha256(blob), BlobSource.of(blob));
        String escaped = Digest.sha256(blob).toString().replace(":", "%3A");
        String longQuery = "x=" + "y".repeat(4096) + "&a=%C3%A4+%2F&a=b";
        RegistryHandler echo = request -> request.path().startsWith("/echo")
                ? RegistryResponse.builder(200)
                        .header("X-Target", request.target())
                        .header("X-Values", String.join("|", request.headers().all("X-Several")))
                        .build()
                : handler.handle(request);
        try (Container container = kind.start("", new RegistryServlet(echo))) {
            assertThat(send(container, PING.formatted("/v2/a/b/blobs/" + escaped))
                            .body())
                    .isEqualTo(blob);

            RawResponse echoed = send(
                    container,
                    "GET /echo;p=1/%C3%A4?" + longQuery + " HTTP/1.1\nHost: x\nX-Several: 1\nx-several: 2\n\n");
            assertThat(echoed.header("X-Target")).hasValue("/echo;p=1/%C3%A4?" + longQuery);
            assertThat(echoed.header("X-Values")).hasValue("1|2");
        }
    }

    @Test
    void takesUploadIdsOfFourKibibytes() throws Exception {
        try (Container container = kind.start("", new RegistryServlet(handler))) {
            String id = "~" + "QUJD".repeat(1365);

            RawResponse response = send(container, PING.formatted("/v2/a/blobs/uploads/" + id));

            assertThat(response.codes()).containsExactly(ErrorCode.BLOB_UPLOAD_UNKNOWN);
        }
    }

    @Test
    void refusesAPathThatIsNone() {
        for (String path : new String[] {"images", "/", "/images/"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new RegistryServlet(handler, path));
        }
    }

    @Test
    void answersWithErrorsOfTheSpecificationWhereTheContainerRefuses() throws Exception {
        try (Container container = kind.start("", new RegistryServlet(handler))) {
            RawResponse response = send(container, PING.formatted("/v2/a%2Fb/tags/list"));

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.codes()).containsExactly(ErrorCode.REQUEST_INVALID);
        }
    }
}
