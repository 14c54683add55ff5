package dev.berth.registry.simulation;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A coroutine that is a thread of its own. */
final class ThreadCoroutine extends Coroutine {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "simulated-actor");
        thread.setDaemon(true);
        return thread;
    });

    private volatile boolean running;
    private volatile @Nullable Thread thread;
    private volatile @Nullable Thread resumer;

    ThreadCoroutine(Runnable body) {
        super(body);
    }

    @Override
    void resume() {
        resumer = Thread.currentThread();
        running = true;
        Thread started = thread;
        if (started == null) {
            THREADS.execute(this::begin);
        } else {
            LockSupport.unpark(started);
        }
        while (running) {
            LockSupport.park(this);
        }
    }

    private void begin() {
        thread = Thread.currentThread();
        try {
            run();
        } finally {
            giveBack();
        }
    }

    private void giveBack() {
        running = false;
        LockSupport.unpark(resumer);
    }

    @Override
    void pause() {
        giveBack();
        while (!running) {
            LockSupport.park(this);
        }
    }
}
