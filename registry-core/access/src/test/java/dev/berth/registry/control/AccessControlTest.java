package dev.berth.registry.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AccessControlTest {
    private static final RepositoryName APP = RepositoryName.parse("dev/app");

    private final Registry registry = StorageRegistry.over(MemoryObjectStore.create());
    private final AccountStore accounts = AccountStore.over(
            MemoryObjectStore.create(),
            AccountStoreOptions.builder().passwordCost(4).build());
    private final AtomicReference<Grants> grants = new AtomicReference<>(Grants.of());
    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

    private AccessControlBuilder builder() {
        accounts.changesBy("test", events::add).addPerson("alice", "password of alice");
        return AccessControl.builder(registry)
                .store(accounts)
                .grants(grants::get)
                .listener(events::add);
    }

    private static Grants to(String name, String pattern, Role role) {
        return Grants.of(new Grant(Grantee.user(name), NamePattern.parse(pattern), role));
    }

    private static int status(RegistryHandler server, String method, String target) {
        String credentials =
                Base64.getEncoder().encodeToString("alice:password of alice".getBytes(StandardCharsets.UTF_8));
        RegistryRequest request = RegistryRequest.builder(method, target)
                .header("Authorization", "Basic " + credentials)
                .build();
        try (RegistryResponse response = server.handle(request)) {
            return response.status();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void rightsAreTheSameOverHttpAndInTheProcess() {
        AccessControl access = builder().tokens("registry.test").build();
        RegistryHandler server = access.server().build().handler();
        Registry hers = access.registryFor(Caller.named("alice"));

        assertThat(status(server, "POST", "/v2/dev/app/blobs/uploads/")).isEqualTo(403);
        assertThatThrownBy(() -> hers.repository(APP).blobs().push(BlobSource.of(new byte[1])))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DENIED));

        grants.set(to("alice", "dev/**", Role.WRITER));

        assertThat(status(server, "POST", "/v2/dev/app/blobs/uploads/")).isEqualTo(202);
        assertThat(hers.repository(APP).blobs().push(BlobSource.of(new byte[1])))
                .isNotNull();
    }

    @Test
    void rightsOfTheStoreAndOthersAddUp() {
        AccessControl access = builder().tokens("registry.test").build();
        RegistryHandler server = access.server().build().handler();
        grants.set(to("alice", "dev/**", Role.WRITER));
        accounts.changesBy("test", events::add)
                .grant(new Grant(Grantee.user("alice"), NamePattern.parse("other/**"), Role.WRITER));

        assertThat(status(server, "POST", "/v2/dev/app/blobs/uploads/")).isEqualTo(202);
        assertThat(status(server, "POST", "/v2/other/app/blobs/uploads/")).isEqualTo(202);
        assertThat(status(server, "POST", "/v2/third/app/blobs/uploads/")).isEqualTo(403);
    }

    @Test
    void theTokenServiceAndTheManagementOfAccountsAreMounted() {
        AccessControl access = builder().tokens("registry.test").build();
        RegistryHandler server = access.server().build().handler();

        assertThat(access.routes()).containsOnlyKeys("/token", "/token/jwks", "/token/certificates", "/berth/access/");
        assertThat(status(server, "GET", "/token?scope=repository:a:pull")).isEqualTo(200);
        assertThat(status(server, "GET", "/token/jwks")).isEqualTo(200);
        assertThat(status(server, "GET", "/berth/access/whoami")).isEqualTo(200);
        assertThat(status(server, "GET", "/berth/access/people")).isEqualTo(403);
        grants.set(to("alice", "**", Role.ADMIN));
        assertThat(status(server, "GET", "/berth/access/people")).isEqualTo(200);
    }

    @Test
    void withPasswordsNothingIsPublicAndThereAreNoTokens() {
        grants.set(Grants.of(new Grant(Grantee.everyone(), NamePattern.all(), Role.READER)));
        AccessControl access = AccessControl.builder(registry)
                .accounts(accounts)
                .grants(grants::get)
                .passwords("Our registry")
                .build();
        RegistryHandler server = access.server().build().handler();

        assertThat(access.routes()).isEmpty();
        assertThat(answer(server, RegistryRequest.builder("GET", "/v2/_catalog").build()))
                .isEqualTo(401);
    }

    private static int answer(RegistryHandler server, RegistryRequest request) {
        try (RegistryResponse response = server.handle(request)) {
            return response.status();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theListenerIsToldOfLoginsAndRefusals() {
        RegistryHandler server =
                builder().tokens("registry.test").build().server().build().handler();
        status(server, "POST", "/v2/dev/app/blobs/uploads/");

        assertThat(events).extracting(AuditEvent::type).contains(AuditEvent.Type.LOGIN, AuditEvent.Type.ACCESS_REFUSED);
    }

    @Test
    void whatIsMissingOrTwiceIsRefused() {
        assertThatThrownBy(() -> AccessControl.builder(registry).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Nobody could log in");
        AccessControlBuilder stored = builder();
        assertThatThrownBy(() -> stored.store(accounts)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> stored.tokens("a").passwords("b")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        AccessControl.builder(registry).grants(Grants.of()).grants(Grants.of()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void withoutAnyGrantNothingIsAllowed() {
        AccessControl access = AccessControl.builder(registry)
                .authenticator(Authenticator.none())
                .build();

        assertThat(answer(
                        access.server().build().handler(),
                        RegistryRequest.builder("GET", "/v2/dev/app/tags/list").build()))
                .isEqualTo(403);
        assertThat(access.policy().readable(Caller.named("alice")).isAll()).isFalse();
    }
}
