package dev.berth.registry.server.http1;

/** The buffers of a thread that serves connections. */
final class ConnectionBuffers {
    private static final int INPUT_BYTES = 8 * 1024;
    /** A response with a body of some kilobytes fits, so that it is written at once. */
    private static final int OUTPUT_BYTES = 16 * 1024;

    final byte[] input = new byte[INPUT_BYTES];
    final byte[] output = new byte[OUTPUT_BYTES];
}
