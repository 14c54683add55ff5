package dev.berth.examples.standalone.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.FailureReason;
import dev.berth.examples.standalone.configuration.AccessSettings;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.registry.access.Grants;
import dev.berth.registry.account.Logins;
import dev.berth.registry.account.api.AccountApi;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.storage.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/** Manages the accounts in a storage, in this process and as its owner. */
final class OnStorage implements Management {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ObjectStore objects;
    private final AccountStore accounts;
    private final RegistryHandler api;

    private OnStorage(ObjectStore objects, Grants configured, Duration refresh) {
        this.objects = objects;
        this.accounts = AccountStore.over(objects);
        this.api = AccountApi.builder(accounts, Logins.of(accounts))
                .configured(() -> configured)
                .keys(AccessSettings.Tokens.keys(objects, refresh))
                .buildForOperator("operator");
    }

    /** Opens the storage of the settings, which must exist. */
    static OnStorage open(Settings settings) throws IOException {
        if (!settings.storage().exists()) {
            throw new CommandException("There are no accounts in " + settings.storage()
                    + ": it does not exist; name the storage of the registry with --storage, or a registry that runs with"
                    + " --registry HOST:PORT.");
        }
        Grants configured = settings.access().map(AccessSettings::grants).orElseGet(Grants::of);
        Duration refresh = settings.access()
                .map(access -> access.tokens().refresh())
                .orElse(AccessSettings.Tokens.DEFAULT_REFRESH);
        return new OnStorage(opened(settings), configured, refresh);
    }

    private static ObjectStore opened(Settings settings) throws IOException {
        try {
            return settings.storage().open();
        } catch (IOException e) {
            String reason = FailureReason.of(e);
            if (reason.contains("is in use by")) {
                throw new CommandException(reason.replaceFirst(": stop that one.*", "")
                        + "; to manage the accounts of a registry that runs, name it with --registry HOST:PORT.");
            }
            throw e;
        }
    }

    @Override
    public JsonNode call(String method, String path, JsonNode body) throws IOException {
        RegistryRequest.Builder request = RegistryRequest.builder(method, AccountApi.PATH + path);
        if (!body.isMissingNode()) {
            byte[] bytes = MAPPER.writeValueAsBytes(body);
            request.header("Content-Type", "application/json")
                    .body(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length));
        }
        try (RegistryResponse response = api.handle(request.build())) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            response.body().writeTo(content);
            return MAPPER.readTree(content.toByteArray());
        }
    }

    @Override
    public boolean isOperator() {
        return true;
    }

    @Override
    public void close() throws IOException {
        accounts.close();
        objects.close();
    }
}
