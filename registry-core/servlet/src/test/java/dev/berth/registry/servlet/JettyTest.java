package dev.berth.registry.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.server.ExpectContinueTest;
import dev.berth.registry.server.FailedChunkTest;
import dev.berth.registry.server.MalformedChunkTest;
import dev.berth.registry.server.PushBlobInChunksTest;
import dev.berth.registry.server.RawConnection;
import dev.berth.registry.server.RawResponse;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.ResponseBody;
import dev.berth.registry.server.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Jetty, and where it differs from the own server. */
class JettyTest extends ContainerTest {
    JettyTest() {
        super(RunningJetty::start);
    }

    @Nested
    class PushBlobInChunks extends PushBlobInChunksTest {
        @Override
        protected TestServer serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings)
                throws IOException {
            return start(registry, settings);
        }
    }

    @Nested
    class FailedChunk extends FailedChunkTest {
        @Override
        protected TestServer serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings)
                throws IOException {
            return start(registry, settings);
        }
    }

    @Nested
    class ExpectContinue extends ExpectContinueTest {
        @Override
        protected TestServer serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings)
                throws IOException {
            return start(registry, settings);
        }

        /** Jetty ends the connection, too, if it has not asked for a body. */
        @Override
        @Test
        protected void sendsNo100ContinueForAnEmptyBody() throws Exception {
            try (RawConnection connection = server.connect()) {
                RawResponse response = connection
                        .send("GET /v2/ HTTP/1.1\nHost: x\nExpect: 100-continue\n\n")
                        .read();

                assertThat(response.status()).isEqualTo(200);
                assertThat(response.header("Connection")).hasValue("close");
            }
        }
    }

    @Nested
    class MalformedChunk extends MalformedChunkTest {
        @Override
        protected TestServer serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings)
                throws IOException {
            return start(registry, settings);
        }

        /** Jetty does not tell the one from the other. */
        @Override
        protected ErrorCode codeOfAMalformedBody() {
            return ErrorCode.SIZE_INVALID;
        }

        /** Jetty waits for the petabyte until it has waited for too long. */
        @Override
        @Test
        @Disabled("Takes as long as Jetty's time-out for idle connections")
        protected void ofAPetabyteAreRefused() {}
    }

    @Nested
    class Filter extends ContainerFilterTest {
        @Override
        protected TestServer serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings)
                throws IOException {
            return start(registry, settings);
        }

        /** What has the announced length is complete for Jetty, although more was to be written. */
        @Override
        @Test
        protected void detectsABodyOfTheWrongLength() throws Exception {
            ResponseBody shorter = ResponseBody.of(new ByteArrayInputStream(new byte[20]), OptionalLong.of(50));
            try (TestServer server =
                            filtered((request, next) -> next.handle(request).withBody(shorter));
                    RawConnection connection = server.connect()) {
                connection.send("GET /v2/ HTTP/1.1\nHost: x\n\n");

                assertThatThrownBy(connection::read).isInstanceOf(IOException.class);
            }
        }
    }
}
