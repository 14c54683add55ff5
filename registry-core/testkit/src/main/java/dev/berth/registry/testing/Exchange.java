package dev.berth.registry.testing;

import dev.berth.registry.server.HeaderFields;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.ResponseBody;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.OptionalInt;

/** An entry of the {@link Journal} while it is being written by one thread and perhaps read by others. */
final class Exchange {
    private final RegistryRequest request;
    private final Instant receivedAt;
    private final HeaderFields requestHeaders;
    private final String repository;
    private volatile String caller = "";
    private volatile int status;
    private volatile HeaderFields responseHeaders = HeaderFields.none();
    private volatile boolean cut;
    private volatile long bytesIn;
    private volatile long bytesOut;

    Exchange(RegistryRequest request, Instant receivedAt, HeaderFields requestHeaders) {
        // Without the body: the journal outlives the connection from which it is read.
        this.request =
                RegistryRequest.builder(request.method(), request.target()).build();
        this.receivedAt = receivedAt;
        this.requestHeaders = requestHeaders;
        this.repository = RequestPattern.path(request).name();
    }

    JournalEntry entry() {
        int answer = status;
        return new JournalEntry(
                receivedAt,
                request.method(),
                request.path(),
                request.query(),
                repository,
                requestHeaders,
                bytesIn,
                caller,
                answer == 0 ? OptionalInt.empty() : OptionalInt.of(answer),
                responseHeaders,
                bytesOut,
                cut);
    }

    /** Returns the request with a body that counts what is read of it. */
    RegistryRequest watched(RegistryRequest received) {
        return received.toBuilder()
                .body(new CountedInput(received.body()), received.contentLength())
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

    /** Returns a body that counts what is sent of it, before it is sent: no client knows more than the journal. */
    ResponseBody watched(ResponseBody body) {
        return new ChangedBody(body) {
            @Override
            OutputStream changed(OutputStream output) {
                return new CountedOutput(output);
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

    private final class CountedInput extends FilterInputStream {
        private long count;

        CountedInput(InputStream input) {
            super(input);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            if (read >= 0) {
                add(1);
            }
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            add(Math.max(0, read));
            return read;
        }

        private void add(int read) {
            count += read;
            bytesIn = count;
        }
    }

    private final class CountedOutput extends FilterOutputStream {
        private long count;

        CountedOutput(OutputStream output) {
            super(output);
        }

        @Override
        public void write(int b) throws IOException {
            add(1);
            out.write(b);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            add(length);
            out.write(buffer, offset, length);
        }

        private void add(int length) {
            count += length;
            bytesOut = count;
        }
    }
}
