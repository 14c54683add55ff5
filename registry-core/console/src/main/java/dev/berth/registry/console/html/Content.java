package dev.berth.registry.console.html;

/** What may stand in an element: an attribute, or something that is shown. Immutable. */
public sealed interface Content permits Attribute, Html {}
