package dev.berth.spring;

import dev.berth.registry.console.HostedConsole;
import dev.berth.registry.host.HostedRegistryBuilder;
import java.util.Optional;

/** Adds what the pages are made from to the registry. */
final class ConsolePart implements HostedRegistryCustomizer {
    private volatile Optional<HostedConsole> console = Optional.empty();

    @Override
    public void customize(HostedRegistryBuilder builder) {
        console = Optional.of(HostedConsole.addTo(builder));
    }

    /** Returns it; empty if the application has made the registry by itself. */
    Optional<HostedConsole> console() {
        return console;
    }
}
