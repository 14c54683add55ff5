package dev.berth.registry.server.http1;

import dev.berth.registry.server.http1.message.BodyLength;
import dev.berth.registry.server.http1.message.ClosedByClientException;
import dev.berth.registry.server.http1.message.MalformedRequestException;
import dev.berth.registry.server.http1.message.RequestHead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server understands of the bytes that a client sends on one connection, up to the first mistake. */
final class ClientConversation {
    private static final int BUFFER = 64;
    private static final Duration LONG = Duration.ofHours(1);
    private static final Http1Limits LIMITS = new Http1Limits(2048, 16, LONG, LONG, 1, LONG, 1, 1);
    private static final ClientConnection CLIENT =
            new ClientConnection(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), false, List.of());

    private final ScriptedTransport transport;
    private final ConnectionTimer timer = new ConnectionTimer(LIMITS, () -> 0);
    private final ConnectionInput input;
    private final HeadReader heads;
    private final RequestReader reader;
    private final List<Received> requests = new ArrayList<>();
    private String end = "";

    /**
     * A request.
     *
     * @param head its head
     * @param body its body in Latin-1, or null if it was not read to its end
     * @param length the length of the body, or {@link BodyLength#CHUNKED}
     * @param begin where the head begins in the bytes of the connection; meaningful if each byte came alone
     * @param bodyBegin where the body begins
     * @param after where the next request begins
     */
    record Received(RequestHead head, @Nullable String body, long length, int begin, int bodyBegin, int after) {
        String meaning() {
            return head + " " + body;
        }
    }

    private ClientConversation(byte[] sent, int piece) {
        transport = new ScriptedTransport(sent, piece);
        input = new ConnectionInput(transport, timer);
        input.use(new byte[BUFFER]);
        heads = new HeadReader(input, LIMITS);
        reader = new RequestReader(input, CLIENT, LIMITS.maxHeaderBytes(), () -> {});
    }

    /** @param piece how many bytes arrive at once */
    static ClientConversation read(byte[] sent, int piece) throws IOException {
        ClientConversation conversation = new ClientConversation(sent, piece);
        conversation.run();
        return conversation;
    }

    List<Received> requests() {
        return requests;
    }

    /** Returns what was understood, and how it ended. */
    List<String> outcome() {
        List<String> outcome = new ArrayList<>();
        requests.forEach(request -> outcome.add(request.meaning()));
        outcome.add(end);
        return outcome;
    }

    private void run() throws IOException {
        try {
            while (one()) {
                timer.awaitRequest(!input.isEmpty());
            }
        } catch (MalformedRequestException e) {
            if (e.status() < 400 || e.status() > 505 || e.reason().isEmpty()) {
                throw new AssertionError("No status for a client's mistake: " + e.status(), e);
            }
            end = e.status() + " " + e.reason();
        } catch (ClosedByClientException | TruncatedBodyException e) {
            end = "closed by the client";
        }
    }

    private boolean one() throws IOException {
        int begin = transport.taken();
        RequestHead head = heads.read();
        if (head == null) {
            end = "end";
            return false;
        }
        int bodyBegin = transport.taken();
        timer.beginExchange();
        RequestReader.Received received = reader.read(head);
        @Nullable String body = null;
        try {
            body = new String(received.request().body().readAllBytes(), StandardCharsets.ISO_8859_1);
        } finally {
            requests.add(
                    new Received(head, body, received.request().contentLength(), begin, bodyBegin, transport.taken()));
        }
        return received.keepAlive();
    }
}
