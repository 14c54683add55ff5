package dev.berth.registry.scan.sbom;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.InputStream;
import java.util.function.LongFunction;

/** A document of any length, of which nothing is kept. */
final class EndlessText extends InputStream {
    private final LongFunction<String> part;
    private final long parts;
    private byte[] now;
    private int at;
    private long next;

    EndlessText(String begin, LongFunction<String> part, long parts) {
        this.now = begin.getBytes(US_ASCII);
        this.part = part;
        this.parts = parts;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int done = 0;
        while (done < length) {
            if (at == now.length) {
                if (next == parts) {
                    break;
                }
                now = part.apply(next++).getBytes(US_ASCII);
                at = 0;
            }
            int count = Math.min(length - done, now.length - at);
            System.arraycopy(now, at, target, offset + done, count);
            at += count;
            done += count;
        }
        return done == 0 ? -1 : done;
    }
}
