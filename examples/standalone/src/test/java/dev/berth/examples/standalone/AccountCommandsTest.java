package dev.berth.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.AccountChanges;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that manage accounts of a registry that runs, over HTTP. */
class AccountCommandsTest {
    private static final StorageRegistry REGISTRY = StorageRegistry.over(MemoryObjectStore.create());
    private static final AccountStore ACCOUNTS = AccountStore.over(
            MemoryObjectStore.create(),
            AccountStoreOptions.builder().passwordCost(4).build());
    private static final RegistryServer SERVER = AccessControl.builder(REGISTRY)
            .store(ACCOUNTS)
            .tokens("registry.test")
            .build()
            .server()
            .listen("127.0.0.1", 0)
            .build();

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws IOException {
        AccountChanges changes = ACCOUNTS.changesBy("test", AuditListener.none());
        for (String name : new String[] {"root", "carol", "alice"}) {
            changes.addPerson(name, name + "'s password");
        }
        changes.grant(new Grant(Grantee.user("root"), NamePattern.all(), Role.ADMIN));
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        REGISTRY.close();
    }

    private static String host() {
        return "127.0.0.1:" + SERVER.address().getPort();
    }

    /** Runs a command against the server, as this person. */
    private static CommandRun as(String name, String input, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--registry", host(), "--user", name, "--password-stdin"));
        return CommandRun.run(name + "'s password\n" + input, all.toArray(String[]::new));
    }

    @Test
    void aRegistryThatRunsIsManagedOverHttp() {
        assertThat(as("root", "", "org", "add", "acme").successful().out()).contains("acme");
        as("root", "", "org", "set-member", "acme", "carol", "admin").successful();
        as("root", "bob's password\n", "user", "add", "bob").successful();
        as("carol", "", "team", "add", "acme/dev").successful();
        as("carol", "", "team", "add-member", "acme/dev", "bob", "ldap:engineers")
                .successful();
        as("carol", "", "access", "grant", "team:acme/dev", "acme/**", "writer").successful();
        as("carol", "", "access", "public", "acme/web").successful();

        assertThat(as("root", "", "user", "list").successful().out().lines())
                .anyMatch(line -> line.matches("bob +\\S+Z +active"));
        assertThat(as("carol", "", "team", "list").successful().out()).contains("acme/dev  bob, ldap:engineers");
        assertThat(as("carol", "", "org", "list").successful().out()).contains("acme          carol   admin");
        assertThat(as("carol", "", "access", "grants").successful().out().lines())
                .anyMatch(line -> line.matches("acme/\\*\\* +team:acme/dev +writer +store"))
                .anyMatch(line -> line.matches("acme/web +everyone +reader +store"));
        assertThat(as("carol", "", "access", "whoami", "--format", "json")
                        .successful()
                        .out())
                .contains("\"administers\" : [ \"acme/**\" ]");

        CommandRun explained = as("carol", "", "access", "explain", "bob", "acme/app", "--may", "push")
                .successful();
        assertThat(explained.out())
                .contains("bob may pull, push in acme/app")
                .contains("team:acme/dev has the role writer in acme/** (store), which has the member bob");
        assertThat(as("carol", "", "access", "explain", "bob", "acme/app", "--may", "delete")
                        .exitCode())
                .isEqualTo(3);
        assertThat(as("alice", "", "access", "explain", "everyone", "acme/web")
                        .successful()
                        .out())
                .contains("everyone may pull");

        as("carol", "", "access", "private", "acme/web").successful();
        assertThat(as("alice", "", "access", "explain", "everyone", "acme/web").exitCode())
                .isEqualTo(3);
        as("carol", "", "access", "revoke", "team:acme/dev", "acme/**", "writer")
                .successful();
        as("carol", "", "team", "remove-member", "acme/dev", "bob").successful();
        as("carol", "", "team", "remove", "acme/dev").successful();
        as("root", "", "user", "disable", "bob").successful();
        assertThat(as("root", "", "user", "list").out().lines()).anyMatch(line -> line.matches("bob .* disabled"));
        as("root", "", "user", "enable", "bob").successful();
        as("root", "", "user", "remove", "bob").successful();
        as("root", "", "org", "remove-member", "acme", "carol").successful();
        as("root", "", "org", "remove", "acme").successful();
    }

    @Test
    void theSecretOfARobotAloneIsOnStandardOutput() {
        CommandRun added = as(
                "alice",
                "",
                "robot",
                "add",
                "alice+ci",
                "--repositories",
                "a/**,b/c",
                "--role",
                "writer",
                "--expires",
                "90d");
        String secret = added.successful().out().strip();
        assertThat(ACCOUNTS.authenticate("alice+ci", secret)).isPresent();
        assertThat(added.err()).contains("only time").doesNotContain(secret);
        assertThat(as("alice", "", "robot", "list", "alice").successful().out())
                .contains("alice+ci", "a/**, b/c", "writer")
                .doesNotContain(secret);

        String next = as("alice", "", "robot", "rotate", "alice+ci")
                .successful()
                .out()
                .strip();
        assertThat(ACCOUNTS.authenticate("alice+ci", secret)).isPresent();
        as("alice", "", "robot", "rotate", "alice+ci", "--keep-old", "0").successful();
        assertThat(ACCOUNTS.authenticate("alice+ci", next)).isEmpty();
        as("alice", "", "robot", "remove", "alice+xi").failed(1, "alice+xi", "is 'alice+ci' meant?");
        as("alice", "", "robot", "remove", "alice+ci").successful();
    }

    @Test
    void aPersonalTokenIsAddedListedAndRemoved() {
        String secret = as(
                        "alice", "", "token", "add", "--repositories", "**", "--role", "reader", "--description", "x y")
                .successful()
                .out()
                .strip();
        assertThat(ACCOUNTS.authenticate("alice", secret)).isPresent();
        assertThat(as("alice", "", "token", "list").successful().out())
                .contains("x y")
                .doesNotContain(secret);
        CommandRun.run(
                        "",
                        "token",
                        "list",
                        "--owner",
                        "alice",
                        "--registry",
                        host(),
                        "--user",
                        "alice",
                        "--password-stdin")
                .failed(1, "Standard input", "password of alice");
        CommandRun.run(secret + "\n", "token", "list", "--registry", host(), "--user", "alice", "--password-stdin")
                .failed(1, "manage nothing");
        String id = ACCOUNTS.personalTokens("alice").get(0).id();
        as("alice", "", "token", "remove", id).successful();
        assertThat(ACCOUNTS.authenticate("alice", secret)).isEmpty();
    }

    @Test
    void thePasswordIsAskedForOnce() {
        as("root", "dave's password\n", "user", "add", "dave").successful();
        as("dave", "another\n", "user", "password").successful();
        assertThat(ACCOUNTS.authenticate("dave", "another")).isPresent();
        as("root", "dave's password\n", "user", "password", "dave").successful();
        as("root", "x\n", "user", "password", "dav").failed(1, "is 'dave' meant?");
        as("root", "", "user", "remove", "dave").successful();
    }

    @Test
    void whatDockerLoginKeepsIsUsed() throws IOException, InterruptedException {
        Path file = directory.resolve("config.json");
        String login = Base64.getEncoder().encodeToString("root:root's password".getBytes(StandardCharsets.UTF_8));
        Files.writeString(file, "{\"auths\":{\"" + host() + "\":{\"auth\":\"" + login + "\"}}}");
        String[] whoAmI = {"access", "whoami", "--registry", host(), "--auth-file", file.toString()};
        assertThat(CommandRun.run("", whoAmI).successful().out()).contains("You are root, an administrator");

        HttpResponse<String> token = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://" + host() + "/token?offline_token=true&service=registry.test"))
                                .header("Authorization", "Basic " + login)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        String refresh = token.body().replaceAll(".*\"refresh_token\":\"([^\"]+)\".*", "$1");
        Files.writeString(
                file,
                "{\"auths\":{\"" + host() + "\":{\"auth\":\""
                        + Base64.getEncoder().encodeToString("root:".getBytes(StandardCharsets.UTF_8))
                        + "\",\"identitytoken\":\"" + refresh + "\"}}}");
        assertThat(CommandRun.run("", whoAmI).successful().out()).contains("You are root, an administrator");
        Files.writeString(file, Files.readString(file).replace(refresh, "x" + refresh));
        CommandRun.run("", whoAmI).failed(1, "docker login", "--user");
        Files.writeString(file, "{}");
        CommandRun.run("", whoAmI).failed(1, host(), "--user");
    }

    @Test
    void mistakesAreSaidBeforeAPasswordIsAskedFor() {
        as("root", "", "user", "lst").failed(2, "no command 'lst'", "is 'list' meant?");
        CommandRun.run("", "user").failed(2, "Say what to do", "add");
        as("root", "", "access", "grant", "bob", "a/**", "writr").failed(2, "is 'writer' meant?");
        as("root", "", "access", "grant", "bob", "/a", "writer").failed(2, "pattern");
        as("root", "", "access", "explain", "bob", "a/b", "--may", "pul").failed(2, "is 'pull' meant?");
        as("root", "", "access", "explain", "bob", "A/b").failed(2, "A/b");
        as("root", "", "robot", "add", "acme", "--repositories", "a/**", "--role", "reader")
                .failed(2, "OWNER+NAME");
        as("root", "", "robot", "add", "acme+ci", "--role", "reader").failed(2, "--repositories");
        as("root", "", "token", "add", "--repositories", "a", "--role", "reader", "--expires", "soon")
                .failed(2, "90d");
        as("root", "", "user", "list", "--format", "xml").failed(2, "table or json");
        as("root", "", "user", "list", "--storage", "x").failed(2, "--registry", "--storage");
        CommandRun.run("", "user", "list", "--storage", "x", "--user", "root").failed(2, "--user", "--registry");
        CommandRun.run("", "user", "list", "--registry", "a b").failed(2, "HOST:PORT");
    }

    @Test
    void refusalsOfTheRegistryAreSaid() {
        as("alice", "", "user", "list").failed(1, "You may not do this", "admin in **");
        CommandRun.run("wrong\n", "user", "list", "--registry", host(), "--user", "root", "--password-stdin")
                .failed(1, host(), "refuses the credentials");
        as("root", "", "user", "remove", "root").failed(1, "Nobody would administer");
        as("root", "", "user", "remove", "alise").failed(1, "There is no person 'alise'", "is 'alice' meant?");
        CommandRun.run("", "user", "list", "--registry", "127.0.0.1:1").failed(1, "127.0.0.1:1", "cannot be reached");
    }

    @Test
    void aRegistryWithoutAccountsSaysSo() throws IOException {
        try (var registry = StorageRegistry.over(MemoryObjectStore.create());
                RegistryServer open = RegistryServer.builder(registry)
                        .listen("127.0.0.1", 0)
                        .build()
                        .start()) {
            CommandRun.run(
                            "",
                            "user",
                            "list",
                            "--registry",
                            "127.0.0.1:" + open.address().getPort())
                    .failed(1, "keeps no accounts");
        }
    }
}
