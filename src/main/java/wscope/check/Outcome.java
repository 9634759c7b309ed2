package wscope.check;

import org.jspecify.annotations.Nullable;

/** The outcome of a case. */
public enum Outcome {
  /** The server reacted as the rule demands. */
  PASS("pass"),
  /** The server is lax, but breaks no rule that demands a reaction. */
  LENIENT("lenient"),
  /** The server broke a rule, or did not react as one demands. */
  FAIL("fail"),
  /** The server did nothing that decides the case within the time. It counts as a failure. */
  HANG("hang"),
  /** What the server did shows neither that it keeps the rule nor that it breaks it. */
  NOT_JUDGEABLE("not-judgeable");

  private final String id;

  Outcome(String id) {
    this.id = id;
  }

  /** The stable name. */
  public String id() {
    return id;
  }

  /** Whether the outcome counts as a failure of the server. */
  public boolean isFailure() {
    return this == FAIL || this == HANG;
  }

  /** The outcome with an ID; null if there is none. */
  public static @Nullable Outcome of(String id) {
    for (Outcome outcome : values()) {
      if (outcome.id.equals(id)) {
        return outcome;
      }
    }
    return null;
  }
}
