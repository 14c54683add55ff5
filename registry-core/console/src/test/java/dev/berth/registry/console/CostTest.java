package dev.berth.registry.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.engine.CountingStore;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-jdk")
@DisplayName("What a page costs does not grow with the registry")
class CostTest {
    private static final String LARGE = "berth.console.repositories";
    private static final int TAGS = 100;
    private static final String MODEL = "model/app00000";
    private static final String LAST = "model/app00099";

    private static final List<String> PAGES = List.of(
            "/",
            "/?after=model/app00042",
            "/?sort=pushed",
            "/?sort=pulls",
            "/?q=app00050",
            "/?q=nothing-of-this-name",
            "/repository/" + LAST,
            "/repository/" + LAST + "?order=name",
            "/image/" + LAST + "?tag=1.50",
            "/compare/" + LAST + "?from=1.50&to=1.51",
            "/statistics",
            "/api/v1/repositories",
            "/api/v1/repositories?q=app",
            "/api/v1/tags/" + LAST,
            "/api/v1/images/" + LAST + "?tag=1.50",
            "/api/v1/compare/" + LAST + "?from=1.50&to=1.51",
            "/api/v1/statistics/pulls",
            "/api/v1/statistics/storage",
            "/api/v1/statistics/repositories/" + LAST,
            "/delete/" + LAST + "?tag=1.50",
            "/v1/search?q=app",
            "/nothing");

    @Test
    void aPageMakesAsManyCallsOfTheStoreWithTenThousandRepositoriesAsWithAHundred() throws Exception {
        Map<String, Integer> few = calls(100);
        Map<String, Integer> many = calls(Integer.getInteger(LARGE, 10_000));

        assertThat(many).isEqualTo(few);
    }

    /** Returns how many calls each page makes, and prints how long it takes. */
    private static Map<String, Integer> calls(int repositories) throws Exception {
        MemoryObjectStore store = MemoryObjectStore.create();
        CountingStore counted = new CountingStore(store);
        try (TestConsole console = TestConsole.over(store)) {
            for (int i = 0; i < TAGS; i++) {
                console.push(MODEL, "1." + i, "step " + i);
            }
            console.get("/");
        }
        copies(store, repositories);
        try (TestConsole console = TestConsole.over(counted)) {
            console.get("/");
            return PageCosts.of(repositories + " repositories", counted, PAGES, console::get);
        }
    }

    /**
     * Copies what is stored of a repository to others of its kind. Those after the first hundred have all tags in the list, and
     * one in the engine, so that this takes seconds.
     */
    private static void copies(ObjectStore store, int repositories) throws IOException {
        Map<String, byte[]> model = new LinkedHashMap<>();
        Map<String, byte[]> least = new LinkedHashMap<>();
        for (String name : List.of(MODEL, MODEL.replace('/', '.'))) {
            for (Map.Entry<String, byte[]> object : all(store).entrySet()) {
                if (object.getKey().contains(name)) {
                    model.put(object.getKey(), object.getValue());
                    if (object.getKey().matches("_berth/(console|index/repositories)/.*|.*/1[.]0(/.*)?")) {
                        least.put(object.getKey(), object.getValue());
                    }
                }
            }
        }
        for (int i = 1; i < repositories; i++) {
            String number = String.format("app%05d", i);
            for (Map.Entry<String, byte[]> object : (i < 100 ? model : least).entrySet()) {
                store.put(
                        ObjectKey.of(object.getKey().replace("app00000", number)),
                        object.getValue(),
                        PutCondition.always());
            }
        }
    }

    private static Map<String, byte[]> all(ObjectStore store) throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        var page = store.list(ListRequest.tree(KeyPrefix.of("")).limit(1_000));
        while (!page.names().isEmpty()) {
            names.addAll(page.names());
            page = store.list(ListRequest.tree(KeyPrefix.of("")).limit(1_000).after(names.get(names.size() - 1)));
        }
        for (String name : names) {
            try (ObjectContent content = store.open(ObjectKey.of(name)).orElseThrow()) {
                all.put(name, content.stream().readAllBytes());
            }
        }
        return all;
    }
}
