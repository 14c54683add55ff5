package dev.berth.registry.servlet;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.server.ExpectContinueTest;
import dev.berth.registry.server.FailedChunkTest;
import dev.berth.registry.server.MalformedChunkTest;
import dev.berth.registry.server.PushBlobInChunksTest;
import dev.berth.registry.server.RawResponse;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.TestServer;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;

/** Tomcat, and where it differs from the own server. */
class TomcatTest extends ContainerTest {
    TomcatTest() {
        super(RunningTomcat::start);
    }

    @Nested
    class ExpectContinue extends ExpectContinueTest {
        @Override
        protected TestServer serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings)
                throws IOException {
            return start(registry, settings);
        }
    }

    @Nested
    class MalformedChunk extends MalformedChunkTest {
        @Override
        protected TestServer serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings)
                throws IOException {
            return start(registry, settings);
        }
    }

    @Nested
    class Filter extends ContainerFilterTest {
        @Override
        protected TestServer serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings)
                throws IOException {
            return start(registry, settings);
        }
    }

    @Nested
    class PushBlobInChunks extends PushBlobInChunksTest {
        @Override
        protected TestServer serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings)
                throws IOException {
            return start(registry, settings);
        }

        /** Tomcat answers by itself when it has noticed. */
        @Override
        protected ErrorCode codeOfACutBody() {
            return ErrorCode.REQUEST_INVALID;
        }
    }

    @Nested
    class FailedChunk extends FailedChunkTest {
        @Override
        protected TestServer serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings)
                throws IOException {
            return start(registry, settings);
        }

        /** Tomcat answers by itself when it has noticed. */
        @Override
        protected ErrorCode codeOfACutBody() {
            return ErrorCode.REQUEST_INVALID;
        }

        /** So a client has to ask. */
        @Override
        protected void assertTellsOfTheCut(RawResponse response, int offset) throws Exception {
            assertStandsAt(offset);
        }
    }
}
