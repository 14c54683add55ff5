package dev.berth.registry.servlet;

import dev.berth.registry.Registry;
import dev.berth.registry.server.EarlyResponseTest;
import dev.berth.registry.server.ExpectContinueTest;
import dev.berth.registry.server.FailedChunkTest;
import dev.berth.registry.server.FilterTest;
import dev.berth.registry.server.HeadTest;
import dev.berth.registry.server.KeepAliveTest;
import dev.berth.registry.server.MalformedChunkTest;
import dev.berth.registry.server.MethodTest;
import dev.berth.registry.server.PullRangesTest;
import dev.berth.registry.server.PushBlobInChunksTest;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.TestServer;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;

/** What the tests of the own server ask of HTTP/1.1, asked of a container. */
abstract class ContainerTest {
    private final Container.Kind kind;

    ContainerTest(Container.Kind kind) {
        this.kind = kind;
    }

    private TestServer start(Registry registry, UnaryOperator<RegistryServer.Builder> settings) throws IOException {
        RegistryServer server =
                settings.apply(RegistryServer.builder(registry)).build();
        try {
            Container container = kind.start("", new RegistryServlet(server.handler()));
            return TestServer.elsewhere(registry, server, container.address(), container::close);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Nested
    class EarlyResponse extends EarlyResponseTest {
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
    class Filter extends FilterTest {
        @Override
        protected TestServer serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings)
                throws IOException {
            return start(registry, settings);
        }
    }

    @Nested
    class Head extends HeadTest {
        @Override
        protected TestServer serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings)
                throws IOException {
            return start(registry, settings);
        }
    }

    @Nested
    class KeepAlive extends KeepAliveTest {
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
    class Method extends MethodTest {
        @Override
        protected TestServer serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings)
                throws IOException {
            return start(registry, settings);
        }
    }

    @Nested
    class PullRanges extends PullRangesTest {
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
    }
}
