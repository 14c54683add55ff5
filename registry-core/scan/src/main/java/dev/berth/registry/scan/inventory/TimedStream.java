package dev.berth.registry.scan.inventory;

import dev.berth.registry.scan.format.source.Findings;
import dev.berth.registry.scan.format.source.Pulled;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a layer, as long as there is time to read them. */
final class TimedStream extends Pulled {
    private final InputStream in;
    private final Findings findings;

    TimedStream(InputStream in, Findings findings) {
        this.in = in;
        this.findings = findings;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        findings.requireTime();
        return in.read(target, offset, length);
    }
}
