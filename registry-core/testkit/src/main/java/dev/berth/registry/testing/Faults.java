package dev.berth.registry.testing;

import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The faults of a registry, as a filter of its server. They can be changed at any time. Thread-safe. */
final class Faults {
    private final List<Armed> faults = new CopyOnWriteArrayList<>();
    private final Effect.Context context;

    Faults(Effect.Context context) {
        this.context = context;
    }

    void add(Fault fault) {
        if (fault.effects().isEmpty()) {
            throw new IllegalArgumentException(
                    "This fault does not say what goes wrong; add status(503), reset() or the like: " + fault);
        }
        if (context.tokens().isEmpty() && fault.effects().stream().anyMatch(Effect::needsTokens)) {
            throw new IllegalStateException(
                    "This registry issues no tokens that could expire; start it with tokenAuth(user, password)");
        }
        faults.add(new Armed(fault, new AtomicLong()));
    }

    boolean remove(Fault fault) {
        Objects.requireNonNull(fault, "fault");
        return faults.removeIf(armed -> armed.fault().equals(fault));
    }

    void clear() {
        faults.clear();
    }

    /**
     * Handles a request, as {@link dev.berth.registry.server.ServerFilter#filter} does.
     *
     * @param listener is told of each fault that hits the request
     */
    RegistryResponse filter(RegistryRequest request, RegistryHandler next, Consumer<Fault> listener)
            throws IOException {
        RegistryHandler chain = next;
        Armed[] present = faults.toArray(Armed[]::new);
        for (int i = present.length - 1; i >= 0; i--) {
            chain = around(chain, present[i], listener);
        }
        return chain.handle(request);
    }

    private RegistryHandler around(RegistryHandler next, Armed armed, Consumer<Fault> listener) {
        return request -> {
            // A fault counts only what reaches it: a request that another fault has answered does not.
            if (!armed.hits(request)) {
                return next.handle(request);
            }
            listener.accept(armed.fault());
            RegistryHandler chain = next;
            List<Effect> effects = armed.fault().effects();
            for (int i = effects.size() - 1; i >= 0; i--) {
                Effect effect = effects.get(i);
                RegistryHandler inner = chain;
                chain = r -> effect.apply(r, inner, context);
            }
            return chain.handle(request);
        };
    }

    private record Armed(Fault fault, AtomicLong matched) {
        boolean hits(RegistryRequest request) {
            return fault.pattern().matches(request) && fault.hits(matched.incrementAndGet());
        }
    }
}
