package dev.berth.registry.rights;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.wire.ApiResource;
import java.util.function.BiFunction;

/**
 * A route with a method: what it needs, and how it is called.
 *
 * @param resource the resource of the server's table
 * @param method the method
 * @param variant what is special about the call; empty for the plain one
 * @param right what it needs in the repository
 * @param success the status, if the caller may and the repository exists
 * @param request makes the request for a repository
 * @param inProcess makes the same call without HTTP; it fails as the registry does
 */
record Route(
        ApiResource resource,
        String method,
        String variant,
        Right right,
        int success,
        BiFunction<Content, RepositoryName, Call> request,
        InProcess inProcess) {

    /** A request: its target, and its body, which may be empty. */
    record Call(String target, String contentType, byte[] body) {
        static Call of(String target) {
            return new Call(target, "application/octet-stream", new byte[0]);
        }

        static Call of(String target, byte[] body) {
            return new Call(target, "application/octet-stream", body);
        }
    }

    /** A call of the interface. */
    interface InProcess {
        void call(Registry view, Content content, RepositoryName repository);
    }

    /** Returns the method and the template of its path, by which the table of routes is complete. */
    String key() {
        return method + " " + resource.template();
    }

    @Override
    public String toString() {
        return key() + (variant.isEmpty() ? "" : " (" + variant + ")");
    }
}
