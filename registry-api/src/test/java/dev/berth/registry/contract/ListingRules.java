package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Order, groups and pages of listings. */
abstract class ListingRules extends StoreRules {

    /** Names whose order is easily got wrong: as text of UTF-16, in directories, or as numbers. */
    private static final List<String> NAMES = List.of(
            "1",
            "1.0",
            "1.0-alpine",
            "1.0.1",
            "1.1/x",
            "1.1-rc/y",
            "1.1.2/z",
            "10",
            "9",
            "A",
            "Z/z",
            "_x",
            "a b",
            "a!b",
            "a-b",
            "a.b",
            "a0",
            "a/b/c",
            "a/b/c0",
            "a/b-c",
            "a/b.c",
            "a/bc",
            "a/d/e/f/g",
            "a_",
            "ab",
            "b-/x",
            "b/x",
            "b0/x",
            "z",
            "~",
            "e\u0301",
            "\u00e9",
            "\u65e5\u672c/\u8a9e",
            "\uE000",
            "\uFF21",
            "\uFFFD",
            "\uD800\uDC00",
            "\uD83D\uDE00/\uD83D\uDE01");

    private static final List<ObjectKey> KEYS = Stream.concat(
                    NAMES.stream().map(name -> "n/" + name),
                    Stream.of("m", "m0/x", "n-/x", "n.x", "n0", "na", "o/a/b", "N/a"))
            .map(ObjectKey::of)
            .toList();

    private static final KeyModel MODEL = new KeyModel(KEYS);
    private static final List<String> PREFIXES = List.of("", "n/", "n/a/", "n/a/b/", "n/1.1/", "missing/", "n/1/");

    ListingRules(ObjectStoreContract contract) {
        super(contract);
    }

    @Test
    void listsNothingInAnEmptyStore() throws IOException {
        for (String prefix : List.of("", "missing/", "missing/too/")) {
            for (String after : List.of("", "a", "missing/", "missing/a", "\uFFFF")) {
                assertThat(store().list(ListRequest.tree(KeyPrefix.of(prefix)).after(after)))
                        .isEqualTo(new ListPage(List.of(), true));
                assertThat(store().list(ListRequest.level(KeyPrefix.of(prefix)).after(after)))
                        .isEqualTo(new ListPage(List.of(), true));
            }
        }
    }

    @Test
    void ordersByTheBytesOfUtf8() throws IOException {
        store().mark(KEYS);
        assertThat(tree("n/"))
                .isEqualTo(
                        KeyModel.sorted(NAMES.stream().map(name -> "n/" + name).toList()));
        assertThat(listAll(ListRequest.level(KeyPrefix.of("n/"))))
                .startsWith("n/1", "n/1.0", "n/1.0-alpine", "n/1.0.1", "n/1.1-rc/", "n/1.1.2/", "n/1.1/", "n/10", "n/9")
                .containsSubsequence(
                        "n/a b", "n/a!b", "n/a-b", "n/a.b", "n/a/", "n/a0", "n/a_", "n/ab", "n/b-/", "n/b/")
                .containsSubsequence("n/\uFF21", "n/\uFFFD", "n/\uD800\uDC00", "n/\uD83D\uDE00/");
    }

    @Test
    void theOrderOfWritingDoesNotMatter() throws IOException {
        List<ObjectKey> shuffled = new ArrayList<>(KEYS);
        Collections.shuffle(shuffled, new Random(7));
        for (ObjectKey key : shuffled) {
            put(key, new byte[] {1});
        }
        for (String prefix : PREFIXES) {
            assertThat(tree(prefix)).isEqualTo(MODEL.list(ListRequest.tree(KeyPrefix.of(prefix))));
            ListRequest level = ListRequest.level(KeyPrefix.of(prefix));
            assertThat(listAll(level)).isEqualTo(MODEL.list(level));
        }
    }

    @Test
    void goesOnAfterAnyName() throws Exception {
        store().mark(KEYS);
        // Some thousand calls: side by side, for the sake of stores behind a network.
        Racers.race(2 * PREFIXES.size(), racer -> {
            KeyPrefix prefix = KeyPrefix.of(PREFIXES.get(racer / 2));
            int turn = racer;
            for (String after : placesToGoOnFrom()) {
                ListRequest request = ListRequest.builder(prefix)
                        .grouped(racer % 2 == 0)
                        .after(after)
                        .build();
                List<String> left = MODEL.list(request);
                assertIsPage(store().list(request), request, left);
                ListRequest limited = request.limit(1 + turn++ % 4);
                assertIsPage(store().list(limited), limited, left);
            }
            return null;
        });
    }

    @Test
    void pagesOfEverySizeMakeTheSameListing() throws IOException {
        store().mark(KEYS);
        for (String prefix : PREFIXES) {
            for (boolean grouped : new boolean[] {true, false}) {
                ListRequest request = ListRequest.builder(KeyPrefix.of(prefix))
                        .grouped(grouped)
                        .limit(1)
                        .build();
                List<String> expected = MODEL.list(request);
                for (int limit = 1; limit <= expected.size() + 1; limit++) {
                    assertThat(listAll(request.limit(limit)))
                            .as("%s in pages of %s", request, limit)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void theLastPageSaysSo() throws IOException {
        store().mark(List.of(key("p/1"), key("p/2/x"), key("p/2/y"), key("p/3"), key("q")));
        ListRequest level = ListRequest.level(KeyPrefix.of("p/"));
        for (int limit = 1; limit <= 4; limit++) {
            assertPage(level.limit(limit), "p/1", "p/2/", "p/3");
            assertPage(level.limit(limit).after("p/1"), "p/2/", "p/3");
            assertPage(level.limit(limit).after("p/2/"), "p/3");
            assertPage(level.limit(limit).after("p/2/x"), "p/3");
            assertPage(level.limit(limit).after("p/3"));
            ListRequest inner = ListRequest.level(KeyPrefix.of("p/2/")).limit(limit);
            assertPage(inner, "p/2/x", "p/2/y");
            assertPage(inner.after("p/2/x"), "p/2/y");
        }
        store().delete(key("p/3"));
        // The other keys of a group are not further names.
        assertPage(level.limit(1).after("p/1"), "p/2/");
    }

    @Test
    void showsWhatIsThereAndNotWhatWas() throws IOException {
        store().mark(KEYS);
        List<ObjectKey> left = new ArrayList<>();
        for (int i = 0; i < KEYS.size(); i++) {
            if (i % 3 == 0) {
                left.add(KEYS.get(i));
            } else {
                store().delete(KEYS.get(i));
            }
        }
        KeyModel model = new KeyModel(left);
        for (String prefix : PREFIXES) {
            ListRequest level = ListRequest.level(KeyPrefix.of(prefix));
            assertThat(listAll(level)).isEqualTo(model.list(level));
            assertThat(tree(prefix)).isEqualTo(model.list(ListRequest.tree(KeyPrefix.of(prefix))));
        }
    }

    @Test
    void pagesThroughManyKeys() throws IOException {
        List<ObjectKey> keys = IntStream.range(0, contract.manyKeys())
                .mapToObj(i -> key("many/k" + i))
                .toList();
        store().mark(keys);
        store().mark(List.of(key("man/y"), key("many0"), key("many-/1")));
        List<String> expected = new KeyModel(keys).list(ListRequest.tree(KeyPrefix.ROOT));
        for (boolean grouped : new boolean[] {true, false}) {
            for (int limit : new int[] {expected.size() / 10 + 1, 1000, 3 * expected.size()}) {
                ListRequest request = ListRequest.builder(KeyPrefix.of("many/"))
                        .grouped(grouped)
                        .limit(limit)
                        .build();
                assertThat(listAll(request)).as("pages of %s", limit).isEqualTo(expected);
            }
            for (int i = 0; i < expected.size(); i += expected.size() / 10 + 1) {
                ListRequest request = ListRequest.builder(KeyPrefix.of("many/"))
                        .grouped(grouped)
                        .after(expected.get(i))
                        .limit(5)
                        .build();
                assertIsPage(store().list(request), request, expected.subList(i + 1, expected.size()));
            }
        }
    }

    @Test
    void pagesThroughManyGroups() throws IOException {
        int groups = contract.manyKeys() / 10;
        store().mark(IntStream.range(0, 2 * groups)
                .mapToObj(i -> key("groups/g" + i / 2 + "/" + i % 2))
                .toList());
        List<String> expected = KeyModel.sorted(
                IntStream.range(0, groups).mapToObj(i -> "groups/g" + i + "/").toList());
        for (int limit : new int[] {groups / 13 + 1, 1000}) {
            ListRequest request = ListRequest.level(KeyPrefix.of("groups/")).limit(limit);
            assertThat(listAll(request)).isEqualTo(expected);
        }
    }

    @Test
    void neverMissesOrRepeatsAKeyWhileOthersWrite() throws Exception {
        List<ObjectKey> stable = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            stable.add(key("busy/k" + i + "s"));
            stable.add(key("busy/g" + i + "/s"));
            known.add("busy/k" + i + "v");
            known.add("busy/g" + i + "/v");
            known.add("busy/h" + i + "/v");
        }
        stable.forEach(key -> known.add(key.value()));
        store().mark(stable);
        List<String> wanted = new KeyModel(stable).list(ListRequest.tree(KeyPrefix.ROOT));
        List<String> wantedLevel = new KeyModel(stable).list(ListRequest.level(KeyPrefix.of("busy/")));
        try (Background writers = Background.repeat(2, (writer, round) -> {
            int i = round % 60;
            for (String volatileKey : List.of("busy/k" + i + "v", "busy/g" + i + "/v", "busy/h" + i + "/v")) {
                if (writer == 0) {
                    put(key(volatileKey), new byte[] {1});
                } else {
                    store().delete(key(volatileKey));
                }
            }
        })) {
            for (int round = 0; round < contract.rounds(); round++) {
                List<String> names =
                        listAll(ListRequest.tree(KeyPrefix.of("busy/")).limit(7 + round));
                assertThat(names).doesNotHaveDuplicates().isSubsetOf(known).containsSubsequence(wanted);
                assertThat(names).isEqualTo(KeyModel.sorted(names));
                List<String> level =
                        listAll(ListRequest.level(KeyPrefix.of("busy/")).limit(7 + round));
                assertThat(level).doesNotHaveDuplicates().containsSubsequence(wantedLevel);
                assertThat(level).isEqualTo(KeyModel.sorted(level));
            }
        }
    }

    private void assertPage(ListRequest request, String... left) throws IOException {
        assertIsPage(store().list(request), request, List.of(left));
    }

    /** Asserts that a page is the beginning of what is left. It may be shorter than allowed, but must say so. */
    private static void assertIsPage(ListPage page, ListRequest request, List<String> left) {
        assertThat(page.names().size()).as("size of the page for %s", request).isLessThanOrEqualTo(request.limit());
        assertThat(page.names())
                .as("page for %s", request)
                .isEqualTo(left.subList(0, Math.min(page.names().size(), left.size())));
        assertThat(page.last())
                .as("whether it is the last page for %s", request)
                .isEqualTo(page.names().size() == left.size());
    }

    /** Names that exist, groups, and what lies between, before and behind them. */
    private static Set<String> placesToGoOnFrom() {
        Set<String> places = new LinkedHashSet<>(List.of("", " ", "m/", "n", "n/", "n/a/b", "n0", "zzz", "\uFFFF"));
        for (ObjectKey key : KEYS) {
            String name = key.value();
            places.add(name);
            places.add(name + "!");
            places.add(name.substring(0, name.length() - 1));
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                places.add(name.substring(0, slash + 1));
                places.add(name.substring(0, slash) + "0");
            }
        }
        // Half of a character outside the basic plane is not text.
        places.removeIf(place -> !place.isEmpty() && Character.isHighSurrogate(place.charAt(place.length() - 1)));
        return places;
    }
}
