package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.mirror.MirrorSettings;
import dev.berth.examples.standalone.upstream.UpstreamClients;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.host.HostContext;
import dev.berth.registry.host.HostLayer;
import dev.berth.registry.mirror.MirrorAudit;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.mirror.PullThrough;
import dev.berth.registry.mirror.StaleWarnings;
import dev.berth.registry.mirror.api.MirrorActivity;
import dev.berth.registry.mirror.api.ServedMirror;
import dev.berth.registry.mirror.router.MirrorRouter;
import dev.berth.registry.mirror.router.NamespaceFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The mirrors of a server, in front of what is pushed to it. There are none over a read-only storage, in which nothing can be
 * kept: what is there is served from there.
 */
final class ServedMirrors implements HostLayer, AutoCloseable {
    private final StaleWarnings warnings = new StaleWarnings();
    private final UpstreamClients<MirrorSettings> upstreams;
    private final List<ServedMirror> mirrors = new ArrayList<>();
    private final ServedMetrics metrics;
    private final AuditListener audit;

    private ServedMirrors(UpstreamClients<MirrorSettings> upstreams, ServedMetrics metrics, AuditListener audit) {
        this.upstreams = upstreams;
        this.metrics = metrics;
        this.audit = audit;
    }

    /**
     * Returns the mirrors that the settings describe. Nothing is asked of any other registry yet.
     *
     * @param metrics counts what they do
     * @param audit is told what they do by themselves
     * @throws IOException with a sentence for the user, if a file cannot be read
     */
    static ServedMirrors of(Settings settings, ServedMetrics metrics, AuditListener audit) throws IOException {
        // A client waits, and a mirror has an answer: what fails is not tried again and again.
        return new ServedMirrors(
                UpstreamClients.of(
                        settings.readOnly() ? List.of() : settings.mirrors(),
                        MirrorSettings::upstream,
                        RetryPolicy.none()),
                metrics,
                audit);
    }

    @Override
    public Registry over(Registry pushed, HostContext host) {
        if (upstreams.all().isEmpty()) {
            return pushed;
        }
        MirrorRouter.Builder router = MirrorRouter.over(pushed);
        Map<String, RepositoryName> namespaces = new LinkedHashMap<>();
        for (Map.Entry<MirrorSettings, RemoteRegistry> opened : upstreams.all().entrySet()) {
            MirrorSettings wanted = opened.getKey();
            PullThrough mirror = mirror(wanted, opened.getValue(), pushed, host);
            if (wanted.prefix().isEmpty()) {
                host.filter(warnings);
                return mirror;
            }
            RepositoryName prefix = wanted.prefix().get();
            checked(wanted, () -> router.route(mirror));
            wanted.namespaces().forEach(namespace -> namespaces.put(namespace, prefix));
            if (wanted.chosenByDefault()) {
                router.byDefault(prefix).onlyHere(wanted.onlyHere());
            }
        }
        if (!namespaces.isEmpty()) {
            host.filter(NamespaceFilter.of(namespaces));
        }
        host.filter(warnings);
        return router.build();
    }

    private PullThrough mirror(MirrorSettings wanted, RemoteRegistry upstream, Registry pushed, HostContext host) {
        MirrorActivity activity = new MirrorActivity();
        MirrorOptions options = wanted.options()
                .listener(warnings)
                .listener(activity)
                .listener(new LoggedMirror(wanted.name()))
                .listener(metrics.mirrors().listener(wanted.name()))
                .listener(MirrorAudit.of(wanted.name(), audit))
                .rateLimit(upstream::rateLimit)
                .build();
        PullThrough mirror = PullThrough.of(upstream, pushed, host.store(), options);
        host.mirror(mirror);
        mirrors.add(new ServedMirror(
                mirror, wanted.upstream().url(), wanted.namespaces(), wanted.chosenByDefault(), activity));
        return mirror;
    }

    private static void checked(MirrorSettings wanted, Runnable use) {
        try {
            use.run();
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    "The setting " + wanted.upstream().path() + " is wrong: " + e.getMessage() + ".");
        }
    }

    /** Returns the mirrors, for what tells how they are. There are none before the registry is built. */
    List<ServedMirror> all() {
        return List.copyOf(mirrors);
    }

    /** To be called after the registry was closed, and the mirrors with it. */
    @Override
    public void close() {
        upstreams.close();
    }
}
