package dev.berth.examples.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.CommandRun;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.console.HostedConsole;
import dev.berth.registry.console.SearchRoutes;
import dev.berth.registry.console.Visitors;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.host.HostedRegistryBuilder;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth search} asks the console of a registry, or what 'docker search' asks. */
class SearchCommandTest {
    private static final String PASSWORD = "alice's password";

    @TempDir
    private Path directory;

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final HostedRegistryBuilder builder = HostedRegistry.builder(store);
    private final HostedConsole console = HostedConsole.addTo(builder);

    /** What is done with a server. */
    private interface Use {
        void with(String host);
    }

    private void serve(Function<HostedRegistry, RegistryServer.Builder> mounted, Use use) throws IOException {
        try (HostedRegistry hosted = builder.build()) {
            DescribedImages.push(hosted.registry("test"), "library/tool", SearchedServer.HOSTILE);
            for (int i = 0; i < 30; i++) {
                DescribedImages.push(hosted.registry("test"), "team/tool-" + i, "Tool of the team, number " + i);
            }
            console.lists().refresh();
            try (RegistryServer server =
                    mounted.apply(hosted).listen("127.0.0.1", 0).build().start()) {
                URI address = server.uri();
                use.with("127.0.0.1:" + address.getPort());
            }
        }
    }

    private CommandRun search(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 3];
        command[0] = "search";
        command[1] = "--auth-file";
        command[2] = Files.writeString(directory.resolve("auth.json"), "{}").toString();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        return CommandRun.run(PASSWORD + "\n", command);
    }

    private CommandRun found(String... arguments) {
        try {
            return search(arguments).successful();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private RegistryServer.Builder withConsole(HostedRegistry hosted) {
        return console.mount(hosted.server(), hosted);
    }

    @Test
    void aTableHasTheBestFirstAndNothingThatATerminalObeys() throws IOException {
        serve(this::withConsole, host -> {
            CommandRun run = found(host + "/tool");

            assertThat(run.out().lines().toList().get(0)).matches("NAME +TAGS +SIZE +PUSHED +DESCRIPTION");
            assertThat(run.out().lines().toList().get(1)).startsWith(host + "/library/tool ");
            assertThat(run.out().lines()).hasSize(26);
            assertThat(run.out().chars().filter(c -> c < ' ' && c != '\n')).isEmpty();
            assertThat(run.out()).doesNotContain("\u202e");
            assertThat(run.err()).contains("25 of 31", "--limit");
        });
    }

    @Test
    void wordsAreAllLookedForAndALimitHolds() throws IOException {
        serve(this::withConsole, host -> {
            assertThat(found(host + "/number", "team", "17").out().lines().skip(1))
                    .singleElement()
                    .asString()
                    .contains(host + "/team/tool-17 ");
            assertThat(found("--limit", "3", host + "/tool").out().lines()).hasSize(4);
            assertThat(found("--limit", "100", host + "/tool").out().lines()).hasSize(32);
            CommandRun nothing = found(host + "/nothing-like-this");
            assertThat(nothing.out().lines()).hasSize(1);
            assertThat(nothing.err()).contains("no such repository");
        });
    }

    @Test
    void jsonHasEverything() throws IOException {
        serve(this::withConsole, host -> {
            CommandRun run = found("--json", host + "/team/tool-7");

            assertThat(run.out())
                    .contains(
                            "\"name\" : \"team/tool-7\"",
                            "\"tags\" : 1",
                            "\"description\" : \"Tool of the team, number 7\"")
                    .startsWith("[")
                    .doesNotContain(host);
        });
    }

    @Test
    void aRegistryThatOnlyAnswersDockerSearchIsAskedForThat() throws IOException {
        serve(
                hosted -> hosted.server()
                        .route(
                                SearchRoutes.PATH,
                                console.pages(Visitors.ofOpen(hosted.views()))
                                        .build()
                                        .search()),
                host -> {
                    CommandRun run = found("--limit", "31", host + "/tool");

                    assertThat(run.out().lines().toList().get(0)).matches("NAME +DESCRIPTION");
                    assertThat(run.out().lines()).hasSize(32);
                });
    }

    @Test
    void aRegistryWithoutASearchIsToldInASentence() throws IOException {
        serve(HostedRegistry::server, host -> {
            try {
                search(host + "/tool").failed(1, "has no search", "berth ls");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void whoNamesItselfFindsWhatItMaySee() throws IOException {
        AccountStore accounts = AccountStore.over(
                store, AccountStoreOptions.builder().passwordCost(4).build());
        accounts.changesBy("test", AuditListener.none()).addPerson("alice", PASSWORD);
        Grants grants = Grants.of(
                new Grant(Grantee.everyone(), NamePattern.parse("library/**"), Role.READER),
                new Grant(Grantee.user("alice"), NamePattern.parse("team/**"), Role.READER));
        serve(
                hosted -> {
                    AccessControl access = AccessControl.builder(hosted.views())
                            .store(accounts)
                            .grants(grants)
                            .tokens("registry.example")
                            .build();
                    return console.mountBehind(access, hosted);
                },
                host -> {
                    assertThat(found(host + "/tool").out().lines()).hasSize(2);
                    assertThat(found("--user", "alice", "--password-stdin", "--limit", "50", host + "/tool")
                                    .out()
                                    .lines())
                            .hasSize(32);
                    try {
                        search("--user", "bob", "--password-stdin", host + "/tool")
                                .failed(1, "refuses the credentials");
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    @Test
    void misuseIsToldInASentence() throws IOException {
        search("--limit", "0", "tool").failed(2, "--limit");
        search("http://registry.example/tool").failed(2, "http:");
    }
}
