package dev.berth.registry.internal.management;

import java.util.HashSet;
import java.util.Set;

/**
 * A method of an address of an API.
 *
 * @param method the method; GET answers HEAD too
 * @param path the address below that of the API
 * @param fields the names that the request may state, in the query of GET and DELETE, in the JSON object of others
 * @param maps those of the fields that are objects with texts
 * @param operation what it does, which decides about the rights too
 */
public record Route(String method, String path, Set<String> fields, Set<String> maps, Operation operation) {

    /** Carries out a request, or refuses it. */
    @FunctionalInterface
    public interface Operation {
        /** Carries it out, or throws a refusal. */
        Answer answer(Call call);
    }

    /** Returns a route for GET. */
    public static Route get(String path, Operation operation, String... fields) {
        return of("GET", path, operation, fields);
    }

    /** Returns a route for POST. */
    public static Route post(String path, Operation operation, String... fields) {
        return of("POST", path, operation, fields);
    }

    /** Returns a route for PUT. */
    public static Route put(String path, Operation operation, String... fields) {
        return of("PUT", path, operation, fields);
    }

    /** Returns a route for DELETE. */
    public static Route delete(String path, Operation operation, String... fields) {
        return of("DELETE", path, operation, fields);
    }

    private static Route of(String method, String path, Operation operation, String... fields) {
        return new Route(method, path, Set.of(fields), Set.of(), operation);
    }

    /** Returns the route with one more field, which is an object with texts. */
    public Route withMap(String name) {
        Set<String> allFields = new HashSet<>(fields);
        Set<String> allMaps = new HashSet<>(maps);
        allFields.add(name);
        allMaps.add(name);
        return new Route(method, path, Set.copyOf(allFields), Set.copyOf(allMaps), operation);
    }

    /** Returns whether the fields are in the body. */
    public boolean takesBody() {
        return method.equals("POST") || method.equals("PUT");
    }

    /** Returns method and path. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
