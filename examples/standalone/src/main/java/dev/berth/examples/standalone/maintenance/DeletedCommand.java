package dev.berth.examples.standalone.maintenance;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.Version;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.DeletedManifest;
import dev.berth.registry.engine.DeletedTag;
import dev.berth.registry.engine.Trash;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth deleted}: lists what was deleted and can be restored. */
@Command(
        name = "deleted",
        description = {
            "Lists the manifests and tags that were deleted and can be restored with 'restore': in each line the time, the",
            "size and the digest of the manifest, and the name, which says only the repository if the manifest itself was",
            "deleted. No other process may use a directory; registries may serve a bucket meanwhile.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
public final class DeletedCommand implements Callable<Integer> {
    @Mixin
    private final TrashStorage storage = new TrashStorage();

    @Option(
            names = "--purge",
            description = {
                "Give up what is in the trash of the repository, or of one manifest of it, so that the next gc frees the",
                "space."
            })
    private boolean purge;

    @Parameters(
            arity = "0..1",
            paramLabel = "REPOSITORY[@DIGEST]",
            description = "Only what was deleted of this repository.")
    private @Nullable String reference;

    @Override
    public Integer call() throws IOException {
        Optional<DeletedReference> only = Optional.ofNullable(reference).map(DeletedReference::parse);
        if (only.isPresent() && only.get().tag().isPresent()) {
            throw new CommandException("Name a repository, or a manifest by its digest; tags are listed with it.");
        }
        if (purge && only.isEmpty()) {
            throw new CommandException("Name the repository whose deleted images are given up.");
        }
        return storage.use(trash -> purge ? purge(trash, only.orElseThrow()) : list(trash, only));
    }

    private static int purge(Trash trash, DeletedReference what) {
        long removed = what.digest().isPresent()
                ? trash.purge(what.repository(), what.digest().get())
                : trash.purge(what.repository());
        System.out.println("Given up: " + removed + (removed == 1 ? " manifest or tag" : " manifests and tags"));
        return 0;
    }

    private static int list(Trash trash, Optional<DeletedReference> only) {
        if (only.isPresent()) {
            print(trash, only.get().repository(), only.get());
        } else {
            trash.deletedRepositories().forEach(repository -> print(trash, repository, null));
        }
        return 0;
    }

    private static void print(Trash trash, RepositoryName repository, @Nullable DeletedReference only) {
        for (DeletedManifest deleted : trash.deleted(repository)) {
            boolean wanted = only == null
                    || only.digest().isEmpty()
                    || only.digest().get().equals(deleted.manifest().digest());
            if (wanted) {
                print(repository, deleted);
            }
        }
    }

    private static void print(RepositoryName repository, DeletedManifest deleted) {
        deleted.deletedAt().ifPresent(at -> print(at, deleted, repository.value()));
        for (DeletedTag tag : deleted.tags()) {
            print(tag.deletedAt(), deleted, repository + ":" + tag.tag());
        }
        if (deleted.furtherTags() > 0) {
            System.out.println("… and " + deleted.furtherTags() + " more tags of it");
        }
    }

    private static void print(Instant at, DeletedManifest deleted, String name) {
        System.out.println(at.truncatedTo(ChronoUnit.SECONDS) + "  "
                + deleted.manifest().size() + "  " + deleted.manifest().digest() + "  " + name);
    }
}
