package dev.berth.registry.server.http1;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.registry.fixtures.Allocations;
import dev.berth.registry.server.http1.ClientConversation.Received;
import java.io.IOException;
import java.util.List;
import org.apache.hc.core5.http.HttpException;

/**
 * Any bytes of a connection are requests, or end it with a status of a client's mistake. What the server understands does
 * not depend on how the bytes arrive, and HttpCore understands the same.
 */
class ConnectionFuzzTest {
    private static final int PIECE = 7;

    @FuzzTest
    void connection(byte[] input) throws Exception {
        Allocations.requireProportional(input.length, () -> check(input));
    }

    private static void check(byte[] input) throws IOException, HttpException {
        ClientConversation bytewise = ClientConversation.read(input, 1);
        assertThat(ClientConversation.read(input, Integer.MAX_VALUE).outcome()).isEqualTo(bytewise.outcome());
        assertThat(ClientConversation.read(input, PIECE).outcome()).isEqualTo(bytewise.outcome());

        List<Received> requests = bytewise.requests();
        for (Received request : requests) {
            new OtherHttp(input, request).requireSame();
        }
    }
}
