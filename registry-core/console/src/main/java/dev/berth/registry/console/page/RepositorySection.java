package dev.berth.registry.console.page;

import dev.berth.registry.console.catalog.RepositoryRecord;
import dev.berth.registry.console.html.Html;

/** A part of the page of a repository, after its tags. Thread-safe. */
@FunctionalInterface
public interface RepositorySection {

    /** Shows it, or {@linkplain Html#nothing nothing}. */
    Html show(Visit visit, RepositoryRecord repository);
}
