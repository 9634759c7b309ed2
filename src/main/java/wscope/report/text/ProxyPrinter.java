package wscope.report.text;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.ReasonPhrases;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;
import wscope.report.LiveView;

/**
 * Prints a connection as text, as seen by a proxy between its ends, or in a capture. Each line
 * begins with the number of the connection. Then follows a mark: {@code C>} for what the client
 * sent, {@code S>} for what the server sent, {@code =} for a state.
 */
final class ProxyPrinter extends LivePrinter {
  private final byte[] fromClient;
  private final byte[] fromServer;

  /** The senders whose bytes are no longer read. */
  private final Set<Endpoint> opaque = EnumSet.noneOf(Endpoint.class);

  ProxyPrinter(Screen screen, LiveView view, long number) {
    super(screen, view, "#" + number + " ");
    fromClient = Screen.encoded(start + "C> ");
    fromServer = Screen.encoded(start + "S> ");
  }

  @Override
  void prefix(@Nullable Endpoint sender) {
    screen.prefix(sender == Endpoint.SERVER ? fromServer : fromClient);
  }

  @Override
  boolean isSelf(Endpoint sender) {
    return false;
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Connected connected) {
      connected(connected);
    } else if (event instanceof Event.Request request) {
      request(request);
    } else if (event instanceof Event.Secured secured) {
      state("secured", "   by ");
      TlsReport.show(screen, secured);
    } else if (event instanceof Event.Interim interim) {
      interim(interim.response());
    } else if (event instanceof Event.Response response) {
      if (view.detail() == Detail.NONE) {
        violations(Endpoint.SERVER, response.violations());
      } else {
        response(response, false);
      }
    } else if (event instanceof Event.HeadIncomplete head) {
      headIncomplete(head);
    } else if (event instanceof Event.Proxied proxied) {
      ForwardReport.show(state("proxied", "  to "), proxied);
    } else if (event instanceof Event.Tunnelled tunnelled) {
      ForwardReport.show(state("closed", "   "), tunnelled);
    } else if (event instanceof Event.Rewritten rewritten) {
      rewritten(rewritten);
    } else if (event instanceof Event.Refused refused) {
      refused(refused);
    } else if (event instanceof Event.Opaque unread) {
      opaque(unread);
    } else if (event instanceof Event.Interfered interfered) {
      interfered(interfered);
    } else if (event instanceof Event.FaultImpossible fault) {
      SafeText.words(state("unable", "   to commit "), fault.id());
      screen.text(": the handshake of this connection does not allow this fault").endLine();
    } else if (event instanceof Event.HalfClosed half) {
      state("half", "     the ").text(half.by().id()).text(" has ended its direction (FIN), the ");
      screen.text(half.by().peer().id()).text(" still sends").endLine();
    } else if (event instanceof Event.Page page) {
      PartedReport.page(state("page", "     "), page);
    } else if (event instanceof Event.Captured captured) {
      CaptureReport.ends(state("captured", "  "), captured);
      if (captured.tls() != null) {
        CaptureReport.secured(state("secured", "   by "), captured.tls());
      }
    } else if (event instanceof Event.TlsAlert alert) {
      CaptureReport.alert(state("TLS", "       "), alert);
    } else if (event instanceof Event.RecordsMissing missing) {
      CaptureReport.missing(state("TLS", "       "), missing);
    } else if (event instanceof Event.Undecrypted undecrypted) {
      CaptureReport.undecrypted(state("TLS", "       "), undecrypted);
    } else if (event instanceof Event.Gap gap) {
      CaptureReport.gap(state("gap", "       "), gap);
    } else if (event instanceof Event.RetransmissionDiffers differs) {
      CaptureReport.differs(state("differs", "   "), differs);
    } else if (event instanceof Event.Resumed resumed) {
      CaptureReport.resumed(state("found", "     "), resumed);
    } else if (event instanceof Event.Unread unread) {
      CaptureReport.unread(state("unread", "    "), unread);
    } else if (event instanceof Event.CaptureEnded ended) {
      captureEnded(ended);
    } else if (event instanceof Event.Parted parted) {
      PartedReport.show(state("closed", "   "), parted, view.detail());
    }
  }

  private void captureEnded(Event.CaptureEnded event) {
    boolean ended = CaptureReport.showsEnd(event);
    if (ended) {
      CaptureReport.ended(state("closed", "   "), event);
    } else {
      CaptureReport.unended(state("end", "      "), event);
    }
    if (ended && view.detail() != Detail.NONE && event.nanos() >= 0) {
      ConnectionTotalsReport.lasted(screen, event.nanos());
    }
    CaptureReport.fidelity(state("fidelity", "  "), event);
  }

  private void rewritten(Event.Rewritten event) {
    boolean removed = event.to().isEmpty();
    state(removed ? "removed" : "rewritten", removed ? "   " : " ").text(event.part()).text(" ");
    SafeText.line(screen, event.from());
    if (removed) {
      screen.text(", which is for the proxy");
    } else {
      screen.text(" to ");
      SafeText.line(screen, event.to());
    }
    screen.endLine();
  }

  private void refused(Event.Refused event) {
    screen.prefix(start + "= ");
    screen.stamp().text("refused", Style.ERROR).words(COLUMN).text("  by wscope with HTTP ");
    screen.number(event.status()).text(" ").text(ReasonPhrases.of(event.status())).text(": ");
    SafeText.sentence(screen, event.why());
    screen.endLine();
  }

  private void interfered(Event.Interfered event) {
    if (view.detail() != Detail.NONE || InterferenceReport.isLasting(event.act())) {
      state(InterferenceReport.word(event.act()), " ");
      InterferenceReport.show(screen, event);
    }
  }

  /** Says once that nothing more of an endpoint is read. */
  private void opaque(Event.Opaque event) {
    if (opaque.add(event.sender())) {
      state("opaque", "   what follows from the ").text(event.sender().id());
      screen.text(" is passed on but not read, ");
      screen.text(
          switch (event.why()) {
            case BROKEN -> "because no frame can be found after the last one";
            case MEMORY -> "because too much memory would be needed";
          });
      screen.endLine();
    }
  }
}
