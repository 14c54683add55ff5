package dev.berth.registry.scan.accepted;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An allow-list: which findings do not count, and why. Immutable and thread-safe.
 *
 * <pre>{@code
 * Acceptances accepted = Acceptances.read(Files.readAllBytes(Path.of("accepted.json")));
 * JudgedReport judged = accepted.judge(report, repository, Set.of(), Instant.now());
 * judged.open().forEach(finding -> System.out.println(finding.id()));
 * }</pre>
 *
 * <p>A file of its own is JSON: {@code {"accepted": […]}}, where each entry has {@code id} (or {@code ids}) and {@code reason}, and
 * may have {@code package}, {@code repository}, {@code image}, {@code status} ({@code accepted} if there is none), {@code by},
 * {@code since} and {@code expires}: a time such as {@code 2027-01-31T12:00:00Z}, or a day such as {@code 2027-01-31}, through the
 * end of which it stands, in UTC. A field that is not known is an error, since the entry could be meant for less than it says.
 *
 * <p>Of OpenVEX and of VEX in CycloneDX, statements about products that are no images and no packages have no effect; the
 * {@link #notes} name them.
 *
 * @since 0.1
 */
public final class Acceptances {
    private static final int LARGEST = 16 * 1024 * 1024;
    private static final Acceptances NONE = new Acceptances(List.of(), List.of());

    private final List<Acceptance> entries;
    private final List<String> notes;
    private final Map<String, List<Acceptance>> byId = new HashMap<>();

    private Acceptances(List<Acceptance> entries, List<String> notes) {
        this.entries = List.copyOf(entries);
        this.notes = List.copyOf(notes);
        for (Acceptance entry : entries) {
            Set<String> keys = new HashSet<>();
            entry.ids().forEach(id -> keys.add(key(id)));
            keys.forEach(
                    key -> byId.computeIfAbsent(key, id -> new ArrayList<>()).add(entry));
        }
    }

    /** Returns the list with nothing in it. */
    public static Acceptances none() {
        return NONE;
    }

    /** Returns a list of these entries. */
    public static Acceptances of(List<Acceptance> entries) {
        return new Acceptances(entries, List.of());
    }

    static Acceptances of(List<Acceptance> entries, List<String> notes) {
        return new Acceptances(entries, notes);
    }

    /**
     * Reads a list: a file of its own, OpenVEX, or CycloneDX, whichever it is. At most 16 MiB.
     *
     * @param json the document in UTF-8
     * @throws IllegalArgumentException if it is none of these; the message names the field
     */
    public static Acceptances read(byte[] json) {
        if (json.length > LARGEST) {
            throw new IllegalArgumentException("A list of accepted findings has at most " + LARGEST + " bytes, not "
                    + json.length + "; divide it into several files");
        }
        try {
            JsonObject root = JsonObject.root(StrictJson.parse(json));
            if (root.has("accepted")) {
                return AcceptedFile.read(root);
            }
            if (root.has("bomFormat")) {
                return CycloneDxVex.read(root);
            }
            if (root.has("@context")) {
                return OpenVexFile.read(root);
            }
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException("The list of accepted findings is malformed: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("This is no list of accepted findings: it has neither \"accepted\", nor the"
                + " @context of OpenVEX, nor the bomFormat of CycloneDX");
    }

    /** Returns a list with the entries of both. */
    public Acceptances and(Acceptances other) {
        return new Acceptances(
                Stream.concat(entries.stream(), other.entries.stream()).toList(),
                Stream.concat(notes.stream(), other.notes.stream()).toList());
    }

    /** Returns the entries, in their order. */
    public List<Acceptance> entries() {
        return entries;
    }

    /** Returns what was read and has no effect: sentences for people. */
    public List<String> notes() {
        return notes;
    }

    /** Returns the entries that have no effect any more. */
    public List<Acceptance> expired(Instant now) {
        return entries.stream().filter(entry -> entry.isExpired(now)).toList();
    }

    /**
     * Divides the findings of a report.
     *
     * @param repository the repository of the image
     * @param indexes the digests of the indexes that list the image: an entry for one of them is for the image, too
     * @param now the time by which entries have expired
     */
    public JudgedReport judge(ScanReport report, RepositoryName repository, Set<Digest> indexes, Instant now) {
        Objects.requireNonNull(repository, "repository");
        Set<Digest> images = new HashSet<>(indexes);
        images.add(report.image());
        List<Finding> open = new ArrayList<>();
        List<AcceptedFinding> accepted = new ArrayList<>();
        Set<Acceptance> expired = new LinkedHashSet<>();
        for (Finding finding : report.findings()) {
            List<Acceptance> standing = new ArrayList<>();
            for (Acceptance entry : about(finding, repository, images)) {
                if (entry.isExpired(now)) {
                    expired.add(entry);
                } else {
                    standing.add(entry);
                }
            }
            Optional<Acceptance> settling = settling(standing);
            if (settling.isPresent()) {
                accepted.add(new AcceptedFinding(finding, settling.get()));
            } else {
                open.add(finding);
            }
        }
        return new JudgedReport(report, repository, open, accepted, List.copyOf(expired));
    }

    private Set<Acceptance> about(Finding finding, RepositoryName repository, Collection<Digest> images) {
        Set<Acceptance> about = new LinkedHashSet<>();
        Stream.concat(Stream.of(finding.id()), finding.aliases().stream())
                .map(Acceptances::key)
                .distinct()
                .flatMap(key -> byId.getOrDefault(key, List.of()).stream())
                .filter(entry -> entry.concerns(finding, repository, images))
                .forEach(about::add);
        return about;
    }

    /** A decision stands. Of claims, the newest counts; of two that are as new, the one that asks for attention. */
    private static Optional<Acceptance> settling(List<Acceptance> entries) {
        Optional<Acceptance> decision = entries.stream()
                .filter(entry -> entry.status() == Status.ACCEPTED)
                .findFirst();
        return decision.or(() -> entries.stream()
                .max(Comparator.comparing((Acceptance entry) -> entry.since().orElse(Instant.MIN))
                        .thenComparing(entry -> !entry.status().settles()))
                .filter(entry -> entry.status().settles()));
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    /** Returns the number of entries. */
    @Override
    public String toString() {
        return "Acceptances[" + entries.size() + " entries]";
    }
}
