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
 * A request to a registry.
 *
 * @param method the HTTP method
 * @param address the whole address
 * @param resource the kind of resource at the address
 * @param access the access that it needs
 * @param headers in addition to those of every request
 * @param content the body
 * @param accepted statuses from 300 on that are not failures
 * @param what what it does, to follow "Could not"
 * @param names the name or digest of its resource: a message that has it needs no context
 * @param safe whether it may be repeated although it may have had its effect
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

    /** Builds a request. */
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

        /** Sets what the request does, and the name or digest that a good error message has. */
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
