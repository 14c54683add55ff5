package dev.berth.registry.testing;

import dev.berth.registry.server.ExchangeAbortedException;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalLong;

/** Effects on the body of the response. */
final class BodyEffects {
    private BodyEffects() {}

    /** An effect that replaces the body and leaves the rest of the response as it is. */
    interface BodyEffect extends Effect {
        ResponseBody change(ResponseBody body, Context context);

        @Override
        default RegistryResponse apply(RegistryRequest request, RegistryHandler next, Context context)
                throws IOException {
            RegistryResponse response = next.handle(request);
            return response.withBody(change(response.body(), context));
        }
    }

    /** Limits the bytes per second. */
    record Throttle(long bytesPerSecond) implements BodyEffect {
        private static final int BLOCKS_PER_SECOND = 20;
        private static final int LARGEST_BLOCK = 64 * 1024;

        Throttle {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("A rate is at least one byte per second, not " + bytesPerSecond);
            }
        }

        @Override
        public ResponseBody change(ResponseBody body, Context context) {
            int block = (int) Math.max(1, Math.min(bytesPerSecond / BLOCKS_PER_SECOND, LARGEST_BLOCK));
            return new FilteredBody(body) {
                @Override
                OutputStream filtered(OutputStream output) {
                    return new BlockOutput() {
                        @Override
                        public void write(byte[] buffer, int offset, int length) throws IOException {
                            for (int done = 0; done < length; done += block) {
                                int count = Math.min(block, length - done);
                                context.waiting().pause(Duration.ofNanos((long) (1e9 * count / bytesPerSecond)));
                                output.write(buffer, offset + done, count);
                                output.flush();
                            }
                        }
                    };
                }
            };
        }
    }

    /** Resets the connection after some bytes of the body, at the latest at its end. */
    record ResetAfter(long bytes) implements BodyEffect {
        ResetAfter {
            requireCount(bytes);
        }

        @Override
        public ResponseBody change(ResponseBody body, Context context) {
            return new CutBody(body, body.length(), bytes, Ending.RESET);
        }
    }

    /** Closes the connection after some bytes of the body; a body that is not longer stays whole. */
    record Truncate(long bytes) implements BodyEffect {
        Truncate {
            requireCount(bytes);
        }

        @Override
        public ResponseBody change(ResponseBody body, Context context) {
            return new CutBody(body, body.length(), bytes, Ending.CLOSE_IF_CUT);
        }
    }

    /** Declares another length: a body that is shorter than that ends too early, one that is longer is cut. */
    record WrongLength(long difference) implements BodyEffect {
        WrongLength {
            if (difference == 0) {
                throw new IllegalArgumentException("A length that differs by 0 is not wrong");
            }
        }

        @Override
        public ResponseBody change(ResponseBody body, Context context) {
            OptionalLong length = body.length();
            if (length.isEmpty()) {
                return body;
            }
            long wrong = Math.max(0, length.getAsLong() + difference);
            return new CutBody(body, OptionalLong.of(wrong), wrong, Ending.CLOSE);
        }
    }

    /** Changes one byte of the body. */
    record Corrupt(long position) implements BodyEffect {
        Corrupt {
            if (position < 0) {
                throw new IllegalArgumentException("There is no byte at the position " + position);
            }
        }

        @Override
        public ResponseBody change(ResponseBody body, Context context) {
            return new FilteredBody(body) {
                @Override
                OutputStream filtered(OutputStream output) {
                    return new FlippingOutput(output, position);
                }
            };
        }
    }

    private static void requireCount(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("A connection cannot end after " + bytes + " bytes");
        }
    }

    /** How a connection ends when a body has been cut, or when it has been written without a cut. */
    private enum Ending {
        RESET,
        CLOSE,
        CLOSE_IF_CUT
    }

    /** At most so many bytes of a body, after which the connection ends. */
    private static final class CutBody extends FilteredBody {
        private final OptionalLong declared;
        private final long bytes;
        private final Ending ending;

        CutBody(ResponseBody body, OptionalLong declared, long bytes, Ending ending) {
            super(body);
            this.declared = declared;
            this.bytes = bytes;
            this.ending = ending;
        }

        @Override
        public OptionalLong length() {
            return declared;
        }

        @Override
        OutputStream filtered(OutputStream output) {
            return new BlockOutput() {
                private long left = bytes;

                @Override
                public void write(byte[] buffer, int offset, int length) throws IOException {
                    int count = (int) Math.min(left, length);
                    output.write(buffer, offset, count);
                    left -= count;
                    if (count < length) {
                        output.flush();
                        throw end();
                    }
                }
            };
        }

        @Override
        public void writeTo(OutputStream output) throws IOException {
            super.writeTo(output);
            if (ending != Ending.CLOSE_IF_CUT) {
                throw end();
            }
        }

        private ExchangeAbortedException end() {
            return ending == Ending.RESET ? ExchangeAbortedException.reset() : ExchangeAbortedException.close();
        }
    }

    private static final class FlippingOutput extends FilteredBody.BlockOutput {
        private final OutputStream output;
        private long before;

        FlippingOutput(OutputStream output, long before) {
            this.output = output;
            this.before = before;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            if (before >= 0 && before < length) {
                int intact = (int) before;
                output.write(buffer, offset, intact);
                output.write(buffer[offset + intact] ^ 0xff);
                output.write(buffer, offset + intact + 1, length - intact - 1);
            } else {
                output.write(buffer, offset, length);
            }
            before -= length;
        }
    }
}
