package dev.berth.registry.account.api;

import java.util.Set;

/**
 * A request of the matrix of rights.
 *
 * @param route what it is about, its method and its address without the prefix
 * @param path path and query
 * @param body the body, with apostrophes for quotes; empty for none
 * @param allowed who may; everybody else is refused
 */
public record Cell(String route, String path, String body, Set<Cell.Who> allowed) {

    /** Who makes a request. */
    public enum Who {
        /** Administers the registry. */
        ADMINISTRATOR,
        /** The same by a token of the registry for that. */
        ADMINISTRATOR_BY_TOKEN,
        /** Administers the organisation acme. */
        ORGANISATION_ADMINISTRATOR,
        /** Is a writer in acme; requests about oneself are about alice. */
        ALICE,
        /** Has no rights. */
        STRANGER,
        /** A robot of acme. */
        ROBOT,
        /** A personal token of the administrator, for everything. */
        PERSONAL_TOKEN,
        /** A token of the administrator, for images. */
        TOKEN_FOR_IMAGES,
        /** The name of the administrator with a wrong password. */
        WRONG_PASSWORD,
        /** Nobody in particular. */
        ANONYMOUS;

        /** Returns the value of the header field. */
        public String authorization(ManagedRegistry registry) {
            return switch (this) {
                case ADMINISTRATOR -> ManagedRegistry.as("root");
                case ADMINISTRATOR_BY_TOKEN -> registry.bearer("root", "registry:access:*");
                case ORGANISATION_ADMINISTRATOR -> ManagedRegistry.as("carol");
                case ALICE -> ManagedRegistry.as("alice");
                case STRANGER -> ManagedRegistry.as("bob");
                case ROBOT -> ManagedRegistry.basic("acme+ci", registry.robot.secret());
                case PERSONAL_TOKEN -> ManagedRegistry.basic("root", registry.personalToken.secret());
                case TOKEN_FOR_IMAGES -> registry.bearer("root", "repository:acme/app:pull,push,delete");
                case WRONG_PASSWORD -> ManagedRegistry.basic("root", "wrong");
                case ANONYMOUS -> "";
            };
        }

        /** Returns what a refusal is: authentication, or rights. */
        public int refusal() {
            return switch (this) {
                // Another token, or a password, would do.
                case ANONYMOUS, WRONG_PASSWORD, TOKEN_FOR_IMAGES -> 401;
                default -> 403;
            };
        }
    }

    /** Returns the method of the route. */
    public String method() {
        return route.substring(0, route.indexOf(' '));
    }

    @Override
    public String toString() {
        return method() + " " + path + " " + body;
    }
}
