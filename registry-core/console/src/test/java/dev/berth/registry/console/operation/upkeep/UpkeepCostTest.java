package dev.berth.registry.console.operation.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.console.PageCosts;
import dev.berth.registry.console.TestUpkeep;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-jdk")
@DisplayName("What a page of the upkeep costs does not grow with the registry")
class UpkeepCostTest {
    /** More than a page of each list has. */
    private static final int FEW = 210;

    @Test
    void aPageMakesAsManyCallsOfTheStoreForManyRepositoriesAsForFew() throws Exception {
        assertThat(calls(3 * FEW)).isEqualTo(calls(FEW));
    }

    private static Map<String, Integer> calls(int number) throws Exception {
        try (TestUpkeep console = TestUpkeep.start()) {
            for (int i = 0; i < number; i++) {
                console.push("team/other" + i, ("kept " + i).getBytes(StandardCharsets.UTF_8), "1.0");
                delete(console, "team/other" + i, i);
                delete(console, "team/app", i);
                console.store.reset();
            }
            console.hosted.quotas().orElseThrow().maintain();
            return PageCosts.of(
                    number + " repositories",
                    console.store,
                    UpkeepPagesTest.PAGES,
                    page -> console.get(TestUpkeep.ROOT, page));
        }
    }

    private static void delete(TestUpkeep console, String repository, int number) {
        Manifest image =
                console.push(repository, ("deleted " + number).getBytes(StandardCharsets.UTF_8), "0." + number);
        console.registry().repository(repository).manifests().delete(image.digest());
    }
}
