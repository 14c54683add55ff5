package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.AccessSettings;
import dev.berth.examples.standalone.configuration.Secret;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A storage without accounts gets an administrator, whose password only whoever started the registry knows. */
class FirstAdministratorTest {
    private static final Pattern LINE = Pattern.compile(
            "The first administrator is admin with the password ([A-Za-z0-9_-]{24}) which is shown this once");

    @TempDir
    Path directory;

    private AccessServer server(String admin, ObjectStore store) throws IOException {
        return AccessServer.of(directory.resolve("config.yml"), "access: {" + admin + "}", store);
    }

    private static AccountStore accounts(ObjectStore objects) {
        return AccountStore.over(
                objects, AccountStoreOptions.builder().passwordCost(4).build());
    }

    private static Optional<String> add(AccountStore store, String name, Optional<String> password) {
        return FirstAdministrator.add(
                store, new AccessSettings.Admin(name, password.map(Secret::new)), AuditListener.none());
    }

    @Test
    void aPasswordIsMadeAndToldOnce() throws IOException {
        ObjectStore store = MemoryObjectStore.create();
        String password;
        try (AccessServer server = server("", store)) {
            Matcher line = LINE.matcher(server.administrator.orElseThrow());
            assertThat(line.matches()).as(server.administrator.toString()).isTrue();
            password = line.group(1);
            assertThat(server.push("admin", password, "dev/app")).isEqualTo(202);
            assertThat(server.status(
                            "GET", "/berth/access/people", "Authorization", AccessServer.basic("admin", password)))
                    .isEqualTo(200);
        }
        try (AccessServer again = server("", store)) {
            assertThat(again.administrator).isEmpty();
            assertThat(again.push("admin", password, "dev/app")).isEqualTo(202);
        }
    }

    @Test
    void aPasswordThatIsGivenIsNotTold() throws IOException {
        try (AccessServer server = server("admin: {name: root, password: of the root}", MemoryObjectStore.create())) {
            assertThat(server.administrator).isEmpty();
            assertThat(server.push("root", "of the root", "dev/app")).isEqualTo(202);
            assertThat(server.status("GET", "/token", "Authorization", AccessServer.basic("admin", "admin")))
                    .isEqualTo(401);
        }
    }

    @Test
    void whoHasAnAccountKeepsIt() {
        AccountStore store = accounts(MemoryObjectStore.create());
        add(store, "admin", Optional.of("the first one"));

        assertThat(add(store, "admin", Optional.of("another one"))).isEmpty();
        assertThat(add(store, "root", Optional.empty())).isEmpty();

        assertThat(store.authenticate("admin", "the first one")).isPresent();
        assertThat(store.authenticate("admin", "another one")).isEmpty();
        assertThat(store.person("root")).isEmpty();
    }

    @Test
    void ofTwoRegistriesOverOneStorageOneTellsAPassword() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 5; round++) {
                ObjectStore objects = MemoryObjectStore.create();
                Callable<Optional<String>> node = () -> add(accounts(objects), "admin", Optional.empty());
                List<Future<Optional<String>>> told = nodes.invokeAll(List.of(node, node));
                List<String> lines = List.of(told.get(0).get(), told.get(1).get()).stream()
                        .flatMap(Optional::stream)
                        .toList();

                assertThat(lines).hasSize(1);
                Matcher line = LINE.matcher(lines.get(0));
                assertThat(line.matches()).isTrue();
                AccountStore store = accounts(objects);
                assertThat(store.authenticate("admin", line.group(1))).isPresent();
                assertThat(store.grants().all()).hasSize(1);
            }
        } finally {
            nodes.shutdownNow();
        }
    }

    @Test
    void aNameOrPasswordThatCannotBeLeavesNothingBehind() {
        AccountStore store = accounts(MemoryObjectStore.create());

        for (String name : List.of("everyone", "a b", "a+b")) {
            assertThatThrownBy(() -> add(store, name, Optional.of("a good password")))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("access.admin")
                    .hasMessageNotContaining("a good password");
        }
        String tooLong = "x".repeat(73);
        assertThatThrownBy(() -> add(store, "admin", Optional.of(tooLong)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("access.admin")
                .hasMessageNotContaining(tooLong);

        assertThat(store.isEmpty()).isTrue();
        assertThat(store.grants().all()).isEmpty();
    }
}
