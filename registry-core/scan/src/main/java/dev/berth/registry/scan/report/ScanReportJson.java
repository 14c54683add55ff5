package dev.berth.registry.scan.report;

import dev.berth.registry.Digest;
import dev.berth.registry.scan.internal.json.JsonReader;
import dev.berth.registry.scan.internal.json.JsonWriter;
import dev.berth.registry.scan.internal.json.MalformedDocumentException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reports of scans as JSON: the form in which they are kept, and in which other programs read them.
 *
 * <pre>
 * {
 *   "format": 1,
 *   "image": "sha256:…",
 *   "scanner": "Berth 0.1",
 *   "scannedAt": "2026-11-28T01:00:00Z",
 *   "advisoriesAsOf": "2026-11-27T00:00:00Z",
 *   "findings": [
 *     {
 *       "id": "CVE-2026-0001", "aliases": ["GHSA-…"], "severity": "high", "vector": "CVSS:3.1/…",
 *       "package": "openssl", "version": "3.0.1", "packageUrl": "pkg:deb/…",
 *       "path": "var/lib/dpkg/status", "layer": "sha256:…", "fixedVersion": "3.0.2",
 *       "summary": "…", "links": ["https://…"]
 *     }
 *   ],
 *   "gaps": []
 * }
 * </pre>
 *
 * <p>What a report does not say is left out, and not {@code null}. Times are those of ISO 8601 in UTC. Severities are the names
 * of {@link Severity} in lower case. The same report gives the same bytes. More fields may be added: readers ignore those that
 * they do not know. If a field ever changes its meaning, {@code format} is a higher number. The fields may stand in any order.
 *
 * <p>All methods are thread-safe.
 *
 * @since 0.1
 */
public final class ScanReportJson {
    private static final int FORMAT = 1;

    /** Of a report with a million findings. */
    private static final long MOST_TOKENS = 50_000_000;

    private ScanReportJson() {}

    /** Returns a report as JSON in UTF-8. */
    public static byte[] write(ScanReport report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(report, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Writes a report as JSON in UTF-8 to a stream, which stays open.
     *
     * @throws IOException if the stream fails
     */
    public static void write(ScanReport report, OutputStream out) throws IOException {
        JsonWriter.write(
                out,
                json -> json.object(() -> {
                    json.number("format", FORMAT);
                    json.text("image", report.image().toString());
                    json.text("scanner", report.scanner());
                    json.text("scannedAt", report.scannedAt().toString());
                    json.text("advisoriesAsOf", report.advisoriesAsOf().map(Instant::toString));
                    json.list("findings", () -> {
                        for (Finding finding : report.findings()) {
                            json.object(() -> write(finding, json));
                        }
                    });
                    json.texts("gaps", report.gaps());
                }));
    }

    private static void write(Finding finding, JsonWriter json) throws IOException {
        json.text("id", finding.id());
        json.texts("aliases", finding.aliases());
        json.text("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        json.text("vector", finding.vector());
        json.text("package", finding.packageName());
        json.text("version", finding.version());
        json.text("packageUrl", finding.packageUrl());
        json.text("path", finding.path());
        json.text("layer", finding.layer().map(Digest::toString));
        json.text("fixedVersion", finding.fixedVersion());
        json.text("summary", finding.summary());
        json.texts("links", finding.links());
    }

    /**
     * Reads a report.
     *
     * @throws IllegalArgumentException if it is no report, or one of a newer format; the message says what is wrong
     */
    public static ScanReport read(byte[] json) {
        try {
            return read(new ByteArrayInputStream(json));
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory failed", e);
        }
    }

    /**
     * Reads a report from a stream, and closes it.
     *
     * @throws IllegalArgumentException as {@link #read(byte[])}
     * @throws IOException if the stream fails
     */
    public static ScanReport read(InputStream in) throws IOException {
        Reading reading = new Reading();
        try {
            JsonReader.read(in, MOST_TOKENS, reading::document);
        } catch (MalformedDocumentException e) {
            throw new IllegalArgumentException("This is no report of a scan: " + e.getMessage(), e);
        }
        return reading.report();
    }

    /** Reads one report. */
    private static final class Reading {
        private final Set<String> there = new HashSet<>();
        private final List<Finding> findings = new ArrayList<>();
        private @Nullable Digest image;
        private String scanner = "";
        private @Nullable Instant scannedAt;
        private @Nullable Instant advisoriesAsOf;
        private List<String> gaps = List.of();

        void document(JsonReader json) throws IOException {
            json.object(name -> {
                switch (name) {
                    case "format" -> format(json);
                    case "image" -> image = parsed(json, Digest::parse);
                    case "scanner" -> scanner = json.requireText();
                    case "scannedAt" -> scannedAt = parsed(json, Instant::parse);
                    case "advisoriesAsOf" -> advisoriesAsOf = parsed(json, Instant::parse);
                    case "findings" -> json.list(this::finding);
                    case "gaps" -> gaps = json.texts();
                    default -> json.skip();
                }
                there.add(name);
            });
            for (String required : List.of("format", "image", "scanner", "scannedAt", "findings")) {
                if (!there.contains(required)) {
                    throw json.malformed("'" + required + "' is missing");
                }
            }
        }

        ScanReport report() {
            if (image == null || scannedAt == null) {
                throw new IllegalStateException("The document was not read");
            }
            return new ScanReport(image, scanner, scannedAt, Optional.ofNullable(advisoriesAsOf), findings, gaps);
        }

        private static void format(JsonReader json) throws IOException {
            long format = json.number();
            if (format != FORMAT) {
                throw json.malformed("this version reads format " + FORMAT + ", not " + format);
            }
        }

        private void finding(JsonReader json) throws IOException {
            FindingFields fields = new FindingFields();
            json.object(name -> fields.read(name, json));
            findings.add(fields.finding(json));
        }
    }

    /** Reads one finding. */
    private static final class FindingFields {
        private String id = "";
        private List<String> aliases = List.of();
        private String packageName = "";
        private String version = "";
        private Optional<String> packageUrl = Optional.empty();
        private Optional<String> path = Optional.empty();
        private @Nullable Digest layer;
        private Optional<String> fixedVersion = Optional.empty();
        private Severity severity = Severity.UNKNOWN;
        private Optional<String> vector = Optional.empty();
        private String summary = "";
        private List<String> links = List.of();

        void read(String name, JsonReader json) throws IOException {
            switch (name) {
                case "id" -> id = json.requireText();
                case "aliases" -> aliases = json.texts();
                case "severity" -> severity = parsed(json, text -> Severity.valueOf(text.toUpperCase(Locale.ROOT)));
                case "vector" -> vector = json.text();
                case "package" -> packageName = json.requireText();
                case "version" -> version = json.requireText();
                case "packageUrl" -> packageUrl = json.text();
                case "path" -> path = json.text();
                case "layer" -> layer = parsed(json, Digest::parse);
                case "fixedVersion" -> fixedVersion = json.text();
                case "summary" -> summary = json.text().orElse("");
                case "links" -> links = json.texts();
                default -> json.skip();
            }
        }

        Finding finding(JsonReader json) throws IOException {
            if (id.isEmpty() || packageName.isEmpty()) {
                throw json.malformed("a finding needs an id and a package");
            }
            return new Finding(
                    id,
                    aliases,
                    packageName,
                    version,
                    packageUrl,
                    path,
                    Optional.ofNullable(layer),
                    fixedVersion,
                    severity,
                    vector,
                    summary,
                    links);
        }
    }

    private static <T> T parsed(JsonReader json, Function<String, T> parser) throws IOException {
        String text = json.requireText();
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw json.malformed("has a value that is not understood");
        }
    }
}
