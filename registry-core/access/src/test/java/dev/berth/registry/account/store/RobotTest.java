package dev.berth.registry.account.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.access.Action;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.Account;
import dev.berth.registry.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RobotTest {
    private static final List<NamePattern> ACME = List.of(NamePattern.parse("acme/**"));

    private final Nodes nodes = new Nodes();
    private final AccountStore accounts = nodes.here;
    private final AccountChanges changes = nodes.changes;

    private Optional<Account> login(NewSecret robot) {
        return accounts.authenticate(robot.account(), robot.secret());
    }

    @Test
    void aRobotOfAnOrganisationActsInItsRepositoriesOnly() {
        changes.addOrganisation("acme");
        changes.grant(new Grant(Grantee.everyone(), NamePattern.parse("library/**"), Role.READER));
        changes.grant(new Grant(Grantee.user("acme+ci"), NamePattern.all(), Role.ADMIN));
        NewSecret ci =
                changes.addRobot("acme", "ci", List.of(NamePattern.parse("acme/app/*")), Role.WRITER, Optional.empty());

        Account account = login(ci).orElseThrow();
        assertThat(account.caller().name()).isEqualTo("acme+ci");
        assertThat(account.subject()).startsWith("robot:acme+ci:");
        assertThat(Nodes.may(accounts, account.caller(), Action.PUSH, "acme/app/web"))
                .isTrue();
        assertThat(Nodes.may(accounts, account.caller(), Action.DELETE, "acme/app/web"))
                .isFalse();
        assertThat(Nodes.may(accounts, account.caller(), Action.PULL, "acme/web"))
                .isFalse();
        assertThat(Nodes.may(accounts, account.caller(), Action.PULL, "acme")).isFalse();
        assertThat(Nodes.may(accounts, account.caller(), Action.PULL, "acmecorp/app/web"))
                .isFalse();
        assertThat(Nodes.may(accounts, account.caller(), Action.PULL, "library/alpine"))
                .isFalse();
        assertThat(accounts.robots("acme")).singleElement().satisfies(robot -> {
            assertThat(robot.name()).isEqualTo("acme+ci");
            assertThat(robot.role()).isEqualTo(Role.WRITER);
            assertThat(robot.secrets()).isEqualTo(1);
        });
    }

    @Test
    void aRobotOfAPersonMayWhatThePersonMayNow() {
        changes.addPerson("alice", "password");
        Grant grant = new Grant(Grantee.user("alice"), NamePattern.parse("web/**"), Role.WRITER);
        changes.grant(grant);
        NewSecret ci = changes.addRobot("alice", "ci", List.of(NamePattern.all()), Role.ADMIN, Optional.empty());

        assertThat(Nodes.may(accounts, login(ci), Action.PUSH, "web/app")).isTrue();
        assertThat(Nodes.may(accounts, login(ci), Action.DELETE, "web/app")).isFalse();
        assertThat(Nodes.may(accounts, login(ci), Action.PULL, "other/app")).isFalse();
        changes.revoke(grant);
        assertThat(Nodes.may(accounts, login(ci), Action.PULL, "web/app")).isFalse();
    }

    @Test
    void anExpiredRobotIsNotLetInAndItsTokensEnd() {
        changes.addOrganisation("acme");
        NewSecret ci = changes.addRobot(
                "acme",
                "ci",
                ACME,
                Role.READER,
                Optional.of(nodes.clock.instant().plusSeconds(60)));
        String subject = login(ci).orElseThrow().subject();
        nodes.clock.advance(Duration.ofSeconds(59));
        assertThat(login(ci)).isPresent();
        assertThat(accounts.find(subject)).isPresent();
        nodes.clock.advance(Duration.ofSeconds(1));
        assertThat(login(ci)).isEmpty();
        assertThat(accounts.find(subject)).isEmpty();
    }

    @Test
    void twoSecretsAreGoodDuringARotation() {
        changes.addOrganisation("acme");
        NewSecret first = changes.addRobot("acme", "ci", ACME, Role.READER, Optional.empty());
        String subjectOfFirst = login(first).orElseThrow().subject();
        NewSecret second = changes.rotateRobot("acme+ci", Duration.ofHours(1));
        String subjectOfSecond = login(second).orElseThrow().subject();

        assertThat(login(first)).isPresent();
        assertThat(accounts.robot("acme+ci").orElseThrow().secrets()).isEqualTo(2);
        nodes.clock.advance(Duration.ofHours(1));
        assertThat(login(first)).isEmpty();
        assertThat(accounts.find(subjectOfFirst)).isEmpty();
        assertThat(login(second)).isPresent();
        assertThat(accounts.find(subjectOfSecond)).isPresent();
        assertThat(accounts.robot("acme+ci").orElseThrow().secrets()).isEqualTo(1);

        NewSecret third = changes.rotateRobot("acme+ci", Duration.ofHours(1));
        NewSecret fourth = changes.rotateRobot("acme+ci", Duration.ofHours(1));
        assertThat(login(second)).isEmpty();
        assertThat(login(third)).isPresent();
        assertThat(login(fourth)).isPresent();
        changes.rotateRobot("acme+ci", Duration.ZERO);
        assertThat(login(third)).isEmpty();
        assertThat(login(fourth)).isEmpty();
    }

    @Test
    void aRobotThatComesBackHasNothingOfTheOneBefore() {
        changes.addOrganisation("acme");
        NewSecret first = changes.addRobot("acme", "ci", ACME, Role.READER, Optional.empty());
        String subject = login(first).orElseThrow().subject();
        changes.removeRobot("acme+ci");
        assertThat(login(first)).isEmpty();
        assertThat(accounts.find(subject)).isEmpty();
        NewSecret second = changes.addRobot("acme", "ci", ACME, Role.READER, Optional.empty());
        assertThat(login(first)).isEmpty();
        assertThat(accounts.find(subject)).isEmpty();
        assertThat(login(second)).isPresent();
        assertThat(accounts.robot("acme+ci").orElseThrow().lastUsed()).isPresent();
    }

    @Test
    void robotsAndGrantsEndWithTheirOrganisation() {
        changes.addOrganisation("acme");
        NewSecret ci = changes.addRobot("acme", "ci", ACME, Role.READER, Optional.empty());
        changes.grant(new Grant(Grantee.user("bob"), NamePattern.parse("acme/app"), Role.WRITER));
        String subject = login(ci).orElseThrow().subject();

        assertThat(changes.removeOrganisation("acme")).isTrue();
        assertThat(login(ci)).isEmpty();
        assertThat(accounts.find(subject)).isEmpty();
        changes.addOrganisation("acme");
        assertThat(login(ci)).isEmpty();
        assertThat(accounts.robots("acme")).isEmpty();
        assertThat(accounts.storedGrants()).isEmpty();
    }

    @Test
    void aSecretIsGoodForItsRobotOnly() {
        changes.addPerson("alice", "password");
        changes.addOrganisation("acme");
        NewSecret ci = changes.addRobot("acme", "ci", ACME, Role.READER, Optional.empty());
        NewSecret cd = changes.addRobot("acme", "cd", ACME, Role.READER, Optional.empty());
        NewSecret token =
                changes.addPersonalToken("alice", "laptop", List.of(NamePattern.all()), Role.READER, Optional.empty());

        assertThat(accounts.authenticate("acme+cd", ci.secret())).isEmpty();
        assertThat(accounts.authenticate("acme", ci.secret())).isEmpty();
        assertThat(accounts.authenticate("alice", ci.secret())).isEmpty();
        assertThat(accounts.authenticate("acme+ci", token.secret())).isEmpty();
        assertThat(accounts.authenticate("acme", token.secret())).isEmpty();
        assertThat(accounts.authenticate("acme+ci", "password")).isEmpty();
        assertThat(accounts.authenticate("alice", token.secret())).isPresent();
        assertThat(login(cd)).isPresent();
        assertThat(accounts.find("acme+ci")).isEmpty();
        assertThat(accounts.find("robot:acme+ci")).isEmpty();
        assertThat(accounts.find("robot:")).isEmpty();
        assertThat(accounts.find("robot::")).isEmpty();
        assertThat(accounts.find("token:")).isEmpty();
        assertThat(accounts.find("token::alice")).isEmpty();
    }

    @Test
    void garbledSecretsAreKnownWithoutALookAtTheStore() {
        WatchedStore watched = new WatchedStore(nodes.store);
        AccountStore other = nodes.open(watched);
        changes.addOrganisation("acme");
        NewSecret ci = changes.addRobot("acme", "ci", ACME, Role.READER, Optional.empty());
        String secret = ci.secret();
        assertThat(secret).matches("berth_robot_[0-9A-Za-z]{49}");
        assertThat(other.authenticate("acme+ci", secret)).isPresent();

        watched.reset();
        for (int i = "berth_".length(); i < secret.length(); i++) {
            char changed = secret.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(other.authenticate("acme+ci", secret.substring(0, i) + changed + secret.substring(i + 1)))
                    .isEmpty();
            assertThat(other.authenticate("acme+ci", secret.substring(0, i))).isEmpty();
        }
        assertThat(other.authenticate("acme+ci", secret + "a")).isEmpty();
        assertThat(watched.calls()).isEmpty();
        // One that nobody made, but whose checksum is right.
        String forged = Secret.generate(Secret.Kind.ROBOT, new SecureRandom()).text();
        assertThat(other.authenticate("acme+ci", forged)).isEmpty();
        assertThat(watched.calls()).containsExactly("open _berth/access/robots/acme");
    }

    @Test
    void secretsAreNotInTextsNorInTheStore() throws Exception {
        changes.addOrganisation("acme");
        NewSecret ci = changes.addRobot("acme", "ci", ACME, Role.READER, Optional.empty());
        assertThat(ci.toString()).contains("acme+ci").doesNotContain(ci.secret());
        try (var content =
                nodes.store.open(ObjectKey.of("_berth/access/robots/acme")).orElseThrow()) {
            String text = new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).contains("\"sha256\"").doesNotContain(ci.secret().substring(12, 40));
        }
    }
}
