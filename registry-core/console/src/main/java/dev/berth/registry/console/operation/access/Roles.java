package dev.berth.registry.console.operation.access;

import java.util.LinkedHashMap;
import java.util.Map;

/** The roles, with what they may. */
final class Roles {
    private Roles() {}

    /** Returns those of people. */
    static Map<String, String> ofPeople() {
        Map<String, String> roles = ofMachines();
        roles.put("admin", "admin: all of it, and give roles to others");
        return roles;
    }

    /** Returns those of robots and tokens, which manage nothing. */
    static Map<String, String> ofMachines() {
        Map<String, String> roles = new LinkedHashMap<>();
        roles.put("reader", "reader: pull");
        roles.put("writer", "writer: pull and push");
        roles.put("maintainer", "maintainer: pull, push and delete");
        return roles;
    }
}
