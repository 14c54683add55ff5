package dev.berth.examples.benchmarks.server;

import java.io.IOException;

/** A program to be measured: a registry, or what answers like one. */
public interface Peer {
    /** The name in reports. */
    String name();

    /** Whether images can be pushed to it. */
    default boolean takesPushes() {
        return true;
    }

    /** Whether what it acknowledged survives a power cut. */
    boolean durable();

    /** Whether the harness can give it this: a directory of its own, TLS. */
    default boolean suits(Setting setting) {
        return true;
    }

    /** Starts it, waits for its first answer, and returns it. */
    Server start(Setting setting) throws IOException, InterruptedException;
}
