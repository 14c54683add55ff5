package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that sends more than anyone wants is told so at once. */
public class EarlyResponseTest extends ServedTest {
    private static final String PUT =
            "PUT /v2/team/app/manifests/1.0 HTTP/1.1\nHost: x\nContent-Type: " + MediaTypes.OCI_MANIFEST + "\n";

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = serve();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void assertTooLarge(RawResponse response) {
        assertThat(response.status()).isEqualTo(413);
        assertThat(response.codes()).containsExactly(ErrorCode.MANIFEST_TOO_LARGE);
        assertThat(response.text()).contains("4194304");
        assertThat(response.header("Connection")).hasValue("close");
    }

    @Test
    void refusesAManifestByItsAnnouncedLength() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send(PUT + "Content-Length: 100000000\n\n");

            assertTooLarge(connection.read());
        }
    }

    @Test
    void refusesAManifestThatExceedsTheLimitWhileItIsRead() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send(PUT + "Transfer-Encoding: chunked\n\n500000\n");
            connection.sendBytes(new byte[0x500000]).send("\n");

            assertTooLarge(connection.read());
        }
    }

    @Test
    void reachesAClientThatReadsOnlyAfterSending() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send(PUT + "Content-Length: 100000000\n\n");
            connection.sendBytes(new byte[900_000]);

            assertTooLarge(connection.read());
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void limitsWhatIsReadAfterTheResponse() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send(PUT + "Content-Length: 10000000000000\n\n");
            assertTooLarge(connection.read());

            long sent = 0;
            try {
                while (sent < 10_000_000_000L) {
                    connection.sendBytes(new byte[64 * 1024]);
                    sent += 64 * 1024;
                }
            } catch (IOException e) {
                assertThat(sent).isLessThan(1_000_000_000L);
                return;
            }
        }
        throw new AssertionError("The server took ten gigabytes that it had refused");
    }

    @Test
    void respondsBeforeTheBodyForAnUnknownUpload() throws Exception {
        for (String framing : new String[] {"Content-Length: 10000000000", "Transfer-Encoding: chunked"}) {
            try (RawConnection connection = server.connect()) {
                connection.send("PATCH /v2/team/app/blobs/uploads/nothing HTTP/1.1\nHost: x\n" + framing + "\n\n");

                RawResponse response = connection.read();

                assertThat(response.status()).isEqualTo(404);
                assertThat(response.header("Connection")).hasValue("close");
            }
        }
    }

    @Test
    void sendsConnectionCloseOnce() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send("PATCH /nothing HTTP/1.1\nHost: x\nConnection: close\nContent-Length: 10000000\n\n");

            assertThat(connection.read().all("Connection")).containsExactly("close");
        }
    }
}
