package dev.berth.examples.standalone.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** Waits for what happens in another process by itself. */
final class Within {
    /** How long a removal may take to count everywhere. */
    static final Duration PROMISED = Duration.ofSeconds(10);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private Within() {}

    /** Returns the status of a request. */
    interface Request {
        int status() throws IOException, InterruptedException;
    }

    /** Sends a request again until it is refused, and fails after the time that is promised. */
    static void refused(String what, Request request) throws IOException, InterruptedException {
        await(what, request, 401, 403);
    }

    /** Sends a request again until it succeeds, and fails after the time that is promised. */
    static void allowed(String what, Request request) throws IOException, InterruptedException {
        await(what, request, 200, 202);
    }

    private static void await(String what, Request request, int... wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + PROMISED.toNanos();
        while (true) {
            boolean last = System.nanoTime() > end;
            int status = request.status();
            if (last) {
                assertThat(wanted).as(what).contains(status);
            }
            if (Arrays.stream(wanted).anyMatch(code -> code == status)) {
                return;
            }
            Thread.sleep(BETWEEN_TRIES.toMillis());
        }
    }
}
