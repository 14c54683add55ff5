package dev.berth.registry.metrics;

/** The values of the label {@code action}: how {@code registry:2} calls what it does with its storage, and more. */
enum StorageAction {
    STAT("Stat"),
    GET_CONTENT("GetContent"),
    PUT_CONTENT("PutContent"),
    APPLY("Apply"),
    LIST("List"),
    DELETE("Delete"),
    MOVE("Move"),
    START_UPLOAD("StartUpload"),
    RESUME_UPLOAD("ResumeUpload"),
    URL_FOR("URLFor"),
    DROP_LEFTOVERS("DropLeftovers"),
    CHECK_HEALTH("CheckHealth");

    private final String label;

    StorageAction(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
