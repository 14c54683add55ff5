package dev.berth.registry.storage.s3;

import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectStat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** A response that is being read, or nothing where there is nothing to read. */
final class S3Content implements ObjectContent {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ObjectStat stat;
    private final String name;
    private final Body body;

    private S3Content(String name, ObjectStat stat, @Nullable ResponseInputStream<?> answer, long length) {
        this.name = name;
        this.stat = stat;
        this.body = new Body(answer, length);
    }

    /** The rest of an answer: this many bytes, or reading fails. */
    static S3Content of(String name, ObjectStat stat, ResponseInputStream<?> answer, long length) {
        return new S3Content(name, stat, answer, length);
    }

    /** Nothing of an object that exists. */
    static S3Content nothing(String name, ObjectStat stat) {
        return new S3Content(name, stat, null, 0);
    }

    @Override
    public ObjectStat stat() {
        return stat;
    }

    @Override
    public InputStream stream() {
        return body;
    }

    @Override
    public void close() {
        body.close();
    }

    /** Never ends early: neither a broken connection nor a close makes a part look like the whole. */
    private final class Body extends BlockInputStream {
        private final @Nullable ResponseInputStream<?> answer;
        private long left;
        private volatile boolean drained;
        private volatile boolean closed;

        Body(@Nullable ResponseInputStream<?> answer, long length) {
            this.answer = answer;
            this.left = length;
            if (length == 0) {
                release();
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, buffer.length);
            checkOpen();
            if (length == 0) {
                return 0;
            }
            if (left == 0 || answer == null) {
                return -1;
            }
            int read = readAnswer(answer, buffer, offset, (int) Math.min(length, left));
            checkOpen();
            if (read < 0) {
                throw new IOException("S3 sent " + left + " bytes too few of " + name);
            }
            left -= read;
            if (left == 0) {
                release();
            }
            return read;
        }

        @Override
        public long transferTo(OutputStream output) throws IOException {
            byte[] buffer = new byte[BUFFER_BYTES];
            long count = 0;
            for (int read = read(buffer); read >= 0; read = read(buffer)) {
                output.write(buffer, 0, read);
                count += read;
            }
            return count;
        }

        private int readAnswer(InputStream from, byte[] buffer, int offset, int length) throws IOException {
            try {
                return from.read(buffer, offset, length);
            } catch (SdkException e) {
                throw S3Failures.translate("read " + name, e);
            } catch (IllegalStateException e) {
                throw new IOException("S3 could not read " + name + ": the connection was closed", e);
            }
        }

        private void checkOpen() throws IOException {
            if (closed) {
                throw new IOException("The content of " + name + " was closed while it was read");
            }
        }

        /** Returns the connection to the pool when nothing is left to read. */
        private void release() {
            drained = true;
            if (answer != null) {
                try {
                    if (answer.read() >= 0) {
                        answer.abort();
                    }
                    answer.close();
                } catch (IOException | SdkException | IllegalStateException e) {
                    answer.abort();
                }
            }
        }

        @Override
        public void close() {
            boolean first = !closed;
            closed = true;
            if (first && !drained && answer != null) {
                // The rest may be gigabytes, so the connection is dropped.
                answer.abort();
            }
        }
    }
}
