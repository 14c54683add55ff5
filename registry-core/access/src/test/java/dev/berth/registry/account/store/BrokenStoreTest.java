package dev.berth.registry.account.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Action;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.Caller;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that fails or holds what cannot be read lets nobody in, and refuses nobody for good. */
class BrokenStoreTest {
    private static final List<NamePattern> ALL = List.of(NamePattern.all());
    private static final int MOST_CALLS = 60;

    private final WatchedStore watched = new WatchedStore(MemoryObjectStore.create());
    private final Nodes nodes = new Nodes(watched);

    private static void isUnavailable(ThrowingCallable call, String... said) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .satisfies(e -> List.of(said).forEach(text -> assertThat(e).hasMessageContaining(text)));
    }

    @Test
    void whileTheStoreFailsNobodyIsLetInAndNobodyIsTold() {
        nodes.changes.addPerson("alice", "password");
        NewSecret token = nodes.changes.addPersonalToken("alice", "", ALL, Role.READER, Optional.empty());
        String subject =
                nodes.here.authenticate("alice", token.secret()).orElseThrow().subject();
        nodes.here.authenticate("alice", "password");
        nodes.passCacheAge();
        watched.failAfter(0);

        isUnavailable(() -> nodes.here.authenticate("alice", "password"));
        isUnavailable(() -> nodes.here.authenticate("alice", "wrong"));
        isUnavailable(() -> nodes.here.authenticate("nobody", "password"));
        isUnavailable(() -> nodes.here.authenticate("alice", token.secret()));
        isUnavailable(() -> nodes.here.find("alice"));
        isUnavailable(() -> nodes.here.find(subject));
        isUnavailable(() -> nodes.here.isEmpty());
        isUnavailable(
                () -> nodes.here.policy().allows(Caller.named("alice"), Action.PULL, RepositoryName.parse("web/app")));
        isUnavailable(() -> nodes.here.policy().readable(Caller.named("alice")));
        isUnavailable(() -> nodes.changes.setPassword("alice", "other"));
        watched.reset();
        assertThat(nodes.here.authenticate("alice", "password")).isPresent();
        assertThat(nodes.here.find(subject)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "[]",
                "{}",
                "{\"format\":1}",
                "{\"format\":1,\"name\":\"alice\",\"id\":\"1\",\"created\":\"yesterday\",\"state\":\"active\","
                        + "\"password\":\"$2y$04$abcdefghijklmnopqrstuuMDu6nxPGSnYhG3vMVdSJlcnoSNUu2Q2\"}",
                "{\"format\":1,\"name\":\"alice\",\"id\":\"1\",\"created\":\"2026-01-01T00:00:00Z\",\"state\":\"active\","
                        + "\"password\":\"plain\"}",
                "{\"format\":1,\"name\":\"alice\",\"id\":\"1\",\"created\":\"2026-01-01T00:00:00Z\",\"state\":\"odd\","
                        + "\"password\":\"$2y$04$abcdefghijklmnopqrstuuMDu6nxPGSnYhG3vMVdSJlcnoSNUu2Q2\"}"
            })
    void aMalformedPersonNamesItselfAndHindersNobodyElse(String content) throws IOException {
        nodes.changes.addPerson("bob", "password");
        write("_berth/access/people/alice", content);
        isUnavailable(() -> nodes.here.authenticate("alice", "plain"), "_berth/access/people/alice", "malformed");
        assertThatThrownBy(() -> nodes.here.find("alice"))
                .message()
                .doesNotContain("plain")
                .doesNotContain("$2y");
        assertThat(nodes.here.authenticate("bob", "password")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "people/alice", "signing-keys"})
    void anObjectOfANewerVersionNamesItself(String name) throws IOException {
        write("_berth/access/" + name, "{\"format\":2}");
        isUnavailable(
                () -> {
                    nodes.here.authenticate("alice", "password");
                    StoredKeys.over(watched).get();
                },
                "_berth/access/" + name,
                "newer version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"format\":1,\"grants\":[{\"to\":\"user:alice\",\"repositories\":\"/web\",\"role\":\"reader\"}]}",
                "{\"format\":1,\"grants\":[{\"to\":\"user:alice\",\"repositories\":\"web\",\"role\":\"boss\"}]}",
                "{\"format\":1,\"grants\":[{\"to\":\"alice\",\"repositories\":\"web\",\"role\":\"reader\"}]}",
                "{\"format\":1,\"teams\":[{\"members\":[]}]}",
                "{\"format\":1,\"organisations\":[{\"name\":\"a b\",\"id\":\"1\",\"created\":\"2026-01-01T00:00:00Z\"}]}",
                "{\"format\":1,\"highestPasswordCost\":12345678901234567890}"
            })
    void aMalformedModelGivesNobodyRights(String content) throws IOException {
        write("_berth/access/model", content);
        isUnavailable(
                () -> nodes.here.policy().allows(Caller.named("alice"), Action.PULL, RepositoryName.parse("web/app")),
                "_berth/access/model",
                "malformed");
        isUnavailable(() -> nodes.changes.addTeam("dev"), "_berth/access/model");
    }

    @Test
    void anObjectWithoutContentIsNone() throws IOException {
        write("_berth/access/people/alice", "");
        write("_berth/access/model", "");
        assertThat(nodes.here.find("alice")).isEmpty();
        assertThat(nodes.here.people("", 10)).isEmpty();
        nodes.changes.addPerson("alice", "password");
        nodes.changes.addTeam("dev");
        assertThat(nodes.here.find("alice")).isPresent();
    }

    private void write(String key, String content) throws IOException {
        watched.put(ObjectKey.of(key), content.getBytes(StandardCharsets.UTF_8), PutCondition.always());
    }

    /** Lets each call of a change be the last one that is made, or the last one that is answered. */
    private static void atEachCall(Consumer<Nodes> before, Consumer<AccountChanges> change, Consumer<Nodes> after) {
        for (int effect = 0; effect < 2; effect++) {
            boolean failed = true;
            for (int calls = 0; failed; calls++) {
                assertThat(calls).as("calls of one change").isLessThan(MOST_CALLS);
                WatchedStore store = new WatchedStore(MemoryObjectStore.create());
                Nodes nodes = new Nodes(store);
                before.accept(nodes);
                if (effect == 0) {
                    store.failAfter(calls);
                } else {
                    store.failAfterDoing(calls);
                }
                failed = isCutOff(nodes, change);
                store.reset();
                // A process that starts after the crash.
                after.accept(new Nodes(store));
            }
        }
    }

    private static boolean isCutOff(Nodes nodes, Consumer<AccountChanges> change) {
        try {
            change.accept(nodes.changes);
            return false;
        } catch (RegistryException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            return true;
        }
    }

    @Test
    void aRemovalThatIsCutOffLeavesNothingToANewPersonOfTheSameName() {
        String[] secrets = new String[2];
        atEachCall(
                nodes -> {
                    nodes.changes.addPerson("alice", "password");
                    nodes.changes.addTeam("dev");
                    nodes.changes.addTeamMember("dev", Grantee.user("alice"));
                    nodes.changes.grant(new Grant(Grantee.group("dev"), NamePattern.parse("web/**"), Role.WRITER));
                    nodes.changes.grant(new Grant(Grantee.user("alice"), NamePattern.parse("a/**"), Role.WRITER));
                    secrets[0] = nodes.changes
                            .addPersonalToken("alice", "", ALL, Role.READER, Optional.empty())
                            .secret();
                    secrets[1] = nodes.changes
                            .addRobot("alice", "ci", ALL, Role.READER, Optional.empty())
                            .secret();
                },
                changes -> changes.removePerson("alice"),
                nodes -> {
                    boolean stays = nodes.here.authenticate("alice", "password").isPresent();
                    assertThat(nodes.here.authenticate("alice", secrets[0]).isPresent())
                            .isEqualTo(stays);
                    if (stays) {
                        // Not even begun.
                        assertThat(nodes.changes.removePerson("alice")).isTrue();
                    }
                    nodes.changes.addPerson("alice", "password of another one");
                    Caller alice = Caller.named("alice");
                    assertThat(Nodes.may(nodes.here, alice, Action.PULL, "web/app"))
                            .isFalse();
                    assertThat(Nodes.may(nodes.here, alice, Action.PULL, "a/app"))
                            .isFalse();
                    assertThat(nodes.here.authenticate("alice", secrets[0])).isEmpty();
                    assertThat(nodes.here.authenticate("alice+ci", secrets[1])).isEmpty();
                    assertThat(nodes.here.authenticate("alice", "password")).isEmpty();
                    assertThat(nodes.here.authenticate("alice", "password of another one"))
                            .isPresent();
                    nodes.changes.addRobot("alice", "ci", ALL, Role.READER, Optional.empty());
                });
    }

    @Test
    void aRemovalOfAnOrganisationThatIsCutOffLeavesNoRobot() {
        String[] secret = new String[1];
        atEachCall(
                nodes -> {
                    nodes.changes.addOrganisation("acme");
                    secret[0] = nodes.changes
                            .addRobot(
                                    "acme", "ci", List.of(NamePattern.parse("acme/**")), Role.READER, Optional.empty())
                            .secret();
                },
                changes -> changes.removeOrganisation("acme"),
                nodes -> {
                    if (nodes.here.organisation("acme").isPresent()) {
                        assertThat(nodes.changes.removeOrganisation("acme")).isTrue();
                    }
                    assertThat(nodes.here.authenticate("acme+ci", secret[0])).isEmpty();
                    nodes.changes.addOrganisation("acme");
                    assertThat(nodes.here.authenticate("acme+ci", secret[0])).isEmpty();
                    nodes.changes.addRobot(
                            "acme", "ci", List.of(NamePattern.parse("acme/**")), Role.READER, Optional.empty());
                });
    }

    @Test
    void anAdditionThatIsCutOffIsDoneOrNot() {
        atEachCall(nodes -> {}, changes -> changes.addPerson("alice", "password"), nodes -> {
            if (nodes.here.find("alice").isEmpty()) {
                nodes.changes.addPerson("alice", "password");
            }
            assertThat(nodes.here.authenticate("alice", "password")).isPresent();
        });
    }

    @Test
    void aChangeWhoseAnswerWasLostCountsHereAtOnce() {
        nodes.changes.addPerson("alice", "password");
        nodes.here.authenticate("alice", "password");
        watched.failAfterDoing(1);
        isUnavailable(() -> nodes.changes.setDisabled("alice", true));
        watched.reset();
        boolean disabled = nodes.open(watched).person("alice").orElseThrow().disabled();
        assertThat(nodes.here.authenticate("alice", "password").isPresent()).isEqualTo(!disabled);
    }
}
