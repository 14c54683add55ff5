package dev.berth.registry.console.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.console.FindingWorld;
import dev.berth.registry.console.PageCosts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("any-jdk")
@DisplayName("What a page of findings costs does not grow with the images that have them")
class FindingCostTest {
    /** More than a page of each list has. */
    private static final int FEW = 60;

    private static final List<String> PAGES = List.of(
            "/repository/team/app0",
            "/image/team/app0?tag=1.0",
            "/cve/CVE-2026-1",
            "/packages/?name=lib",
            "/packages/?name=li");

    @TempDir
    Path directory;

    @Test
    void aPageMakesAsManyCallsOfTheStoreForManyImagesAsForFew() throws Exception {
        assertThat(calls(2 * FEW)).isEqualTo(calls(FEW));
    }

    private Map<String, Integer> calls(int number) throws Exception {
        try (FindingWorld world = FindingWorld.in(directory.resolve("of-" + number))) {
            world.advise("CVE-2026-1", "lib", "2.0.0", FindingWorld.HIGH, "a flaw");
            for (int i = 0; i < number; i++) {
                world.push("team/app" + i, "1.0", FindingWorld.npm("lib", "1.0." + i, "own" + i, "1.0.0"));
                world.store().reset();
            }
            world.scanning();
            for (int i = 0; i < number; i++) {
                world.awaitAnyJudged();
            }
            List<String> pages = new ArrayList<>(PAGES);
            pages.add("/packages/team/app0?digest="
                    + world.manifest("team/app0", "1.0").digest());
            return PageCosts.of(number + " images", world.store(), pages, world::get);
        }
    }
}
