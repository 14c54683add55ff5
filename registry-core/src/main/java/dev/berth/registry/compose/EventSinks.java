package dev.berth.registry.compose;

import dev.berth.registry.event.EventSink;
import dev.berth.registry.event.RegistryEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sinks made of others.
 *
 * @since 0.1
 */
public final class EventSinks {
    private EventSinks() {}

    /**
     * Returns a sink that gives the events to each of these sinks, in this order: durable ones first. If one fails, the others
     * get the events all the same, since the change was made; then the first failure is thrown. So a caller that repeats
     * its change may tell some of them twice. Closing it closes all of them, in this order.
     */
    public static EventSink allOf(List<? extends EventSink> sinks) {
        return sinks.size() == 1 ? sinks.get(0) : new AllOf(List.copyOf(sinks));
    }

    /** Returns a sink that gives the events to each of these sinks, as {@link #allOf(List)} does. */
    public static EventSink allOf(EventSink... sinks) {
        return allOf(List.of(sinks));
    }

    private record AllOf(List<EventSink> sinks) implements EventSink {
        private interface Call {
            void make(EventSink sink);
        }

        @Override
        public void publish(List<RegistryEvent> events) {
            each(sink -> sink.publish(events));
        }

        @Override
        public void close() {
            each(EventSink::close);
        }

        private void each(Call call) {
            @Nullable RuntimeException first = null;
            for (EventSink sink : sinks) {
                try {
                    call.make(sink);
                } catch (RuntimeException e) {
                    if (first == null) {
                        first = e;
                    } else {
                        first.addSuppressed(e);
                    }
                }
            }
            if (first != null) {
                throw first;
            }
        }
    }
}
