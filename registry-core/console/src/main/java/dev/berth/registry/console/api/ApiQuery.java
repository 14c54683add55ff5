package dev.berth.registry.console.api;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.view.Names;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.server.RegistryRequest;
import java.util.Optional;

/** The parameters of a request. */
public record ApiQuery(QueryParameters parameters) {

    /** Returns those of a request. */
    public static ApiQuery of(RegistryRequest request) {
        return new ApiQuery(QueryParameters.parse(
                request.query().map(sent -> sent.replace("+", "%20")).orElse(null)));
    }

    /** Returns a text, if it is there. */
    public Optional<String> text(String name) {
        return parameters.first(name);
    }

    /**
     * Returns a number.
     *
     * @throws RegistryException with {@link ErrorCode#REQUEST_INVALID} if it is none from 1 to the most
     */
    public int number(String name, int usual, int most) {
        Optional<String> text = parameters.first(name);
        if (text.isEmpty()) {
            return usual;
        }
        int number = Names.number(text).orElse(0);
        if (number < 1 || number > most) {
            throw RegistryException.of(
                    ErrorCode.REQUEST_INVALID, "The parameter '" + name + "' is a number from 1 to " + most);
        }
        return number;
    }

    /**
     * Returns the name of a repository.
     *
     * @throws RegistryException with {@link ErrorCode#NAME_INVALID} if it is none
     */
    Optional<RepositoryName> repository(String name) {
        return parameters
                .first(name)
                .map(text -> Names.repository(text)
                        .orElseThrow(() -> RegistryException.of(
                                ErrorCode.NAME_INVALID, "The parameter '" + name + "' is the name of a repository")));
    }
}
