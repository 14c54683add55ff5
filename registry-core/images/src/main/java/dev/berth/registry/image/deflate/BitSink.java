package dev.berth.registry.image.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bits in bytes, the lowest first, in an array that is large enough. */
final class BitSink {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int size;
    private long pending;
    private int pendingBits;

    /** Begins with room for so many bytes. */
    BitSink(int most) {
        this.bytes = new byte[most + Long.BYTES];
    }

    /** Adds bits, at most 56, with nothing above them. */
    void add(long bits, int count) {
        pending |= bits << pendingBits;
        pendingBits += count;
        LONG.set(bytes, size, pending);
        size += pendingBits >>> 3;
        // A shift by 64 would be one by 0: what is left is at most 7 bits, so it never is.
        pending >>>= pendingBits & ~7;
        pendingBits &= 7;
    }

    /** Fills the last byte up with zeros. */
    void align() {
        add(0, -pendingBits & 7);
    }

    /** Adds bytes; must be aligned. */
    void add(byte[] source, int from, int to) {
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
