package dev.berth.examples.standalone.accounts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.Text;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Manages a registry that runs, over HTTP. */
final class OverHttp implements Management {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LARGEST_ANSWER = 16 << 20;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final ManagedPart part;
    private final String host;
    private final URI address;
    private final HttpClient client;
    private final @Nullable String authorization;

    /**
     * @param part what is managed
     * @param host host and port, for messages
     * @param address the scheme, host and port
     * @param authorization the header field, or null for none
     */
    OverHttp(ManagedPart part, String host, URI address, HttpClient client, @Nullable String authorization) {
        this.part = part;
        this.host = host;
        this.address = address;
        this.client = client;
        this.authorization = authorization;
    }

    @Override
    public JsonNode call(String method, String path, JsonNode body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(part.path() + path))
                .timeout(LONGEST_WAIT)
                .header("User-Agent", "berth")
                .method(
                        method,
                        body.isMissingNode()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)));
        if (!body.isMissingNode()) {
            request.header("Content-Type", "application/json");
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        HttpResponse<InputStream> response = send(client, request.build(), host);
        JsonNode content = content(response);
        if (response.statusCode() / 100 == 2) {
            return content;
        }
        throw refused(response.statusCode(), content);
    }

    /** Sends a request; the failures of the network name the registry. */
    static HttpResponse<InputStream> send(HttpClient client, HttpRequest request, String host) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("The call to " + host + " was interrupted.");
        } catch (IOException e) {
            throw new CommandException("The registry " + host + " cannot be reached: " + reason(e) + ".");
        }
    }

    private static String reason(IOException e) {
        Throwable cause = e;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null
                ? e instanceof ConnectException ? "connection refused" : "the connection failed"
                : cause.getMessage();
    }

    static JsonNode content(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(LARGEST_ANSWER);
            return bytes.length == 0 ? MissingNode.getInstance() : MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private RegistryException refused(int status, JsonNode content) {
        String message = StreamSupport.stream(content.path("errors").spliterator(), false)
                .map(error -> error.path("message").asText())
                .filter(text -> !text.isBlank())
                .map(Text::printable)
                .collect(Collectors.joining("; "));
        ErrorCode code = code(content.path("errors").path(0).path("code").asText());
        if (message.isEmpty() || status == 404 && message.contains("/v2/")) {
            return RegistryException.of(
                    ErrorCode.UNSUPPORTED, "The registry " + host + " answers " + status + ": " + part.missing());
        }
        if (status == 401) {
            return RegistryException.of(
                    code,
                    authorization == null
                            ? "The registry " + host
                                    + " wants to know who you are: name yourself with --user, or log in"
                                    + " with 'docker login " + host + "'"
                            : "The registry " + host + " refuses the credentials: " + message);
        }
        return RegistryException.of(code, message);
    }

    private static ErrorCode code(String word) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(word))
                .findFirst()
                .orElse(ErrorCode.UNKNOWN);
    }

    @Override
    public boolean isOperator() {
        return false;
    }

    /** There is nothing to close: connections end with the process. */
    @Override
    public void close() {}
}
