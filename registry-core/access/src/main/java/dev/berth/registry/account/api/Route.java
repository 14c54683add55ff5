package dev.berth.registry.account.api;

import java.util.Set;

/**
 * A method of an address of the API.
 *
 * @param method the method; GET answers HEAD too
 * @param path the address
 * @param fields the names that the request may state, in the query of GET and DELETE, in the JSON object of others
 * @param operation what it does, which decides about the rights too
 */
record Route(String method, String path, Set<String> fields, Operation operation) {

    /** Carries out a request, or refuses it. */
    interface Operation {
        Answer answer(Call call);
    }

    static Route get(String path, Operation operation, String... fields) {
        return of("GET", path, operation, fields);
    }

    static Route post(String path, Operation operation, String... fields) {
        return of("POST", path, operation, fields);
    }

    static Route put(String path, Operation operation, String... fields) {
        return of("PUT", path, operation, fields);
    }

    static Route delete(String path, Operation operation, String... fields) {
        return of("DELETE", path, operation, fields);
    }

    private static Route of(String method, String path, Operation operation, String... fields) {
        return new Route(method, AccountApi.PATH + path, Set.of(fields), operation);
    }

    /** Returns whether the fields are in the body. */
    boolean takesBody() {
        return method.equals("POST") || method.equals("PUT");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
