package dev.berth.registry.console.page;

import java.util.Optional;

/** Answers what is below a path. Thread-safe. */
@FunctionalInterface
public interface Pages {

    /**
     * Answers a request, GET and POST.
     *
     * @param rest the path below that of these pages: empty, or without a slash at its beginning; not decoded
     * @return empty if there is nothing, or the visitor may not see it: nobody can tell which
     * @throws dev.berth.registry.RegistryException if the registry fails or refuses; a page says why
     */
    Optional<PageAnswer> answer(Visit visit, String rest);
}
