package dev.berth.registry.engine;

import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A store of which one call, or every call from then on, fails without an effect. */
final class FailingStore extends InterceptedStore {
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final Predicate<String> counted;
    private final int failAt;
    private final boolean forGood;
    private final Supplier<IOException> failure;

    private FailingStore(
            ObjectStore store, Predicate<String> counted, int failAt, boolean forGood, Supplier<IOException> failure) {
        super(store);
        this.counted = counted;
        this.failAt = failAt;
        this.forGood = forGood;
        this.failure = failure;
    }

    /** Lets one call fail; the first one has the number 0. */
    static FailingStore once(ObjectStore store, int failAt, Supplier<IOException> failure) {
        return new FailingStore(store, operation -> true, failAt, false, failure);
    }

    /** Lets one of the calls of some operations fail. */
    static FailingStore once(
            ObjectStore store, Predicate<String> operations, int failAt, Supplier<IOException> failure) {
        return new FailingStore(store, operations, failAt, false, failure);
    }

    /** Lets a call and all that follow it fail. */
    static FailingStore from(ObjectStore store, int failAt, Supplier<IOException> failure) {
        return new FailingStore(store, operation -> true, failAt, true, failure);
    }

    /** Lets a call of some operations and all of them that follow it fail. */
    static FailingStore from(
            ObjectStore store, Predicate<String> operations, int failAt, Supplier<IOException> failure) {
        return new FailingStore(store, operations, failAt, true, failure);
    }

    /** Returns whether a call has failed: whether there were that many. */
    boolean hasFailed() {
        return failures.get() > 0;
    }

    @Override
    <T> T intercept(String operation, String name, Call<T> call) throws IOException {
        if (counted.test(operation)) {
            int number = calls.getAndIncrement();
            if (number == failAt || forGood && number > failAt) {
                failures.incrementAndGet();
                throw failure.get();
            }
        }
        return call.run();
    }
}
