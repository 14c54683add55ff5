package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.server.Caller;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A grant to a team is one to each of its members. */
class TeamsTest {
    private static final RepositoryName APP = RepositoryName.parse("dev/app");
    private static final Grant TEAM_GRANT = new Grant(Grantee.group("dev"), NamePattern.parse("dev/**"), Role.WRITER);
    private static final Grants GRANTS = Grants.of(
            Teams.of(Map.of("dev", Set.of(Grantee.user("alice"), Grantee.group("ldap:engineers")))),
            List.of(TEAM_GRANT));

    @Test
    void givesItsMembersWhatIsGrantedToIt() {
        Caller engineer = Caller.builder("bob").group("ldap:engineers").build();

        assertThat(GRANTS.allows(Caller.named("alice"), Action.PUSH, APP)).isTrue();
        assertThat(GRANTS.allows(engineer, Action.PUSH, APP)).isTrue();
        assertThat(GRANTS.readable(engineer).contains(APP)).isTrue();
        assertThat(GRANTS.of(engineer, APP)).containsExactly(TEAM_GRANT);
    }

    @Test
    void givesOthersNothing() {
        assertThat(GRANTS.allows(Caller.anonymous(), Action.PULL, APP)).isFalse();
        assertThat(GRANTS.allows(Caller.named("bob"), Action.PULL, APP)).isFalse();
        assertThat(GRANTS.readable(Caller.named("ldap:engineers")).isEmpty()).isTrue();
    }

    @Test
    void severalPoliciesAddUp() {
        AccessPolicy both = AccessPolicy.anyOf(
                List.of(GRANTS, Grants.of(new Grant(Grantee.everyone(), NamePattern.parse("public/*"), Role.READER))));

        assertThat(both.allows(Caller.named("alice"), Action.PUSH, APP)).isTrue();
        assertThat(both.allows(Caller.anonymous(), Action.PULL, RepositoryName.parse("public/app")))
                .isTrue();
        assertThat(both.allows(Caller.anonymous(), Action.PULL, APP)).isFalse();
        assertThat(both.readable(Caller.named("alice")).patterns()).hasSize(2);
    }
}
