package dev.berth.registry.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.server.ExchangeAbortedException;
import dev.berth.registry.server.FilterTest;
import dev.berth.registry.server.RawConnection;
import dev.berth.registry.server.ResponseBody;
import dev.berth.registry.server.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What filters can do in a container. */
abstract class ContainerFilterTest extends FilterTest {

    /** A container may count what is short. */
    @Override
    @Test
    protected void sendsABodyOfUnknownLengthInChunks() throws Exception {
        byte[] hello = "hello".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        try (TestServer server = filtered((request, next) -> next.handle(request)
                .withBody(ResponseBody.of(new ByteArrayInputStream(hello), OptionalLong.empty())))) {
            assertThat(server.get("/v2/").body()).isEqualTo(hello);
        }
    }

    /** A servlet cannot end a connection before a response has begun. */
    @Override
    @Test
    protected void closesTheConnectionWithoutAResponse() throws Exception {
        assertCutOff(ExchangeAbortedException.close());
    }

    /** Nor can it reset one. */
    @Override
    @Test
    protected void resetsTheConnection() throws Exception {
        assertCutOff(ExchangeAbortedException.reset());
    }

    private void assertCutOff(ExchangeAbortedException abort) throws Exception {
        try (TestServer server = filtered((request, next) -> {
                    throw abort;
                });
                RawConnection connection = server.connect()) {
            connection.send("GET /v2/ HTTP/1.1\nHost: x\n\n");

            assertThatThrownBy(connection::read).isInstanceOf(IOException.class);
        }
    }
}
