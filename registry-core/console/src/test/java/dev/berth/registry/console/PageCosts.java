package dev.berth.registry.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.engine.CountingStore;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How often pages ask the store. */
public final class PageCosts {
    private static final int VISITS = 4;

    private PageCosts() {}

    /** Gets a page. */
    public interface Visitor {
        HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException;
    }

    /**
     * Returns how many calls of the store each page makes, and prints how long it takes: the least of some visits, since the first
     * one reads what is in memory from then on, and a later one may find that too old.
     *
     * @param things how many things there are, to be printed
     */
    public static Map<String, Integer> of(String things, CountingStore store, List<String> pages, Visitor visitor)
            throws IOException, InterruptedException {
        Map<String, Integer> least = new LinkedHashMap<>();
        for (String page : pages) {
            double fastest = Double.MAX_VALUE;
            for (int visit = 0; visit < VISITS; visit++) {
                store.reset();
                long begin = System.nanoTime();
                HttpResponse<String> response = visitor.get(page);
                fastest = Math.min(fastest, (System.nanoTime() - begin) / 1e6);
                least.merge(page, store.calls().size(), Math::min);
                assertThat(response.statusCode()).as(page).isEqualTo(page.equals("/nothing") ? 404 : 200);
            }
            System.out.printf("%s: %5.1f ms, %3d calls: %s%n", things, fastest, least.get(page), page);
        }
        return least;
    }
}
