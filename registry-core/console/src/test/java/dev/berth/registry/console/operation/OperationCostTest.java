package dev.berth.registry.console.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.console.PageCosts;
import dev.berth.registry.console.TestOperations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-jdk")
@DisplayName("What a page of operations costs does not grow with those who use the registry")
class OperationCostTest {
    /** More than a page of each list has. */
    private static final int FEW = 110;

    private static final List<String> PAGES = List.of(
            "/operations/people",
            "/operations/people/person?name=bob",
            "/operations/organisations",
            "/operations/organisations/organisation?name=acme",
            "/operations/teams",
            "/operations/teams/team?name=acme/dev",
            "/operations/robots",
            "/operations/grants",
            "/operations/explain?caller=person1&repository=acme/app1",
            "/operations/webhooks",
            "/operations/webhooks/dead-letters?name=site",
            "/operations/mirrors",
            "/operations/replication");

    @Test
    void aPageMakesAsManyCallsOfTheStoreForManyPeopleAsForFew() throws Exception {
        assertThat(calls(2 * FEW)).isEqualTo(calls(FEW));
    }

    private static Map<String, Integer> calls(int number) throws Exception {
        try (TestOperations console = TestOperations.caching()) {
            for (int i = 0; i < number; i++) {
                console.changes.addPerson("person" + i, "person" + i);
                console.changes.addOrganisation("org" + i);
                console.changes.addTeam("team" + i);
                console.changes.addRobot(
                        "acme", "robot" + i, List.of(NamePattern.parse("acme/**")), Role.READER, Optional.empty());
                console.grant("person" + i, "acme/app" + i, Role.READER);
                console.webhooks.put(
                        TestOperations.endpoint("acme.hook" + i, "acme/**").build());
                console.deadLetter("site", "acme/app" + i, "the other side is gone");
                console.objects.reset();
            }
            return PageCosts.of(
                    number + " of each", console.objects, PAGES, page -> console.get(TestOperations.ROOT, page));
        }
    }
}
