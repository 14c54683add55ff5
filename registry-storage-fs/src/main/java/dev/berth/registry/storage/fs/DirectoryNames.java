package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.Utf8Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The names of a directory in the order of listings, or a window of them: all that follow a certain name, up to the
 * last one here. Directories end with a slash. Packed, since there may be 100,000. Immutable.
 */
final class DirectoryNames {
    static final DirectoryNames NONE = new DirectoryNames("", true, List.of());

    private final String begin;
    private final boolean complete;
    private final byte[] bytes;
    private final int[] ends;

    /**
     * Packs names.
     *
     * @param begin the name after which the window begins, or nothing
     * @param complete whether there are no names after the last one
     * @param sorted the names in their order; of equal ones, one is taken
     */
    DirectoryNames(String begin, boolean complete, List<String> sorted) {
        this.begin = begin;
        this.complete = complete;
        List<byte[]> parts = new ArrayList<>(sorted.size());
        String previous = "";
        int length = 0;
        for (String name : sorted) {
            if (!name.equals(previous)) {
                byte[] part = name.getBytes(StandardCharsets.UTF_8);
                parts.add(part);
                length += part.length;
            }
            previous = name;
        }
        this.bytes = new byte[length];
        this.ends = new int[parts.size()];
        int end = 0;
        for (int i = 0; i < ends.length; i++) {
            byte[] part = parts.get(i);
            System.arraycopy(part, 0, bytes, end, part.length);
            end += part.length;
            ends[i] = end;
        }
    }

    int size() {
        return ends.length;
    }

    String name(int index) {
        int start = start(index);
        return new String(bytes, start, ends[index] - start, StandardCharsets.UTF_8);
    }

    /** Whether there are no names after the last one here. */
    boolean isComplete() {
        return complete;
    }

    /** Whether all names of the directory are here. */
    boolean isWhole() {
        return complete && begin.isEmpty();
    }

    /** Whether all names after this one are here, or at least the next of them. */
    boolean covers(String after) {
        return Utf8Order.compare(begin, after) <= 0 && (complete || indexBehind(after) < size());
    }

    /** Returns the index of the first name after this one. */
    int indexBehind(String name) {
        int index = search(name);
        return index >= 0 ? index + 1 : -index - 1;
    }

    /** How much memory this takes, roughly. */
    long weight() {
        return 200L + bytes.length + 4L * ends.length;
    }

    private int search(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        int low = 0;
        int high = ends.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(bytes, start(middle), ends[middle], wanted, 0, wanted.length);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }
}
