package dev.berth.registry.webhook;

import dev.berth.registry.compose.EventQueue;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.event.RegistryListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * A sink for listeners in this process. Each gets the events of its filter from a bounded queue of its own, one after the
 * other, in threads of an executor: one that is slow, or fails, harms neither requests nor others. What does not fit is
 * dropped and counted, and what waits when the process ends is lost. Thread-safe.
 *
 * <pre>{@code
 * EventListeners listeners = EventListeners.builder(executor)
 *     .add("deploy", EventFilter.builder().actions("push").build(), event -> deploy(event.repository()))
 *     .build();
 * EventSink sink = EventSinks.allOf(webhooks, listeners);
 * }</pre>
 *
 * @since 0.1
 */
public final class EventListeners implements EventSink {
    private final Map<String, Filtered> listeners;

    private EventListeners(Builder builder) {
        this.listeners = Map.copyOf(builder.listeners);
    }

    private record Filtered(EventFilter filter, EventQueue queue) {}

    /**
     * Returns a builder without listeners.
     *
     * @param executor calls the listeners. Whoever has made it closes it, after this
     */
    public static Builder builder(Executor executor) {
        return new Builder(executor);
    }

    /** Takes events. Never waits and never fails. */
    @Override
    public void publish(List<RegistryEvent> events) {
        for (Filtered listener : listeners.values()) {
            List<RegistryEvent> some =
                    events.stream().filter(listener.filter()::matches).toList();
            if (!some.isEmpty()) {
                listener.queue().publish(some);
            }
        }
    }

    /** Drops events that are published from now on. Those that wait are still delivered. */
    @Override
    public void close() {
        listeners.values().forEach(listener -> listener.queue().close());
    }

    /**
     * Returns how many events a listener did not get, since too many waited.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public long dropped(String name) {
        return queue(name).dropped();
    }

    /**
     * Returns with how many events a listener has failed.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public long failed(String name) {
        return queue(name).failed();
    }

    private EventQueue queue(String name) {
        Filtered listener = listeners.get(name);
        if (listener == null) {
            throw new IllegalArgumentException("There is no listener " + name);
        }
        return listener.queue();
    }

    /**
     * Collects listeners. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final Executor executor;
        private final Map<String, Filtered> listeners = new LinkedHashMap<>();

        private Builder(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
        }

        /**
         * Adds a listener with a queue for {@value EventQueue#DEFAULT_CAPACITY} events.
         *
         * @throws IllegalArgumentException if there is one of this name already
         */
        public Builder add(String name, EventFilter filter, RegistryListener listener) {
            return add(name, filter, listener, EventQueue.DEFAULT_CAPACITY);
        }

        /**
         * Adds a listener.
         *
         * @param capacity how many events can wait for it
         * @throws IllegalArgumentException if there is one of this name already, or the capacity is less than one
         */
        public Builder add(String name, EventFilter filter, RegistryListener listener, int capacity) {
            Filtered added = new Filtered(filter, EventQueue.of(listener, executor, capacity));
            if (listeners.putIfAbsent(name, added) != null) {
                throw new IllegalArgumentException("There are two listeners with the name " + name);
            }
            return this;
        }

        /** Returns the sink. */
        public EventListeners build() {
            return new EventListeners(this);
        }
    }
}
