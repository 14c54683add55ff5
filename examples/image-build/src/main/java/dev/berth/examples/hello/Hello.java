package dev.berth.examples.hello;

import dev.berth.registry.Digest;
import java.nio.charset.StandardCharsets;

/** A small application with a library: it greets, and prints the digest of whom it greets. */
public final class Hello {
    private Hello() {}

    /** Greets whom the arguments name. */
    public static void main(String[] args) {
        String name = args.length == 0 ? "world" : String.join(" ", args);
        System.out.println("Hello, " + name + ", " + Digest.sha256(name.getBytes(StandardCharsets.UTF_8)));
    }
}
