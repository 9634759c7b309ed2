package wscope.cli.acceptkey;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.protocol.handshake.AcceptCause;
import wscope.protocol.handshake.AcceptKey;
import wscope.protocol.handshake.Hixie76Challenge;
import wscope.protocol.handshake.ServerHandshake;
import wscope.protocol.rule.Violation;
import wscope.report.text.AcceptCauseReport;
import wscope.report.text.AcceptKeyReport;
import wscope.report.text.HixieReport;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;

/** Prints the value for each key, and judges each accept value against the last key. */
final class KeyAnswers {
  /** The number of earlier keys that a server may have taken for the last one. */
  private static final int MOST_OTHERS = 64;

  private final Screen out;
  private final Screen notes;
  private final boolean explains;
  private final boolean forced;
  private final boolean asResponse;
  private final List<String> others = new ArrayList<>();
  private @Nullable AcceptKey key;
  private @Nullable Hixie76Challenge challenge;
  private @Nullable String pending;
  private boolean fine = true;

  KeyAnswers(Screen out, Screen notes, boolean explains, boolean forced, boolean asResponse) {
    this.out = out;
    this.notes = notes;
    this.explains = explains;
    this.forced = forced;
    this.asResponse = asResponse;
  }

  /** The failure of an input without keys. */
  static Failure noKey() {
    return new Failure(ExitCode.USAGE, "no key given; a key has 24 characters and ends with ==");
  }

  /** Prints the value for a key, or judges a value. */
  void add(KeyInput.Item item) {
    if (item instanceof KeyInput.Item.Key next) {
      addKey(next.key());
    } else if (item instanceof KeyInput.Item.Accept accept) {
      addAccept(accept.value());
    } else if (item instanceof KeyInput.Item.Challenge next) {
      addChallenge(next.challenge());
    } else if (item instanceof KeyInput.Item.Answer answer && challenge != null) {
      fine &= HixieReport.answer(notes, challenge, answer.bytes());
    }
    out.flush();
    notes.flush();
  }

  /**
   * Ends the input.
   *
   * @return whether every key is well-formed and every value is right
   */
  boolean end() throws Failure {
    if (pending != null) {
      throw new Failure(
          ExitCode.USAGE,
          "'"
              + pending
              + "' is a value of Sec-WebSocket-Accept; give the Sec-WebSocket-Key of its request too");
    }
    if (key == null && challenge == null) {
      throw noKey();
    }
    return fine;
  }

  /** Prints a key that was made here, or what was asked for it. */
  void generated(AcceptKey made) {
    if (explains || asResponse) {
      show(made);
    } else {
      out.text(made.key()).endLine();
    }
    out.flush();
  }

  private void addKey(AcceptKey next) {
    if (key != null && others.size() < MOST_OTHERS) {
      others.add(key.key());
    }
    key = next;
    fine &= check(next);
    if (next.isValid() || forced || pending != null) {
      show(next);
    }
    if (pending != null) {
      judge(next, pending);
      pending = null;
    }
  }

  private void addAccept(String value) {
    if (key == null) {
      pending = value;
    } else {
      judge(key, value);
    }
  }

  private boolean check(AcceptKey next) {
    List<Violation> violations = next.check();
    if (!violations.isEmpty()) {
      notes.text("key ");
      SafeText.line(notes, next.key());
      notes.endLine();
      AcceptKeyReport.violations(notes, next);
    }
    return next.isValid();
  }

  private void show(AcceptKey next) {
    if (asResponse) {
      // Screen ends the last line.
      String head = ServerHandshake.response(next).head();
      out.text(head.substring(0, head.length() - 1)).endLine();
    } else if (explains) {
      AcceptKeyReport.steps(out, next);
    } else {
      out.text(next.value()).endLine();
    }
  }

  private void judge(AcceptKey last, String value) {
    String right = last.value();
    if (value.equals(right)) {
      notes.text("fits: the server sent the value for this key").endLine();
      return;
    }
    fine = false;
    int same = 0;
    while (same < Math.min(value.length(), right.length())
        && value.charAt(same) == right.charAt(same)) {
      same++;
    }
    notes.text("✗ the value differs from character ").number(same + 1L).text(" on: ");
    SafeText.words(notes, value);
    notes.text(" instead of ").text(right).endLine();
    AcceptCause cause = AcceptCause.of(last, value, others);
    if (cause == null) {
      AcceptCauseReport.unknown(notes);
    } else {
      AcceptCauseReport.show(notes, cause);
    }
  }

  private void addChallenge(Hixie76Challenge next) {
    challenge = next;
    int missing = Hixie76Challenge.BODY_BYTES - next.body().remaining();
    if (missing > 0 || !next.isValid()) {
      fine = false;
      HixieReport.incomplete(notes, next);
    } else if (explains) {
      HixieReport.steps(out, next);
    } else {
      out.text(HexFormat.ofDelimiter(" ").formatHex(next.response())).endLine();
      HixieReport.note(notes, next);
    }
  }
}
