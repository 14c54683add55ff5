package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.mirror.MirrorSettings;
import dev.berth.examples.standalone.upstream.UpstreamClient;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.mirror.MirrorAudit;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.mirror.PullThrough;
import dev.berth.registry.mirror.StaleWarnings;
import dev.berth.registry.mirror.api.MirrorActivity;
import dev.berth.registry.mirror.api.ServedMirror;
import dev.berth.registry.mirror.router.MirrorRouter;
import dev.berth.registry.mirror.router.NamespaceFilter;
import dev.berth.registry.server.ServerFilter;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mirrors of a server, in front of what is pushed to it. There are none over a read-only storage, in which nothing can be kept: what is
 * there is served from there.
 */
final class ServedMirrors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedMirrors.class);
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration SHOWN_INTERVAL = Duration.ofSeconds(15);
    private static final String NOT_MAINTAINED = "The records of a mirror were not brought up to date";
    private static final String NEXT = "it is tried again in a moment";

    private final StaleWarnings warnings = new StaleWarnings();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<ServedMirror> mirrors = new ArrayList<>();
    private final Map<String, RepositoryName> namespaces = new LinkedHashMap<>();
    private final BackgroundThread thread = new BackgroundThread("berth-mirrors", LOG, NOT_MAINTAINED + "; " + NEXT);
    private final ServedMetrics metrics;
    private final AuditListener audit;
    private Registry registry;

    private ServedMirrors(Registry pushed, ServedMetrics metrics, AuditListener audit) {
        this.registry = pushed;
        this.metrics = metrics;
        this.audit = audit;
    }

    /**
     * Returns the mirrors that the settings describe. Nothing is asked of any other registry yet.
     *
     * @param pushed has what is pushed here
     * @param metrics counts what they do
     * @param audit is told what they do by themselves
     * @throws IOException with a sentence for the user, if a file cannot be read
     */
    static ServedMirrors of(
            ObjectStore store, Registry pushed, Settings settings, ServedMetrics metrics, AuditListener audit)
            throws IOException {
        ServedMirrors served = new ServedMirrors(pushed, metrics, audit);
        if (settings.readOnly() || settings.mirrors().isEmpty()) {
            return served;
        }
        try {
            served.open(store, pushed, settings.mirrors());
            return served;
        } catch (IOException | RuntimeException e) {
            served.close();
            throw e;
        }
    }

    private void open(ObjectStore store, Registry pushed, List<MirrorSettings> settings) throws IOException {
        MirrorRouter.Builder router = MirrorRouter.over(pushed);
        for (MirrorSettings wanted : settings) {
            PullThrough mirror = open(store, pushed, wanted);
            if (wanted.prefix().isEmpty()) {
                registry = mirror;
                return;
            }
            RepositoryName prefix = wanted.prefix().get();
            checked(wanted, () -> router.route(mirror));
            wanted.namespaces().forEach(namespace -> namespaces.put(namespace, prefix));
            if (wanted.chosenByDefault()) {
                router.byDefault(prefix).onlyHere(wanted.onlyHere());
            }
        }
        registry = router.build();
    }

    private PullThrough open(ObjectStore store, Registry pushed, MirrorSettings wanted) throws IOException {
        // A client waits, and a mirror has an answer: what fails is not tried again and again.
        RemoteRegistry upstream = UpstreamClient.of(wanted.upstream(), RetryPolicy.none());
        opened.push(upstream);
        MirrorActivity activity = new MirrorActivity();
        MirrorOptions options = wanted.options()
                .listener(warnings)
                .listener(activity)
                .listener(new LoggedMirror(wanted.name()))
                .listener(metrics.mirrors().listener(wanted.name()))
                .listener(MirrorAudit.of(wanted.name(), audit))
                .rateLimit(upstream::rateLimit)
                .build();
        PullThrough mirror = PullThrough.of(upstream, pushed, store, options);
        opened.push(mirror);
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

    /** Returns the mirrors with what is pushed here: what clients pull from and push to. */
    Registry registry() {
        return registry;
    }

    /** Returns the mirrors, for what tells how they are. */
    List<ServedMirror> all() {
        return List.copyOf(mirrors);
    }

    /** Returns the names below which mirrors are. */
    List<RepositoryName> prefixes() {
        return mirrors.stream()
                .flatMap(served -> served.mirror().prefix().stream())
                .toList();
    }

    /** Returns the filters of the server, from the outside to the inside. */
    List<ServerFilter> filters() {
        if (mirrors.isEmpty()) {
            return List.of();
        }
        return namespaces.isEmpty() ? List.of(warnings) : List.of(NamespaceFilter.of(namespaces), warnings);
    }

    /** Keeps the mirrors to their budgets from now on. */
    void start() {
        for (ServedMirror served : mirrors) {
            thread.repeat(INTERVAL, INTERVAL, () -> maintain(served.mirror()));
            if (metrics.shown()) {
                thread.repeat(Duration.ZERO, SHOWN_INTERVAL, () -> show(served.mirror()));
            }
        }
    }

    private void show(PullThrough mirror) {
        try {
            metrics.mirrors().show(mirror.name(), mirror.status());
        } catch (RegistryException e) {
            LOG.debug("What the mirror {} holds could not be shown", mirror.name(), e);
        }
    }

    private void maintain(PullThrough mirror) {
        try {
            mirror.maintain();
        } catch (RegistryException e) {
            thread.incomplete(NOT_MAINTAINED, NEXT, e);
        }
    }

    /** Ends all downloads, and writes what was used last. To be called when no request is in progress any more. */
    @Override
    public void close() {
        boolean unused = thread.interrupt(Duration.ofSeconds(2));
        for (ServedMirror served : mirrors) {
            thread.guard(() -> maintain(served.mirror()));
        }
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.debug("A part of a mirror could not be closed", e);
            }
        }
    }
}
