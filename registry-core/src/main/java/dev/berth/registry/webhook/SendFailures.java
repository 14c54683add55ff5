package dev.berth.registry.webhook;

import dev.berth.registry.client.http.RetryAfter;
import dev.berth.registry.internal.transport.AddressGuard.InsideAddressException;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.TransportException;
import dev.berth.registry.webhook.SendResult.Failed;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The results of attempts, in sentences of our own. Nothing that a receiver sends is repeated but its status: who may set a
 * URL must not learn what stands behind it.
 */
final class SendFailures {
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final int GONE = 410;

    private SendFailures() {}

    static SendResult of(IncomingResponse response, Instant now) {
        int status = response.status();
        if (status / 100 == 2) {
            return new SendResult.Delivered();
        }
        if (status == GONE) {
            return new SendResult.Gone();
        }
        if (status / 100 == 3) {
            return Failed.of("The receiver answered " + status + ", and redirects are not followed");
        }
        Optional<Duration> wait = response.header("Retry-After")
                .flatMap(value -> RetryAfter.parse(value, now))
                .map(duration -> duration.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : duration);
        return new Failed("The receiver answered " + status, wait);
    }

    static Failed of(UnknownHostException e) {
        return e instanceof InsideAddressException
                ? Failed.of("The receiver has an address that is not in the internet; if it is meant, its name or its"
                        + " network has to be allowed for webhooks")
                : Failed.of("The name of the receiver does not resolve");
    }

    static Failed of(TransportException e, boolean secure) {
        return Failed.of(
                switch (e.kind()) {
                    case UNREACHABLE ->
                        secure
                                ? "The receiver has no certificate for its name that is trusted, or speaks no TLS"
                                : "The receiver cannot be reached";
                    case NOT_CONNECTED -> "The receiver could not be connected to";
                    case BROKEN -> "The connection broke before the receiver had answered";
                    case TOO_SLOW -> late().reason();
                    case NOT_HTTP -> "The receiver does not answer in HTTP";
                    case CANCELLED -> interrupted().reason();
                });
    }

    static Failed late() {
        return Failed.of("The receiver did not answer in time");
    }

    static Failed interrupted() {
        return Failed.of("The attempt was interrupted");
    }
}
