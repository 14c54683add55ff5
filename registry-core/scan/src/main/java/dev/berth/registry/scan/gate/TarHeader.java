package dev.berth.registry.scan.gate;

/** The first block of a tar, which everything that reads tars knows by its sum. */
final class TarHeader {
    static final int SIZE = 512;

    private static final int SUM_BEGIN = 148;
    private static final int SUM_END = 156;

    private TarHeader() {}

    /** Returns whether bytes may be one: whether their sum, signed or not, is written where it should be. */
    static boolean isOne(byte[] bytes) {
        if (bytes.length < SIZE) {
            return false;
        }
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < SIZE; i++) {
            byte value = i >= SUM_BEGIN && i < SUM_END ? (byte) ' ' : bytes[i];
            unsigned += value & 0xff;
            signed += value;
        }
        long written = octal(bytes);
        return written >= 0 && (written == unsigned || written == signed);
    }

    /** Readers differ in what may be around the digits, so everything else is passed over. */
    private static long octal(byte[] bytes) {
        long value = -1;
        for (int i = SUM_BEGIN; i < SUM_END; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '7') {
                value = Math.max(value, 0) * 8 + bytes[i] - '0';
            }
        }
        return value;
    }
}
