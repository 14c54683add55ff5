package dev.berth.registry.account.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.RequestOrigin;
import dev.berth.registry.account.Account;
import dev.berth.registry.account.Logins;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.Person;
import dev.berth.registry.server.basic.BasicCredentials;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** People and their passwords. */
final class People {
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1000;

    /** What bcrypt takes. */
    private static final int LONGEST_PASSWORD = 72;

    private final AccountStore store;
    private final Logins logins;
    private final Resources.Changes changes;
    private final LastAdministrator last;

    People(AccountStore store, Logins logins, Resources.Changes changes, LastAdministrator last) {
        this.store = store;
        this.logins = logins;
        this.changes = changes;
        this.last = last;
    }

    List<Route> routes() {
        return List.of(
                Route.get("people", this::list, "after", "limit"),
                Route.post("people", this::add, "name", "password"),
                Route.delete("people", this::remove, "name"),
                Route.put("people", this::setDisabled, "name", "disabled"),
                Route.put("password", this::setPassword, "name", "password", "oldPassword"));
    }

    private Answer list(Call call) {
        call.requireAdministrator();
        int limit = call.find("limit").map(People::limit).orElse(PAGE);
        List<Person> page = store.people(call.find("after").orElse(""), limit);
        ObjectNode content = Answer.object();
        ArrayNode people = content.putArray("people");
        page.forEach(person -> people.addObject()
                .put("name", person.name())
                .put("created", person.created().toString())
                .put("disabled", person.disabled()));
        if (page.size() == limit) {
            content.put("next", page.get(limit - 1).name());
        }
        return Answer.of(content);
    }

    private static int limit(String text) {
        if (!text.matches("[1-9]\\d{0,3}") || Integer.parseInt(text) > LARGEST_PAGE) {
            throw Fields.invalid("The limit is a number from 1 to " + LARGEST_PAGE);
        }
        return Integer.parseInt(text);
    }

    private Answer add(Call call) {
        call.requireAdministrator();
        String name = call.text("name");
        changes.by(call.actor()).addPerson(name, newPassword(call));
        return Answer.created(Answer.object().put("name", name));
    }

    private Answer remove(Call call) {
        call.requireAdministrator();
        String name = call.text("name");
        last.keepWithoutPerson(call.actor(), name);
        if (!changes.by(call.actor()).removePerson(name)) {
            throw Call.missing("person '" + name + "'");
        }
        return Answer.done();
    }

    private Answer setDisabled(Call call) {
        call.requireAdministrator();
        String name = call.text("name");
        boolean disabled = switch (call.text("disabled")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Fields.invalid("The field 'disabled' is true or false");
        };
        if (disabled) {
            last.keepWithoutPerson(call.actor(), name);
        }
        changes.by(call.actor()).setDisabled(name, disabled);
        return Answer.done();
    }

    /** Everybody says the own password first: a session that was left open is not enough to take an account over. */
    private Answer setPassword(Call call) {
        String name = call.ownName("name");
        boolean own = call.actor().is(name);
        call.require(own || call.actor().isAdministrator(), Actor.neededIn("** for the password of somebody else"));
        String password = newPassword(call);
        if (own) {
            requireOldPassword(call, name);
        }
        changes.by(call.actor()).setPassword(name, password);
        return Answer.done();
    }

    private void requireOldPassword(Call call, String name) {
        String old = call.find("oldPassword")
                .orElseThrow(() -> Fields.invalid(
                        "The field 'oldPassword' is missing: it takes the old password to" + " change the own one"));
        try {
            Account account = logins.login(new BasicCredentials(name, old), RequestOrigin.of(call.request()));
            // A secret that stands for the password is not the password.
            if (account.subject().equals(name) && account.caller().limit().isEmpty()) {
                return;
            }
        } catch (RegistryException e) {
            if (e.code() != ErrorCode.UNAUTHORIZED) {
                throw e;
            }
        }
        throw RegistryException.of(ErrorCode.DENIED, "The old password is wrong");
    }

    private static String newPassword(Call call) {
        String password = call.text("password");
        if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST_PASSWORD) {
            throw Fields.invalid("A password may have " + LONGEST_PASSWORD + " bytes");
        }
        return password;
    }
}
