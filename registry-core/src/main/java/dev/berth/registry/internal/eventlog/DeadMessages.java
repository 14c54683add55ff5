package dev.berth.registry.internal.eventlog;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Messages to one receiver that were given up, in {@code _berth/events/dead/<receiver>/}, an object for each, in the order
 * of time. Thread-safe.
 */
public final class DeadMessages {
    private static final Pattern LINE = Pattern.compile("berth-dead 1 (\\d{1,9}) (\\d{1,15}) (.*)");
    private static final Pattern GRAMMAR = Pattern.compile("\\d{19}-[0-9a-f]{16}");
    private static final int LONGEST_REASON = 300;

    private final ObjectStore store;
    private final KeyPrefix prefix;
    private final HybridClock names;

    /** Creates a view of those of a receiver, which ascend in the order in which it adds them. */
    public DeadMessages(ObjectStore store, String receiver, InstantSource clock) {
        this.store = store;
        this.names = new HybridClock(clock);
        this.prefix = ReceiverKeys.of(ReceiverKeys.DEAD, receiver);
    }

    /**
     * A message that was given up.
     *
     * @param attempts how often it was sent, as far as the last node knows
     */
    public record Dead(String name, QueuedMessage message, String reason, int attempts, Instant when) {}

    /** Adds a message. */
    public void add(QueuedMessage message, String reason, int attempts, Instant now) throws IOException {
        String name = String.format(
                Locale.ROOT,
                "%019d-%016x",
                names.next(),
                ThreadLocalRandom.current().nextLong());
        byte[] line = ("berth-dead 1 " + attempts + " " + Math.max(0, now.toEpochMilli()) + " " + oneLine(reason)
                        + "\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] rest = QueueText.write(List.of(message));
        byte[] content = Arrays.copyOf(line, line.length + rest.length);
        System.arraycopy(rest, 0, content, line.length, rest.length);
        store.put(prefix.key(name), content, PutCondition.always());
    }

    private static String oneLine(String reason) {
        String cut = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
        return cut.replaceAll("\\p{Cntrl}", " ");
    }

    /** Returns names after this one, or from the first: the oldest. */
    public ListPage names(Optional<String> after, int limit) throws IOException {
        ListRequest request = ListRequest.tree(prefix).limit(limit);
        ListPage page =
                store.list(after.map(name -> request.after(prefix + name)).orElse(request));
        int hidden = prefix.value().length();
        return new ListPage(
                page.names().stream().map(name -> name.substring(hidden)).toList(), page.last());
    }

    /** Returns all names: the oldest first. */
    public List<String> names() throws IOException {
        List<String> all = new ArrayList<>();
        ListPage page = names(Optional.empty(), ListRequest.DEFAULT_LIMIT);
        all.addAll(page.names());
        while (!page.last()) {
            page = names(Optional.of(all.get(all.size() - 1)), ListRequest.DEFAULT_LIMIT);
            all.addAll(page.names());
        }
        return all;
    }

    /** Returns when a message of this name was given up. */
    public static Instant time(String name) {
        return GRAMMAR.matcher(name).matches()
                ? Instant.EPOCH.plusNanos(Long.parseLong(name.substring(0, name.indexOf('-'))))
                : Instant.EPOCH;
    }

    /** Returns a message, or empty if there is none of this name. */
    public Optional<Dead> read(String name) throws IOException, UnreadableException {
        if (!GRAMMAR.matcher(name).matches()) {
            return Optional.empty();
        }
        Optional<byte[]> found = WholeObject.read(store, prefix.key(name));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        byte[] content = found.get();
        int end = 0;
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        Matcher line = LINE.matcher(new String(content, 0, end, StandardCharsets.UTF_8));
        if (end == content.length || !line.matches()) {
            throw new UnreadableException("it does not begin as version 1 does");
        }
        List<QueuedMessage> messages = QueueText.read(Arrays.copyOfRange(content, end + 1, content.length));
        if (messages.size() != 1) {
            throw new UnreadableException("it has " + messages.size() + " messages");
        }
        return Optional.of(new Dead(
                name,
                messages.get(0),
                line.group(3),
                Integer.parseInt(line.group(1)),
                Instant.ofEpochMilli(Long.parseLong(line.group(2)))));
    }

    /** Deletes messages. */
    public void delete(Collection<String> names) throws IOException {
        ObjectBatch.Builder batch = ObjectBatch.builder();
        names.forEach(name -> batch.delete(prefix.key(name)));
        store.apply(batch.build());
    }
}
