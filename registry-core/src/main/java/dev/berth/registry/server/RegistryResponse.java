package dev.berth.registry.server;

import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;

/**
 * A response: status, header fields and body. Immutable but for its body, which can be written once.
 *
 * <p>The transport sets {@code Content-Length}, {@code Transfer-Encoding}, {@code Connection} and {@code Date} itself.
 *
 * @since 0.1
 */
public final class RegistryResponse implements Closeable {
    private final int status;
    private final HeaderFields headers;
    private final ResponseBody body;

    private RegistryResponse(int status, HeaderFields headers, ResponseBody body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Returns the status: 200 to 599. */
    public int status() {
        return status;
    }

    /** Returns the header fields. */
    public HeaderFields headers() {
        return headers;
    }

    /** Returns the body. */
    public ResponseBody body() {
        return body;
    }

    /** Returns this response with another body. The new body must close the old one if it uses it. */
    public RegistryResponse withBody(ResponseBody newBody) {
        return new RegistryResponse(status, headers, Objects.requireNonNull(newBody, "newBody"));
    }

    /** Returns this response with a header field instead of others of the same name. */
    public RegistryResponse withHeader(String name, String value) {
        return new RegistryResponse(status, headers.toBuilder().set(name, value).build(), body);
    }

    /** Returns this response with these header fields instead of its own. */
    public RegistryResponse withHeaders(HeaderFields newHeaders) {
        return new RegistryResponse(status, Objects.requireNonNull(newHeaders, "newHeaders"), body);
    }

    /** Releases the resources of the body. Idempotent. */
    @Override
    public void close() throws IOException {
        body.close();
    }

    /**
     * Returns a builder for a response.
     *
     * @throws IllegalArgumentException if the status is not that of a final response, 200 to 599
     */
    public static Builder builder(int status) {
        return new Builder(status);
    }

    /**
     * Builds responses. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final int status;
        private final HeaderFields.Builder headers = HeaderFields.builder();
        private ResponseBody body = ResponseBody.empty();

        private Builder(int status) {
            if (status < 200 || status > 599) {
                throw new IllegalArgumentException("The status of a response is 200 to 599, not " + status);
            }
            this.status = status;
        }

        /** Adds a header field; fails as {@link HeaderFields.Builder#add} does. */
        public Builder header(String name, String value) {
            headers.add(name, value);
            return this;
        }

        /** Sets the body. */
        public Builder body(ResponseBody newBody) {
            this.body = Objects.requireNonNull(newBody, "newBody");
            return this;
        }

        /** Returns the response. */
        public RegistryResponse build() {
            return new RegistryResponse(status, headers.build(), body);
        }
    }
}
