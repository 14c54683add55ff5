package dev.berth.registry.mirror.router;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.server.HeaderFields;
import dev.berth.registry.server.RegistryResponse;

/** Addresses of repositories below a prefix, as a client with {@code ns} knows them. */
final class RenamedAddresses {
    private static final String ROOT = "/v2/";

    private final String prefix;
    private final String namespace;

    /** @param namespace the parameter of the query that the client has sent */
    RenamedAddresses(RepositoryName prefix, String namespace) {
        this.prefix = ROOT + prefix + "/";
        this.namespace = namespace;
    }

    /** Returns a path here for the path that a client has sent. */
    String inward(String path) {
        return prefix + path.substring(ROOT.length());
    }

    /** Returns a response whose header fields have addresses that are for the client. Others than ours stay. */
    RegistryResponse outward(RegistryResponse response, String link, String location) {
        HeaderFields fields = response.headers();
        RegistryResponse told = response;
        if (fields.first(location).isPresent()) {
            told = told.withHeader(location, outward(fields.first(location).get()));
        }
        if (fields.first(link).isPresent()) {
            String value = fields.first(link).get();
            int end = value.indexOf('>');
            if (value.startsWith("<") && end > 0) {
                told = told.withHeader(link, "<" + outward(value.substring(1, end)) + value.substring(end));
            }
        }
        return told;
    }

    private String outward(String address) {
        if (!address.startsWith(prefix)) {
            return address;
        }
        String known = ROOT + address.substring(prefix.length());
        return known + (known.indexOf('?') < 0 ? "?" : "&") + namespace;
    }
}
