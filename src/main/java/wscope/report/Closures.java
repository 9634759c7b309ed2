package wscope.report;

import org.jspecify.annotations.Nullable;
import wscope.protocol.Closure;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.CloseCode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** Tells how a connection ended: who began, both codes, and what the lack of one means. */
final class Closures {
  private Closures() {}

  static void show(Screen screen, Closure closure) {
    if (closure.initiator() == Endpoint.SERVER) {
      bySelf(screen, closure);
    } else if (closure.received() == null) {
      screen.text("without a Close frame, which an API reports as 1006");
    } else {
      screen.text("by the client: ");
      code(screen, closure.received());
      screen.text(closure.sent() == null ? ", not answered by us" : ", answered by us");
    }
  }

  private static void bySelf(Screen screen, Closure closure) {
    screen.text("by us: ");
    code(screen, closure.sent());
    Rule failure = closure.failure();
    if (failure != null) {
      screen.text(", for ").text(failure.id());
    } else if (closure.received() == null) {
      screen.text(", not answered by the client");
    } else {
      screen.text(", answered by the client: ");
      code(screen, closure.received());
    }
  }

  private static void code(Screen screen, @Nullable CloseBody body) {
    if (body == null || !body.hasCode()) {
      screen.text("no code (1005)");
    } else {
      screen.number(body.code()).text(" ").text(CloseCode.label(body.code()));
    }
  }
}
