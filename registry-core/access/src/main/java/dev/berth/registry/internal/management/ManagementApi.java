package dev.berth.registry.internal.management;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.wire.ErrorBody;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;
import java.io.IOException;
import java.util.List;

/**
 * Answers requests by routes, after it has found out who makes them. Thread-safe.
 *
 * @param path the prefix of all addresses, which ends with a slash
 * @param subject what is managed, for messages
 * @param admission finds out who makes a request
 * @param routes every method of every address
 */
public record ManagementApi(String path, String subject, Admission admission, List<Route> routes)
        implements RegistryHandler {

    @Override
    public RegistryResponse handle(RegistryRequest request) throws IOException {
        Actor actor = admission.admit(request);
        List<Route> here = routes.stream()
                .filter(route -> request.path().equals(path + route.path()))
                .toList();
        if (here.isEmpty()) {
            throw RegistryException.of(
                    ErrorCode.NOT_FOUND, "There is nothing at this address of the management of " + subject);
        }
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        for (Route route : here) {
            if (route.method().equals(method)) {
                return answer(route, actor, request);
            }
        }
        return methodNotAllowed(here.stream().map(Route::method).toList());
    }

    private RegistryResponse answer(Route route, Actor actor, RegistryRequest request) throws IOException {
        Fields fields = Fields.of(request, route);
        try {
            return route.operation().answer(new Call(actor, fields, request)).response();
        } catch (IllegalArgumentException e) {
            throw RegistryException.of(ErrorCode.REQUEST_INVALID, String.valueOf(e.getMessage()), e);
        } catch (RegistryException e) {
            throw admission.reported(e, actor, route.method() + " " + path + route.path());
        }
    }

    private static RegistryResponse methodNotAllowed(List<String> methods) {
        String allowed = String.join(", ", methods);
        RegistryError error =
                RegistryError.of(ErrorCode.UNSUPPORTED, "This address does not take this method; it takes " + allowed);
        return RegistryResponse.builder(405)
                .header("Content-Type", Answer.JSON)
                .header("Allow", allowed)
                .body(ResponseBody.of(ErrorBody.format(List.of(error))))
                .build();
    }
}
