package dev.berth.spring;

import dev.berth.registry.host.HostedRegistry;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the work in the background with the application, and begins to end it first, while the server lets requests finish.
 * The registry itself is closed as any bean is: when no request is in progress any more.
 */
final class HostedRegistryLifecycle implements SmartLifecycle {
    private final HostedRegistry hosted;
    private volatile boolean running;

    HostedRegistryLifecycle(HostedRegistry hosted) {
        this.hosted = hosted;
    }

    @Override
    public void start() {
        hosted.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        hosted.end();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
