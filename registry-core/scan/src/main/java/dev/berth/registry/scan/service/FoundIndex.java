package dev.berth.registry.scan.service;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which images have which names of findings, or packages: in memory, made from the lists in the store. Thread-safe.
 *
 * <p>In memory, since an object for each name of each image would be thousands of writes for one scan. A question costs what it
 * finds. Before it, not more than every few seconds, the names of the lists are listed, a thousand at a time, and those are read
 * that are new: a list has another name when it says something else. What does not fit is read with each question.
 */
final class FoundIndex {
    /** How long what other nodes have found may be unknown. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final NameLists lists;
    private final UnaryOperator<String> key;
    private final InstantSource clock;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Numbers> byName = new HashMap<>();
    private final Map<String, Integer> numberOf = new HashMap<>();
    private final List<@Nullable ImageKey> images = new ArrayList<>();
    /** Lists that do not fit. */
    private final Set<String> outside = new TreeSet<>();

    private int entries;
    private int dead;
    private @Nullable Instant listed;

    /**
     * Makes an index of lists.
     *
     * @param key what a line of a list is found by
     * @param capacity how many pairs of an image and a name are in memory at most
     */
    FoundIndex(NameLists lists, UnaryOperator<String> key, InstantSource clock, int capacity) {
        this.lists = lists;
        this.key = key;
        this.clock = clock;
        this.capacity = capacity;
    }

    /** Numbers of images. */
    private static final class Numbers {
        private int[] values = new int[2];
        private int size;

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        boolean any(IntPredicate fits) {
            return Arrays.stream(values, 0, size).anyMatch(fits);
        }
    }

    /** Lets the next question look at the store. */
    void changed() {
        lock.lock();
        try {
            listed = null;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the images that have, or had a moment ago, what has this key, in the order of their names. */
    List<ImageKey> imagesWith(String wanted) {
        Set<ImageKey> found = new HashSet<>();
        List<String> unread;
        lock.lock();
        try {
            refresh();
            Numbers numbers = byName.get(wanted);
            for (int i = 0; numbers != null && i < numbers.size; i++) {
                ImageKey image = images.get(numbers.values[i]);
                if (image != null) {
                    found.add(image);
                }
            }
            unread = List.copyOf(outside);
        } finally {
            lock.unlock();
        }
        for (String list : unread) {
            Optional<FoundNames> names = lists.read(list);
            if (names.isPresent() && names.get().names().stream().map(key).anyMatch(wanted::equals)) {
                lists.imageOf(list).ifPresent(found::add);
            }
        }
        return found.stream()
                .sorted(Comparator.comparing(ImageKey::repository)
                        .thenComparing(image -> image.digest().toString()))
                .toList();
    }

    /**
     * Returns keys that have a text in them, the shortest first. Lists that do not fit are not looked at.
     *
     * @param visible which images count
     */
    List<String> keysLike(String part, Predicate<ImageKey> visible, int most) {
        lock.lock();
        try {
            refresh();
            return byName.entrySet().stream()
                    .filter(entry -> entry.getKey().contains(part))
                    .sorted(Map.Entry.comparingByKey(
                            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder())))
                    .filter(entry -> entry.getValue().any(number -> {
                        ImageKey image = images.get(number);
                        return image != null && visible.test(image);
                    }))
                    .limit(most)
                    .map(Map.Entry::getKey)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private void refresh() {
        Instant now = clock.instant();
        if (listed != null && listed.plus(FRESH).isAfter(now)) {
            return;
        }
        Set<String> present = new HashSet<>();
        lists.all(present::add);
        removeIf(list -> !present.contains(list));
        outside.retainAll(present);
        for (String list : present) {
            if (!numberOf.containsKey(list) && !outside.contains(list)) {
                read(list);
            }
        }
        listed = now;
    }

    private void read(String list) {
        Optional<ImageKey> image = lists.imageOf(list);
        if (image.isEmpty()) {
            return;
        }
        // Gone since it was listed: then it is not listed next time.
        FoundNames lines = lists.read(list).orElseGet(() -> new FoundNames(List.of()));
        Set<String> names = new HashSet<>();
        lines.names().forEach(line -> names.add(key.apply(line)));
        if (entries + names.size() > capacity) {
            outside.add(list);
            return;
        }
        int number = images.size();
        images.add(image.get());
        numberOf.put(list, number);
        for (String name : names) {
            byName.computeIfAbsent(name, none -> new Numbers()).add(number);
        }
        entries += names.size() + 1;
    }

    private void removeIf(Predicate<String> gone) {
        numberOf.entrySet().removeIf(entry -> {
            if (gone.test(entry.getKey())) {
                images.set(entry.getValue(), null);
                dead++;
                return true;
            }
            return false;
        });
        if (dead > 100 && dead > images.size() / 2) {
            // Mostly garbage: it is read again.
            byName.clear();
            numberOf.clear();
            images.clear();
            outside.clear();
            entries = 0;
            dead = 0;
        }
    }
}
