package dev.berth.registry.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Registry;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.account.store.AccountChanges;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever chooses the name of an account here at an issuer does not get its rights. */
class TakenNameTest {
    private static final String LIST = "/v2/team/app/tags/list";

    private final Registry registry = StorageRegistry.over(MemoryObjectStore.create());
    private final Grants grants = Grants.of(
            new Grant(Grantee.user("admin"), NamePattern.all(), Role.ADMIN),
            new Grant(Grantee.user("bob"), NamePattern.all(), Role.ADMIN));
    private FakeIssuer issuer;
    private OidcAccounts oidc;
    private AccountStore store;
    private AccountChanges changes;
    private RegistryHandler server;

    @BeforeEach
    void start() throws IOException {
        issuer = new FakeIssuer();
        oidc = OidcAccounts.open(issuer.options().build());
        store = AccountStore.over(
                MemoryObjectStore.create(),
                AccountStoreOptions.builder()
                        .passwordCost(4)
                        .outside(oidc, "oidc")
                        .build());
        changes = store.changesBy("test", AuditListener.none());
        changes.addPerson("admin", "password");
        server = AccessControl.builder(registry)
                .store(store)
                .accounts(Accounts.ofPasswords(Map.of("bob", "password")))
                .oidc(oidc)
                .grants(grants)
                .tokens("registry.test")
                .build()
                .server()
                .build()
                .handler();
    }

    @AfterEach
    void stop() {
        oidc.close();
        issuer.close();
        registry.close();
    }

    private int status(String target, String authorization) throws IOException {
        RegistryRequest request = RegistryRequest.builder("GET", target)
                .header("Authorization", authorization)
                .build();
        try (RegistryResponse response = server.handle(request)) {
            return response.status();
        }
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTokenForTheNameOfAPersonIsRefusedInEveryWay() throws IOException {
        for (String name : new String[] {"admin", "bob"}) {
            String token = issuer.token(name, "dev");
            for (String target : new String[] {LIST, "/token?scope=repository:team/app:pull", "/berth/access/whoami"}) {
                assertThat(status(target, basic(name, token)))
                        .as("%s %s", name, target)
                        .isEqualTo(401);
            }
            for (String target : new String[] {LIST, "/berth/access/whoami"}) {
                assertThat(status(target, "Bearer " + token))
                        .as("%s %s", name, target)
                        .isEqualTo(401);
            }
        }
        assertThat(status("/berth/access/whoami", basic("admin", "password"))).isEqualTo(200);
    }

    @Test
    void aDisabledPersonDoesNotComeBackByTheIssuer() throws IOException {
        changes.setDisabled("admin", true);
        assertThat(status("/berth/access/whoami", "Bearer " + issuer.token("admin", "dev")))
                .isEqualTo(401);
        assertThat(status("/berth/access/whoami", basic("admin", issuer.token("admin", "dev"))))
                .isEqualTo(401);
    }

    @Test
    void aNameThatAPersonGetsIsNobodyElsesFromThenOn() throws IOException {
        String token = issuer.token("zoe", "dev");
        assertThat(status("/berth/access/whoami", basic("zoe", token))).isEqualTo(200);
        String personal = changes.addPersonalToken("zoe", "", List.of(NamePattern.all()), Role.READER, Optional.empty())
                .secret();
        assertThat(status("/v2/", basic("zoe", personal))).isEqualTo(200);
        changes.addPerson("zoe", "password");
        assertThat(status("/berth/access/whoami", basic("zoe", token))).isEqualTo(401);
        assertThat(status("/berth/access/whoami", "Bearer " + token)).isEqualTo(401);
        assertThat(status("/v2/", basic("zoe", personal))).isEqualTo(401);
        changes.removePerson("zoe");
        assertThat(status("/berth/access/whoami", "Bearer " + token)).isEqualTo(200);
    }
}
