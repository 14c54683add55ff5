package dev.berth.spring;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.host.HostContext;
import dev.berth.registry.host.HostLayer;
import dev.berth.registry.metrics.Metrics;
import dev.berth.registry.metrics.MirrorMetrics;
import dev.berth.registry.mirror.MirrorAudit;
import dev.berth.registry.mirror.MirrorListener;
import dev.berth.registry.mirror.StaleWarnings;
import dev.berth.registry.mirror.router.MirrorRouter;
import dev.berth.registry.mirror.router.NamespaceFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The registries that are mirrored, each below a name, in front of what is pushed here. */
final class MirrorLayer implements HostLayer {
    private final List<UpstreamMirror> mirrors;
    private final AuditListener audit;
    private final @Nullable Metrics metrics;

    /**
     * Creates the layer.
     *
     * @param mirrors the properties of at least one mirror, by name
     * @param audit is told what they do by themselves
     * @param metrics counts what they do, if there are any
     */
    MirrorLayer(Map<String, BerthProperties.Mirror> mirrors, AuditListener audit, @Nullable Metrics metrics) {
        this.audit = audit;
        this.metrics = metrics;
        this.mirrors = mirrors.entrySet().stream()
                .map(mirror -> new UpstreamMirror(mirror.getKey(), mirror.getValue()))
                .toList();
    }

    @Override
    public Registry over(Registry inner, HostContext host) {
        StaleWarnings warnings = new StaleWarnings();
        MirrorRouter.Builder router = MirrorRouter.over(inner);
        for (UpstreamMirror mirror : mirrors) {
            router.route(mirror.open(inner, host, listeners(mirror, warnings)));
        }
        chooseDefault(router);
        Map<String, RepositoryName> namespaces = namespaces();
        if (!namespaces.isEmpty()) {
            host.filter(NamespaceFilter.of(namespaces));
        }
        host.filter(warnings);
        return router.build();
    }

    private List<MirrorListener> listeners(UpstreamMirror mirror, StaleWarnings warnings) {
        List<MirrorListener> listeners = new ArrayList<>(List.of(warnings, MirrorAudit.of(mirror.name(), audit)));
        if (metrics != null) {
            listeners.add(MirrorMetrics.of(metrics).listener(mirror.name()));
        }
        return listeners;
    }

    private void chooseDefault(MirrorRouter.Builder router) {
        List<UpstreamMirror> chosen = mirrors.stream()
                .filter(mirror -> mirror.properties().byDefault())
                .toList();
        if (chosen.size() > 1) {
            throw new IllegalArgumentException("The mirrors " + chosen.get(0).name() + " and "
                    + chosen.get(1).name()
                    + " both have by-default=true; leave it at one of them, which is asked for what is of no other");
        }
        for (UpstreamMirror mirror : mirrors) {
            if (!mirror.properties().byDefault()
                    && !mirror.properties().onlyHere().isEmpty()) {
                throw new IllegalArgumentException("berth.mirrors[" + mirror.name()
                        + "].only-here is for the mirror with by-default=true, which is asked for all other names;"
                        + " remove it there");
            }
        }
        for (UpstreamMirror mirror : chosen) {
            router.byDefault(mirror.prefix())
                    .onlyHere(UpstreamMirror.patterns(mirror.properties().onlyHere()));
        }
    }

    private Map<String, RepositoryName> namespaces() {
        Map<String, RepositoryName> namespaces = new LinkedHashMap<>();
        for (UpstreamMirror mirror : mirrors) {
            for (String namespace : mirror.namespaces()) {
                if (namespaces.put(namespace, mirror.prefix()) != null) {
                    throw new IllegalArgumentException("Two mirrors have the namespace " + namespace
                            + "; it is that of one registry, so remove it from one of them");
                }
            }
        }
        return namespaces;
    }
}
