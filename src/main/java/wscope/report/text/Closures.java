package wscope.report.text;

import org.jspecify.annotations.Nullable;
import wscope.protocol.Closure;
import wscope.protocol.TcpEnd;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.CloseCode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** Tells how a connection ended: who began, both codes, and what the lack of one means. */
final class Closures {
  private Closures() {}

  /**
   * Shows the end of a connection, as far as the line goes.
   *
   * @param opened whether the opening handshake had succeeded
   * @param trouble what went wrong below the protocol, in words; null if nothing did
   */
  static void show(
      Screen screen, boolean opened, Closure closure, TcpEnd tcpEnd, @Nullable String trouble) {
    if (tcpEnd == TcpEnd.SERVER_DROP && trouble != null) {
      SafeText.words(screen, trouble);
      return;
    }
    if (!opened) {
      screen.text("no WebSocket was opened");
      byClient(screen, tcpEnd);
    } else if (closure.initiator() == null && closure.received() == null) {
      screen.text("without a Close frame: ").text(words(tcpEnd));
      screen.text(", which an API reports as 1006");
    } else {
      if (closure.initiator() == Endpoint.SERVER) {
        bySelf(screen, closure);
      } else {
        screen.text("by the client: ");
        code(screen, closure.received());
        screen.text(closure.sent() == null ? ", not answered by us" : ", answered by us");
      }
      if (tcpEnd == TcpEnd.CLIENT_RESET || !isFinished(closure)) {
        byClient(screen, tcpEnd);
      }
    }
    if (trouble != null) {
      screen.text("; ");
      SafeText.words(screen, trouble);
    }
  }

  /** Whether it is as good as anybody who ends TCP has to wait for. */
  private static boolean isFinished(Closure closure) {
    return closure.isClean() || closure.failure() != null;
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

  /** Says so if it was the client that ended TCP. */
  private static void byClient(Screen screen, TcpEnd tcpEnd) {
    if (tcpEnd == TcpEnd.CLIENT_FIN || tcpEnd == TcpEnd.CLIENT_RESET) {
      screen.text("; ").text(words(tcpEnd));
    }
  }

  private static String words(TcpEnd tcpEnd) {
    return switch (tcpEnd) {
      case CLIENT_FIN -> "the client ended TCP (FIN)";
      case CLIENT_RESET -> "the client reset TCP (RST)";
      case SERVER_FIN -> "we ended TCP (FIN)";
      case SERVER_DEADLINE -> "we closed TCP at the deadline";
      case SERVER_DROP -> "we reset TCP (RST)";
      case SERVER_ABORT -> "we closed TCP";
    };
  }

  private static void code(Screen screen, @Nullable CloseBody body) {
    if (body == null || !body.hasCode()) {
      screen.text("no code (1005)");
    } else {
      screen.number(body.code()).text(" ").text(CloseCode.label(body.code()));
    }
  }
}
