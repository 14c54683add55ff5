package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.server.Caller;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grants only add up, and whoever has none may do nothing. */
class GrantsTest {
    private static final Grants GRANTS = Grants.of(
            new Grant(Grantee.everyone(), NamePattern.parse("public/**"), Role.READER),
            new Grant(Grantee.authenticated(), NamePattern.parse("shared/**"), Role.READER),
            new Grant(Grantee.user("alice"), NamePattern.parse("alice/**"), Role.MAINTAINER),
            new Grant(Grantee.user("alice"), NamePattern.parse("alice/app"), Role.READER),
            new Grant(Grantee.group("dev"), NamePattern.parse("dev/*"), Role.WRITER),
            new Grant(Grantee.user("root"), NamePattern.all(), Role.ADMIN));

    private static Caller caller(String name) {
        return switch (name) {
            case "anonymous" -> Caller.anonymous();
            case "bob of dev" -> Caller.builder("bob").group("dev").build();
            default -> Caller.named(name);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "anonymous, public/app, PULL",
        "anonymous, shared/app, ''",
        "anonymous, alice/app, ''",
        "alice, public/app, PULL",
        "alice, shared/app, PULL",
        // A weaker grant for the same repository takes nothing away.
        "alice, alice/app, PULL PUSH DELETE",
        "alice, alice/x/y, PULL PUSH DELETE",
        "alice, alice, ''",
        "alice, dev/app, ''",
        "bob, dev/app, ''",
        "bob of dev, dev/app, PULL PUSH",
        "bob of dev, dev/app/cache, ''",
        // A user cannot be mistaken for a group of the same name.
        "dev, dev/app, ''",
        "root, any/thing, PULL PUSH DELETE",
    })
    void giveRights(String name, String repository, String rights) {
        RepositoryName there = RepositoryName.parse(repository);

        assertThat(Stream.of(Action.values()).filter(action -> GRANTS.allows(caller(name), action, there)))
                .containsExactlyElementsOf(Stream.of(rights.split(" "))
                        .filter(right -> !right.isEmpty())
                        .map(Action::valueOf)
                        .toList());
    }

    @Test
    void tellWhatACallerMayRead() {
        assertThat(GRANTS.readable(Caller.anonymous()))
                .isEqualTo(NameSet.of(
                        Stream.of("public/**").map(NamePattern::parse).toList()));
        assertThat(GRANTS.readable(caller("bob of dev")))
                .isEqualTo(NameSet.of(Stream.of("public/**", "shared/**", "dev/*")
                        .map(NamePattern::parse)
                        .toList()));
        assertThat(GRANTS.readable(caller("root"))).isEqualTo(NameSet.all());
    }

    @Test
    void tellWhyACallerMay() {
        assertThat(GRANTS.of(caller("alice"), RepositoryName.parse("alice/app")))
                .extracting(Grant::toString)
                .containsExactly("user:alice is MAINTAINER in alice/**", "user:alice is READER in alice/app");
    }
}
