package dev.berth.registry.testing;

import dev.berth.registry.internal.stream.BulkInputStream;
import dev.berth.registry.server.HeaderFields;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.ResponseBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A request and its response while they are recorded. One thread writes, others may read: every field that changes is
 * volatile or thread-safe.
 */
final class Exchange {
    final RegistryRequest request;
    final Instant receivedAt;
    final HeaderFields requestHeaders;
    final String repository;
    final List<Fault> faults = new CopyOnWriteArrayList<>();
    volatile String caller = "";
    volatile int status;
    volatile HeaderFields responseHeaders = HeaderFields.none();
    volatile boolean cut;
    volatile long bytesIn;
    volatile long bytesOut;

    /** The bytes of the request's body that were read, or null if they are too many or not to be kept. */
    private volatile @Nullable ByteArrayOutputStream body;

    /**
     * Begins a record.
     *
     * @param requestHeaders the header fields without secrets
     * @param keepsBody whether the body is recorded as well
     */
    Exchange(RegistryRequest request, Instant receivedAt, HeaderFields requestHeaders, boolean keepsBody) {
        // Without the body: the journal outlives the connection from which it is read.
        this.request =
                RegistryRequest.builder(request.method(), request.target()).build();
        this.receivedAt = receivedAt;
        this.requestHeaders = requestHeaders;
        this.repository = RequestPattern.path(request).name();
        this.body = keepsBody ? new ByteArrayOutputStream(0) : null;
    }

    /** Returns a copy of the recorded bytes of the request's body, or null if they were not kept. */
    byte @Nullable [] body() {
        ByteArrayOutputStream recorded = body;
        return recorded == null ? null : recorded.toByteArray();
    }

    /** Returns how many bytes of the request's body are held. */
    int held() {
        ByteArrayOutputStream recorded = body;
        return recorded == null ? 0 : recorded.size();
    }

    void dropBody() {
        body = null;
    }

    /** Returns the request with a body that is recorded when it is read. */
    RegistryRequest recorded(RegistryRequest received) {
        return received.toBuilder()
                .body(new RecordedInput(received.body()), received.contentLength())
                .build();
    }

    void answered(int newStatus, HeaderFields headers, String newCaller) {
        responseHeaders = headers;
        caller = newCaller;
        status = newStatus;
    }

    void cut() {
        cut = true;
    }

    /** Returns a body whose bytes are counted before they are sent: no client knows more than the journal. */
    ResponseBody recorded(ResponseBody sent) {
        return new FilteredBody(sent) {
            @Override
            OutputStream filtered(OutputStream output) {
                return new BlockOutput() {
                    private long count;

                    @Override
                    public void write(byte[] buffer, int offset, int length) throws IOException {
                        count += length;
                        bytesOut = count;
                        output.write(buffer, offset, length);
                    }

                    @Override
                    public void flush() throws IOException {
                        output.flush();
                    }
                };
            }

            @Override
            public void writeTo(OutputStream output) throws IOException {
                try {
                    super.writeTo(output);
                } catch (IOException | RuntimeException e) {
                    cut();
                    throw e;
                }
            }
        };
    }

    private final class RecordedInput extends BulkInputStream {
        private final InputStream input;
        private long total;

        RecordedInput(InputStream input) {
            this.input = input;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = input.read(buffer, offset, length);
            if (count > 0) {
                total += count;
                bytesIn = total;
                record(buffer, offset, count);
            }
            return count;
        }

        @Override
        public int available() throws IOException {
            return input.available();
        }

        @Override
        public void close() throws IOException {
            input.close();
        }

        private void record(byte[] buffer, int offset, int count) {
            ByteArrayOutputStream recorded = body;
            if (recorded != null) {
                if (total > Journal.MOST_BODY_BYTES) {
                    dropBody();
                } else {
                    recorded.write(buffer, offset, count);
                }
            }
        }
    }
}
