package dev.berth.registry.testing;

import dev.berth.registry.server.ExchangeAbortedException;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalLong;

/** Effects on the body of the answer. */
final class BodyEffects {
    private BodyEffects() {}

    /** No more bytes in a second than these. */
    record Throttle(long bytesPerSecond) implements Effect {
        private static final int PIECES_PER_SECOND = 20;

        Throttle {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("A rate is at least one byte per second, not " + bytesPerSecond);
            }
        }

        @Override
        public RegistryResponse apply(RegistryRequest request, RegistryHandler next, FaultContext context)
                throws IOException {
            RegistryResponse response = next.handle(request);
            int piece = (int) Math.max(1, Math.min(bytesPerSecond / PIECES_PER_SECOND, 64 * 1024));
            return response.withBody(new ChangedBody(response.body()) {
                @Override
                OutputStream changed(OutputStream output) {
                    return new SlowStream(output, piece, context.waiting());
                }
            });
        }

        private final class SlowStream extends OutputStream {
            private final OutputStream output;
            private final int piece;
            private final Waiting waiting;

            SlowStream(OutputStream output, int piece, Waiting waiting) {
                this.output = output;
                this.piece = piece;
                this.waiting = waiting;
            }

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                for (int done = 0; done < length; done += piece) {
                    int count = Math.min(piece, length - done);
                    waiting.pause(Duration.ofNanos((long) (1e9 * count / bytesPerSecond)));
                    output.write(buffer, offset + done, count);
                    output.flush();
                }
            }
        }
    }

    /** So many bytes of the body, and then a reset. */
    record ResetAfter(long bytes) implements Effect {
        ResetAfter {
            if (bytes < 0) {
                throw new IllegalArgumentException("A connection cannot be reset after " + bytes + " bytes");
            }
        }

        @Override
        public RegistryResponse apply(RegistryRequest request, RegistryHandler next, FaultContext context)
                throws IOException {
            RegistryResponse response = next.handle(request);
            return response.withBody(new ChangedBody(response.body()) {
                @Override
                OutputStream changed(OutputStream output) {
                    return new CutStream(output, bytes);
                }

                @Override
                public void writeTo(OutputStream output) throws IOException {
                    super.writeTo(output);
                    throw ExchangeAbortedException.reset();
                }
            });
        }
    }

    private static final class CutStream extends OutputStream {
        private final OutputStream output;
        private long left;

        CutStream(OutputStream output, long left) {
            this.output = output;
            this.left = left;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            int count = (int) Math.min(left, length);
            output.write(buffer, offset, count);
            left -= count;
            if (count < length) {
                output.flush();
                throw ExchangeAbortedException.reset();
            }
        }
    }

    /** A body of which one byte is another one. */
    record Corrupt(long position) implements Effect {
        Corrupt {
            if (position < 0) {
                throw new IllegalArgumentException("There is no byte at the position " + position);
            }
        }

        @Override
        public RegistryResponse apply(RegistryRequest request, RegistryHandler next, FaultContext context)
                throws IOException {
            RegistryResponse response = next.handle(request);
            return response.withBody(new ChangedBody(response.body()) {
                @Override
                OutputStream changed(OutputStream output) {
                    return new FlippingStream(output, position);
                }
            });
        }
    }

    private static final class FlippingStream extends OutputStream {
        private final OutputStream output;
        private long before;

        FlippingStream(OutputStream output, long before) {
            this.output = output;
            this.before = before;
        }

        @Override
        public void write(int b) throws IOException {
            output.write(before == 0 ? b ^ 0xff : b);
            before--;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            if (before < 0 || before >= length) {
                output.write(buffer, offset, length);
                before -= length;
                return;
            }
            int intact = (int) before;
            output.write(buffer, offset, intact);
            before = 0;
            write(buffer[offset + intact]);
            output.write(buffer, offset + intact + 1, length - intact - 1);
        }
    }

    /** A length in the header that is not the body's: a longer body never comes to its end, a shorter one is cut. */
    record WrongLength(long difference) implements Effect {
        WrongLength {
            if (difference == 0) {
                throw new IllegalArgumentException("A length that differs by 0 is not wrong");
            }
        }

        @Override
        public RegistryResponse apply(RegistryRequest request, RegistryHandler next, FaultContext context)
                throws IOException {
            RegistryResponse response = next.handle(request);
            OptionalLong length = response.body().length();
            if (length.isEmpty()) {
                return response;
            }
            long wrong = Math.max(0, length.getAsLong() + difference);
            return response.withBody(new ChangedBody(response.body()) {
                @Override
                public OptionalLong length() {
                    return OptionalLong.of(wrong);
                }

                @Override
                OutputStream changed(OutputStream output) {
                    return new LimitedStream(output, wrong);
                }

                @Override
                public void writeTo(OutputStream output) throws IOException {
                    super.writeTo(output);
                    throw ExchangeAbortedException.close();
                }
            });
        }
    }

    private static final class LimitedStream extends OutputStream {
        private final OutputStream output;
        private long left;

        LimitedStream(OutputStream output, long left) {
            this.output = output;
            this.left = left;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            int count = (int) Math.min(left, length);
            output.write(buffer, offset, count);
            left -= count;
        }
    }
}
