package dev.berth.registry.account.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several processes change the same accounts at the same time. */
class RaceTest {
    private static final List<NamePattern> ACME = List.of(NamePattern.parse("acme/**"));
    private static final List<NamePattern> ALL = List.of(NamePattern.all());

    private final Nodes nodes = new Nodes();
    private final AccountChanges here = nodes.changes;
    private final AccountChanges there = Nodes.changes(nodes.there);
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @SafeVarargs
    private <T> List<T> together(Callable<T>... calls) throws InterruptedException, ExecutionException {
        List<T> results = new ArrayList<>();
        for (Future<T> result : threads.invokeAll(List.of(calls))) {
            results.add(result.get());
        }
        return results;
    }

    private static boolean does(Runnable change) {
        try {
            change.run();
            return true;
        } catch (RegistryException e) {
            assertThat(e.code()).isIn(ErrorCode.PRECONDITION_FAILED, ErrorCode.NOT_FOUND);
            return false;
        }
    }

    private Callable<Boolean> members(AccountChanges changes, String prefix) {
        return () -> {
            for (int i = 0; i < 25; i++) {
                changes.addTeamMember("dev", Grantee.user(prefix + i));
                changes.grant(new Grant(Grantee.user(prefix + i), NamePattern.parse("web/" + prefix), Role.READER));
            }
            return true;
        };
    }

    @Test
    void changesOfTheSameTeamAreNotLost() throws Exception {
        here.addTeam("dev");
        together(members(here, "a"), members(there, "b"), members(here, "c"), members(there, "d"));
        assertThat(nodes.open(nodes.store).teams().get("dev")).hasSize(100);
        assertThat(nodes.open(nodes.store).storedGrants()).hasSize(100);
    }

    @Test
    void oneOfTwoAddsTheSamePerson() throws Exception {
        for (int i = 0; i < 20; i++) {
            String name = "p" + i;
            assertThat(together(
                            () -> does(() -> here.addPerson(name, "one")),
                            () -> does(() -> there.addPerson(name, "two"))))
                    .containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void rotationsBesideEachOtherLeaveTwoGoodSecrets() throws Exception {
        here.addOrganisation("acme");
        here.addRobot("acme", "ci", ACME, Role.READER, Optional.empty());
        for (int i = 0; i < 20; i++) {
            List<NewSecret> secrets = together(
                    () -> here.rotateRobot("acme+ci", Duration.ofHours(1)),
                    () -> there.rotateRobot("acme+ci", Duration.ofHours(1)));
            for (NewSecret secret : secrets) {
                assertThat(nodes.here.authenticate("acme+ci", secret.secret())).isPresent();
                assertThat(nodes.there.authenticate("acme+ci", secret.secret())).isPresent();
            }
        }
    }

    private Callable<Boolean> robots(AccountChanges changes, String prefix) {
        return () -> {
            for (int i = 0; i < 20; i++) {
                changes.addRobot("acme", prefix + i, ACME, Role.READER, Optional.empty());
                if (i % 2 == 1) {
                    changes.removeRobot("acme+" + prefix + (i - 1));
                }
            }
            return true;
        };
    }

    @Test
    void robotsOfTheSameOwnerAreNotLost() throws Exception {
        here.addOrganisation("acme");
        together(robots(here, "a"), robots(there, "b"));
        assertThat(nodes.open(nodes.store).robots("acme")).hasSize(20);
    }

    @Test
    void aTokenThatIsAddedBesideTheRemovalOfItsOwnerIsWorthNothing() throws Exception {
        for (int i = 0; i < 20; i++) {
            here.addPerson("alice", "password");
            List<String> secrets = together(
                    () -> {
                        try {
                            return there.addPersonalToken("alice", "", ALL, Role.READER, Optional.empty())
                                    .secret();
                        } catch (RegistryException e) {
                            return "";
                        }
                    },
                    () -> {
                        here.removePerson("alice");
                        return "";
                    });
            nodes.passCacheAge();
            assertThat(nodes.here.authenticate("alice", secrets.get(0))).isEmpty();
            assertThat(nodes.there.authenticate("alice", secrets.get(0))).isEmpty();
            assertThat(nodes.here.personalTokens("alice")).isEmpty();
        }
    }

    @Test
    void aRemovalBesideAnAdditionLeavesThePersonOrNone() throws Exception {
        here.addPerson("alice", "first");
        for (int i = 0; i < 20; i++) {
            List<Boolean> done =
                    together(() -> here.removePerson("alice"), () -> does(() -> there.addPerson("alice", "second")));
            AccountStore now = nodes.open(nodes.store);
            assertThat(done.get(0)).isTrue();
            assertThat(now.authenticate("alice", "second").isPresent()).isEqualTo(done.get(1));
            if (!done.get(1)) {
                here.addPerson("alice", "first");
            }
        }
    }

    @Test
    void aPersonWhoIsUsedBesideTheRemovalIsGoneAfterIt() throws Exception {
        for (int i = 0; i < 20; i++) {
            here.addPerson("alice", "password");
            together(() -> nodes.here.authenticate("alice", "password"), () -> nodes.here.find("alice"), () -> {
                here.removePerson("alice");
                assertThat(nodes.here.find("alice")).isEmpty();
                return Optional.empty();
            });
            assertThat(nodes.here.find("alice")).isEmpty();
            assertThat(nodes.here.authenticate("alice", "password")).isEmpty();
        }
    }

    @Test
    void theProcessesAgreeOnTheFirstSigningKey() throws Exception {
        StoredKeysOptions options =
                StoredKeysOptions.builder().clock(nodes.clock).build();
        List<String> ids = together(
                () -> StoredKeys.over(nodes.store, options).get().get(0).id(),
                () -> StoredKeys.over(nodes.store, options).get().get(0).id(),
                () -> StoredKeys.over(nodes.store, options).get().get(0).id());
        assertThat(ids).containsOnly(ids.get(0));
    }
}
