package dev.berth.registry.client;

import dev.berth.registry.client.auth.Access;
import dev.berth.registry.internal.wire.ApiResource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request to a registry, with what is known about it.
 *
 * @param method the HTTP method
 * @param address the whole address
 * @param resource what the address is of
 * @param access the rights that it needs
 * @param headers beside those that every request has
 * @param content the body
 * @param accepted statuses from 300 on that are not failures
 * @param what what it does, to go on "Could not …"
 * @param names what it is about: a message that has this needs no further explanation
 * @param safe whether it may be sent again when nobody knows whether it was received
 */
record ApiRequest(
        String method,
        URI address,
        ApiResource resource,
        Access access,
        List<Map.Entry<String, String>> headers,
        Optional<RequestContent> content,
        Set<Integer> accepted,
        String what,
        String names,
        boolean safe) {

    ApiRequest {
        headers = List.copyOf(headers);
        accepted = Set.copyOf(accepted);
    }

    static Builder builder(String method, URI address, ApiResource resource, Access access) {
        return new Builder(method, address, resource, access);
    }

    boolean repeatable() {
        return content.isEmpty() || content.get().repeatable();
    }

    /** Puts a request together. */
    static final class Builder {
        private final String method;
        private final URI address;
        private final ApiResource resource;
        private final Access access;
        private final List<Map.Entry<String, String>> headers = new ArrayList<>();
        private Optional<RequestContent> content = Optional.empty();
        private Set<Integer> accepted = Set.of();
        private String what = "";
        private String names = "";
        private boolean safe = true;

        private Builder(String method, URI address, ApiResource resource, Access access) {
            this.method = method;
            this.address = address;
            this.resource = resource;
            this.access = access;
        }

        Builder header(String name, String value) {
            headers.add(Map.entry(name, value));
            return this;
        }

        Builder content(RequestContent newContent) {
            content = Optional.of(newContent);
            return this;
        }

        Builder accept(Integer... statuses) {
            accepted = Set.of(statuses);
            return this;
        }

        /** Says what is done, and the name or digest that a good error message would have. */
        Builder what(String newWhat, Object newNames) {
            what = newWhat;
            names = newNames.toString();
            return this;
        }

        Builder unsafe() {
            safe = false;
            return this;
        }

        ApiRequest build() {
            return new ApiRequest(method, address, resource, access, headers, content, accepted, what, names, safe);
        }
    }
}
