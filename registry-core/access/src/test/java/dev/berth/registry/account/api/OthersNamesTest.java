package dev.berth.registry.account.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.Account;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.account.Logins;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody gets the rights of somebody else by a name that is similar to a right, or that is known in two places. */
class OthersNamesTest {
    private static final String CAROL = ManagedRegistry.as("carol");

    @ParameterizedTest
    @CsvSource({"root,**", "alice,alice/**", "nobody,nobody/**"})
    void whoAdministersRepositoriesBelowTheNameOfAPersonMakesNoRobotsOfThatPerson(String owner, String pattern) {
        ManagedRegistry registry = new ManagedRegistry();
        registry.grant("carol", owner + "/**", Role.ADMIN);
        var reply = registry.call(
                CAROL,
                "POST",
                "robots",
                "{'owner':'" + owner + "','name':'x','repositories':['" + pattern + "'],'role':'reader'}");
        assertThat(reply.status()).as("%s", reply).isEqualTo(403);
        assertThat(registry.get(CAROL, "robots?owner=" + owner).status()).isEqualTo(403);
        assertThat(registry.accounts.robots(owner))
                .noneMatch(robot -> robot.name().endsWith("+x"));
    }

    @Test
    void whoAdministersRepositoriesBelowTheNameOfAPersonGetsNoSecretOfItsRobots() {
        ManagedRegistry registry = new ManagedRegistry();
        registry.grant("carol", "alice/**", Role.ADMIN);
        assertThat(registry.call(CAROL, "POST", "robots/rotate", "{'name':'alice+cron'}")
                        .status())
                .isEqualTo(403);
        assertThat(registry.call(CAROL, "DELETE", "robots?name=alice%2Bcron", "")
                        .status())
                .isEqualTo(403);
        assertThat(registry.accounts.robot("alice+cron")).isPresent();
    }

    /** Two directories that have the same name, with other groups. */
    private static final class Directory implements Accounts {
        private final String source;
        private final String group;

        Directory(String source, String group) {
            this.source = source;
            this.group = group;
        }

        @Override
        public Optional<Account> authenticate(String name, String password) {
            return password.equals(source) ? find(source + ":" + name) : Optional.empty();
        }

        @Override
        public Optional<Account> find(String subject) {
            return subject.equals(source + ":dora")
                    ? Optional.of(
                            new Account(Caller.builder("dora").group(group).build(), subject, "1"))
                    : Optional.empty();
        }

        @Override
        public boolean isOutside() {
            return true;
        }
    }

    @Test
    void theSameNameElsewhereMakesNoCredentialsForGroupsThatItHasNot() throws IOException {
        Accounts outside =
                Accounts.anyOf(List.of(new Directory("ldap", "ldap:admins"), new Directory("oidc", "oidc:guests")));
        AccountStore store = AccountStore.over(
                MemoryObjectStore.create(),
                AccountStoreOptions.builder()
                        .passwordCost(4)
                        .outside(outside, "ldap", "oidc")
                        .build());
        AccountApi api = AccountApi.of(store, Logins.of(Accounts.anyOf(List.of(store, outside))), AuditListener.none());
        String token = "{\"repositories\":[\"**\"],\"role\":\"reader\"}";
        String robot = "{\"owner\":\"dora\",\"name\":\"ci\",\"repositories\":[\"**\"],\"role\":\"reader\"}";
        assertThat(post(api, "oidc", "tokens", token)).isEqualTo(403);
        assertThat(post(api, "oidc", "robots", robot)).isEqualTo(403);
        assertThat(post(api, "ldap", "tokens", token)).isEqualTo(201);
        assertThat(post(api, "ldap", "robots", robot)).isEqualTo(201);
        assertThat(post(api, "oidc", "robots/rotate", "{\"name\":\"dora+ci\"}")).isEqualTo(403);
    }

    private static int post(AccountApi api, String password, String path, String body) throws IOException {
        RegistryRequest request = RegistryRequest.builder("POST", AccountApi.PATH + path)
                .header("Authorization", ManagedRegistry.basic("dora", password))
                .header("Content-Type", "application/json")
                .body(
                        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                        OptionalLong.of(body.getBytes(StandardCharsets.UTF_8).length))
                .build();
        try (RegistryResponse response = api.handle(request)) {
            return response.status();
        } catch (RegistryException e) {
            return e.code() == ErrorCode.DENIED ? 403 : 400;
        }
    }
}
