package dev.berth.registry.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Access control in front of a registry that was put together. */
class HostedAccessTest {
    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final AccountStore accounts = AccountStore.over(
            store, AccountStoreOptions.builder().passwordCost(4).build());
    private final List<RegistryEvent> events = new CopyOnWriteArrayList<>();
    private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();

    private static int push(RegistryHandler server, String repository) throws IOException {
        byte[] blob = new byte[10];
        String credentials =
                Base64.getEncoder().encodeToString("alice:password of alice".getBytes(StandardCharsets.UTF_8));
        RegistryRequest request = RegistryRequest.builder(
                        "POST", "/v2/" + repository + "/blobs/uploads/?digest=" + Digest.sha256(blob))
                .header("Authorization", "Basic " + credentials)
                .body(new ByteArrayInputStream(blob), OptionalLong.of(blob.length))
                .build();
        try (RegistryResponse response = server.handle(request)) {
            return response.status();
        }
    }

    @Test
    void eventsAndAuditKnowTheCaller() throws IOException {
        accounts.changesBy("test", event -> {}).addPerson("alice", "password of alice");
        try (HostedRegistry hosted = HostedRegistry.builder(store)
                .events(events::addAll)
                .audit(audit::add)
                .build()) {
            RegistryHandler server = hosted.server(views -> AccessControl.builder(views)
                            .store(accounts)
                            .grants(Grants.of(
                                    new Grant(Grantee.user("alice"), NamePattern.parse("dev/**"), Role.WRITER)))
                            .passwords("registry.test")
                            .build()
                            .server())
                    .build()
                    .handler();

            assertThat(push(server, "dev/app")).isEqualTo(201);
            assertThat(push(server, "other/app")).isEqualTo(403);
        }

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(EventType.BLOB_PUSHED);
            assertThat(event.actor()).isEqualTo("alice");
        });
        assertThat(audit)
                .filteredOn(event -> event.type() == AuditEvent.Type.ACCESS_REFUSED)
                .singleElement()
                .extracting(AuditEvent::caller)
                .isEqualTo("alice");
    }
}
