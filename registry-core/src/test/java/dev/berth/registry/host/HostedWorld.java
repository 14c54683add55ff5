package dev.berth.registry.host;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store, a clock, and what registries over it have told. */
final class HostedWorld implements AutoCloseable {
    static final RepositoryName APP = RepositoryName.parse("team/app");

    final ManualScheduler scheduler = new ManualScheduler();
    final MemoryObjectStore store = MemoryObjectStore.builder().clock(scheduler).build();
    final List<RegistryEvent> events = new CopyOnWriteArrayList<>();
    final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    final SampleImages images = new SampleImages(1);

    /** Returns a builder of a registry that runs when the clock is moved, and tells what happens. */
    HostedRegistryBuilder builder() {
        return HostedRegistry.builder(store)
                .engine(StorageOptions.builder()
                        .clock(scheduler)
                        .undelete(Duration.ZERO)
                        .build())
                .clock(scheduler)
                .scheduler(scheduler)
                .events(events::addAll)
                .audit(audit::add);
    }

    List<EventType> eventTypes() {
        return events.stream().map(RegistryEvent::type).toList();
    }

    List<AuditEvent.Type> auditTypes() {
        return audit.stream().map(AuditEvent::type).toList();
    }

    /** Returns the status of a request without a body. */
    static int status(RegistryHandler handler, String method, String target) {
        try (RegistryResponse response =
                handler.handle(RegistryRequest.builder(method, target).build())) {
            return response.status();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Pushes a blob of zeros over HTTP, and returns the status. */
    static int pushBlob(RegistryHandler handler, int size) {
        byte[] blob = new byte[size];
        String target = "/v2/" + APP + "/blobs/uploads/?digest=" + Digest.sha256(blob);
        RegistryRequest request = RegistryRequest.builder("POST", target)
                .body(new ByteArrayInputStream(blob), OptionalLong.of(size))
                .build();
        try (RegistryResponse response = handler.handle(request)) {
            return response.status();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Pushes a blob that no manifest names. */
    static Digest lonelyBlob(Registry registry) {
        return registry.repository(APP)
                .blobs()
                .push(BlobSource.of("lonely".getBytes(StandardCharsets.UTF_8)))
                .digest();
    }

    /** Returns the keys of the store. */
    List<String> keys() {
        try {
            List<String> keys = new ArrayList<>();
            ListRequest request = ListRequest.tree(KeyPrefix.ROOT);
            for (ListPage page = store.list(request); ; page = store.list(request)) {
                keys.addAll(page.names());
                if (page.last()) {
                    return keys;
                }
                request = request.after(keys.get(keys.size() - 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
