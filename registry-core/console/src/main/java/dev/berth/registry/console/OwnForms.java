package dev.berth.registry.console;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.page.Form;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.internal.browser.SameOrigin;
import dev.berth.registry.internal.wire.MediaTypeHeader;
import dev.berth.registry.server.RegistryRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Takes forms of the own pages only. */
final class OwnForms {
    private static final String TYPE = "application/x-www-form-urlencoded";

    private OwnForms() {}

    /**
     * Reads the form of a request.
     *
     * @param token what the forms of pages for this visitor have; empty if there cannot be any
     * @throws RegistryException with {@link ErrorCode#DENIED} if it is not of a page of this site
     */
    static Form read(RegistryRequest request, Optional<String> token) throws IOException {
        if (!SameOrigin.isLikely(request)) {
            throw denied();
        }
        String type =
                MediaTypeHeader.withoutParameters(request.header("Content-Type").orElse(""));
        if (!type.equalsIgnoreCase(TYPE)) {
            throw RegistryException.of(ErrorCode.REQUEST_INVALID, "A form is sent as " + TYPE);
        }
        Form form = Form.read(request.body());
        if (token.isEmpty() || !isSame(form.exactly(Forms.TOKEN), token.get())) {
            throw denied();
        }
        return form;
    }

    private static RegistryException denied() {
        return RegistryException.of(
                ErrorCode.DENIED, "The form is not of a page of this site, or too old; load the page again");
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
