package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.MountSource;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.Expected;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Who is refused what is told to a listener. */
class RefusedAccessTest {
    private static final RepositoryName SECRET = RepositoryName.parse("secret/app");
    private static final AccessPolicy NOTHING = (caller, action, repository) -> false;

    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    private final Registry registry = StorageRegistry.over(MemoryObjectStore.create());

    private static void deleteATag(Registry view) {
        assertThatThrownBy(() -> view.repository(SECRET).tags().delete(Tag.parse("1")))
                .isInstanceOf(RegistryException.class);
    }

    @Test
    void isToldWithOperationAndRepository() {
        deleteATag(Authorized.of(registry, Caller.named("bob"), NOTHING, events::add));

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(AuditEvent.Type.ACCESS_REFUSED);
            assertThat(event.caller()).isEqualTo("bob");
            assertThat(event.target()).isEqualTo("delete the tag 1 of secret/app");
            assertThat(event.client()).isEmpty();
        });
    }

    @Test
    void isToldWithTheAddressOfTheClientAndTheRequest() throws Exception {
        InetAddress address = InetAddress.getByName("192.0.2.7");
        RegistryRequest request = RegistryRequest.builder("DELETE", "/v2/secret/app/manifests/1")
                .remoteAddress(new InetSocketAddress(address, 1))
                .build();

        deleteATag(Authorized.resolver(registry, NOTHING, events::add)
                .resolve(Caller.named("bob"), RequestedAccess.delete(SECRET), request));

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.client()).contains(address);
            assertThat(event.requestId()).isEqualTo(request.requestId());
            assertThat(event.repository()).isEqualTo("secret/app");
        });
    }

    @Test
    void isNotToldOfWhoeverHasNotLoggedInYet() {
        deleteATag(Authorized.of(registry, Caller.anonymous(), NOTHING, events::add));

        assertThat(events).isEmpty();
    }

    @Test
    void isNotToldOfWhatIsAllowedNorOfASourceOfAMountThatIsNotReadable() {
        AccessPolicy elsewhere = (caller, action, repository) -> !repository.equals(SECRET);
        Registry view = Authorized.of(registry, Caller.named("bob"), elsewhere, events::add);

        view.repositories().toList();
        view.repository(RepositoryName.parse("bob/app"))
                .blobs()
                .mount(Digest.sha256(new byte[0]), MountSource.from(SECRET));

        assertThat(events).isEmpty();
    }

    @Test
    void isRefusedWhateverTheListenerThrows() {
        List<AuditEvent> others = new CopyOnWriteArrayList<>();
        AuditListener both = AuditListener.allOf(List.of(
                event -> {
                    throw Expected.failure(new IllegalStateException("no disk"));
                },
                others::add));

        deleteATag(Authorized.of(registry, Caller.named("bob"), NOTHING, both));
        assertThat(others).hasSize(1);
    }
}
