package dev.berth.registry.contract;

import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** What a listing must say, worked out the slow way: by the very bytes, and without {@code Utf8Order}. */
final class KeyModel {
    private static final Comparator<String> BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private final TreeSet<String> keys = new TreeSet<>(BYTES);

    KeyModel(Collection<ObjectKey> keys) {
        keys.forEach(key -> this.keys.add(key.value()));
    }

    /** Everything that comes behind the request's {@code after}, whatever its limit is. */
    List<String> list(ListRequest request) {
        String prefix = request.prefix().value();
        TreeSet<String> names = new TreeSet<>(BYTES);
        for (String key : keys) {
            if (key.startsWith(prefix)) {
                int slash = key.indexOf('/', prefix.length());
                names.add(request.grouped() && slash >= 0 ? key.substring(0, slash + 1) : key);
            }
        }
        return List.copyOf(names.tailSet(request.after(), false));
    }

    static List<String> sorted(Collection<String> names) {
        return names.stream().sorted(BYTES).toList();
    }
}
