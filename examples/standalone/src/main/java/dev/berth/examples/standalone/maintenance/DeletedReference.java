package dev.berth.examples.standalone.maintenance;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.Optional;

/**
 * What of a repository is meant: {@code team/app}, {@code team/app:1.0} or {@code team/app@sha256:…}. There is no host, since
 * the storage is given.
 */
record DeletedReference(RepositoryName repository, Optional<Tag> tag, Optional<Digest> digest) {

    static DeletedReference parse(String text) {
        try {
            int at = text.indexOf('@');
            if (at >= 0) {
                return new DeletedReference(
                        RepositoryName.parse(text.substring(0, at)),
                        Optional.empty(),
                        Optional.of(Digest.parse(text.substring(at + 1))));
            }
            int colon = text.lastIndexOf(':');
            return colon < 0
                    ? new DeletedReference(RepositoryName.parse(text), Optional.empty(), Optional.empty())
                    : new DeletedReference(
                            RepositoryName.parse(text.substring(0, colon)),
                            Optional.of(Tag.parse(text.substring(colon + 1))),
                            Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new CommandException("'" + text
                    + "' is not a repository of the storage, with a tag or digest if need be: write team/app, team/app:1.0"
                    + " or team/app@sha256:….");
        }
    }
}
