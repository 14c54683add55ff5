package dev.berth.registry.server.http1;

import dev.berth.registry.server.http1.message.ClosedByClientException;
import java.io.IOException;

/** Reads a body of a known length. */
final class SizedInput implements ClientBody.Content {
    private final ConnectionInput input;
    private long left;

    SizedInput(ConnectionInput input, long length) {
        this.input = input;
        this.left = length;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = input.read(target, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new ClosedByClientException();
        }
        left -= count;
        return count;
    }
}
