package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.FailureReason;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.SettingsSource;
import dev.berth.examples.standalone.configuration.Storage;
import dev.berth.examples.standalone.configuration.observability.LogSettings.Format;
import dev.berth.registry.Registry;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.compose.ReadOnly;
import dev.berth.registry.compose.WithoutDeletion;
import dev.berth.registry.mirror.api.MirrorApi;
import dev.berth.registry.mirror.api.ServedMirror;
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

/** A running registry: storage, engine, policies and server, built from the settings. */
final class RunningRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRegistry.class);

    /** How long a redirect to the storage is valid: as long as with {@code registry:2}. */
    private static final Duration DIRECT_DOWNLOAD = Duration.ofMinutes(20);

    private final Settings settings;
    private final ObjectStore store;
    private final RegistryServer server;
    private final HostedRegistry hosted;
    private final ServedAccess access;
    private final ServedWebhooks webhooks;
    private final ServedReplication replication;
    private final Diagnostics diagnostics;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private RunningRegistry(
            Settings settings,
            ObjectStore store,
            RegistryServer server,
            HostedRegistry hosted,
            ServedAccess access,
            ServedWebhooks webhooks,
            ServedReplication replication,
            Diagnostics diagnostics) {
        this.settings = settings;
        this.store = store;
        this.server = server;
        this.hosted = hosted;
        this.access = access;
        this.webhooks = webhooks;
        this.replication = replication;
        this.diagnostics = diagnostics;
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
        ServedMetrics metrics = ServedMetrics.of(settings);
        AuditListener audit = ServedAudit.of(settings);
        // What was opened, the last first.
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            ObjectStore store = metrics.counting(settings.storage().open(), settings.storage());
            opened.push(store);
            if (!settings.readOnly()) {
                checkWritable(store, settings.storage());
            }
            ServedWebhooks webhooks = ServedWebhooks.over(store, settings, metrics);
            opened.push(webhooks);
            ServedReplication replication = ServedReplication.of(settings, metrics);
            opened.push(replication);
            ServedEvents events = replication.toldBy(webhooks.events(), ServedWebhooks.process(settings));
            ServedAccess access = ServedAccess.of(settings, audit, events, webhooks.webhooks());
            opened.push(access);
            Diagnostics diagnostics = Diagnostics.of(store, settings, metrics);
            opened.push(diagnostics);
            diagnostics.start();
            HostedRegistry hosted = HostedRegistry.of(store, settings, events, audit, metrics);
            replication.open(store, events.toldBy(hosted.pushedHere(), ServedReplication.ACTOR));
            RegistryServer.Builder builder =
                    access.server(policies(settings, hosted.registry()), store, source, mirrorApi(hosted, replication));
            metrics.requests().ifPresent(builder::observer);
            diagnostics.gate().ifPresent(builder::filter);
            hosted.mirrors().filters().forEach(builder::filter);
            RegistryServer server = listen(settings, builder);
            opened.push(server);
            Optional<String> administrator = access.addFirstAdministrator();
            hosted.start();
            webhooks.start();
            replication.start();
            RunningRegistry running =
                    new RunningRegistry(settings, store, server, hosted, access, webhooks, replication, diagnostics);
            Runtime.getRuntime().addShutdownHook(new Thread(running::stop, "berth-stop"));
            System.out.println("Berth listens on " + server.uri() + " and stores in " + settings.storage());
            // When the port is had: what is printed must not be lost because of a port.
            administrator.ifPresent(System.out::println);
            diagnostics.line().ifPresent(System.out::println);
            ClearTextWarning.of(settings, server.address()).ifPresent(LOG::warn);
            return running;
        } catch (IOException | RuntimeException e) {
            closeAll(opened);
            throw e;
        }
    }

    private static Optional<MirrorApi.Builder> mirrorApi(HostedRegistry hosted, ServedReplication replication) {
        List<ServedMirror> mirrors = hosted.mirrors().all();
        return mirrors.isEmpty() && replication.all().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        MirrorApi.builder().mirrors(mirrors).replication(replication.all(), replication::execute));
    }

    private static void closeAll(Deque<AutoCloseable> opened) {
        for (AutoCloseable part : opened) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.debug("A part of the registry could not be closed", e);
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

    private static RegistryServer listen(Settings settings, RegistryServer.Builder server) throws IOException {
        InetSocketAddress address = new InetSocketAddress(
                settings.listen().host(), settings.listen().port());
        if (address.isUnresolved()) {
            throw new CommandException("Berth cannot listen on " + settings.listen() + ": there is no host "
                    + settings.listen().host() + ".");
        }
        server.listen(address).limits(settings.limits()).onFatalError(OutOfMemory::endIfCauseOf);
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

    static Registry policies(Settings settings, Registry registry) {
        if (settings.readOnly()) {
            return ReadOnly.of(registry);
        }
        return settings.deleteEnabled() ? registry : WithoutDeletion.of(registry);
    }

    /** Waits until the process is stopped. */
    void awaitStop() throws InterruptedException {
        stopped.await();
    }

    private void stop() {
        LOG.info(
                "Stopping; transfers have {} seconds to finish",
                settings.drainTimeout().toSeconds());
        // First, so that it ends while transfers finish.
        hosted.end();
        if (!server.stop(settings.drainTimeout())) {
            LOG.warn("Some transfers did not finish in time");
        }
        // Before what it writes to. What is not carried over is found by the next start.
        replication.close();
        hosted.close();
        // When nothing happens any more. What is not delivered by then waits in the storage.
        webhooks.close();
        access.close();
        diagnostics.close();
        try {
            store.close();
        } catch (IOException e) {
            LOG.warn("The storage could not be closed", e);
        }
        stopped.countDown();
    }
}
