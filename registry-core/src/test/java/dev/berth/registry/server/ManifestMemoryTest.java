package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Manifests in flight share the memory that the limits allow. */
@Timeout(60)
class ManifestMemoryTest {
    private static final String TYPE = "Content-Type: " + MediaTypes.OCI_MANIFEST;
    private static final String PATH = "/v2/team/app/manifests/";

    private final CountDownLatch handling = new CountDownLatch(1);
    private final CountDownLatch abandoned = new CountDownLatch(1);
    private TestServer server;
    private byte[] large;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(builder -> builder.limits(
                        ServerLimits.builder().manifestMemory(1024 * 1024).build())
                .route("/waits", request -> {
                    handling.countDown();
                    while (!request.isAbandoned()) {
                        Thread.onSpinWait();
                    }
                    abandoned.countDown();
                    throw ExchangeAbortedException.close();
                })
                .route("/asks", request -> {
                    boolean gone = request.isAbandoned() || request.isAbandoned();
                    String text = gone + " " + new String(request.body().readAllBytes(), StandardCharsets.UTF_8);
                    return RegistryResponse.builder(200)
                            .body(ResponseBody.of(text.getBytes(StandardCharsets.UTF_8)))
                            .build();
                }));
        large = Samples.imageBytes(
                server.repository("team/app"), "large", ",\"annotations\":{\"x\":\"" + "y".repeat(600_000) + "\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Sends nearly all of a manifest, and gives the server some time to read it. */
    private RawConnection hold() throws Exception {
        RawConnection holder = server.connect();
        holder.send(head("held", large.length)).sendBytes(Arrays.copyOf(large, large.length - 1000));
        Thread.sleep(50);
        return holder;
    }

    private static String head(String tag, int length) {
        return "PUT " + PATH + tag + " HTTP/1.1\nHost: x\n" + TYPE + "\nContent-Length: " + length + "\n\n";
    }

    @Test
    void aManifestThatFindsNoRoomIsPutOff() throws Exception {
        RawConnection holder = hold();
        try {
            RawResponse refused = server.exchange("PUT", PATH + "refused", large, TYPE);
            while (refused.status() == 201) {
                // The server had not read so much of the other one yet, and may have put that off.
                holder.close();
                holder = hold();
                refused = server.exchange("PUT", PATH + "refused", large, TYPE);
            }

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.codes()).containsExactly(ErrorCode.UNAVAILABLE);
            assertThat(refused.header("Retry-After")).hasValue("1");
            byte[] small = Samples.imageBytes(server.repository("team/app"), "small", "");
            assertThat(server.exchange("PUT", PATH + "small", small, TYPE).status())
                    .isEqualTo(201);
            assertThat(server.get(PATH + "small").status()).isEqualTo(200);

            holder.sendBytes(Arrays.copyOfRange(large, large.length - 1000, large.length));
            assertThat(holder.read().status()).isEqualTo(201);
        } finally {
            holder.close();
        }
        assertThat(server.exchange("PUT", PATH + "refused", large, TYPE).status())
                .isEqualTo(201);
        assertThat(server.get(PATH + "refused").body()).isEqualTo(large);
    }

    @Test
    void whoAnnouncesMuchAndSendsNothingHoldsNothing() throws Exception {
        List<RawConnection> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                RawConnection connection = server.connect();
                silent.add(connection);
                connection.send(head("silent", 4 * 1024 * 1024)).sendBytes(new byte[i]);
            }
            for (int i = 0; i < 3; i++) {
                assertThat(server.exchange("PUT", PATH + "1.0", large, TYPE).status())
                        .isEqualTo(201);
            }
        } finally {
            for (RawConnection connection : silent) {
                connection.close();
            }
        }
    }

    @Test
    void aHandlerLearnsThatItsClientIsGone() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send("GET /waits HTTP/1.1\nHost: x\n\n");
            assertThat(handling.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(abandoned.getCount()).isEqualTo(1);
        }
        assertThat(abandoned.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void lookingForTheClientLosesNothingOfWhatItSends() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send("PUT /asks HTTP/1.1\nHost: x\nContent-Length: 5\n\nfirst"
                    + "PUT /asks HTTP/1.1\nHost: x\nContent-Length: 6\n\nsecond");
            assertThat(connection.read().text()).isEqualTo("false first");
            assertThat(connection.read().text()).isEqualTo("false second");
            connection.send("PUT /asks HTTP/1.1\nHost: x\nContent-Length: 5\n\n");
            connection.send("third");
            assertThat(connection.read().text()).isEqualTo("false third");
        }
    }
}
