package dev.berth.registry.console;

import dev.berth.registry.console.html.Page;
import dev.berth.registry.console.page.Assets;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What browsers get: pages that may load nothing but what is here, and that no other page may show as its own. */
final class PageResponse {
    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String SET_COOKIE = "Set-Cookie";

    private PageResponse() {}

    /** Returns an answer, with a cookie more if there is one. */
    static RegistryResponse of(PageAnswer answer, Optional<String> cookie) {
        RegistryResponse.Builder response;
        if (answer instanceof PageAnswer.Shown shown) {
            response = common(shown.status())
                    .header("Content-Type", "text/html; charset=utf-8")
                    .body(ResponseBody.of(Page.bytes(shown.page())));
            shown.cookies().forEach(value -> response.header(SET_COOKIE, value));
        } else if (answer instanceof PageAnswer.Elsewhere elsewhere) {
            response = common(303).header("Location", elsewhere.address());
            elsewhere.cookies().forEach(value -> response.header(SET_COOKIE, value));
        } else {
            PageAnswer.Saved saved = (PageAnswer.Saved) answer;
            response = common(200)
                    .header("Content-Type", "application/octet-stream")
                    .header("Content-Disposition", "attachment; filename*=UTF-8''" + escaped(saved.name()))
                    .body(saved.content());
        }
        cookie.ifPresent(value -> response.header(SET_COOKIE, value));
        // What somebody saw is not for whoever sits there next.
        return response.header("Cache-Control", "no-store").build();
    }

    private static String escaped(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    static RegistryResponse asset(Assets.Asset asset) {
        return common(200)
                .header("Content-Type", asset.mediaType())
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .body(ResponseBody.of(asset.bytes()))
                .build();
    }

    static RegistryResponse methodNotAllowed() {
        return common(405).header("Allow", "GET, HEAD, POST").build();
    }

    private static RegistryResponse.Builder common(int status) {
        return RegistryResponse.builder(status)
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                // Without any, browsers would not say either that a form is from here.
                .header("Referrer-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }
}
