package dev.berth.registry.scan.sarif;

import dev.berth.registry.Digest;
import dev.berth.registry.scan.accepted.Acceptance;
import dev.berth.registry.scan.accepted.AcceptedFinding;
import dev.berth.registry.scan.accepted.JudgedReport;
import dev.berth.registry.scan.internal.json.JsonWriter;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes reports as SARIF 2.1.0: a rule for each CVE or advisory, a result for each finding. A finding that is accepted is a result
 * that is suppressed, with the reason. The same report gives the same bytes.
 *
 * <p>A result is in the file of the image that names the package, relative to {@code IMAGE}, which is the image. Its level is
 * {@code error} from high severity on, {@code warning} for medium, otherwise {@code note}. {@code security-severity}, by which
 * sites sort, is the lowest number of the range that the severity has in CVSS.
 *
 * <p>All methods are thread-safe.
 *
 * @since 0.1
 */
public final class SarifReport {
    private static final int LONGEST_TEXT = 4000;
    private static final String NOWHERE = "unknown";

    private final JsonWriter json;
    private final ScanReport report;
    private final String image;
    private final Map<Finding, Acceptance> accepted = new LinkedHashMap<>();
    private final Map<String, Integer> rules = new LinkedHashMap<>();

    private SarifReport(JsonWriter json, ScanReport report, String image, List<AcceptedFinding> accepted) {
        this.json = json;
        this.report = report;
        this.image = image;
        accepted.forEach(one -> this.accepted.put(one.finding(), one.acceptance()));
        report.findings().forEach(finding -> rules.putIfAbsent(finding.id(), rules.size()));
    }

    /**
     * Writes a report in UTF-8 to a stream, which stays open.
     *
     * @param image the image as people call it, such as {@code registry.example/team/app:1.0}
     * @throws IOException if the stream fails
     */
    public static void write(ScanReport report, String image, OutputStream out) throws IOException {
        write(report, image, List.of(), out);
    }

    /**
     * Writes a report whose findings are divided by an allow-list.
     *
     * @param image the image as people call it, such as {@code registry.example/team/app:1.0}
     * @throws IOException if the stream fails
     */
    public static void write(JudgedReport judged, String image, OutputStream out) throws IOException {
        write(judged.report(), image, judged.accepted(), out);
    }

    private static void write(ScanReport report, String image, List<AcceptedFinding> accepted, OutputStream out)
            throws IOException {
        Objects.requireNonNull(image, "image");
        JsonWriter.write(out, json -> new SarifReport(json, report, image, accepted).document());
    }

    private void document() throws IOException {
        json.object(() -> {
            json.text("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.text("version", "2.1.0");
            json.list("runs", () -> json.object(this::run));
        });
    }

    private void run() throws IOException {
        json.object(
                "tool",
                () -> json.object("driver", () -> {
                    json.text("name", report.scanner());
                    json.list("rules", this::rules);
                }));
        json.object(
                "originalUriBaseIds",
                () -> json.object(
                        "IMAGE",
                        () -> json.object(
                                "description",
                                () -> json.text("text", "The files of " + image + ", " + report.image()))));
        json.list(
                "invocations",
                () -> json.object(() -> {
                    json.flag("executionSuccessful", true);
                    json.text("endTimeUtc", report.scannedAt().toString());
                    json.list("toolExecutionNotifications", () -> {
                        for (String gap : report.gaps()) {
                            json.object(() -> {
                                json.text("level", "warning");
                                message(gap);
                            });
                        }
                    });
                }));
        json.list("results", () -> {
            for (Finding finding : report.findings()) {
                json.object(() -> result(finding));
            }
        });
        json.text("columnKind", "utf16CodeUnits");
        json.object("properties", () -> {
            json.text("image", image);
            json.text("digest", report.image().toString());
        });
    }

    private void rules() throws IOException {
        Map<String, Finding> worst = new LinkedHashMap<>();
        report.findings().forEach(finding -> worst.putIfAbsent(finding.id(), finding));
        for (Finding finding : worst.values()) {
            json.object(() -> rule(finding));
        }
    }

    private void rule(Finding finding) throws IOException {
        String summary = finding.summary().isBlank() ? finding.id() : finding.summary();
        json.text("id", finding.id());
        json.text("name", finding.id());
        json.object("shortDescription", () -> json.text("text", cut(summary)));
        json.object("help", () -> json.text("text", cut(help(finding, summary))));
        json.text(
                "helpUri",
                finding.links().stream().filter(SarifReport::isAddress).findFirst());
        json.object("defaultConfiguration", () -> json.text("level", level(finding.severity())));
        json.object("properties", () -> {
            json.text("security-severity", number(finding.severity()));
            json.text("severity", finding.severity().name().toLowerCase(Locale.ROOT));
            json.text("vector", finding.vector());
            json.texts("aliases", finding.aliases());
            json.texts("tags", List.of("security", "vulnerability"));
        });
    }

    private static String help(Finding finding, String summary) {
        StringBuilder help = new StringBuilder(summary);
        finding.links().forEach(link -> help.append('\n').append(link));
        return help.toString();
    }

    private void result(Finding finding) throws IOException {
        json.text("ruleId", finding.id());
        json.number("ruleIndex", rules.getOrDefault(finding.id(), -1));
        json.text("level", level(finding.severity()));
        message(text(finding));
        json.list(
                "locations",
                () -> json.object(() -> {
                    json.object(
                            "physicalLocation",
                            () -> json.object("artifactLocation", () -> {
                                json.text(
                                        "uri",
                                        finding.path()
                                                .filter(path -> !path.isEmpty())
                                                .map(SarifReport::uri)
                                                .orElse(NOWHERE));
                                json.text("uriBaseId", "IMAGE");
                            }));
                    json.list(
                            "logicalLocations",
                            () -> json.object(() -> {
                                json.text("name", finding.packageName());
                                json.text(
                                        "fullyQualifiedName",
                                        finding.packageUrl().orElse(finding.packageName() + "@" + finding.version()));
                                json.text("kind", "package");
                            }));
                }));
        json.object(
                "partialFingerprints",
                () -> json.text("finding/v1", Digest.sha256(identity(finding)).hex()));
        Optional<Acceptance> acceptance = Optional.ofNullable(accepted.get(finding));
        if (acceptance.isPresent()) {
            json.list(
                    "suppressions",
                    () -> json.object(() -> {
                        json.text("kind", "external");
                        json.text("status", "accepted");
                        json.text("justification", justification(acceptance.get()));
                    }));
        }
        json.object("properties", () -> {
            json.text("package", finding.packageName());
            json.text("version", finding.version());
            json.text("fixedVersion", finding.fixedVersion());
            json.text("layer", finding.layer().map(Digest::toString));
        });
    }

    private static String text(Finding finding) {
        String begin = finding.packageName() + " " + finding.version() + " has " + finding.id()
                + (finding.summary().isBlank() ? "" : ": " + finding.summary());
        String fix = finding.fixedVersion()
                .map(version -> " Update it to " + version + ".")
                .orElse(" There is no version without it.");
        return cut(begin) + (begin.endsWith(".") ? "" : ".") + fix;
    }

    private static String justification(Acceptance acceptance) {
        return acceptance.status().id()
                + (acceptance.by().isEmpty() ? "" : " by " + acceptance.by())
                + acceptance.expires().map(end -> " until " + end).orElse("")
                + ": " + acceptance.reason();
    }

    /** What stays the same when the image is built again, so that a finding is known again. */
    private static byte[] identity(Finding finding) {
        return (finding.id() + "\n" + finding.packageName() + "\n"
                        + finding.path().orElse(""))
                .getBytes(StandardCharsets.UTF_8);
    }

    private void message(String text) throws IOException {
        json.object("message", () -> json.text("text", text));
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW, NEGLIGIBLE, UNKNOWN -> "note";
        };
    }

    private static String number(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "9.0";
            case HIGH -> "7.0";
            case MEDIUM -> "4.0";
            case LOW -> "0.1";
            case NEGLIGIBLE, UNKNOWN -> "0.0";
        };
    }

    private static boolean isAddress(String link) {
        return link.matches("https?://[A-Za-z0-9./?&=_~%#:@!$'()*+,;-]{1,2000}");
    }

    /** Writes a path of a stranger as a relative reference, in which nothing has a meaning but the slashes. */
    private static String uri(String path) {
        StringBuilder uri = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x7f && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0);
            uri.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        int begin = 0;
        while (begin < uri.length() && uri.charAt(begin) == '/') {
            begin++;
        }
        return begin == uri.length() ? NOWHERE : uri.substring(begin);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
