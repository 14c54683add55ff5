package dev.berth.registry.webhook;

import dev.berth.registry.internal.event.EventBody;
import dev.berth.registry.internal.transport.BodyFailedException;
import dev.berth.registry.internal.transport.HttpTransport;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.transport.OutgoingBody;
import dev.berth.registry.internal.transport.OutgoingRequest;
import dev.berth.registry.internal.transport.ProxySettings;
import dev.berth.registry.internal.transport.TransportException;
import dev.berth.registry.internal.transport.TransportOptions;
import dev.berth.registry.webhook.SendResult.Delivered;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;

/**
 * Sends messages by HTTP: a POST with the headers of <a href="https://www.standardwebhooks.com">Standard Webhooks</a>,
 * signed if the endpoint has secrets. Thread-safe.
 *
 * <p>An answer with a status of 2xx says that the message was taken, and 410 that no more are wanted. Anything else is a
 * failure, redirects as well: they are not followed. The body of an answer is not looked at, and shown nowhere.
 *
 * <p>A message does not lead inside. The host is resolved once, each of its addresses must be one of the internet, and one
 * of these is connected to; {@link WebhookHttpOptions} may allow others by name. Proxies of the JVM and of the environment
 * are not used, since they resolve names themselves.
 *
 * @since 0.1
 */
public final class HttpWebhookSender implements WebhookSender, AutoCloseable {
    /** Longer than any endpoint's timeout, which is for the whole attempt and kept elsewhere. */
    private static final Duration OUT_OF_THE_WAY = Duration.ofMinutes(2);

    private static final int MAX_CONNECTIONS = 16;
    private static final int MAX_INTERIM_RESPONSES = 3;

    /** How much of an answer's body is read to use the connection again. */
    private static final int DISCARDED_BYTES = 4 * 1024;

    private final InstantSource clock;
    private final ObjIntConsumer<WebhookEndpoint> answers;
    private final HostLookup names;
    private final HttpTransport transport;

    private HttpWebhookSender(WebhookHttpOptions options) {
        this.clock = options.clock();
        this.answers = options.answers();
        this.names = new HostLookup(options.guard());
        this.transport = new HttpTransport(new TransportOptions(
                OUT_OF_THE_WAY,
                OUT_OF_THE_WAY,
                OUT_OF_THE_WAY,
                1,
                MAX_INTERIM_RESPONSES,
                MAX_CONNECTIONS,
                OUT_OF_THE_WAY,
                options.userAgent(),
                options.trust(),
                ProxySettings.none(),
                // The names are resolved before, by other rules.
                origin -> true));
    }

    /** Returns a sender, which opens connections when there is something to send. */
    public static HttpWebhookSender of(WebhookHttpOptions options) {
        return new HttpWebhookSender(options);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A message of a format that holds one change at a time is sent as several requests, with the number of the request
     * after its id. If one of them fails, all are to be sent again.
     */
    @Override
    public SendResult send(WebhookEndpoint endpoint, WebhookMessage message) {
        long begin = System.nanoTime();
        List<EventBody> bodies = endpoint.format().events().bodies(message.events());
        if (bodies.isEmpty()) {
            return new SendResult.NotForFormat();
        }
        SendResult result = new Delivered();
        for (int i = 0; i < bodies.size() && result instanceof Delivered; i++) {
            String id = i == 0 ? message.id() : message.id() + "-" + i;
            Duration remaining = endpoint.timeout().minusNanos(System.nanoTime() - begin);
            result = post(endpoint, id, bodies.get(i), remaining);
        }
        return result;
    }

    private SendResult post(WebhookEndpoint endpoint, String id, EventBody body, Duration timeout) {
        long begin = System.nanoTime();
        Origin origin = Origin.of(endpoint.url());
        try {
            List<InetAddress> addresses = names.find(origin, timeout);
            Duration remaining = timeout.minusNanos(System.nanoTime() - begin);
            IncomingResponse response =
                    transport.exchangeHead(request(endpoint, id, body), addresses, remaining, DISCARDED_BYTES);
            answers.accept(endpoint, response.status());
            return SendFailures.of(response, clock.instant());
        } catch (UnknownHostException e) {
            return SendFailures.of(e);
        } catch (TransportException e) {
            return SendFailures.of(e, origin.isSecure());
        } catch (TimeoutException e) {
            return SendFailures.late();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return SendFailures.interrupted();
        } catch (BodyFailedException e) {
            throw new IllegalStateException("The body of a message is in memory", e);
        }
    }

    private OutgoingRequest request(WebhookEndpoint endpoint, String id, EventBody body) {
        Instant now = clock.instant();
        byte[] content = body.content();
        List<Map.Entry<String, String>> headers =
                new ArrayList<>(endpoint.headers().entrySet());
        if (!endpoint.headers().containsKey("Content-Type")) {
            headers.add(Map.entry("Content-Type", body.contentType()));
        }
        headers.add(Map.entry("webhook-id", id));
        headers.add(Map.entry("webhook-timestamp", Long.toString(now.getEpochSecond())));
        if (!endpoint.secrets().isEmpty()) {
            String signatures = endpoint.secrets().stream()
                    .map(secret -> secret.sign(id, now, content))
                    .collect(Collectors.joining(" "));
            headers.add(Map.entry("webhook-signature", signatures));
        }
        return new OutgoingRequest("POST", endpoint.url(), headers, Optional.of(OutgoingBody.of(content)));
    }

    /** Closes all connections. Attempts that are under way fail. Idempotent. */
    @Override
    public void close() {
        transport.close();
        names.close();
    }
}
