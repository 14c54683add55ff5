package dev.berth.registry.server;

import com.google.common.io.CountingOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Reports each exchange to observers: when it begins, and when its response was closed. */
final class ObservedHandler implements RegistryHandler {
    private final RegistryHandler handler;
    private final Observers observers;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    ObservedHandler(RegistryHandler handler, Observers observers, InstantSource clock, LongSupplier nanoTime) {
        this.handler = handler;
        this.observers = observers;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public RegistryResponse handle(RegistryRequest request) throws IOException {
        Observation observation = new Observation(request, clock.instant(), nanoTime.getAsLong());
        observation.start();
        RegistryResponse response;
        try {
            response = handler.handle(request);
        } catch (IOException | RuntimeException | Error e) {
            observation.report(0, 0, false);
            throw e;
        }
        return response.withBody(new ObservedBody(response, observation));
    }

    private final class Observation {
        private final RegistryRequest request;
        private final Instant startedAt;
        private final long startNanos;

        Observation(RegistryRequest request, Instant startedAt, long startNanos) {
            this.request = request;
            this.startedAt = startedAt;
            this.startNanos = startNanos;
        }

        private ServerExchange.Builder exchange() {
            return new ServerExchange.Builder(request.requestId(), startedAt).request(request);
        }

        void start() {
            observers.started(exchange().build());
        }

        void report(int status, long bytesOut, boolean complete) {
            Duration duration = Duration.ofNanos(nanoTime.getAsLong() - startNanos);
            observers.ended(
                    exchange().outcome(duration, status, bytesOut, complete).build());
        }
    }

    /** Counts the bytes that are sent. A body that is never written, as for HEAD, counts as complete. */
    private static final class ObservedBody implements ResponseBody {
        private final RegistryResponse response;
        private final Observation observation;
        private long count;
        private boolean complete = true;
        private boolean closed;

        ObservedBody(RegistryResponse response, Observation observation) {
            this.response = response;
            this.observation = observation;
        }

        @Override
        public OptionalLong length() {
            return response.body().length();
        }

        @Override
        public void writeTo(OutputStream output) throws IOException {
            CountingOutputStream counted = new CountingOutputStream(output);
            complete = false;
            try {
                response.body().writeTo(counted);
                complete = true;
            } finally {
                count = counted.getCount();
            }
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                observation.report(response.status(), count, complete);
            }
            response.close();
        }
    }
}
