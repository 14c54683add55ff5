package dev.berth.registry.console;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A console that is made when somebody comes, so that the start of a server does not wait for it. Thread-safe. */
final class ConsoleOnDemand {
    private final Console.Builder builder;
    private final ReentrantLock making = new ReentrantLock();
    private volatile Optional<Console> made = Optional.empty();

    ConsoleOnDemand(Console.Builder builder) {
        this.builder = builder;
    }

    Console get() {
        Optional<Console> known = made;
        return known.isPresent() ? known.get() : make();
    }

    private Console make() {
        making.lock();
        try {
            if (made.isEmpty()) {
                made = Optional.of(builder.build());
            }
            return made.get();
        } finally {
            making.unlock();
        }
    }
}
