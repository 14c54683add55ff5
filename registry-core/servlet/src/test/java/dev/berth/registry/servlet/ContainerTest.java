package dev.berth.registry.servlet;

import dev.berth.registry.Registry;
import dev.berth.registry.server.EarlyResponseTest;
import dev.berth.registry.server.FailureTest;
import dev.berth.registry.server.HeadTest;
import dev.berth.registry.server.KeepAliveTest;
import dev.berth.registry.server.MethodTest;
import dev.berth.registry.server.NegativeLengthTest;
import dev.berth.registry.server.PullRangesTest;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.RequestBodyLimitTest;
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

    final TestServer start(Registry registry, UnaryOperator<RegistryServer.Builder> settings) throws IOException {
        RegistryServer server = settings.apply(RegistryServer.builder(registry)).build();
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
    class Failure extends FailureTest {
        @Override
        protected TestServer serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings)
                throws IOException {
            return start(registry, settings);
        }
    }

    @Nested
    class NegativeLength extends NegativeLengthTest {
        @Override
        protected TestServer serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings)
                throws IOException {
            return start(registry, settings);
        }
    }

    @Nested
    class RequestBodyLimit extends RequestBodyLimitTest {
        @Override
        protected TestServer serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings)
                throws IOException {
            return start(registry, settings);
        }
    }
}
