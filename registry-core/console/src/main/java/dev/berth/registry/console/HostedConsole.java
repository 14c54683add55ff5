package dev.berth.registry.console;

import dev.berth.registry.console.account.AccountPart;
import dev.berth.registry.console.operation.access.AccessPart;
import dev.berth.registry.console.operation.mirror.MirrorPart;
import dev.berth.registry.console.operation.upkeep.UpkeepPart;
import dev.berth.registry.console.operation.webhook.WebhookPart;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.host.HostContext;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.host.HostedRegistryBuilder;
import dev.berth.registry.quota.PatternUsage;
import dev.berth.registry.quota.Quotas;
import dev.berth.registry.server.RegistryServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The console of a {@link HostedRegistry}: pages at the root of its server, what {@code docker search} asks, and their JSON.
 *
 * <pre>{@code
 * HostedRegistryBuilder registry = HostedRegistry.builder(store);
 * HostedConsole console = HostedConsole.addTo(registry);
 * try (HostedRegistry hosted = registry.build();
 *         RegistryServer server = console.mount(hosted.server(), hosted).build().start()) {
 *     hosted.start();
 *     …
 * }
 * }</pre>
 *
 * <p>It hears of what happens in the registry, and works beside requests from {@link HostedRegistry#start} to its end: what has
 * changed is in the lists a second later, and what has no list gets one. If the registry is read-only, nothing of it is written.
 * There is one for each registry. Thread-safe.
 *
 * @since 0.1
 */
public final class HostedConsole {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private volatile @Nullable ConsoleLists lists;

    private HostedConsole() {}

    /** Adds a console to a registry, which is yet to be built. */
    public static HostedConsole addTo(HostedRegistryBuilder registry) {
        HostedConsole console = new HostedConsole();
        registry.events(console::publish);
        registry.storage((inner, host) -> {
            console.join(host);
            return inner;
        });
        return console;
    }

    private void join(HostContext host) {
        ConsoleLists made = host.readOnly()
                ? ConsoleLists.readOnly(host.engine(), host.store())
                : ConsoleLists.over(host.engine(), host.store());
        lists = made;
        ListsWork work = new ListsWork(made, InstantSource.system());
        host.background(work);
        host.repeatAlways("console", BETWEEN_LOOKS, work);
    }

    private void publish(List<RegistryEvent> events) {
        ConsoleLists told = lists;
        if (told != null) {
            events.forEach(told::onEvent);
        }
    }

    /**
     * Returns what the pages show of repositories.
     *
     * @throws IllegalStateException if the registry was not built yet
     */
    public ConsoleLists lists() {
        ConsoleLists made = lists;
        if (made == null) {
            throw new IllegalStateException("The console is mounted after its registry was built");
        }
        return made;
    }

    /**
     * Returns a builder of the pages, for options. They are mounted with {@link #mount}. What manages the registry has pages if
     * {@link Console.Builder#management} is told of it.
     */
    public Console.Builder pages(Visitors visitors) {
        return Console.builder(visitors, lists())
                .part(new UpkeepPart())
                .part(new AccessPart())
                .part(new WebhookPart())
                .part(new MirrorPart());
    }

    /** As {@link #pages(Visitors)}, for those whom an access control knows, and with the APIs that it has. */
    @SuppressWarnings("exports") // whoever has one has its module
    public Console.Builder pagesBehind(AccessControl access) {
        Console.Builder pages = pages(Visitors.of(access)).management(access.routes());
        access.sessions().ifPresent(sessions -> pages.part(new AccountPart(sessions, access.signIns())));
        return pages;
    }

    /**
     * Mounts pages at their path, and search and JSON at {@code /v1/} and {@code /api/v1/}. They are made when somebody comes.
     *
     * @param hosted the registry that this was added to
     * @return the same server
     * @throws IllegalArgumentException if something else is mounted there
     */
    public RegistryServer.Builder mount(RegistryServer.Builder server, HostedRegistry hosted, Console.Builder pages) {
        lists().measureStorage(() -> used(hosted));
        ConsoleOnDemand console = new ConsoleOnDemand(pages);
        return server.route(pages.path(), request -> console.get().handle(request))
                .route(ApiRoutes.PATH, request -> console.get().api().handle(request))
                .route(SearchRoutes.PATH, request -> console.get().search().handle(request));
    }

    /** Mounts the console at the root of a server to which everybody may do everything. */
    public RegistryServer.Builder mount(RegistryServer.Builder server, HostedRegistry hosted) {
        return mount(server, hosted, pages(Visitors.ofOpen(hosted.views())));
    }

    /** Mounts the console at the root of the server of an access control, {@link AccessControl#server}, and returns that. */
    @SuppressWarnings("exports") // whoever has one has its module
    public RegistryServer.Builder mountBehind(AccessControl access, HostedRegistry hosted) {
        return mount(access.server(), hosted, pagesBehind(access));
    }

    /** Is known if the registry counts it, for quotas or by itself. */
    private static OptionalLong used(HostedRegistry hosted) {
        return hosted.quotas().flatMap(Quotas::total).stream()
                .mapToLong(PatternUsage::bytes)
                .findAny();
    }
}
