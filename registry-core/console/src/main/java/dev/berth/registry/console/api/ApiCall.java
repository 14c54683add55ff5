package dev.berth.registry.console.api;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Action;
import dev.berth.registry.console.page.Management;
import dev.berth.registry.console.page.Visitor;
import dev.berth.registry.console.view.Names;
import java.time.Instant;

/**
 * One question to the JSON API.
 *
 * @param visitor who asks
 * @param registry the registry as the caller may see it
 * @param rest the path below that of the resource; not decoded
 * @param query the parameters
 * @param management what manages the registry in the name of the caller
 * @param now the time of the question
 */
public record ApiCall(
        Visitor visitor, Registry registry, String rest, ApiQuery query, Management management, Instant now) {

    /**
     * Returns the repository that the path names.
     *
     * @throws RegistryException with {@link ErrorCode#NAME_UNKNOWN} if there cannot be one, or the caller may not see it
     */
    public RepositoryName repository() {
        return Names.repository(rest).filter(this::maySee).orElseThrow(ApiCall::unknownRepository);
    }

    /** Returns whether the caller may see a repository. */
    public boolean maySee(RepositoryName repository) {
        return visitor.may(Action.PULL, repository);
    }

    /** Returns the same for what is not there and for what the caller may not see. */
    public static RegistryException unknownRepository() {
        return RegistryException.of(ErrorCode.NAME_UNKNOWN, "There is no such repository, or you may not see it");
    }
}
