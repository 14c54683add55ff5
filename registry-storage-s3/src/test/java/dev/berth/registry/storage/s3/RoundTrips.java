package dev.berth.registry.storage.s3;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Counts the round trips of a call: how many requests follow each other, where one begins only after the other has
 * ended. Each thread has a clock, on which every request takes one unit of time and nothing else any. A task begins at
 * the time of who has made it, and who has waited for its result goes on at the time when it ended. No real time counts.
 */
final class RoundTrips implements ExecutionInterceptor {
    private final ThreadLocal<Clock> clocks = new ThreadLocal<>();
    private final AtomicInteger call = new AtomicInteger();
    private final AtomicInteger longest = new AtomicInteger();

    /** What is counted. */
    interface Call {
        void run() throws Exception;
    }

    /** The time of a thread in a call. In another call it begins anew. */
    private record Clock(int call, int time) {}

    /** Returns the number of round trips of a call, whatever threads it is done in. One call at a time. */
    int of(Call counted) throws Exception {
        call.incrementAndGet();
        longest.set(0);
        counted.run();
        return longest.get();
    }

    /** Returns the threads of a store whose round trips are counted. */
    RequestThreads threads() {
        return new RequestThreads(64, 32) {
            @Override
            <T> FutureTask<T> task(Callable<T> work) {
                return new Timed<>(new TimedWork<>(RoundTrips.this, work));
            }
        };
    }

    /** Opens a store whose round trips are counted. */
    S3ObjectStore open(S3StorageOptions options, ExecutionInterceptor observer) throws IOException {
        return S3ObjectStore.open(options, threads(), this, observer);
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        set(now() + 1);
        longest.accumulateAndGet(now(), Math::max);
    }

    private int now() {
        Clock clock = clocks.get();
        return clock == null || clock.call() != call.get() ? 0 : clock.time();
    }

    private void set(int time) {
        clocks.set(new Clock(call.get(), time));
    }

    private static final class TimedWork<T> implements Callable<T> {
        private final RoundTrips trips;
        private final Callable<T> work;
        private final Thread maker = Thread.currentThread();
        private final int begin;
        private volatile int end;

        TimedWork(RoundTrips trips, Callable<T> work) {
            this.trips = trips;
            this.work = work;
            this.begin = trips.now();
        }

        @Override
        public T call() throws Exception {
            if (!Thread.currentThread().equals(maker)) {
                trips.set(begin);
            }
            try {
                return work.call();
            } finally {
                end = trips.now();
            }
        }

        void awaited() {
            trips.set(Math.max(trips.now(), end));
        }
    }

    private static final class Timed<T> extends FutureTask<T> {
        private final TimedWork<T> work;

        Timed(TimedWork<T> work) {
            super(work);
            this.work = work;
        }

        @Override
        public T get() throws InterruptedException, ExecutionException {
            try {
                return super.get();
            } finally {
                work.awaited();
            }
        }
    }
}
