package dev.berth.spring;

import dev.berth.registry.console.ApiRoutes;
import dev.berth.registry.console.Console;
import dev.berth.registry.console.HostedConsole;
import dev.berth.registry.console.SearchRoutes;
import dev.berth.registry.console.Visitors;
import dev.berth.registry.server.RegistryServer;
import java.util.function.Supplier;

/** Mounts the pages in the server of the registry. Their JSON is below them, since the application may have an API of its own. */
final class ConsoleMount implements RegistryServerCustomizer {
    private final ConsolePart part;
    private final BerthProperties.Console properties;
    private final String prefix;
    private final Supplier<Visitors> visitors;

    /**
     * @param prefix what is in front of the path of the pages for browsers
     * @param visitors who comes; asked when the access of the registry is there
     */
    ConsoleMount(ConsolePart part, BerthProperties.Console properties, String prefix, Supplier<Visitors> visitors) {
        this.part = part;
        this.properties = properties;
        this.prefix = prefix;
        this.visitors = visitors;
    }

    @Override
    public void customize(RegistryServer.Builder builder) {
        part.console().ifPresent(console -> mount(builder, console));
    }

    private void mount(RegistryServer.Builder builder, HostedConsole hosted) {
        Console console = hosted.pages(visitors.get())
                .title(properties.title())
                .mountedAt(properties.path())
                .publishedAt(prefix + properties.path())
                .build();
        int above = console.path().length() - 1;
        builder.route(console.path(), console)
                .route(SearchRoutes.PATH, console.search())
                .route(
                        properties.path() + ApiRoutes.PATH,
                        request -> console.api()
                                .handle(request.toBuilder()
                                        .target(request.target().substring(above))
                                        .build()));
    }
}
