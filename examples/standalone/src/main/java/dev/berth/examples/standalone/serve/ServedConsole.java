package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.ConsoleSettings;
import dev.berth.registry.console.Console;
import dev.berth.registry.console.ConsoleLists;
import dev.berth.registry.console.HostedConsole;
import dev.berth.registry.console.Visitors;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.host.HostedRegistryBuilder;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryServer;
import java.util.Map;
import java.util.Optional;

/** The pages of a server, unless the settings say that there are none. */
final class ServedConsole {
    private final ConsoleSettings settings;
    private final Optional<HostedConsole> console;

    private final ServedTrust trust;

    private ServedConsole(ConsoleSettings settings, Optional<HostedConsole> console, ServedTrust trust) {
        this.settings = settings;
        this.console = console;
        this.trust = trust;
    }

    /**
     * Adds what the pages are made from to a registry.
     *
     * @param trust what is known of images
     */
    static ServedConsole addTo(HostedRegistryBuilder registry, ConsoleSettings settings, ServedTrust trust) {
        if (!settings.enabled()) {
            return new ServedConsole(settings, Optional.empty(), trust);
        }
        // Pages show what repositories use.
        registry.countStorage();
        return new ServedConsole(settings, Optional.of(HostedConsole.addTo(registry)), trust);
    }

    /**
     * Mounts the pages where everybody may do everything.
     *
     * @param apis what manages the registry, for programs of this machine
     */
    RegistryServer.Builder mountOpen(
            RegistryServer.Builder server, HostedRegistry registry, Map<String, RegistryHandler> apis) {
        console.ifPresent(
                hosted -> mount(server, registry, hosted, hosted.pages(Visitors.ofOpen(registry.views())), apis));
        return server;
    }

    /**
     * Mounts the pages behind access control.
     *
     * @param apis what manages the registry, beside what access control has itself
     */
    RegistryServer.Builder mount(
            RegistryServer.Builder server,
            HostedRegistry registry,
            AccessControl access,
            Map<String, RegistryHandler> apis) {
        console.ifPresent(hosted -> mount(server, registry, hosted, hosted.pages(access), apis));
        return server;
    }

    private void mount(
            RegistryServer.Builder server,
            HostedRegistry registry,
            HostedConsole hosted,
            Console.Builder pages,
            Map<String, RegistryHandler> apis) {
        pages.management(apis)
                .title(settings.title())
                .mountedAt(settings.path())
                .official(settings.official());
        settings.publishedAt().ifPresent(pages::publishedAt);
        trust.known().ifPresent(pages::findings);
        ConsoleLists lists = hosted.lists();
        trust.onJudged(image -> lists.changed(image.repository(), image.digest()));
        hosted.mount(server, registry, pages);
    }
}
