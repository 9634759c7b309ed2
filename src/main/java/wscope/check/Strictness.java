package wscope.check;

/** How binding the expected reaction is. */
public enum Strictness {
  /** The RFC demands the reaction: another one is a failure. */
  MUST("must"),
  /** The RFC recommends the reaction: another one is lenient. */
  SHOULD("should"),
  /** The RFC leaves the reaction open, or good servers disagree: another one is lenient. */
  OPEN("open");

  private final String id;

  Strictness(String id) {
    this.id = id;
  }

  /** The stable name. */
  public String id() {
    return id;
  }

  /** The outcome of a case whose expected reaction did not come. */
  Outcome whenBroken() {
    return this == MUST ? Outcome.FAIL : Outcome.LENIENT;
  }
}
