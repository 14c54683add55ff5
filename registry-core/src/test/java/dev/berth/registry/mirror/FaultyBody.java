package dev.berth.registry.mirror;

import dev.berth.registry.server.ResponseBody;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A body of which something goes wrong at a byte. */
record FaultyBody(ResponseBody body, Fault fault, long at) implements ResponseBody {
    enum Fault {
        NONE,
        /** The connection ends there. */
        CUT,
        /** Nothing comes any more, and the connection stays. */
        HANG,
        /** The byte is another one. */
        CORRUPT
    }

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        body.writeTo(new Passing(output));
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    private final class Passing extends FilterOutputStream {
        private long passed;

        Passing(OutputStream output) {
            super(output);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            boolean here = fault != Fault.NONE && at >= passed && at < passed + length;
            if (here && fault == Fault.CORRUPT) {
                byte[] copy = bytes.clone();
                copy[offset + (int) (at - passed)] ^= 1;
                out.write(copy, offset, length);
            } else if (here) {
                out.write(bytes, offset, (int) (at - passed));
                out.flush();
                if (fault == Fault.HANG) {
                    hang();
                }
                throw new IOException("The connection is cut for a test");
            } else {
                out.write(bytes, offset, length);
            }
            passed += length;
        }

        private static void hang() throws IOException {
            try {
                // For as long as any test waits, and not for ever: a server waits for its threads.
                boolean unused = new CountDownLatch(1).await(2, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
