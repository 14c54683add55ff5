package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.FailureReason;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.SettingsSource;
import dev.berth.examples.standalone.configuration.Storage;
import dev.berth.examples.standalone.configuration.observability.LogSettings.Format;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.store.AuditStore;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.host.HostedRegistryBuilder;
import dev.berth.registry.maintenance.api.MaintenanceApi;
import dev.berth.registry.mirror.api.MirrorApi;
import dev.berth.registry.server.DirectDownload;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.log.AccessLog;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running registry: what the settings describe is opened, a {@link HostedRegistry} puts it together, and a server serves that.
 */
final class RunningRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRegistry.class);

    /** How long a redirect to the storage is valid: as long as with {@code registry:2}. */
    private static final Duration DIRECT_DOWNLOAD = Duration.ofMinutes(20);

    private final Settings settings;
    private final SettingsSource source;
    private final ServedMetrics metrics;

    /** What was opened, the last first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private final CountDownLatch stopped = new CountDownLatch(1);

    private RunningRegistry(Settings settings, SettingsSource source) {
        this.settings = settings;
        this.source = source;
        this.metrics = ServedMetrics.of(settings);
    }

    /**
     * Starts the registry and prints its address to standard output. SIGTERM and SIGINT stop it.
     *
     * @param settings the settings
     * @param source where they come from
     * @throws IOException with a sentence for the user
     */
    static RunningRegistry start(Settings settings, SettingsSource source) throws IOException {
        OutOfMemory.watchAllThreads();
        RunningRegistry running = new RunningRegistry(settings, source);
        try {
            running.start();
            return running;
        } catch (IOException | RuntimeException e) {
            running.closeAll();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    private void start() throws IOException {
        ObjectStore store = opened(metrics.counting(settings.storage().open(), settings.storage()));
        if (!settings.readOnly()) {
            checkWritable(store, settings.storage());
        }
        AuditListener logged = ServedAudit.of(settings);
        Optional<AuditStore> kept = ServedAudit.kept(settings, logged, store);
        AuditListener audit =
                kept.map(stored -> AuditListener.allOf(List.of(logged, stored))).orElse(logged);
        ServedWebhooks webhooks = opened(ServedWebhooks.over(store, settings, metrics));
        Diagnostics diagnostics = opened(Diagnostics.of(store, settings, metrics));
        diagnostics.start();
        ServedAccess access = opened(ServedAccess.open(settings, store, source, audit, webhooks.get()));
        ServedMirrors mirrors = opened(ServedMirrors.of(settings, metrics, audit));
        ServedReplication replication = opened(ServedReplication.of(settings, metrics));

        // Other work in the background is added here.
        HostedRegistryBuilder builder =
                ServedRegistry.over(store, settings).audit(logged).mirrors(mirrors);
        kept.ifPresent(builder::auditStore);
        webhooks.get().ifPresent(builder::webhooks);
        replication.addTo(builder, store);
        ServedTrust trust = ServedTrust.of(settings.trust(), audit, metrics);
        trust.addTo(builder);
        ServedConsole console = ServedConsole.addTo(builder, settings.console(), trust);
        metrics.shown().ifPresent(builder::metrics);
        HostedRegistry hosted = opened(builder.build());

        // Filters and routes beside the API are added here. The first filter is the outermost one.
        RegistryServer server = listen(hosted.server(views -> {
            ManagementApis apis = new ManagementApis(
                    MaintenanceApi.builder(hosted).listener(audit), mirrorApi(mirrors, replication), trust.api());
            RegistryServer.Builder served = access.server(views, hosted, apis, console);
            diagnostics.gate().ifPresent(served::filter);
            return served;
        }));
        opened(server);
        Optional<String> administrator = access.addFirstAdministrator();
        hosted.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, hosted), "berth-stop"));
        System.out.println("Berth listens on " + server.uri() + " and stores in " + settings.storage());
        // When the port is had: what is printed must not be lost because of a port.
        administrator.ifPresent(System.out::println);
        diagnostics.line().ifPresent(System.out::println);
        ClearTextWarning.of(settings, server.address()).ifPresent(LOG::warn);
    }

    private static Optional<MirrorApi.Builder> mirrorApi(ServedMirrors mirrors, ServedReplication replication) {
        return mirrors.all().isEmpty() && replication.all().isEmpty()
                ? Optional.empty()
                : Optional.of(MirrorApi.builder()
                        .mirrors(mirrors.all())
                        .replication(replication.all(), replication::execute));
    }

    private void closeAll() {
        for (AutoCloseable part : opened) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("A part of the registry could not be closed", e);
            }
        }
    }

    /**
     * Fails now rather than at the first push, unless the storage only lacks room: then pulls must go on, and pushes
     * work again when there is room.
     */
    private static void checkWritable(ObjectStore store, Storage storage) throws IOException {
        ObjectKey key = ObjectKey.of("_berth/check/" + UUID.randomUUID());
        try {
            // A byte, since an empty file may fit where nothing else does.
            store.put(key, new byte[1], PutCondition.always());
            store.delete(key);
        } catch (StorageFullException e) {
            LOG.error(
                    "The storage {} is full: images can be pulled and deleted, and every push fails with 507 until"
                            + " there is room",
                    storage);
        } catch (IOException e) {
            throw new IOException(
                    "Berth cannot write to " + storage + ": " + FailureReason.of(e)
                            + "; give it the right to, or set REGISTRY_STORAGE_MAINTENANCE_READONLY_ENABLED=true.",
                    e);
        }
    }

    private RegistryServer listen(RegistryServer.Builder server) throws IOException {
        InetSocketAddress address = new InetSocketAddress(
                settings.listen().host(), settings.listen().port());
        if (address.isUnresolved()) {
            throw new CommandException("Berth cannot listen on " + settings.listen() + ": there is no host "
                    + settings.listen().host() + ".");
        }
        server.listen(address).limits(settings.limits());
        if (settings.directDownload()) {
            server.directDownload(DirectDownload.always(DIRECT_DOWNLOAD));
        }
        if (settings.log().accessLog()) {
            AccessLog log = AccessLog.toLogger();
            server.observer(settings.log().accessFormat() == Format.JSON ? log.asJson() : log);
        }
        if (settings.tls().isPresent()) {
            server.tls(ServerTls.of(settings.tls().get()));
        }
        try {
            return server.build().start();
        } catch (BindException e) {
            throw new IOException(
                    "Berth cannot listen on " + settings.listen() + ": " + BindFailure.sentence(settings.listen(), e),
                    e);
        } catch (IOException e) {
            throw new IOException("Berth cannot listen on " + settings.listen() + ": " + FailureReason.of(e), e);
        }
    }

    /** Waits until the process is stopped. */
    void awaitStop() throws InterruptedException {
        stopped.await();
    }

    private void stop(RegistryServer server, HostedRegistry hosted) {
        LOG.info(
                "Stopping; transfers have {} seconds to finish",
                settings.drainTimeout().toSeconds());
        // First, so that it ends while transfers finish.
        hosted.end();
        if (!server.stop(settings.drainTimeout())) {
            LOG.warn("Some transfers did not finish in time");
        }
        // What is not carried over is found by the next start, and what is not delivered by then waits in the storage.
        closeAll();
        stopped.countDown();
    }
}
