package dev.berth.registry.internal.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Pages of a list that is in memory: {@code limit} elements whose text is beyond {@code after}. Whoever states no limit gets
 * all of it.
 */
public final class Paging {
    private static final int LARGEST = 1000;
    private static final String LIMIT = "limit";

    private Paging() {}

    /**
     * Returns what a call asks for, in the order of the texts, and puts the member {@code "next"} to go on after into the content.
     *
     * @param text names an element, and no other one
     */
    public static <T> List<T> page(Call call, List<T> all, Function<T, String> text, ObjectNode content) {
        String after = call.find("after").orElse("");
        List<T> following = all.stream()
                .filter(element -> text.apply(element).compareTo(after) > 0)
                .sorted(Comparator.comparing(text))
                .toList();
        int limit = call.limit(LIMIT, Math.max(1, following.size()), LARGEST);
        if (following.size() <= limit) {
            return following;
        }
        List<T> page = following.subList(0, limit);
        content.put("next", text.apply(page.get(limit - 1)));
        return page;
    }
}
