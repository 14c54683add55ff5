package dev.berth.registry.scan.adapter;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.internal.transport.BodyFailedException;
import dev.berth.registry.internal.transport.HttpTransport;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.transport.OutgoingBody;
import dev.berth.registry.internal.transport.OutgoingRequest;
import dev.berth.registry.internal.transport.TransportException;
import dev.berth.registry.scan.internal.json.JsonWriter;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.UnscannableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The requests of one scan. For one thread. */
final class AdapterCalls {
    private static final int LARGEST_ANSWER = 1024 * 1024;
    private static final int LARGEST_ERROR = 16 * 1024;
    private static final int LONGEST_ID = 512;
    private static final int LONGEST_MESSAGE = 300;
    private static final int SHORTEST_SECRET = 4;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private final AdapterSettings settings;
    private final HttpTransport transport;
    private final Optional<String> pull;
    private final Origin origin;

    /** @param pull with what the adapter pulls */
    AdapterCalls(AdapterSettings settings, HttpTransport transport, Optional<String> pull) {
        this.settings = settings;
        this.transport = transport;
        this.pull = pull;
        this.origin = Origin.of(settings.address());
    }

    /** What came of asking for a report. */
    sealed interface Polled {
        /** It is there. */
        record Made(ScanReport report) implements Polled {}

        /** It is being made. */
        record NotYet(Optional<Duration> refreshAfter) implements Polled {}

        /** The adapter did not answer this time. */
        record Away(RegistryException failure) implements Polled {}
    }

    AdapterMetadata metadata() {
        try (IncomingResponse response = exchange(
                "GET",
                "metadata",
                List.of(accept("application/json, "
                        + "application/vnd.scanner.adapter.metadata+json; version=1.1, "
                        + "application/vnd.scanner.adapter.metadata+json; version=1.0")),
                Optional.empty())) {
            if (response.status() != 200) {
                throw failure(response, "tell what it can do");
            }
            return AdapterMetadata.read(whole(response, "what it can do"));
        } catch (TransportException e) {
            throw unreachable(e);
        } catch (IOException e) {
            throw garbage("what it can do", e);
        }
    }

    /**
     * Requests a scan, and returns its id.
     *
     * @param typed whether the adapter knows that there are several types of scans
     */
    String request(RepositoryName repository, Manifest image, boolean typed, ReportType type)
            throws UnscannableException {
        byte[] body = body(repository, image, typed, type);
        List<Map.Entry<String, String>> headers = List.of(
                Map.entry(
                        "Content-Type",
                        "application/vnd.scanner.adapter.scan.request+json; version=" + (typed ? "1.1" : "1.0")),
                accept("application/vnd.scanner.adapter.scan.response+json; version=1.0, application/json"));
        try (IncomingResponse response = exchange("POST", "scan", headers, Optional.of(OutgoingBody.of(body)))) {
            if (response.status() == 501) {
                throw unscannable(response);
            }
            if (response.status() != 202 && response.status() != 200) {
                throw failure(response, "begin a scan");
            }
            JsonObject answer = JsonObject.root(StrictJson.parse(whole(response, "that it begins a scan")));
            String id = answer.requireString("id");
            if (id.length() > LONGEST_ID || id.equals(".") || id.equals("..")) {
                throw garbage("that it begins a scan", new IOException("its id is no part of an address"));
            }
            return id;
        } catch (TransportException e) {
            throw unreachable(e);
        } catch (MalformedJsonException e) {
            throw garbage("that it begins a scan", e);
        }
    }

    private byte[] body(RepositoryName repository, Manifest image, boolean typed, ReportType type) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            JsonWriter.write(
                    bytes,
                    json -> json.object(() -> {
                        json.object("registry", () -> {
                            json.text("url", settings.registry().toString());
                            json.text("authorization", pull);
                        });
                        json.object("artifact", () -> {
                            json.text("repository", repository.value());
                            json.text("digest", image.digest().toString());
                            json.text("mime_type", image.mediaType());
                        });
                        if (typed) {
                            json.list(
                                    "enabled_capabilities",
                                    () -> json.object(() -> {
                                        json.text("type", "vulnerability");
                                        json.texts("produces_mime_types", List.of(type.mediaType()));
                                    }));
                        }
                    }));
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    Polled poll(String id, ReportType type, Digest image, AdapterMetadata metadata) throws UnscannableException {
        String path = "scan/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20") + "/report";
        try (IncomingResponse response = exchange("GET", path, List.of(accept(type.mediaType())), Optional.empty())) {
            return switch (response.status()) {
                case 200 ->
                    new Polled.Made(AdapterReport.read(
                            new LimitedBody(response, settings.maxReportBytes()),
                            image,
                            metadata,
                            settings.clock().instant()));
                case 302 -> new Polled.NotYet(seconds(response, "Refresh-After"));
                case 404 ->
                    throw RegistryException.of(
                            ErrorCode.UNAVAILABLE, "The scanner at " + origin + " has forgotten the scan; begin again");
                case 429, 502, 503, 504 -> new Polled.Away(failure(response, "give the report"));
                case 501 -> throw unscannable(response);
                default -> throw failure(response, "make a report");
            };
        } catch (TransportException e) {
            if (e.isTransient()) {
                return new Polled.Away(unreachable(e));
            }
            throw unreachable(e);
        } catch (IOException e) {
            throw garbage("a report", e);
        }
    }

    private IncomingResponse exchange(
            String method, String path, List<Map.Entry<String, String>> headers, Optional<OutgoingBody> body)
            throws TransportException {
        List<Map.Entry<String, String>> all = new ArrayList<>(headers);
        settings.credentials().authorization().ifPresent(value -> all.add(Map.entry("Authorization", value)));
        String base = settings.address().toString();
        URI address = URI.create((base.endsWith("/") ? base : base + "/") + "api/v1/" + path);
        try {
            return transport.exchange(new OutgoingRequest(method, address, all, body));
        } catch (BodyFailedException e) {
            throw new IllegalStateException("The body of a request is in memory", e);
        }
    }

    private static Map.Entry<String, String> accept(String types) {
        return Map.entry("Accept", types);
    }

    private byte[] whole(IncomingResponse response, String what) throws TransportException {
        return response.readAll(LARGEST_ANSWER)
                .orElseThrow(() -> garbage(what, new IOException("it has more than " + LARGEST_ANSWER + " bytes")));
    }

    // What goes wrong

    private RegistryException unreachable(TransportException e) {
        return RegistryException.of(
                ErrorCode.UNAVAILABLE, "The scanner at " + origin + " could not be asked: " + e.sentence(), e);
    }

    private RegistryException garbage(String what, Exception e) {
        return RegistryException.of(
                ErrorCode.UNAVAILABLE,
                "What the scanner at " + origin + " says about " + what + " cannot be read: "
                        + shown(String.valueOf(e.getMessage())),
                e);
    }

    private UnscannableException unscannable(IncomingResponse response) {
        return new UnscannableException("The scanner at " + origin + " cannot scan this image" + message(response));
    }

    private RegistryException failure(IncomingResponse response, String what) {
        int status = response.status();
        String sentence = "The scanner at " + origin + " did not " + what + ": status " + status;
        if (status == 401 || status == 403) {
            return RegistryException.of(
                    ErrorCode.UNAVAILABLE, sentence + ": it does not accept the credentials for it; check them");
        }
        RegistryException.Builder failure =
                RegistryException.builder(RegistryError.of(ErrorCode.UNAVAILABLE, sentence + message(response)));
        seconds(response, "Retry-After").ifPresent(failure::retryAfter);
        return failure.build();
    }

    private static Optional<Duration> seconds(IncomingResponse response, String header) {
        return response.header(header)
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /** Returns what an adapter says about an error, as the end of a sentence. */
    private String message(IncomingResponse response) {
        try {
            Optional<byte[]> body = response.readAll(LARGEST_ERROR);
            if (body.isEmpty() || body.get().length == 0) {
                return "";
            }
            return JsonObject.root(StrictJson.parse(body.get()))
                    .object("error")
                    .flatMap(error -> error.string("message"))
                    .filter(text -> !text.isEmpty())
                    .map(text -> ": " + shown(text))
                    .orElse("");
        } catch (TransportException | MalformedJsonException e) {
            return "";
        }
    }

    /** Adapters are known to repeat what they were sent. */
    private String shown(String text) {
        List<String> secrets = new ArrayList<>(settings.credentials().secrets());
        pull.ifPresent(value -> {
            String secret = value.substring(value.indexOf(' ') + 1).strip();
            secrets.add(secret);
            password(secret).ifPresent(secrets::add);
        });
        boolean repeats = secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .anyMatch(text::contains);
        return repeats ? "(not shown, since it has credentials)" : JsonObject.printable(text, LONGEST_MESSAGE);
    }

    private static Optional<String> password(String basic) {
        try {
            String decoded = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(decoded.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
