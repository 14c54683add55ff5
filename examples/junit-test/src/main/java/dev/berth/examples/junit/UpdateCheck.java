package dev.berth.examples.junit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Looks up the latest image of a tag, with the HTTP client of the JDK. */
public final class UpdateCheck {
    private static final int ATTEMPTS = 3;
    private static final String DIGEST = "Docker-Content-Digest";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI registry;

    /** Creates a check of this registry, as {@code http://127.0.0.1:5000/}. */
    public UpdateCheck(URI registry) {
        this.registry = registry;
    }

    /**
     * Returns the digest to which a tag points. The request is retried if the registry is busy.
     *
     * @throws IOException if the registry does not respond, or refuses the request
     */
    public String latest(String repository, String tag) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(registry.resolve("/v2/" + repository + "/manifests/" + tag))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        int status = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            HttpResponse<Void> response = http.send(request, BodyHandlers.discarding());
            status = response.statusCode();
            if (status == 200) {
                return response.headers()
                        .firstValue(DIGEST)
                        .orElseThrow(() -> new IOException("The registry sent no digest"));
            }
            if (status < 500) {
                break;
            }
        }
        throw new IOException("The registry responded " + status + " to a request for " + repository + ":" + tag);
    }
}
