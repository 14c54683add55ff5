package dev.berth.registry.scan.adapter;

import dev.berth.registry.Digest;
import dev.berth.registry.scan.internal.json.JsonReader;
import dev.berth.registry.scan.internal.json.MalformedDocumentException;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the report of an adapter. What strangers have written in it is cut to lengths that are of use. */
final class AdapterReport {
    private static final long MOST_TOKENS = 20_000_000;
    private static final int MOST_FINDINGS = 100_000;
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_SUMMARY = 2_000;
    private static final int LONGEST_LINK = 1_000;
    private static final int MOST_LINKS = 20;

    private final Map<String, String> scanner = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private Optional<String> digest = Optional.empty();
    private Optional<Instant> generated = Optional.empty();
    private boolean tooMany;

    private AdapterReport() {}

    /**
     * Reads a report.
     *
     * @throws MalformedDocumentException if it is none, or about another image
     */
    static ScanReport read(InputStream in, Digest image, AdapterMetadata metadata, Instant now) throws IOException {
        AdapterReport report = new AdapterReport();
        JsonReader.read(in, MOST_TOKENS, report::document);
        if (report.digest.isPresent() && !report.digest.get().equals(image.toString())) {
            throw new MalformedDocumentException("it is about another image");
        }
        return new ScanReport(
                image,
                report.scanner.isEmpty() ? metadata.scanner() : ScannerName.of(report.scanner),
                report.generated.filter(time -> !time.isAfter(now)).orElse(now),
                metadata.databaseUpdated(),
                report.findings,
                report.tooMany
                        ? List.of("The scanner has found more than " + MOST_FINDINGS + " things; the rest was left out")
                        : List.of());
    }

    private void document(JsonReader json) throws IOException {
        if (!json.isObject()) {
            throw new MalformedDocumentException("it is no object");
        }
        json.object(name -> {
            switch (name) {
                case "generated_at" -> generated = json.text().flatMap(AdapterMetadata::time);
                case "artifact" ->
                    json.object(field -> {
                        if (field.equals("digest")) {
                            digest = json.text().filter(text -> !text.isEmpty());
                        } else {
                            json.skip();
                        }
                    });
                case "scanner" -> json.object(field -> json.textIfAny().ifPresent(text -> scanner.put(field, text)));
                case "vulnerabilities" -> json.list(element -> add(item(element)));
                default -> json.skip();
            }
        });
    }

    private void add(Finding finding) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        } else {
            tooMany = true;
        }
    }

    private static Finding item(JsonReader json) throws IOException {
        Map<String, String> texts = new HashMap<>();
        List<String> links = new ArrayList<>();
        json.object(name -> {
            switch (name) {
                case "id", "package", "version", "fix_version", "severity", "description" ->
                    json.text().ifPresent(text -> texts.put(name, text));
                case "links" -> links.addAll(json.texts());
                case "preferred_cvss" ->
                    json.object(field -> {
                        if (field.equals("vector_v3")) {
                            json.text().ifPresent(text -> texts.put("vector", text));
                        } else {
                            json.skip();
                        }
                    });
                default -> json.skip();
            }
        });
        String id = texts.getOrDefault("id", "").strip();
        if (id.isEmpty()) {
            throw new MalformedDocumentException("something that was found has no id");
        }
        return new Finding(
                cut(id, LONGEST_NAME),
                List.of(),
                cut(texts.getOrDefault("package", ""), LONGEST_NAME),
                cut(texts.getOrDefault("version", ""), LONGEST_NAME),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                text(texts, "fix_version"),
                severity(texts.getOrDefault("severity", "")),
                text(texts, "vector"),
                cut(texts.getOrDefault("description", "").strip(), LONGEST_SUMMARY),
                links.stream()
                        .filter(AdapterReport::isLink)
                        .distinct()
                        .limit(MOST_LINKS)
                        .toList());
    }

    private static Optional<String> text(Map<String, String> texts, String name) {
        return Optional.ofNullable(texts.get(name))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> cut(text, LONGEST_NAME));
    }

    /** A page may show it as a link. */
    private static boolean isLink(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return text.length() <= LONGEST_LINK && (lower.startsWith("https://") || lower.startsWith("http://"));
    }

    private static Severity severity(String text) {
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "NEGLIGIBLE" -> Severity.NEGLIGIBLE;
            case "LOW" -> Severity.LOW;
            case "MEDIUM" -> Severity.MEDIUM;
            case "HIGH" -> Severity.HIGH;
            case "CRITICAL" -> Severity.CRITICAL;
            default -> Severity.UNKNOWN;
        };
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }
}
