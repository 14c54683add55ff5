package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.audit.RefusalFlood;
import dev.berth.registry.compose.WithoutDeletion;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResolver;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.RequestedAccess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a request does is told with its caller, address and id: to an audit, and as events. */
class RequestViewsTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final byte[] CONTENT = {1, 2, 3};
    private static final Digest DIGEST = Digest.sha256(CONTENT);

    private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    private final List<RegistryEvent> events = new CopyOnWriteArrayList<>();
    private final Registry engine = StorageRegistry.over(MemoryObjectStore.create());
    private final EventContext process =
            EventContext.builder().instance("registry-1").build();
    private final Caller robot =
            Caller.builder("acme+ci").attribute("credentials", "robot").build();
    private InetAddress address;

    @BeforeEach
    void pushABlob() throws UnknownHostException {
        engine.repository(APP).blobs().push(DIGEST, BlobSource.of(CONTENT));
        address = InetAddress.getByName("192.0.2.7");
    }

    private RegistryRequest request() {
        return RegistryRequest.builder("DELETE", "/v2/team/app/blobs/" + DIGEST)
                .remoteAddress(new InetSocketAddress(address, 50123))
                .build();
    }

    private Registry view(RegistryResolver resolver, RegistryRequest request) {
        return resolver.resolve(robot, RequestedAccess.delete(APP), request);
    }

    private static void deleteTheBlob(Registry view) {
        view.repository(APP).blobs().delete(DIGEST);
    }

    @Test
    void aDeletionIsToldToBothWithTheSameRequest() throws Exception {
        RequestViews views =
                RequestViews.of(engine).publishing(events::addAll, process).audited(audit::add);
        RegistryServer server = RegistryServer.builder(views)
                .authenticator((request, access) -> robot)
                .build();
        RegistryRequest request = request();

        server.handler().handle(request).close();

        assertThat(audit).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(AuditEvent.Type.DELETION);
            assertThat(event.origin())
                    .isEqualTo(new AuditOrigin("acme+ci", Optional.of(address), request.requestId(), "robot"));
        });
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(EventType.BLOB_DELETED);
            assertThat(event.context().actor()).isEqualTo("acme+ci");
            assertThat(event.context().requestId()).hasValue(request.requestId());
            assertThat(event.context().address()).hasValue("192.0.2.7:50123");
            assertThat(event.context().instance()).isEqualTo("registry-1");
        });
    }

    /** A route beside the API, such as pages, finds out itself who its caller is. */
    @Test
    void aRequestThatNobodyHasAuthenticatedIsOfTheCallerThatIsStated() {
        deleteTheBlob(view(RequestViews.of(engine).publishing(events::addAll, process), request()));

        assertThat(events).singleElement().satisfies(event -> assertThat(event.actor())
                .isEqualTo("acme+ci"));
    }

    @Test
    void accessControlStandsInFrontAndTellsItsRefusalsOnce() {
        AccessPolicy reader = (caller, action, repository) -> action == Action.PULL;
        RequestViews views =
                RequestViews.of(engine).publishing(events::addAll, process).audited(audit::add);
        RegistryRequest request = request();

        assertThatThrownBy(() -> deleteTheBlob(view(Authorized.resolver(views, reader, audit::add), request)))
                .isInstanceOf(RegistryException.class);

        assertThat(events).isEmpty();
        assertThat(audit).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(AuditEvent.Type.ACCESS_REFUSED);
            assertThat(event.repository()).isEqualTo("team/app");
            assertThat(event.requestId()).isEqualTo(request.requestId());
            assertThat(event.client()).contains(address);
            assertThat(event.credentials()).isEqualTo("robot");
        });
    }

    @Test
    void aFloodOfRefusalsIsNotToldOneByOne() {
        RequestViews views = RequestViews.of(WithoutDeletion.of(engine)).audited(audit::add);
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> deleteTheBlob(view(views, request()))).isInstanceOf(RegistryException.class);
        }

        assertThat(audit).hasSize(RefusalFlood.MOST_OF_A_CLIENT);
        assertThat(audit.get(0).reason()).startsWith("Deletion is switched off");
    }

    @Test
    void withoutAnythingToTellARequestGetsTheRegistryItself() {
        assertThat(view(RequestViews.of(engine), request())).isSameAs(engine);
        assertThat(view(RequestViews.of(engine).audited(AuditListener.none()), request()))
                .isSameAs(engine);
    }
}
