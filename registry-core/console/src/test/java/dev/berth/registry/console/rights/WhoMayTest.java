package dev.berth.registry.console.rights;

import static dev.berth.registry.console.TestOperations.ALICE;
import static dev.berth.registry.console.TestOperations.BOB;
import static dev.berth.registry.console.TestOperations.CAROL;
import static dev.berth.registry.console.TestOperations.NOBODY;
import static dev.berth.registry.console.TestOperations.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.access.Role;
import dev.berth.registry.console.TestOperations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Pages of repositories and images say who may do what")
class WhoMayTest {
    private TestOperations world;

    @BeforeEach
    void start() throws Exception {
        world = TestOperations.start();
        world.push("acme/app", "1.0");
        world.push("library/base", "1.0");
        world.grant(BOB, "acme/app", Role.READER);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void administratorsSeeTheGrantsThatAreForIt() throws Exception {
        for (String administrator : new String[] {ROOT, CAROL}) {
            for (String path : new String[] {"/repository/acme/app", "/image/acme/app?tag=1.0"}) {
                assertThat(world.get(administrator, path).body())
                        .as(administrator + path)
                        .contains("Who may", "Not everybody may pull from it.", "You may pull, push, delete.")
                        .containsSubsequence("bob", "pull", "acme/app")
                        .contains("href=\"/operations/explain?repository=acme%2Fapp\"")
                        .doesNotContain("library/**");
            }
        }
    }

    @Test
    void othersSeeWhatTheyMayThemselves() throws Exception {
        assertThat(world.get(BOB, "/repository/acme/app").body())
                .contains("You may pull, and nothing else.")
                .doesNotContain("acme/dev", "/operations/explain");
        assertThat(world.get(ALICE, "/repository/acme/app").body())
                .contains("You may pull, push.")
                .doesNotContain("/operations/explain");
        assertThat(world.get(NOBODY, "/repository/library/base").body())
                .contains("Everybody may pull from it.", "You may pull, and nothing else.")
                .doesNotContain("/operations/explain");
        assertThat(world.get(NOBODY, "/repository/acme/app").statusCode()).isEqualTo(404);
    }
}
